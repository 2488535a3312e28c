package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// chosen finds and presses what a visitor would, by the widget's id.
const chosen = `
const root = (id) => document.getElementById(id).shadowRoot;
const button = (id, name, value) => [...root(id).querySelectorAll("button")].find((b) => b.name === name && b.value === value);
const press = (id, name, value) => { const b = button(id, name, value); b.focus(); b.click(); };
const events = [];
addEventListener("gcm-choice", (e) => events.push(e.target.id + " " + JSON.stringify(e.detail.choices)));
Object.assign(document, { root, button, press, events });
`

func (v visit) openExplorers(s *site, body string) {
	v.t.Helper()
	s.feed("/feed.json", string(data.Reference()))
	s.put("/chosen.js", file{kind: "text/javascript", body: chosen})
	s.page("/", "<script src=/chosen.js></script>"+body)
	v.open(s.URL)
}

// counts waits until the widgets count so many pledges.
func (v visit) counts(id string, want int) {
	v.t.Helper()
	v.until(`document.getElementById(arguments[0]).summary?.counts.total === arguments[1]`, id, want)
}

// explored is what Go renders for a selection of the page and choices in it.
func explored(t *testing.T, page, chosen tally.Query) (html string, total int) {
	t.Helper()
	f := read(t, string(data.Reference()))
	all := map[string]string{}
	for _, q := range []tally.Query{page, chosen} {
		for name, value := range q.All() {
			all[name] = value
		}
	}
	q, err := tally.ParseQuery(func(name string) string { return all[name] })
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := f.Snapshot(q)
	if err != nil {
		t.Fatal(err)
	}
	o := view.Options{View: view.Explorer}
	if chosen != (tally.Query{}) {
		if o.Choices, err = f.Choices(snapshot, chosen); err != nil {
			t.Fatal(err)
		}
	}
	return render(t, snapshot, o), snapshot.Counts.Total
}

