package shelltest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
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

func (v visit) openDashboards(s *site, body string) {
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
	o := view.Options{View: view.Dashboard}
	if chosen != (tally.Query{}) {
		if o.Choices, err = f.Choices(snapshot, chosen); err != nil {
			t.Fatal(err)
		}
	}
	return render(t, snapshot, o), snapshot.Counts.Total
}

func dashboardIsClicked(t *testing.T, v visit, s *site) {
	v.openDashboards(s, `<gcm-pledges loading=eager view=dashboard id=a src="/feed.json" refresh=0>-</gcm-pledges>
<gcm-pledges loading=eager view=dashboard id=b src="/feed.json" refresh=0 category="un-system">-</gcm-pledges>`)
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
	un := tally.Query{Category: tally.AnyOf(gcm.UNSystem)}
	shows("a", tally.Query{}, tally.Query{})
	shows("b", un, tally.Query{})

	// The button stays, with the focus.
	v.eval(nil, `document.pressed = document.button("a", "objective", "7"); document.press("a", "objective", "7")`)
	shows("a", tally.Query{}, tally.Query{Objective: tally.AnyOf(objectives.Objective(7))})
	var focused bool
	v.eval(&focused, `return document.root("a").activeElement === document.pressed && document.pressed.ariaPressed === "true"`)
	if !focused {
		t.Error("the focus isn't on the button that was pressed")
	}
	v.eval(nil, `document.press("a", "region", "africa"); document.press("b", "region", "africa")`)
	shows("a", tally.Query{}, tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Region: tally.AnyOf(gcm.Africa)})
	shows("b", un, tally.Query{Region: tally.AnyOf(gcm.Africa)})
	// Pressed again a choice is taken back; another one of a facet stands beside it, and
	// each has its own chip.
	v.eval(nil, `document.press("a", "objective", "7"); document.press("a", "region", "europe")`)
	shows("a", tally.Query{}, tally.Query{Region: tally.AnyOf(gcm.Africa, gcm.Europe)})
	v.eval(nil, `document.press("a", "objective", "8"); document.press("a", "objective", "10")`)
	shows("a", tally.Query{}, tally.Query{Region: tally.AnyOf(gcm.Africa, gcm.Europe), Objective: tally.AnyOf(objectives.Objective(8), objectives.Objective(10))})
	v.eval(nil, `document.root("a").querySelector("[part=chip][value=africa]").click();
for (const value of ["8", "10"]) document.root("a").querySelector("[part=chip][name=objective][value='" + value + "']").click()`)
	shows("a", tally.Query{}, tally.Query{Region: tally.AnyOf(gcm.Europe)})
	v.eval(nil, `document.button("a", "region", "europe").focus()`)

	// Even if the view is replaced, the focus goes on from the same button.
	v.eval(nil, `document.getElementById("a").lang = "fr"`)
	v.until(`document.root("a").firstElementChild.lang === "fr"`)
	v.eval(nil, `document.root("a").firstElementChild.lastElementChild.remove(); document.getElementById("a").lang = "en"`)
	v.until(`document.root("a").firstElementChild.lang === "en" && document.root("a").querySelector("[part=foot]")`)
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
	shows("b", un, tally.Query{Region: tally.AnyOf(gcm.Africa)})

	var events []string
	v.eval(&events, `return document.events`)
	want := []string{
		`a {"objective":"7"}`,
		`a {"objective":"7","region":"africa"}`,
		`b {"region":"africa"}`,
		`a {"region":"africa"}`,
		`a {"region":"africa,europe"}`,
		`a {"region":"africa,europe","objective":"8"}`,
		`a {"region":"africa,europe","objective":"8,10"}`,
		`a {"objective":"8,10","region":"europe"}`,
		`a {"region":"europe","objective":"10"}`,
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
	v.openDashboards(s, `<gcm-pledges loading=eager view=dashboard id=a src="/feed.json" refresh=0 hash>-</gcm-pledges>
<gcm-pledges loading=eager view=dashboard id=b src="/feed.json" refresh=0>-</gcm-pledges>
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
	shows("#region=africa", tally.Query{Region: tally.AnyOf(gcm.Africa)})
	v.eval(nil, `document.press("a", "objective", "7")`)
	shows("#region=africa&objective=7", tally.Query{Region: tally.AnyOf(gcm.Africa), Objective: tally.AnyOf(objectives.Objective(7))})
	v.eval(nil, `document.press("a", "region", "africa")`)
	shows("#objective=7", tally.Query{Objective: tally.AnyOf(objectives.Objective(7))})
	v.eval(nil, `document.press("a", "", "")`)
	shows("", tally.Query{})
	var steps int
	if v.eval(&steps, `return history.length - document.length`); steps != 0 {
		t.Errorf("%d steps of history", steps)
	}

	// What is there beside is the page's own.
	v.eval(nil, `location.hash = "#tab=2&region=asia&view=money&lang=fr"`)
	shows("#tab=2&region=asia&view=money&lang=fr", tally.Query{Region: tally.AnyOf(gcm.Asia)})
	v.eval(nil, `document.press("a", "", "")`)
	shows("#tab=2&view=money&lang=fr", tally.Query{})

	// Who follows a link sees what it says, or all if it makes no sense.
	v.open("about:blank")
	v.open(s.URL + "/#objective=7&region=africa")
	v.live(3)
	shows("#objective=7&region=africa", tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Region: tally.AnyOf(gcm.Africa)})
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

// dashboardIsRead: a reader turns pages and sorts by keyboard, chooses a State on the
// map, finds nothing and the way back, and takes away exactly what is chosen. The page
// moves for none of it but what the reader has asked for.
func dashboardIsRead(t *testing.T, v visit, s *site) {
	s.put("/moved.js", file{kind: "text/javascript", body: shifts})
	v.openDashboards(s, `<script src=/moved.js></script><gcm-pledges loading=eager view=dashboard id=a src="/feed.json" refresh=0 hash>-</gcm-pledges>`)
	v.live(1)
	f := read(t, string(data.Reference()))
	titles := func(order view.Order, q tally.Query, from int) (all []string) {
		for _, item := range f.Index.Listed(q, order.Key(gcm.English), from, tally.MaxItems) {
			all = append(all, item.Title)
		}
		return all
	}
	lists := func(page string, order view.Order, q tally.Query, from int) {
		t.Helper()
		value := order.String()
		if order == view.OrderNewest {
			value = ""
		}
		v.until(`document.root("a").querySelector("[part=pager] [part=of]").textContent === arguments[0] &&
document.root("a").querySelector("[part=order][aria-pressed=true]").value === arguments[1]`, page, value)
		want := titles(order, q, from)
		var got []string
		v.eval(&got, `return [...document.root("a").querySelectorAll("[part=title]")].map((title) => title.textContent)`)
		equal(t, got, want)
	}
	said := func(want string) {
		t.Helper()
		v.until(`document.root("a").querySelector("[role=status]")?.textContent.includes(arguments[0])`, want)
	}
	focused := func(name, value string) {
		t.Helper()
		var got string
		v.eval(&got, `const b = document.root("a").activeElement; return b ? b.name + " " + b.value : "nothing"`)
		if want := name + " " + value; got != want {
			t.Errorf("the focus is on %q, want %q", got, want)
		}
	}
	lists("1–10 of 158", view.OrderNewest, tally.Query{}, 0)
	before := v.moved()
	v.eval(nil, `document.press("a", "page", "2")`)
	lists("11–20 of 158", view.OrderNewest, tally.Query{}, 10)
	if after := v.moved(); after > before+0.02 { // a row may be a line higher
		t.Errorf("the page has moved by %v", after-before)
	}
	said("11–20 of 158")
	focused("page", "3")
	v.eval(nil, `document.press("a", "order", "title")`)
	lists("1–10 of 158", view.OrderTitle, tally.Query{}, 0)
	focused("order", "title")
	v.eval(nil, `location.hash = "#order=pledger&page=16"`)
	lists("151–158 of 158", view.OrderPledger, tally.Query{}, 150)
	v.eval(nil, `location.hash = "#page=999"`)
	lists("151–158 of 158", view.OrderNewest, tally.Query{}, 150)

	// What is chosen begins with its first page.
	v.eval(nil, `document.press("a", "status", "in-progress")`)
	inProgress := tally.Query{Status: tally.AnyOf(gcm.InProgress)}
	_, total := explored(t, tally.Query{}, inProgress)
	first := fmt.Sprintf("1–10 of %d", total)
	lists(first, view.OrderNewest, inProgress, 0)

	// A State is chosen on the map, and in the list of States.
	kenya, _ := gcm.StateFromAlpha3("KEN")
	q := tally.Query{Status: tally.AnyOf(gcm.InProgress), State: tally.AnyOf(kenya)}
	v.eval(nil, `const at = [...document.root("a").querySelectorAll("[part~=code]")].findIndex((code) => code.textContent === "KEN");
const tile = document.root("a").querySelectorAll("[part=tiles] rect")[at];
tile.focus();
tile.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }))`)
	v.until(`document.getElementById("a").summary.query.state === "KEN"`)
	v.until(`location.hash === "#status=in-progress&state=KEN"`)
	var chips string
	v.eval(&chips, `return [...document.root("a").querySelectorAll("[part=chip]")].map((chip) => chip.textContent).join()`)
	if want := "Kenya Remove,Status: In progress Remove"; chips != want {
		t.Errorf("chips %q, want %q", chips, want)
	}

	// What is taken away is what is chosen.
	v.eval(nil, `const make = URL.createObjectURL;
