package view_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

func TestGoldenCards(t *testing.T) {
	check := func(name string, v *view.View, theme view.Theme) {
		svg := view.AppendCard(nil, v, theme)
		checkCard(t, v, svg)
		checkFile(t, name+".svg", svg)
	}
	for kind := range view.Kinds() {
		for lang := range gcm.Languages() {
			check(kind.String()+"-"+lang.String(), render(t, headline(), view.Options{View: kind, Language: lang}), view.Auto)
		}
	}
	for _, test := range golden {
		switch test.name {
		case "empty", "filtered-ar", "hostile", "illustrative", "fresh-stale", "timeline-undated":
			s := headline()
			test.snapshot(s)
			check(test.name, render(t, s, test.options), view.Auto)
		}
	}
	check("light", render(t, headline(), view.Options{}), view.Light)
	check("dark", render(t, headline(), view.Options{}), view.Dark)
}

// checkCard fails the test if a card isn't a picture that says what its view
// says.
func checkCard(t *testing.T, v *view.View, svg []byte) {
	t.Helper()
	root := checkPicture(t, svg)
	direction := "ltr"
	if v.Language().RightToLeft() {
		direction = "rtl"
	}
	if root.values["lang"] != v.Language().String() || root.values["direction"] != direction {
		t.Errorf("a card in %s, %s", root.values["lang"], root.values["direction"])
	}
	if root.children[1].tag != "title" || root.children[1].textContent() != v.Text() {
		t.Errorf("the title is %q, want %q", root.children[1].textContent(), v.Text())
	}
	view := parseHTML(t, v.HTML(), nil)
	said, shown, card := numbersIn(view, true), numbersIn(view, false), numbersIn(root, true)
	for n := range card {
		if !said[n] {
			t.Errorf("the card says %s, and the view doesn't:\n%s\n%s", n, svg, v.HTML())
		}
	}
	for n := range shown {
		if !card[n] {
			t.Errorf("the view says %s, and the card doesn't:\n%s\n%s", n, v.HTML(), svg)
		}
	}
}

func numbersIn(n *domNode, all bool) map[string]bool {
	found := map[string]bool{}
	for _, number := range numbers.FindAllString(strings.Join(textOf(n, all), " "), -1) {
		found[number] = true
	}
	return found
}

var numbers = regexp.MustCompile(`\d+([.,\x{202f}\x{a0}]\d+)*`)

// textOf returns the texts in a tree; those that must be unfolded or pointed at, and
// those of buttons, only if all are asked for.
func textOf(n *domNode, all bool) (texts []string) {
	part := n.values["part"]
	if n.tag == "style" || !all && (n.tag == "title" || part == "sort" || part == "panel" || part == "empty" || part == "pager" || part == "info" || part == "fold" || part == "data" || n.tag == "span" && part == "source") {
		return nil
	}
	if n.tag == "" {
		return []string{n.text}
	}
	for _, child := range n.children {
		if !all && n.tag == "details" && child.tag != "summary" {
			continue
		}
		texts = append(texts, textOf(child, all)...)
	}
	return texts
}

// Whatever a snapshot holds, its card is whole, and its number isn't bare.
func checkAnyCard(t *testing.T, choose view.Choice) {
	t.Helper()
	s, o := anySnapshot(choose), anyOptions(choose)
	o.Size = view.Standard // a card has one size
	v := viewOf(s, o)
	svg := view.AppendCard(nil, v, view.Theme(choose(4)))
	checkCard(t, v, svg)
	written := "" // without blanks, some of which become ends of lines
	for _, n := range parseXML(t, string(svg)).children {
		if n.tag == "text" {
			written += strings.ReplaceAll(n.textContent(), " ", "")
		}
	}
	badge := view.BadgeOf(v)
	checkBadge(t, badge)
	for _, saying := range []struct {
		when          bool
		card, onBadge locale.Message
	}{
		{s.Illustrative, locale.Illustrative, locale.MadeUp},
		{!s.AsOf.IsValid() && !s.Latest.IsValid() && !o.Read.IsValid(), locale.NoDate, locale.NoDate},
	} {
		if strings.Contains(written, strings.ReplaceAll(string(saying.card.In(v.Language())), " ", "")) != saying.when {
			t.Errorf("%v is %v, and the card is %s", saying.card, saying.when, svg)
		}
		if strings.Contains(badge.Message, string(saying.onBadge.In(v.Language()))) != saying.when {
			t.Errorf("%v is %v, and the badge says %s", saying.onBadge, saying.when, badge.Message)
		}
	}
}

