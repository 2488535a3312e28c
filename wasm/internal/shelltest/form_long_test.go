package shelltest

import "testing"

// formTellsOfLongLists: a draft may hold anything. What is too much is neither shown
// nor lost, and the work with the DOM is in proportion to what is.
func formTellsOfLongLists(t *testing.T, v visit, _ *site) {
	v.eval(nil, `document.work = 0;
for (const { prototype } of [Node, Element, Document, HTMLElement, EventTarget]) {
  for (const [name, { value, set, writable }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === "constructor") continue;
    if (typeof value === "function" && writable) prototype[name] = function (...args) { document.work++; return value.apply(this, args); };
    else if (set) Object.defineProperty(prototype, name, { set(to) { document.work++; set.call(this, to); } });
  }
}
document.pledgers = (n) => { document.querySelector("gcm-pledge-form").value = { pledgers: Array.from({ length: n }, (_, i) => ({ name: "N" + i })) }; };`)
	var work [3]int
	for i := range work {
		v.eval(&work[i], `const form = document.root(); document.pledgers(arguments[0]); document.work = 0; document.pledgers(arguments[0]); return document.work`, 25<<i)
	}
	for i := range work[1:] {
		if work[i] < 100 || float64(work[i+1]) > 2.5*float64(work[i]) {
			t.Errorf("steps %d", work)
		}
	}
	v.eval(nil, `document.pledgers(3000)`)
	v.until(`document.section("Pledgers").querySelector("[part=problems]").textContent.includes("no more than 500")`)
	var got [3]int
	v.eval(&got, `const list = document.section("Pledgers"), form = document.querySelector("gcm-pledge-form");
const kept = [list.querySelector("[part=rows]").children.length, form.value.pledgers.length];
list.querySelector("[part=remove]").click();
return [...kept, list.querySelector("[part=rows]").children.length * 10000 + form.value.pledgers.length]`)
	if got != [3]int{500, 3000, 5002999} {
		t.Errorf("%d", got)
	}
}
