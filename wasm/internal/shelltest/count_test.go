package shelltest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// counting lets the page move, and writes down what the number is in each frame,
// and what is in front of it.
const counting = `document.probe.motion = true;
const w = document.querySelector("gcm-pledges"), root = w.shadowRoot;
const number = () => root.querySelector("[part=number]");
document.frames = [];
new MutationObserver(() => document.frames.push([number().dataset.count ?? "", number().textContent, getComputedStyle(number(), "::after").content]))
  .observe(root, { subtree: true, attributes: true, attributeFilter: ["data-count"] });`

type frame struct{ Count, Text, Content string }

func (f *frame) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&f.Count, &f.Text, &f.Content})
}

// more is the reference feed with so many pledges more.
func more(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`{"id":"00000000-0000-4000-8000-0000000` + strconv.Itoa(10000+i) + `","objectives":[7]},`)
	}
	return strings.Replace(string(data.Reference()), `"pledges":[`, `"pledges":[`+b.String(), 1)
}

// grows shows the reference feed, and then 900 pledges more, while the page writes
// down what it shows.
func grows(v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", widget)
	v.open(s.URL)
	v.live(1)
	v.eval(nil, counting)
	s.feed("/feed.json", more(900))
	v.refresh()
}

// numberCountsUp: from the number before to the new one, in front of the text,
// which is the new one all the time; and at the end nothing is left of it.
func numberCountsUp(t *testing.T, v visit, s *site) {
	grows(v, s)
	v.until(`!root().querySelector("[data-count]") && document.frames.length > 1; function root() { return document.querySelector("gcm-pledges").shadowRoot }`)
	var frames []frame
	v.eval(&frames, `return document.frames`)
	last := 158
	for i, f := range frames {
		if f.Text != "1,058" {
			t.Errorf("the text is %s", f.Text)
		}
		if i == len(frames)-1 {
			break
		}
		n, err := strconv.Atoi(strings.ReplaceAll(f.Count, ",", ""))
		if err != nil || n < last || n > 1058 {
			t.Errorf("%q after %d", f.Count, last)
		}
		last = n
		if !strings.Contains(f.Content, f.Count) && !strings.Contains(f.Content, "attr(data-count)") { // as Firefox has it
			t.Errorf("in front of it is %s, not %s", f.Content, f.Count)
		}
	}
	if end := frames[len(frames)-1]; end.Count != "" {
		t.Errorf("at the end there is %q", end.Count)
	}
	if got, want := v.shown(), fresh(t, more(900), view.Options{}, tally.Query{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	// Another change in the middle ends the first count; and one that is no
	// change of the number has none.
	v.eval(nil, `document.frames.length = 0`)
	s.feed("/feed.json", more(1800))
	v.refresh()
	s.feed("/feed.json", more(2700))
	v.refresh()
	v.until(`!document.querySelector("gcm-pledges").shadowRoot.querySelector("[data-count]")`)
	v.eval(&frames, `return document.frames`)
	if !slices.ContainsFunc(frames, func(f frame) bool { return f.Text == "2,858" && f.Count != "" }) {
		t.Error("the second change has no count")
	}
	if got, want := v.shown(), fresh(t, more(2700), view.Options{}, tally.Query{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	v.eval(nil, `document.frames.length = 0; document.querySelector("gcm-pledges").lang = "fr"`)
	v.until(`document.querySelector("gcm-pledges").shadowRoot.textContent.includes("engagement")`)
	v.eval(&frames, `return document.frames`)
	if len(frames) != 0 {
		t.Errorf("it counts to where it is: %v", frames)
	}

	// A picture of the number is where the number is.
	picture := func(script string) []byte {
		v.eval(nil, script)
		png, err := v.Screenshot()
		if err != nil {
			t.Fatal(err)
		}
		return png
	}
	const number = `const n = document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=number]");`
	for _, lang := range []string{"en", "ar"} {
		v.await(nil, `const w = document.querySelector("gcm-pledges"); w.lang = arguments[0]; await w.refresh(); await new Promise(requestAnimationFrame)`, lang)
		v.until(`document.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=view]").lang === "` + lang + `"`)
		there := false
		for try := 0; try < 20 && !there; try++ { // a busy browser may still be painting
			without := picture("")
			with := picture(number + `n.setAttribute("data-count", n.textContent)`)
			other := picture(number + `n.setAttribute("data-count", "7,777")`)
			v.eval(nil, number+`n.removeAttribute("data-count")`)
			there = bytes.Equal(with, without) && !bytes.Equal(other, without)
		}
		if !there {
			t.Errorf("%s: the picture of the number isn't where the number is", lang)
		}
	}
	v.quiet()
}

// nothingCounts: who doesn't want things to move isn't shown any.
func nothingCounts(t *testing.T, v visit, s *site) {
	grows(v, s)
	var frames []frame
	v.eval(&frames, `return document.frames`)
	if len(frames) != 0 || !strings.Contains(v.shown(), ">1,058<") {
		t.Errorf("%v, %s", frames, v.shown())
	}
	v.quiet()
}
