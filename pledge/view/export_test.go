package view

// For tests in package wasm_test.
var (
	Clean     = clean
	HTTPSLink = httpsLink
	Permille  = permille
	Percent   = percent
	TilePlace = tilePlace
	ScaleOf   = scaleOf
)

// RegionPlaces returns where the names of regions stand on a map.
func RegionPlaces() (all [][2]int) {
	for _, at := range regionPlaces {
		all = append(all, [2]int{at.x, at.y})
	}
	return all
}

// Choice picks one of n, 0 to n-1. Where it runs dry it picks 0.
type Choice func(n int) int

// AnyView returns a view of an arbitrary tree, which no snapshot may have.
func AnyView(choose Choice) *View {
	root := anyElement(choose, 0)
	return &View{root: root}
}

func anyElement(choose Choice, depth int) node {
	tags := [...]string{"div", "p", "span", "td", "svg"}
	var children []node
	for range choose(5 - depth) {
		if choose(2) == 0 {
			children = append(children, anyText(choose))
		} else {
			children = append(children, anyElement(choose, depth+1))
		}
	}
	n := element(tags[choose(len(tags))], children...)
	names := [...]string{"part", "lang", "dir", "width"}
	for range choose(4) {
		if name := names[choose(len(names))]; find(n.attrs, name) < 0 {
			n = n.with(name, []string{"", "a", `"&`, "\u00a0"}[choose(4)])
		}
	}
	return n
}

func anyText(choose Choice) node {
	return text([]string{"a", "", "<b>", "&amp;", "\u00a0\"", "تعهّد", "\u2068"}[choose(7)])
}