func TestCardsSayWhatTheirViewsSay(t *testing.T) {
	choose := random(3)
	for range 60 {
		checkAnyCard(t, choose)
	}
}

func FuzzCards(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x02\x02\x02\x02\x05\x05\x05\x05\x05\x05\x05\x05"))
	f.Fuzz(func(t *testing.T, data []byte) { checkAnyCard(t, from(data)) })
}

// A title from a feed stays text, whatever is in it.
func TestHostileTitlesAreTextOnCards(t *testing.T) {
	for _, title := range []string{
		`</text><script>alert(1)</script>`, `]]><!--`, `" onload="alert(1)`, `&lt;a href="javascript:alert(1)"&gt;`,
		"\x00\x1b\ufffe\u202e", strings.Repeat("W", 10_000), strings.Repeat("\u0300", 500), strings.Repeat("1", 300), "\xff\xfe",
		`<?xml-stylesheet href="https://example.org/"?>`, `<!ENTITY a SYSTEM "file:///etc/passwd">&a;`,
	} {
		s := headline()
		s.Title, s.Publisher, s.Query.Theme = title, title+"2", tally.AnyThemeOf(title)
		for lang := range gcm.Languages() {
			v := render(t, s, view.Options{Language: lang})
			checkPicture(t, view.AppendCard(nil, v, view.Auto))
			checkBadge(t, view.BadgeOf(v))
		}
	}
}

func TestThemes(t *testing.T) {
	v := render(t, headline(), view.Options{View: view.Timeline})
	light, dark := view.Palettes[view.Light], view.Palettes[view.Dark]
	for _, test := range []struct {
		theme       view.Theme
		light, dark bool
		styleSheet  bool
	}{
		{view.Auto, true, true, true}, {view.Light, true, false, false}, {view.Dark, false, true, false}, {77, true, true, true},
	} {
		svg := string(view.AppendCard(nil, v, test.theme))
		for _, role := range []int{int(view.Ground), int(view.Ink), int(view.Muted)} {
			if strings.Contains(svg, light[role]) != test.light || strings.Contains(svg, dark[role]) != test.dark {
				t.Errorf("%v has colors of another theme", test.theme)
			}
		}
		if strings.Contains(svg, "prefers-color-scheme") != test.styleSheet || strings.Contains(svg, "class=") != test.styleSheet {
			t.Errorf("%v: style sheet is not %v", test.theme, test.styleSheet)
		}
	}
	if view.Dark.String() != "dark" || view.Theme(77).String() != "Theme(77)" || view.Theme(77).IsValid() {
		t.Error("the names of themes")
	}
}

// What begins at the left in English begins as far from the right in Arabic.
func TestCardsAreMirrored(t *testing.T) {
	s := headline()
	s.Illustrative = true
	english, arabic := cardOf(t, s, gcm.English), cardOf(t, s, gcm.Arabic)
	for _, class := range []string{"muted", "ink", "line"} {
		a, b := places(english, class, false), places(arabic, class, true)
		if len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%s at %v, and in Arabic at %v", class, a, b)
		}
	}
}

func cardOf(t *testing.T, s *tally.Snapshot, lang gcm.Language) *domNode {
	return checkPicture(t, view.AppendCard(nil, render(t, s, view.Options{View: view.Regions, Language: lang}), view.Auto))
}

// places returns the different distances from where writing begins.
func places(n *domNode, class string, reverse bool) (all []string) {
	if n.tag == "svg" && n.values["x"] != "" {
		return nil
	}
	if n.values["class"] == class {
		x, _ := strconv.Atoi(n.values["x"])
		width, _ := strconv.Atoi(n.values["width"])
		if reverse {
			x = view.CardWidth - x - width
		}
		all = append(all, n.tag+" "+strconv.Itoa(x))
	}
	for _, child := range n.children {
		all = append(all, places(child, class, reverse)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestZeroViewIsAnEmptyCard(t *testing.T) {
	root := parseXML(t, string(view.AppendCard(nil, &view.View{}, view.Auto)))
	if text := strings.TrimSpace(strings.Join(textOf(root, true), "")); text != "" {
		t.Errorf("it says %q", text)
	}
}
