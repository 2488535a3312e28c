package shelltest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/wasm/internal/form"
)

// formScenarios are what is tested of the form in every browser.
var formScenarios = []scenario{
	{"what is entered leaves the form as a pledge", formSubmits},
	{"one form after the other on a page", formsOnOnePage},
	{"a draft is kept only if the page allows it", formKeepsDraft},
	{"the page's text stays if there is no engine", formFallsBack},
	{"dates and addresses are written forwards in Arabic", formIsWrittenForwards},
}

// formsOnOnePage has a form of its own for each of these, but not a page, which
// would have the browser compile the engine again.
func formsOnOnePage(t *testing.T, v visit, s *site) {
	v.openForm(s, pledgeForm)
	for _, c := range []scenario{
		{"errors are listed, in Arabic too", formListsErrors},
		{"problems show once a field was left", formWaitsForTheField},
		{"reports are those of Go", formReportsAreThose},
		{"what was cleared can be had back", formUndoes},
		{"lists grow and shrink", formLists},
		{"a list that is too long is kept, and told of", formTellsOfLongLists},
		{"another language keeps what was entered", formChangesLanguage},
		{"everything has a name and fits a telephone", formIsAccessible},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := visit{v.Browser, t}
			v.nextForm()
			c.run(t, v, s)
		})
	}
}

// nextForm takes the form off the page, and what is known of it, and puts another
// one there, with a draft if one is named.
func (v visit) nextForm(draft ...string) {
	v.t.Helper()
	v.eval(nil, `const next = document.createElement("gcm-pledge-form");
for (const name of arguments[0]) next.setAttribute("draft", name);
document.body.prepend(next);
for (const before of [...document.querySelectorAll("gcm-pledge-form")].slice(1)) before.remove();
for (const list of [document.sent.submit, document.sent.problems, document.probe.answers, document.probe.errors]) list.length = 0;
document.sent.prevent = false;`, append([]string{}, draft...))
	v.until(`document.querySelector("gcm-pledge-form").shadowRoot?.querySelector("form")`)
}

// formScript finds the form's parts and enters things as a visitor does. It is
// a file of its own, as the page's policy wants it.
const formScript = `
const sent = { submit: [], problems: [], prevent: false };
Object.defineProperty(document, "sent", { value: sent });
addEventListener("gcm-submit", (e) => { sent.submit.push(e.detail); if (sent.prevent) e.preventDefault(); });
addEventListener("gcm-problems", (e) => sent.problems.push(e.detail));
const root = () => document.querySelector("gcm-pledge-form").shadowRoot;
const labelled = (text, within = root()) => {
  const label = [...within.querySelectorAll("label")].find((l) => l.textContent.replace(/ \(.*\)$/, "") === text);
  if (!label) throw new Error("no label " + text);
  return root().getElementById(label.htmlFor);
};
const section = (legend) => [...root().querySelectorAll("fieldset")].find((f) => f.querySelector("legend").textContent.replace(/ \(.*\)$/, "") === legend);
const enter = (entry, value) => {
  entry.focus();
  if (entry.type === "checkbox") entry.click();
  else entry.value = value;
  entry.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  entry.blur();
};
const press = (part, within = root()) => within.querySelector("[part=" + part + "]").click();
Object.assign(document, { root, labelled, section, enter, press });
`

const pledgeForm = `<gcm-pledge-form>Write to pledges@example.org</gcm-pledge-form>`

// openForm opens a page with a form, or with what else body holds, and waits
// until the form is ready.
func (v visit) openForm(s *site, body string) {
	v.t.Helper()
	s.put("/form-probe.js", file{kind: "text/javascript", body: formScript})
	s.put("/", file{kind: "text/html; charset=utf-8", body: "<!doctype html><html lang=en><meta charset=utf-8>" +
		"<meta name=viewport content='width=device-width'><title>p</title><script src=/probe.js></script><script src=/form-probe.js></script>" +
		"<script type=module src=/gcm-pledge-form.js></script><body>" + body})
	v.open(s.URL)
	v.until(`document.querySelector("gcm-pledge-form").shadowRoot?.querySelector("form")`)
}

var description = strings.TrimSpace(strings.Repeat("We will do what we say, where we say it, and tell everybody how it went. ", 5))

