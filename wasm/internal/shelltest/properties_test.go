package shelltest

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

func themesAndProperties(t *testing.T, v visit, s *site) {
	s.feed("/feed.json", string(data.Reference()))
	s.page("/", `<gcm-pledges src="/feed.json" refresh=0 theme=light>-</gcm-pledges>
<gcm-pledges src="/feed.json" refresh=0 theme="DARK">-</gcm-pledges>
<gcm-pledges src="/feed.json" refresh=0>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(3)
	var themes []string
	v.eval(&themes, `const tone = (color) => { const [r, g, b, a = 1] = color.match(/[\d.]+/g); return +a === 0 ? "none" : r < 64 && g < 64 && b < 64 ? "dark" : r > 192 && g > 192 && b > 192 ? "light" : color };
return [...document.querySelectorAll("gcm-pledges")].map((w) => { const s = getComputedStyle(w); return [w.theme, s.colorScheme, tone(s.color), "on", tone(s.backgroundColor)].join(" ") })`)
	equal(t, themes, []string{"light light dark on light", "dark dark light on dark", "auto normal dark on none"})

	// Each property that the types declare is its attribute, whichever is set.
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^  (?:set )?(\w+)(?:\(value: [^)]+\)|: (?:string|Gcm\w+));`).FindAllStringSubmatch(ofClass(t), -1) {
		names = append(names, m[1])
	}
	if len(names) < 19 {
		t.Fatalf("the types declare %q", names)
	}
	var faults []string
	v.eval(&faults, `const faults = [];
for (const name of arguments[0]) {
  const w = document.createElement("gcm-pledges");
  const word = { view: "money", size: "hero", sort: "most", loading: "eager", theme: "dark" }[name] ?? "x";
  w[name] = word;
  if (w.getAttribute(name) !== word) faults.push(name + " as a property");
  w[name] = null;
  if (w.hasAttribute(name)) faults.push(name + " is not taken away");
  w.setAttribute(name, word);
  if (w[name] !== word) faults.push(name + " as an attribute");
  if (!customElements.get("gcm-pledges").observedAttributes.includes(name)) faults.push(name + " is not observed");
}
const w = document.createElement("gcm-pledges");
for (const name of ["hash", "debug"]) {
  w[name] = true;
  if (w.getAttribute(name) !== "" || !w[name]) faults.push(name + " as a property");
  w[name] = false;
  if (w.hasAttribute(name) || w[name]) faults.push(name + " is not taken away");
}
if (w.summary !== null || typeof w.refresh !== "function") faults.push("no summary, or no refresh");
return faults;`, names)
	equal(t, faults, nil)
	v.quiet()
}

// ofClass is the part of the types that declares the element.
func ofClass(t *testing.T) string {
	t.Helper()
	types, err := os.ReadFile(filepath.FromSlash("../../shell/widget/gcm-pledges.d.ts"))
	at := regexp.MustCompile(`(?s)export declare class GcmPledgesElement.*?\n}\n`).Find(types)
	if err != nil || at == nil {
		t.Fatal("the class is not where this test looks for it")
	}
	return string(at)
}
