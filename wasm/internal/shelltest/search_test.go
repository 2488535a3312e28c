package shelltest

import (
	"fmt"
	"strings"
	"testing"
)

// dashboardIsSearched: what one types is looked for with each letter, in whatever script,
// among what is chosen; the box keeps the focus, what was found is said and marked, and
// all is in the address. A State is found among many by typing, too.
func dashboardIsSearched(t *testing.T, v visit, s *site) {
	pledge := func(n int, title, state string) string {
		return fmt.Sprintf(`{"id":"00000000-0000-4000-8000-%012d","title":%q,"themes":["detention, of children"],"pledgers":[{"name":"","category":"member-state","state":%q}],"announced":"2026-01-%02d"}`, n, title, state, n)
	}
	var pledges []string
	for i, p := range [][2]string{
		{"End the detention of children", "KEN"}, {"Alternatives to detention", "DEU"}, {"Éducation des enfants migrants", "FRA"},
		{"حماية المهاجرين", "EGY"}, {"保护移徙儿童", "CHN"}, {"Fair recruitment", "KEN"},
		{"One", "BRA"}, {"Two", "FJI"}, {"Three", "PHL"}, {"Four", "CIV"}, {"Five", "SEN"},
	} {
		pledges = append(pledges, pledge(i+1, p[0], p[1]))
	}
	s.feed("/search.json", `{"feed":"https://example.org/search.json","title":"Search","as_of":"2026-02-01T00:00:00Z","pledges":[`+strings.Join(pledges, ",")+`]}`)
	v.openDashboards(s, `<gcm-pledges loading=eager view=dashboard id=a src="/search.json" refresh=0 hash lang=en>-</gcm-pledges>`)
	v.live(1)
	types := func(text string) {
		t.Helper()
		v.eval(nil, `const box = document.root("a").querySelector("[part=query]");
box.focus();
box.value = arguments[0];
box.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }))`, text)
		v.until(`document.getElementById("a").summary.search === arguments[0]`, text)
	}
	finds := func(titles ...string) {
		t.Helper()
		v.until(`document.getElementById("a").summary.counts.total === arguments[0]`, len(titles))
		var got []string
		v.eval(&got, `return [...document.root("a").querySelectorAll("[part=title]")].map((title) => title.textContent)`)
		equal(t, got, titles)
	}
	types("det")
	v.counts("a", 11) // all have that topic
	types("detention child")
	var first string
	v.eval(&first, `return [...document.root("a").querySelectorAll("[part=title]")][0].innerHTML`)
	if want := `<bdi lang="">End the <mark>detention</mark> of <mark>child</mark>ren</bdi>`; first != want {
		t.Errorf("the best one is %s, want %s", first, want)
	}
	types("DETENTION alternative")
	finds("Alternatives to detention")
	v.until(`document.root("a").querySelector("[role=status]")?.textContent.startsWith("1 pledge ")`)
	v.until(`location.hash === "#search=DETENTION+alternative"`)
	types("education")
	finds("Éducation des enfants migrants")
	types("مهاجرين")
	finds("حماية المهاجرين")
	types("儿童")
	finds("保护移徙儿童")
	types("<kenya>")
	finds("Fair recruitment", "End the detention of children")
	var focused bool
	v.eval(&focused, `return document.root("a").activeElement === document.root("a").querySelector("[part=query]") && document.root("a").activeElement.value === "<kenya>"`)
	if !focused {
		t.Error("the box has lost the focus, or what was typed")
	}

	// With what is chosen, and downloaded.
	v.eval(nil, `document.press("a", "order", "title")`)
	v.until(`document.root("a").querySelector("[part=order][aria-pressed=true]").value === "title"`)
	finds("End the detention of children", "Fair recruitment")
	v.eval(nil, `const make = URL.createObjectURL;
document.saved = [];
URL.createObjectURL = (blob) => { void blob.text().then((text) => document.saved.push(text)); return make(blob); };
HTMLAnchorElement.prototype.click = () => {};
document.button("a", "take", "json").click()`)
	v.until(`document.saved.length === 1`)
	var saved []string
	v.eval(&saved, `const all = JSON.parse(document.saved[0]); return [all.search, ...all.items.map(({ title }) => title)]`)
	equal(t, saved, []string{"<kenya>", "End the detention of children", "Fair recruitment"})
	v.eval(nil, `document.button("a", "topic", "detention\\, of children").click()`)
	v.until(`new URLSearchParams(location.hash.slice(1)).get("topic") === "detention\\, of children"`)
	v.counts("a", 2)

	// Nothing is found, and there is a way back; a chip empties the box.
	types("nothing of the kind")
	v.until(`document.root("a").querySelector("[part=empty]")`)
	v.eval(nil, `document.root("a").querySelector("[part=empty] [part=chip][name=search]").click()`)
	v.counts("a", 11)
	v.until(`document.root("a").querySelector("[part=query]").value === ""`)
	types("recruitment")
	v.eval(nil, `document.root("a").querySelector("[part=chip][name=search]").click()`)
	v.counts("a", 11)
	v.until(`document.root("a").querySelector("[part=query]").value === ""`)
	v.eval(nil, `document.press("a", "", "")`)
	v.until(`!location.hash`)

	// A link from anybody.
	v.eval(nil, `location.hash = "#search=recruit"`)
	finds("Fair recruitment")
	v.until(`document.root("a").querySelector("[part=query]").value === "recruit"`)
	v.eval(nil, `document.press("a", "", "")`)
	v.counts("a", 11)

	// A row is found by typing; those that are folded as well, and without accents.
	var rows []string
	narrows := func(text string) {
		t.Helper()
		v.eval(&rows, `const box = document.button("a", "state", "KEN").closest("[part=facet]").querySelector("[part=find]");
box.closest("details").open = true;
box.value = arguments[0];
box.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
return [...document.root("a").querySelectorAll("[part~=choice][name=state]")].filter((b) => b.checkVisibility()).map((b) => b.value)`, text)
	}
	narrows("COTE D")
	equal(t, rows, []string{"CIV"})
	v.eval(nil, `document.press("a", "state", "CIV")`)
	v.counts("a", 1)
	v.eval(&rows, `return [...document.root("a").querySelectorAll("[part~=choice][name=state]")].filter((b) => b.checkVisibility()).map((b) => b.value)`)
	equal(t, rows, []string{"CIV"})
	if narrows(""); len(rows) != 8 {
		t.Errorf("all rows are %q", rows)
	}
	v.eval(nil, `document.press("a", "state", "FJI")`)
	v.counts("a", 2)
	v.quiet()
}