func formSubmits(t *testing.T, v visit, s *site) {
	v.openForm(s, pledgeForm)
	v.eval(nil, `const { labelled, section, enter, press } = document;
enter(labelled("Title"), "  Safe arrival  ");
enter(labelled("Description"), arguments[0]);
enter(labelled("Type of pledge"), "partnership");
const first = section("Pledger 1");
enter(labelled("Name of the pledger", first), "Sierra Leone");
enter(labelled("Category of the pledger", first), "member-state");
enter(labelled("State of the pledger", first), "SLE");
press("add", section("Pledgers"));
const second = section("Pledger 2");
enter(labelled("Name of the pledger", second), "City of Y <b>&");
enter(labelled("Category of the pledger", second), "local-authority");
enter(labelled("8. Save lives"));
enter(labelled("7. Reduce vulnerabilities"));
enter(labelled("People-centred"));
press("add", section("Countries of implementation"));
enter(labelled("Country of implementation 1"), "SLE");
enter(labelled("Deadline"), "2028-05");
press("add", section("Contributions"));
enter(labelled("Amount"), "200000.50");
enter(labelled("Currency"), "EUR");
press("add", section("Links"));
enter(labelled("Link 1"), "https://example.org/pledge");
press("add", section("Links"));
press("submit");`, description)
	v.until("document.sent.submit.length === 1")
	var detail struct {
		JSON     string
		Pledge   json.RawMessage
		Warnings []pledge.Problem
		Criteria []string
	}
	v.eval(&detail, `return document.sent.submit[0]`)
	var p pledge.Pledge
	if err := p.UnmarshalJSON([]byte(detail.JSON)); err != nil {
		t.Fatal(err)
	}
	if r := p.Validate(nil); !r.OK() || len(r.Problems) != len(detail.Warnings) {
		t.Errorf("the rules say %v, the event %v", r.Problems, detail.Warnings)
	}
	if p.ID.Version() != 7 || p.Updated == (gcm.Instant{}) {
		t.Errorf("id %v, updated %v", p.ID, p.Updated)
	}
	p.Updated = gcm.Instant{}
	want := `{"id":"` + p.ID.String() + `","title":"Safe arrival","description":"` + description + `","language":"en","type":"partnership",` +
		`"pledgers":[{"name":"Sierra Leone","category":"member-state","state":"SLE"},{"name":"City of Y <b>&","category":"local-authority"}],` +
		`"objectives":[7,8],"principles":["people-centred"],"implementation":{"states":["SLE"]},"deadline":"2028-05",` +
		`"contributions":[{"amount":"200000.50","currency":"EUR"}],"links":["https://example.org/pledge"]}`
	if got := string(p.AppendJSON(nil)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := strings.Join(detail.Criteria, " "); got != "linked time-bound in-partnership resourced scope-stated" {
		t.Errorf("criteria %s", got)
	}
	// Once more it is the same pledge, in another revision.
	v.eval(nil, `document.press("submit")`)
	v.until("document.sent.submit.length === 2 && document.sent.submit[0].pledge.id === document.sent.submit[1].pledge.id")
	for path, seen := range s.all() {
		if want := "/ /probe.js /form-probe.js /gcm-pledge-form.js /favicon.ico /" + s.built.rules; !strings.Contains(" "+want+" ", " "+path+" ") ||
			len(seen) != 1 && (path != "/gcm-pledge-form.js" || len(seen) != 2) { // the second time as a worker
			t.Errorf("%d requests of %s", len(seen), path)
		}
	}
	var kept int
	v.eval(&kept, "return localStorage.length")
	if kept != 0 {
		t.Errorf("%d entries in localStorage", kept)
	}
	v.quiet()
}

func formListsErrors(t *testing.T, v visit, _ *site) {
	v.eval(nil, `document.body.lang = "ar"; document.body.dir = "rtl"`)
	defer v.eval(nil, `document.body.lang = "en"; document.body.dir = ""`)
	v.nextForm()
	v.eval(nil, `document.press("submit")`)
	v.until("document.sent.problems.length === 1")
	var got struct {
		Dir, Lang, Title string
		Focused          bool
		Links, Errors    []string
		Invalid          int
	}
	v.eval(&got, `const root = document.root(), form = root.querySelector("form"), summary = root.querySelector("[part=summary]");
return { dir: getComputedStyle(form).direction, lang: form.lang, title: root.querySelector("[part=summary-title]").textContent, focused: root.activeElement === summary,
links: [...summary.querySelectorAll("a")].map((a) => a.textContent), errors: document.sent.problems[0].problems.filter((p) => p.severity === "error").map((p) => p.message), invalid: root.querySelectorAll("[aria-invalid=true]").length };`)
	if got.Dir != "rtl" || got.Lang != "ar" || !got.Focused || len(got.Links) < 5 || got.Invalid < 4 {
		t.Errorf("%+v", got)
	}
	c := form.Check([]byte(`{"language":"ar","pledgers":[{}]}`), gcm.Arabic)
	if got.Title != c.Summary || len(got.Links) != c.Report.Errors() {
		t.Errorf("%+v, want %q", got, c.Summary)
	}
	// The list has the order of the form, and each link leads to its field.
	var label, hash string
	v.eval(&label, `const root = document.root(); root.querySelector("[part=summary] a").click();
return [...root.querySelectorAll("label")].find((l) => l.htmlFor === root.activeElement.id).firstChild.data`)
	v.eval(&hash, "return location.hash")
	if want := pledge.FieldLabel("/title", gcm.Arabic); label != want || hash != "" {
		t.Errorf("the first link leads to %q%s, want %q", label, hash, want)
	}
	// It stays true to the form.
	v.eval(nil, `document.enter(document.root().activeElement, "عنوان")`)
	v.until(`document.root().querySelectorAll("[part=summary] a").length === arguments[0]`, len(got.Links)-1)
	if n := len(v.codes()); n != 0 {
		t.Errorf("%d errors", n)
	}
	v.quiet()
}

func formWaitsForTheField(t *testing.T, v visit, _ *site) {
	v.until(`document.root().querySelector("[part=count]").textContent`)
	const errors = `document.root().querySelectorAll("[part=error]").length`
	// While the description is being written its length is no error.
	v.eval(nil, `const d = document.labelled("Description"); d.focus(); d.value = "Short"; d.dispatchEvent(new InputEvent("input", { bubbles: true }))`)
	v.until(`document.root().querySelector("[part=count]").textContent.startsWith("Characters: 5 ")`)
	var n int
	v.eval(&n, "return "+errors)
	if n != 0 {
		t.Errorf("%d errors in a field that is being written", n)
	}
	v.eval(nil, `document.labelled("Description").blur()`)
	v.until(errors + " === 1")
	var described string
	v.eval(&described, `const d = document.labelled("Description"); return d.ariaInvalid + ": " + d.getAttribute("aria-describedby").split(" ").map((id) => document.root().getElementById(id).textContent).join("|")`)
	if !strings.HasPrefix(described, "true: ") || !strings.Contains(described, "300") || !strings.Contains(described, "Error: ") {
		t.Error(described)
	}
	// A field that depends on another one comes with it.
	var hidden [2]bool
	const matched = `document.section("Matched pledge").hidden`
	v.eval(&hidden[0], "return "+matched)
	v.eval(nil, `document.enter(document.labelled("Type of pledge"), "matching")`)
	v.until(matched + " === false")
	v.until(`document.querySelector("gcm-pledge-form").value.type === "matching"`)
	if !hidden[0] {
		t.Error("the matched pledge is asked for at once")
	}
	v.quiet()
}

// records are checked natively and in the page.
var records = []string{
	`{}`,
	`{"title":"SAVE ALL LIVES AT SEA","description":"Short","language":"fr","type":"common","pledgers":[{"name":"France","category":"other"}],"objectives":[1,2,3,4]}`,
	`{"title":"Élan \u202e and 承诺","type":"individual","pledgers":[{"name":"A","category":"member-state"},{"name":"B"}],"principles":["people-centred"],"deadline":"2020","announced":"2026-05-08"}`,
	`{"type":"matching","matches":{"id":"no uuid","title":"Another"},"mirror":false,"natures":["financial","policy"],"status":"planned"}`,
	`{"contributions":[{"amount":"12,5","currency":"EUR"},{"amount":"0","currency":"JPY"},{"amount":"5"},{"amount":"1.005","currency":"USD"}],"links":["http://example.org","https://example.org"],"announced":"soon"}`,
	`{"id":"0192f0c4-0000-7000-8000-000000000001","ref":"17","title":"Good","implementation":{"states":["DEU"],"global":true,"level":"national"},"themes":["climate"]}`,
}

func formReportsAreThose(t *testing.T, v visit, _ *site) {
	for lang := range gcm.Languages() {
		v.eval(nil, `document.querySelector("gcm-pledge-form").lang = arguments[0]`, lang.String())
		v.until(`document.root().querySelector("form").lang === arguments[0]`, lang.String())
		for _, record := range records {
			// The language of a pledge is the form's, if nothing else is said.
			if !strings.Contains(record, `"language"`) {
				record = strings.Replace(strings.Replace(record, "{", `{"language":"`+lang.String()+`",`, 1), ",}", "}", 1)
			}
			if !strings.Contains(record, `"pledgers"`) {
				record = strings.TrimSuffix(record, "}") + `,"pledgers":[{}]}`
			}
			arg, err := json.Marshal(map[string]any{"lang": lang.String(), "pledge": json.RawMessage(record)})
			if err != nil {
				t.Fatal(err)
			}
			v.eval(nil, `document.querySelector("gcm-pledge-form").value = JSON.parse(arguments[0])`, record)
			v.until(`document.probe.answers.includes(arguments[0])`, string(form.Call(form.CheckOp, string(arg))))
		}
	}
	v.quiet()
}

func formKeepsDraft(t *testing.T, v visit, s *site) {
	const title = `document.labelled("Title")`
	enter := func() {
		v.t.Helper()
		v.eval(nil, `document.enter(document.labelled("Title"), "Draft title"); document.press("add", document.section("Pledgers"))`)
	}
	v.openForm(s, pledgeForm)
	enter()
	v.nextForm("mine")
	var value string
	v.eval(&value, "return "+title+".value + localStorage.length")
	if value != "0" {
		t.Errorf("kept without the attribute: %s", value)
	}
	enter()
	v.openForm(s, strings.Replace(pledgeForm, "<gcm-pledge-form", `<gcm-pledge-form draft="mine"`, 1))
	v.until(title + `.value === "Draft title" && document.section("Pledger 2")`)
	v.until(`document.root().querySelector("[part=status]").textContent`)
	// A page that prevents the default keeps it; else it is gone with the event.
	fill := `document.querySelector("gcm-pledge-form").value = { title: "T", description: arguments[0], type: "individual", pledgers: [{ name: "N", category: "youth" }], objectives: [1] };
document.enter(document.labelled("Title"), "A pledge"); document.sent.prevent = arguments[1]; document.press("submit");`
	for i, prevent := range []bool{true, false} {
		v.eval(nil, fill, description, prevent)
		v.until("document.sent.submit.length === arguments[0]", i+1)
		v.until("localStorage.length === arguments[0]", 1-i)
	}
	enter()
	v.eval(nil, `document.press("reset")`)
	v.until("localStorage.length === 0")
	v.eval(nil, `localStorage.setItem("gcm-pledge-form", "{"); localStorage.setItem("x", "1")`)
	v.nextForm("")
	v.until(title)
	v.eval(nil, `localStorage.clear()`)
	v.quiet()
}

func formUndoes(t *testing.T, v visit, _ *site) {
	v.eval(nil, `document.querySelector("gcm-pledge-form").value = { ref: "17", title: "Kept", objectives: [3, 5] }; document.press("reset")`)
	var value string
	v.eval(&value, `return JSON.stringify(document.querySelector("gcm-pledge-form").value)`)
	if value != `{"language":"en","pledgers":[{}]}` {
		t.Errorf("cleared: %s", value)
	}
	v.eval(nil, `document.press("undo")`)
	v.eval(&value, `return JSON.stringify(document.querySelector("gcm-pledge-form").value)`)
	if value != `{"ref":"17","title":"Kept","language":"en","pledgers":[{}],"objectives":[3,5]}` {
		t.Errorf("back: %s", value)
	}
	v.quiet()
}

func formLists(t *testing.T, v visit, _ *site) {
	v.eval(nil, `const { press, section, enter, labelled } = document, list = section("Pledgers");
for (const name of ["A", "B", "C"]) { enter(labelled("Name of the pledger", [...list.querySelectorAll("fieldset")].at(-1)), name); press("add", list); }
section("Pledger 2").lastElementChild.click();`)
	var got struct {
		Names   []any
		Labels  []string
		Status  string
		Focused string
	}
	v.eval(&got, `const root = document.root(), list = document.section("Pledgers");
return { names: document.querySelector("gcm-pledge-form").value.pledgers.map((p) => p.name ?? ""), labels: [...list.querySelectorAll("[part=remove]")].map((b) => b.ariaLabel),
status: root.querySelector("[part=status]").textContent, focused: root.activeElement.textContent }`)
	if len(got.Names) != 3 || got.Names[1] != "C" || got.Labels[2] != "Remove: Pledger 3" || got.Status != "Removed: Pledger 2" || got.Focused != "Add another pledger" {
		t.Errorf("%+v", got)
	}
	// The last one stays, as there is no pledge without a pledger.
	v.eval(nil, `for (let i = 0; i < 2; i++) document.section("Pledger 1").lastElementChild.click()`)
	var hidden bool
	v.eval(&hidden, `return document.section("Pledger 1").lastElementChild.hidden`)
	if !hidden {
		t.Error("the last pledger can be removed")
	}
	v.quiet()
}

func formChangesLanguage(t *testing.T, v visit, _ *site) {
	v.eval(nil, `document.querySelector("gcm-pledge-form").value = { id: "0192f0c4-0000-7000-8000-000000000001", title: "Kept", language: "en", mirror: false, implementation: { states: ["EGY"] } };
document.querySelector("gcm-pledge-form").lang = "fr-CA"`)
	v.until(`document.root().querySelector("form").lang === "fr"`)
	var value, first string
	v.eval(&value, `return JSON.stringify(document.querySelector("gcm-pledge-form").value)`)
	if value != `{"id":"0192f0c4-0000-7000-8000-000000000001","title":"Kept","language":"en","mirror":false,"pledgers":[{}],"implementation":{"states":["EGY"]}}` {
		t.Error(value)
	}
	// Names of States are where a reader of the language looks for them.
	v.eval(&first, `return [...document.root().querySelectorAll("option")].map((o) => o.textContent).filter((t) => /^É/.test(t)).length + " " +
[...document.labelled("Pays de mise en œuvre 1").options].findIndex((o) => o.value === "EGY") + " " + [...document.labelled("Pays de mise en œuvre 1").options].findIndex((o) => o.value === "ZWE")`)
	if f := strings.Fields(first); len(f) != 3 || len(f[1]) != 2 {
		t.Errorf("%s", first)
	}
	v.quiet()
}

func formFallsBack(t *testing.T, v visit, s *site) {
	rules := "/" + s.built.rules
	s.mu.Lock()
	engine := s.files[rules]
	s.mu.Unlock()
	s.remove(rules)
	s.put("/", file{kind: "text/html; charset=utf-8", body: "<!doctype html><html lang=en><title>p</title><script src=/probe.js></script>" +
		"<script type=module src=/gcm-pledge-form.js></script><body>" + pledgeForm})
	v.open(s.URL)
	v.until("document.probe.errors.length === 1")
	var text string
	v.eval(&text, `const f = document.querySelector("gcm-pledge-form"); return f.innerText + (f.shadowRoot ? " and a shadow root" : "")`)
	if codes := v.codes(); text != "Write to pledges@example.org" || codes[0] != "engine-load" {
		t.Errorf("%q %v", text, codes)
	}
	v.caught()
	// It is over when its cause is.
	s.put(rules, engine)
	v.until("document.probe.timers.size === 1")
	v.eval(nil, "document.probe.wake()")
	v.until(`document.querySelector("gcm-pledge-form").shadowRoot?.querySelector("form").lang === "en"`)
	v.eval(nil, `document.querySelector("gcm-pledge-form").lang = "es"`)
	v.until(`document.querySelector("gcm-pledge-form").shadowRoot?.querySelector("form").lang === "es"`)
	v.caught()
}

func formIsAccessible(t *testing.T, v visit, _ *site) {
	v.eval(nil, `for (const b of document.root().querySelectorAll("[part=add]")) b.click(); document.press("submit")`)
	v.until("document.sent.problems.length === 1")
	var faults []string
	v.eval(&faults, `const root = document.root(), faults = [];
const ids = [...root.querySelectorAll("[id]")].map((e) => e.id);
if (new Set(ids).size !== ids.length) faults.push("an id is there twice");
for (const e of root.querySelectorAll("input,select,textarea")) if (e.labels.length !== 1 || !e.labels[0].textContent.trim()) faults.push("no label: " + e.id);
for (const e of root.querySelectorAll("fieldset")) if (!e.querySelector(":scope > legend")?.textContent.trim()) faults.push("no legend");
for (const e of root.querySelectorAll("button")) if (!(e.ariaLabel || e.textContent).trim()) faults.push("no name");
for (const e of root.querySelectorAll("[aria-describedby]")) for (const id of e.getAttribute("aria-describedby").split(" ")) if (!root.getElementById(id)) faults.push("no " + id);
for (const e of root.querySelectorAll("[tabindex]")) if (e.tabIndex > 0) faults.push("a tabindex");
if (root.querySelectorAll("[style]").length) faults.push("an inline style");
return faults;`)
	if len(faults) > 0 {
		t.Error(faults)
	}
	if err := v.Resize(320, 800); err != nil {
		t.Fatal(err)
	}
	defer v.Resize(1200, 900)
	var width int
	v.eval(&width, `return document.documentElement.scrollWidth`)
	if width > 320 {
		t.Errorf("the page is %d pixels wide on a screen of 320", width)
	}
	v.quiet()
}

// all returns the requests of all paths.
func (s *site) all() map[string][]seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[string][]seen{}
	for path, requests := range s.seen {
		all[path] = append([]seen(nil), requests...)
	}
	return all
}
