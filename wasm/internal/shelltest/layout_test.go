package shelltest

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// fitEverywhere: nothing needs scrolling to the side at 320 pixels, nor with
// letters of twice the size at 1200, and what can be pressed is big enough.
func (v visit) fitEverywhere() {
	check := func(width int) {
		v.t.Helper()
		var faults []string
		v.eval(&faults, `const faults = [];
for (const w of document.querySelectorAll("gcm-pledges")) {
  if (w.scrollWidth > w.clientWidth) faults.push(w.view + " in " + w.parentNode.lang + " is " + w.scrollWidth + " pixels wide, not " + w.clientWidth);
  for (const b of w.shadowRoot.querySelectorAll("button,summary")) {
    if (!b.getClientRects()[0]) continue; // what is folded, or a sheet
    const { width, height } = b.getBoundingClientRect();
    if (width < 24 || height < 24) faults.push(w.view + " in " + w.parentNode.lang + ": " + b.textContent + " is " + width + " by " + height);
  }
}
if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is " + document.documentElement.scrollWidth + " pixels wide");
return faults.slice(0, 20);`)
		for _, f := range faults {
			v.t.Errorf("at %d: %s", width, f)
		}
	}
	if err := v.Resize(320, 800); err != nil {
		v.t.Fatal(err)
	}
	check(320)
	if err := v.Resize(1200, 800); err != nil {
		v.t.Fatal(err)
	}
	v.eval(nil, `document.documentElement.style.setProperty("font-size", "200%")`)
	check(1200)
}

// hostile is what a page may say of its own text, and of everything on it.
const hostile = `
* { box-sizing: border-box; color: inherit; font-style: italic; letter-spacing: 3px; line-height: 3; margin: 0; padding: 0; text-align: center; text-indent: 2em; text-transform: uppercase; white-space: nowrap; word-spacing: 1em }
body { direction: rtl; font-variant: small-caps; letter-spacing: 5px; text-align: right; white-space: pre; word-break: break-all }
`

// mostHigh is how high the views of a page are at most, one below the other at 1,168
// pixels: half of the 11,814 that they took when bars had tracks, with 1,700 of that
// for the dashboard, which was an explorer and has a test of its own. There was neither a
// map nor a view of progress.
const mostHigh = 11814/2 - 1700

// areLow fails the test if views, each with its kind, width and height, take more.
func (v visit) areLow(views []string) {
	v.t.Helper()
	high := 0
	for _, each := range views {
		kind, rest, _ := strings.Cut(each, " ")
		if kind == "map" || kind == "progress" || kind == "dashboard" {
			continue
		}
		height, err := strconv.Atoi(strings.Fields(rest)[1])
		if err != nil {
			v.t.Fatal(err)
		}
		high += height
	}
	if high > mostHigh {
		v.t.Errorf("%d pixels high, more than %d: %q", high, mostHigh, views)
	}
	v.t.Logf("%d pixels high", high)
}

// pagesKeepOut: a view is as large on a page that has other wishes for its text as on
// one that has none, in columns of any width; and it has a width where the page asks
// how wide it would like to be.
func pagesKeepOut(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.put("/plain.css", file{kind: "text/css", body: "body { margin: 0; font-style: italic }"})
	s.put("/hostile.css", file{kind: "text/css", body: hostile})
	var body strings.Builder
	for kind := range view.Kinds() {
		body.WriteString(`<div lang=en dir=ltr><gcm-pledges loading=eager src="/feed.json" refresh=0 view=` + kind.String() + `>158</gcm-pledges></div>`)
	}
	n := len(slices.Collect(view.Kinds()))
	measure := func(head string) (boxes [][]string) {
		s.page("/", head+body.String())
		v.open(s.URL)
		v.live(n)
		for _, width := range []int{160, 343, 736, 1168} {
			var column []string
			v.eval(&column, `return [...document.querySelectorAll("gcm-pledges")].map((w) => {
  w.parentNode.style.width = arguments[0] + "px";
  const view = w.shadowRoot.querySelector("[part~=view]");
  const { width, height } = view.getBoundingClientRect();
  return [w.view, Math.round(width), Math.round(height), w.scrollWidth > w.clientWidth ? "too wide" : ""].join(" ");
})`, width)
			boxes = append(boxes, column)
		}
		return boxes
	}
	want := measure(`<link rel=stylesheet href="/plain.css">`)
	v.areLow(want[len(want)-1])
	got := measure(`<link rel=stylesheet href="/hostile.css">`)
	for i := range want {
		for j := range want[i] {
			if got[i][j] != want[i][j] || strings.Contains(want[i][j], "too wide") {
				t.Errorf("%s, and on a hostile page %s", want[i][j], got[i][j])
			}
		}
	}
	for _, place := range []string{"display: flex", "display: grid; justify-items: start", "float: left", "display: inline-block", "display: table-cell", "position: absolute"} {
		var width float64
		v.eval(&width, `const w = document.querySelector("gcm-pledges");
w.parentNode.style.cssText = arguments[0];
return w.getBoundingClientRect().width`, place)
		if width < 200 {
			t.Errorf("in %q a view is %v pixels wide", place, width)
		}
	}
	v.quiet()
}
