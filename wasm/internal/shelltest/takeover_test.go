package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// shifts writes down by how much the page moves.
const shifts = `
document.moved = 0;
if (PerformanceObserver.supportedEntryTypes.includes("layout-shift")) {
  new PerformanceObserver((list) => { for (const e of list.getEntries()) document.moved += e.value; }).observe({ type: "layout-shift", buffered: true });
}
`

// watch writes down what changes in the widgets that the page came with, as well.
const watch = shifts + `
document.watched = [...document.querySelectorAll("gcm-pledges")].map((w) => {
  const records = [], view = w.shadowRoot.querySelector("[part~=view]");
  for (const node of [w, w.shadowRoot]) new MutationObserver((more) => records.push(...more)).observe(node, { subtree: true, childList: true, attributes: true, characterData: true });
  return { root: w.shadowRoot, view, records };
});
`

// served is a widget as a server writes it.
func served(t *testing.T, feed string, o view.Options) string {
	t.Helper()
	snapshot, err := read(t, feed).Snapshot(tally.Query{})
	if err != nil {
		t.Fatal(err)
	}
	o.Now, _ = gcm.ParseInstant(today)
	look := "/gcm-pledges.css"
	if o.View == view.Dashboard {
		look = "/gcm-pledges-dashboard.css"
	}
	html, err := view.Element{Sources: []string{"/feed.json"}, Options: o, Stylesheet: look}.AppendHTML(nil, snapshot)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(string(html), "<gcm-pledges ", `<gcm-pledges loading="eager" `, 1)
}

// moved is by how much the page has moved so far; only Chromium says it.
func (v visit) moved() (by float64) {
	v.t.Helper()
	v.await(&by, `for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame); return document.moved;`)
	return by
}

func takesOver(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	var body strings.Builder
	var all []view.Options
	for kind := range view.Kinds() {
		for _, l := range []gcm.Language{gcm.English, gcm.Arabic} {
			o := view.Options{View: kind, Language: l, Tools: true}
			all = append(all, o)
			body.WriteString(served(t, feed, o))
		}
	}
	s.feed("/feed.json", feed)
	s.put("/watch.js", file{kind: "text/javascript", body: watch})
	s.page("/", body.String()+"<p>What comes after it</p><script src=/watch.js></script>")
	release := s.hold("/" + s.built.wasm)
	v.open(s.URL)
	before := v.moved() // the page as it came is laid out
	release()
	v.live(len(all))
	after := v.moved()
	var touched []string
	v.eval(&touched, `return document.watched.flatMap(({ root, view, records }) =>
[...records.map((r) => r.type + " of " + (r.target.outerHTML ?? r.target.textContent).slice(0, 200)), ...(root.querySelector("[part~=view]") === view ? [] : ["another view"])])`)
	if len(touched) > 0 {
		t.Errorf("%d changes, the first: %s", len(touched), touched[0])
	}
	// It isn't sent, made and laid out once more to find that out.
	var again int
	v.eval(&again, `return document.probe.answers.filter((a) => a.startsWith('{"changes":[[')).length + document.watched.filter(({ root }) => root.adoptedStyleSheets.length).length`)
	if again != 0 {
		t.Errorf("%d times a view or its looks came again", again)
	}
	// A slow browser paints a page that it has read half of, and the rest may move
	// that a little; the engine moves nothing.
	if before > 0.01 || after != before {
		t.Errorf("the page moved by %v before the engine came, and by %v in all", before, after)
	}

	// From here on it is patched.
	s.feed("/feed.json", oneMore(feed, "01"))
	v.refresh()
	var got []string
	v.eval(&got, `return document.watched.map(({ view, records }) => records.length > 0 && view.isConnected ? view.outerHTML : "")`)
	for i, o := range all {
		if want := fresh(t, oneMore(feed, "01"), o, tally.Query{}); got[i] != want {
			t.Errorf("%s in %s: got\n%s\nwant\n%s", o.View, o.Language, got[i], want)
		}
	}
	v.quiet()

	// What measures the movement does see one.
	if v.Engine() == "chromium" {
		v.eval(nil, `document.body.prepend(Object.assign(document.createElement("h1"), { textContent: "Before it" })); scrollTo(0, 0)`)
		if v.moved() == 0 {
			t.Error("the page moved, and nobody saw it")
		}
	}
}

func olderViewMakesRoom(t *testing.T, v visit, s *site) {
	feed := string(data.Reference())
	s.feed("/feed.json", oneMore(feed, "01"))
	s.put("/watch.js", file{kind: "text/javascript", body: watch})
	o := view.Options{View: view.Timeline}
	s.page("/", served(t, feed, o)+"<script src=/watch.js></script>")
	release := s.hold("/" + s.built.wasm)
	v.open(s.URL)
	v.eval(nil, `for (const d of document.watched[0].root.querySelectorAll("details[part=foot]")) d.open = true`)
	release()
	v.live(1)
	var got struct{ Tags, HTML string }
	v.eval(&got, `const { root } = document.watched[0];
return { tags: [...root.children].map((e) => e.localName).join(" "), html: root.querySelector("[part~=view]").outerHTML }`)
	if got.Tags != "link div" {
		t.Errorf("in the shadow root there is %s", got.Tags)
	}
	want := strings.Replace(fresh(t, oneMore(feed, "01"), o, tally.Query{}), `<details part="foot">`, `<details part="foot" open="">`, 1)
	if got.HTML != want {
		t.Errorf("got\n%s\nwant\n%s", got.HTML, want)
	}
	v.quiet()
}