document.saved = [];
URL.createObjectURL = (blob) => { void blob.text().then((text) => document.saved.push(text)); return make(blob); };
HTMLAnchorElement.prototype.click = () => {};
document.button("a", "take", "csv").click();
document.button("a", "take", "json").click()`)
	v.until(`document.saved.length === 2`)
	var saved []string
	v.eval(&saved, `return document.saved.map((text) => text.replace(/^\ufeff/, ""))`)
	snapshot, err := f.Snapshot(q)
	if err != nil {
		t.Fatal(err)
	}
	snapshot.Items = f.Index.Listed(q, nil, 0, snapshot.Counts.Total)
	equal(t, saved, []string{strings.TrimPrefix(string(f.Index.AppendCSV(nil, snapshot.Items)), "\ufeff"), string(snapshot.AppendJSON(nil))})

	// One choice is taken back by its chip; the focus goes to the row that it was.
	v.eval(nil, `const chip = document.root("a").querySelector("[part=chip][name=state]"); chip.focus(); chip.click()`)
	lists(first, view.OrderNewest, inProgress, 0)

	// Nothing meets all that is chosen, and there is a way back.
	v.eval(nil, `location.hash = "#objective=20&region=oceania&status=fulfilled"`)
	v.until(`document.root("a").querySelector("[part=empty] [part=chip][name=objective]")`)
	v.eval(nil, `document.root("a").querySelector("[part=empty] [part=chip][name=objective]").click()`)
	_, total = explored(t, tally.Query{}, tally.Query{Region: tally.AnyOf(gcm.Oceania), Status: tally.AnyOf(gcm.Fulfilled)})
	v.counts("a", total)
	v.quiet()
}

// dashboardHasASheet: on a telephone what can be chosen comes up in front of the page,
// with the total, and goes again; in a wide column it stands beside the rest, which is
// at most as high as it may be.
func dashboardHasASheet(t *testing.T, v visit, s *site) {
	v.openDashboards(s, `<gcm-pledges loading=eager view=dashboard id=a src="/feed.json" refresh=0>-</gcm-pledges>`)
	v.live(1)
	defer v.Resize(1200, 900)
	shown := func(part string) (is bool) {
		v.eval(&is, `return document.root("a").querySelector(arguments[0]).checkVisibility()`, part)
		return is
	}
	if err := v.Resize(1232, 900); err != nil {
		t.Fatal(err)
	}
	var height float64
	v.eval(&height, `document.body.style.margin = "0 16px"; return document.getElementById("a").getBoundingClientRect().height`)
	if height > 1800 {
		t.Errorf("it is %v pixels high", height)
	}
	if !shown("[part=facets]") || shown("[part=panel] > button") {
		t.Error("what can be chosen isn't beside the rest")
	}
	var stays float64
	v.eval(&stays, `scrollTo(0, 700); return document.root("a").querySelector("[part=total]").getBoundingClientRect().y`)
	if stays < 0 || stays > 60 {
		t.Errorf("the total scrolls out of sight, to %v", stays)
	}
	if err := v.Resize(375, 700); err != nil {
		t.Fatal(err)
	}
	if shown("[part=facets]") || !shown("[part=panel] > button") {
		t.Error("what can be chosen is in the way")
	}
	v.eval(nil, `document.root("a").querySelector("[part=panel] > button").click()`)
	if !shown("[part=facets]") || !shown("[part=done] > button") {
		t.Error("there is no sheet")
	}
	v.eval(nil, `document.press("a", "region", "africa")`)
	v.counts("a", 26)
	var words string
	if v.eval(&words, `return document.root("a").querySelector("[part=done]").textContent`); words != "Show 26 pledges" {
		t.Errorf("the sheet says %q", words)
	}
	if !shown("[part=facets]") {
		t.Error("the sheet goes with a choice")
	}
	v.eval(nil, `document.root("a").querySelector("[part=done] > button").click()`)
	if shown("[part=facets]") {
		t.Error("the sheet stays")
	}
	v.quiet()
}
