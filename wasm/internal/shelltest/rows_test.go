package shelltest

import (
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

const shadow = `document.querySelector("gcm-pledges").shadowRoot`

const rowsOf = `const root = ` + shadow + `;
const keys = () => [...root.querySelectorAll("[part~=rows] [part=key]")].map((key) => key.textContent).join(" ");
const values = () => [...root.querySelectorAll("[part~=rows] [part=value]")].map((value) => +value.textContent);
`

// rowsAreSorted: a reader sorts the objectives, hears of it, and keeps the focus. A
// row that is unfolded doesn't become that of another objective.
func rowsAreSorted(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", `<gcm-pledges src="/feed.json" refresh=0 view=objectives>158 pledges</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	var before []string
	v.eval(&before, rowsOf+`root.querySelector("[part=titles]").open = true;
const most = root.querySelector("button[name=sort][value=most]");
const { width, height } = most.getBoundingClientRect();
most.focus();
most.click();
return [keys(), width >= 24 && height >= 24 ? "" : "too small: " + width + " by " + height];`)
	equal(t, before, []string{"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23", ""})
	v.until(shadow + `.querySelector("button[name=sort][value=most]").ariaPressed === "true"`)
	var after []string
	v.eval(&after, rowsOf+`const sorted = values();
return [
  keys().slice(0, 9),
  sorted.every((n, i) => !i || n <= sorted[i - 1]) ? "" : "not sorted: " + sorted,
  root.activeElement?.value ?? "nothing has the focus",
  root.querySelectorAll("[part=titles][open]").length + " open",
];`)
	equal(t, after, []string{"4 9 14 18", "", "most", "0 open"})
	v.until(shadow + `.querySelector("[role=status]")?.textContent === "Pledges by objective · Most pledges"`)

	// The page can choose, too, and its reader can undo it.
	v.eval(nil, `document.querySelector("gcm-pledges").sort = "most"`)
	v.eval(nil, rowsOf+`root.querySelector("button[name=sort][value=listed]").click()`)
	v.until(shadow + `.querySelector("[part=key]").textContent === "1"`)
	v.quiet()
}

// readsAgain: where a source can't be read its reader can ask for it once more.
func readsAgain(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", `<gcm-pledges src="/feed.json" refresh=0>158 pledges</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	s.remove("/feed.json")
	v.refresh()
	const again = `document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=stale] button")`
	v.until(again + `?.textContent === "Try again"`)
	s.feed("/feed.json", oneMore(string(data.Reference()), "01"))
	v.eval(nil, again+`.click()`)
	v.until(`!` + again + ` && document.querySelector("gcm-pledges").summary.counts.total === 159`)
	if v.note() != "" {
		t.Error(v.note())
	}
	v.caught()
}

// standsInALine: an inline counter doesn't break the line of text that it stands in,
// and says its date.
func standsInALine(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", `<p id=line>So far <gcm-pledges src="/feed.json" refresh=0 size=inline>158 pledges</gcm-pledges> were announced.</p><p id=other>So far</p>`)
	v.open(s.URL)
	v.live(1)
	var faults []string
	v.eval(&faults, `const w = document.querySelector("gcm-pledges"), faults = [];
const height = (id) => document.getElementById(id).getBoundingClientRect().height;
if (height("line") > 2 * height("other")) faults.push("the line is " + height("line") + " high");
const before = document.createRange(), after = document.createRange();
before.selectNode(w.previousSibling);
after.selectNode(w.nextSibling);
if (Math.abs(before.getBoundingClientRect().y - after.getBoundingClientRect().y) > 2) faults.push("what comes behind it is on another line");
const text = w.shadowRoot.querySelector("[part~=inline]").textContent;
if (text !== "158 pledges to the Global Compact for Migration May 2022 illustrative data") faults.push(text);
return faults;`)
	equal(t, faults, nil)
	v.quiet()
}
