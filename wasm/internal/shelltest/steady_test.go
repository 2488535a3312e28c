package shelltest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// times is the reference feed with each pledge so many times. The others have no
// date, so that the newest ones stay the newest; nor have a few of the first ones, so
// that what is said of those without a date is there from the beginning.
func times(t *testing.T, n int) string {
	t.Helper()
	var feed map[string]any
	if err := json.Unmarshal(data.Reference(), &feed); err != nil {
		t.Fatal(err)
	}
	all := feed["pledges"].([]any)
	for at, p := range all {
		if at < 3 {
			delete(p.(map[string]any), "announced")
		}
		for i := 1; i < n; i++ {
			again := map[string]any{}
			for name, value := range p.(map[string]any) {
				again[name] = value
			}
			again["id"] = fmt.Sprintf("%08d", i) + again["id"].(string)[8:]
			delete(again, "announced")
			feed["pledges"] = append(feed["pledges"].([]any), again)
		}
	}
	text, err := json.Marshal(feed)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// boxes returns where everything is that one can see, but for what is in a picture
// or within a line of text, where a number may push what comes behind it.
const boxes = `return [...document.querySelectorAll("gcm-pledges")].flatMap((w) => [...w.shadowRoot.querySelectorAll("*")]
.filter((e) => !e.matches("svg *, strong, p > *, [part~=dashboard] > [part=head] > p, [part=noun], [part=shares] *, [role=status]"))
.map((e) => { const { x, y, width, height } = e.getBoundingClientRect(); return [w.view, w.lang, e.localName, e.getAttribute("part"), x, y, width, height].join(" "); }))
.concat(document.querySelector("#behind").getBoundingClientRect().y + "")`

// numbersMoveNothing: digits are of one width and columns wide enough for four of
// them, so everything stays where it is when numbers change, also where one has a
// digit more. Only words on the same line make room for a digit.
func numbersMoveNothing(t *testing.T, v visit, s *site) {
	var body strings.Builder
	n := 0
	for _, kind := range []view.Kind{view.Counter, view.Objectives, view.Principles, view.Regions, view.Categories, view.Natures, view.Status, view.Dashboard} {
		for _, lang := range []string{"en", "ar", "zh"} { // with the shortest headings that there are
			n++
			fmt.Fprintf(&body, `<gcm-pledges loading=eager src="/feed.json" refresh=0 view=%q lang=%q>-</gcm-pledges>`, kind, lang)
		}
	}
	s.put("/moved.js", file{kind: "text/javascript", body: shifts})
	s.page("/", `<script src=/moved.js></script>`+body.String()+`<p id=behind>What comes behind it</p>`)
	defer v.Resize(1200, 900)
	for _, size := range [][2]int{{360, 780}, {1200, 900}} {
		if err := v.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
		s.feed("/feed.json", times(t, 1))
		v.open(s.URL)
		v.live(n)
		var before []string
		v.eval(&before, boxes)
		moved := v.moved()
		for step, test := range []struct {
			times int
			total string
			most  float64 // for the words behind totals that have a digit more
		}{{2, ">316<", 0}, {3, ">474<", 0}, {7, ">1,106<", 0.01}} { // 9 becomes 18 and 27, and 46 becomes 322
			if test.times == 7 && size[0] < 1200 {
				break // the sentence above the table becomes longer than a line
			}
			s.feed("/feed.json", times(t, test.times))
			v.refresh()
			v.live(n * (step + 2))
			if !strings.Contains(v.shown(), test.total) {
				t.Fatalf("%d times: %s", test.times, v.shown())
			}
			var after []string
			v.eval(&after, boxes)
			faults := 0
			for i := range before {
				if len(after) != len(before) || after[i] != before[i] {
					t.Errorf("at %d, %d times: %d boxes, %d before; %s was %s", size[0], test.times, len(after), len(before), after[min(i, len(after)-1)], before[i])
					if faults++; faults > 3 {
						break
					}
				}
			}
			now := v.moved()
			if now-moved > test.most+1e-4 { // which browsers round to 0.000
				t.Errorf("at %d, %d times: moved by %v", size[0], test.times, now-moved)
			}
			moved = now
		}
		v.quiet()
	}
}