func explorerIsClicked(t *testing.T, v visit, s *site) {
	v.openExplorers(s, `<gcm-pledges loading=eager view=explorer id=a src="/feed.json" refresh=0>-</gcm-pledges>
<gcm-pledges loading=eager view=explorer id=b src="/feed.json" refresh=0 category="un-system">-</gcm-pledges>`)
	v.live(2)
	shows := func(id string, page, chosen tally.Query) {
		t.Helper()
		want, _ := explored(t, page, chosen)
		selected := map[string]string{}
		for name, value := range chosen.All() {
			selected[name] = value
		}
		v.until(`["objective", "region"].every((name) => String(document.getElementById(arguments[0]).summary.query[name] ?? "") === (arguments[1][name] ?? ""))`, id, selected)
		var got string
		v.eval(&got, `return document.root(arguments[0]).firstElementChild.outerHTML`, id)
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	un := tally.Query{Category: gcm.UNSystem}
	shows("a", tally.Query{}, tally.Query{})
	shows("b", un, tally.Query{})

	// The button stays, with the focus.
	v.eval(nil, `document.pressed = document.button("a", "objective", "7"); document.press("a", "objective", "7")`)
	shows("a", tally.Query{}, tally.Query{Objective: 7})
	var focused bool
	v.eval(&focused, `return document.root("a").activeElement === document.pressed && document.pressed.ariaPressed === "true"`)
	if !focused {
		t.Error("the focus isn't on the button that was pressed")
	}
	v.eval(nil, `document.press("a", "region", "africa"); document.press("b", "region", "africa")`)
	shows("a", tally.Query{}, tally.Query{Objective: 7, Region: gcm.Africa})
	shows("b", un, tally.Query{Region: gcm.Africa})
	// Pressed again a choice is taken back; another one takes its place.
	v.eval(nil, `document.press("a", "objective", "7"); document.press("a", "region", "europe")`)
	shows("a", tally.Query{}, tally.Query{Region: gcm.Europe})

	// Even if the view is replaced, the focus goes on from the same button.
	v.eval(nil, `document.getElementById("a").lang = "fr"`)
	v.until(`document.root("a").firstElementChild.lang === "fr"`)
	v.eval(nil, `document.root("a").firstElementChild.firstElementChild.remove(); document.getElementById("a").lang = "en"`)
	v.until(`document.root("a").firstElementChild.lang === "en"`)
	v.eval(&focused, `return document.root("a").activeElement === document.button("a", "region", "europe")`)
	if !focused {
		t.Error("a view that is made anew has lost the focus")
	}

	// Once nothing is chosen, nothing can be taken back; the focus goes on.
	v.eval(nil, `document.press("a", "", "")`)
	shows("a", tally.Query{}, tally.Query{})
	v.eval(&focused, `return document.root("a").activeElement?.localName === "button" && document.button("a", "", "").disabled`)
	if !focused {
		t.Error("the focus is nowhere")
	}
	shows("b", un, tally.Query{Region: gcm.Africa})

	var events []string
	v.eval(&events, `return document.events`)
	want := []string{
		`a {"objective":"7"}`,
		`a {"objective":"7","region":"africa"}`,
		`b {"region":"africa"}`,
		`a {"region":"africa"}`,
		`a {"region":"europe"}`,
		`a {}`,
	}
	equal(t, events, want)
	var hash string
	if v.eval(&hash, `return location.hash`); hash != "" {
		t.Errorf("nobody asked for the hash %s", hash)
	}
	v.quiet()
}

func choicesInAddress(t *testing.T, v visit, s *site) {
	v.openExplorers(s, `<gcm-pledges loading=eager view=explorer id=a src="/feed.json" refresh=0 hash>-</gcm-pledges>
<gcm-pledges loading=eager view=explorer id=b src="/feed.json" refresh=0>-</gcm-pledges>
<gcm-pledges loading=eager id=c src="/feed.json" refresh=0 hash>-</gcm-pledges>`)
	v.live(3)
	shows := func(hash string, chosen tally.Query, totals ...int) {
		t.Helper()
		_, total := explored(t, tally.Query{}, chosen)
		v.counts("a", total)
		v.counts("b", 158)
		v.counts("c", total)
		var got string
		if v.eval(&got, `return location.hash`); got != hash {
			t.Errorf("hash %q, want %q", got, hash)
		}
	}
	v.eval(nil, `document.length = history.length; document.press("a", "region", "africa")`)
	shows("#region=africa", tally.Query{Region: gcm.Africa})
	v.eval(nil, `document.press("a", "objective", "7")`)
	shows("#region=africa&objective=7", tally.Query{Region: gcm.Africa, Objective: 7})
	v.eval(nil, `document.press("a", "region", "africa")`)
	shows("#objective=7", tally.Query{Objective: 7})
	v.eval(nil, `document.press("a", "", "")`)
	shows("", tally.Query{})
	var steps int
	if v.eval(&steps, `return history.length - document.length`); steps != 0 {
		t.Errorf("%d steps of history", steps)
	}

	// What is there beside is the page's own.
	v.eval(nil, `location.hash = "#tab=2&region=asia&view=money&lang=fr"`)
	shows("#tab=2&region=asia&view=money&lang=fr", tally.Query{Region: gcm.Asia})
	v.eval(nil, `document.press("a", "", "")`)
	shows("#tab=2&view=money&lang=fr", tally.Query{})

	// Who follows a link sees what it says, or all if it makes no sense.
	v.open("about:blank")
	v.open(s.URL + "/#objective=7&region=africa")
	v.live(3)
	shows("#objective=7&region=africa", tally.Query{Objective: 7, Region: gcm.Africa})
	v.open("about:blank")
	v.open(s.URL + "/#objective=99")
	v.live(3)
	shows("", tally.Query{})
	v.eval(nil, `location.hash = "#topic=" + encodeURIComponent("The UN says <b>no</b>")`)
	v.until(`!location.hash`)
	shows("", tally.Query{})
	var said string
	if v.eval(&said, `return [...document.querySelectorAll("gcm-pledges")].map((w) => w.shadowRoot.textContent).join()`); strings.Contains(said, "UN says") {
		t.Errorf("what a link says is shown: %s", said)
	}
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("errors: %v", codes)
	}
	v.eval(nil, `for (const w of document.querySelectorAll("gcm-pledges")) w.remove()`)
	v.quiet()
}

func equal(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("%d: got %q, want %q", i, g, w)
		}
	}
}
