package shelltest

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// backwards finds what is written from left to right in every language (dates,
// amounts, codes, addresses), and isn't so on the page: of all characters on one
// line each has to stand to the right of the one before it.
const backwards = `
document.backwards = (root) => {
  const faults = [];
  let looked = 0;
  for (const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
    const { data } = walker.currentNode;
    for (const { 0: text, index } of data.matchAll(/https:\/\/\S*|[\w+]+(?:[-.,:][\w+]+)+/g)) {
      let last;
      for (let i = 0; i < text.length; i++) {
        const range = document.createRange();
        range.setStart(walker.currentNode, index + i);
        range.setEnd(walker.currentNode, index + i + 1);
        const rect = range.getClientRects()[0];
        if (!rect?.width) continue;
        looked++;
        if (last && rect.top < last.bottom && last.top < rect.bottom && rect.left <= last.left) {
          faults.push(text + " in " + data.slice(Math.max(0, index - 20), index + text.length + 20));
          break;
        }
        last = rect;
      }
    }
  }
  return { looked, faults };
};
`

type order struct {
	Looked int
	Faults []string
}

// writtenForwards fails the test if something in the elements that the script
// returns is written backwards, or if there was hardly anything.
func (v visit) writtenForwards(least int, roots string) {
	v.t.Helper()
	var o order
	v.eval(&o, `const all = [`+roots+`].flat().map(document.backwards);
return { looked: all.reduce((n, { looked }) => n + looked, 0), faults: all.flatMap(({ faults }) => faults) }`)
	for _, f := range o.Faults {
		v.t.Errorf("written backwards: %s", f)
	}
	if o.Looked < least {
		v.t.Errorf("%d characters are too few to tell", o.Looked)
	}
}

// formIsWrittenForwards: what the form says in Arabic of dates, amounts and
// addresses, before and after there are errors.
func formIsWrittenForwards(t *testing.T, v visit, s *site) {
	s.put("/backwards.js", file{kind: "text/javascript", body: backwards})
	v.openForm(s, `<script src=/backwards.js></script><gcm-pledge-form lang=ar>-</gcm-pledge-form>`)
	v.writtenForwards(40, `document.root()`)
	v.eval(nil, `document.querySelector("gcm-pledge-form").value = { id: "0192f0c4", title: "A", matches: { id: "0192f0c4-0000" }, announced: "2026-05-40", deadline: "2025-13",
language: "1-2", contributions: [{ amount: "1-2", currency: "EUR" }], links: ["http://example.org/1-2"], themes: ["Child"] };
document.press("submit")`)
	v.until(`document.sent.problems.length === 1`)
	v.writtenForwards(60, `document.root()`)

	// What looks for it does find it.
	v.eval(nil, `for (const bdi of document.root().querySelectorAll("[part=hint] bdi")) bdi.replaceWith(...bdi.childNodes); document.root().querySelector("form").normalize()`)
	var o order
	v.eval(&o, `return document.backwards(document.root())`)
	if len(o.Faults) == 0 {
		t.Error("dates that aren't isolated are read from left to right")
	}
	v.quiet()
}

// viewsAreWrittenForwards: every view in Arabic, of a feed whose own texts begin
// with digits.
func viewsAreWrittenForwards(t *testing.T, v visit, s *site) {
	feed := strings.NewReplacer(
		`"title":"Illustrative pledges, generated"`, `"title":"2022-05 to 2026-05-08"`,
		`"pledges":[`, `"pledges":[{"id":"00000000-0000-4000-8000-000000000001","title":"2030-2040","announced":"2022-05-20","updated":"2022-05-20T00:00:00Z","themes":["2030-2040"],"pledgers":[{"name":"10-20-30"}],"contributions":[{"amount":"1234.50","currency":"EUR","stage":"pledged"}]},`,
	).Replace(string(data.Reference()))
	s.feed("/feed.json", feed)
	s.put("/backwards.js", file{kind: "text/javascript", body: backwards})
	var body strings.Builder
	n := 0
	for kind := range view.Kinds() {
		n += 2
		body.WriteString(`<gcm-pledges lang=ar loading=eager src="/feed.json" refresh=0 view=` + kind.String() + `>-</gcm-pledges>` +
			`<gcm-pledges lang=ar loading=eager src="/feed.json" refresh=0 topic=2030-2040 view=` + kind.String() + `>-</gcm-pledges>`)
	}
	s.page("/", `<script src=/backwards.js></script>`+body.String())
	v.open(s.URL)
	v.live(n)
	v.eval(nil, `for (const w of document.querySelectorAll("gcm-pledges")) for (const d of w.shadowRoot.querySelectorAll("details")) d.open = true`)
	v.writtenForwards(300, `...[...document.querySelectorAll("gcm-pledges")].map((w) => w.shadowRoot)`)
	v.quiet()
}
