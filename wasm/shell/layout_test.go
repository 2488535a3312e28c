package shell_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm"
)

// fitsEverywhere: nothing needs scrolling to the side at 320 pixels, nor with
// letters of twice the size at 1200, and what can be pressed is big enough.
func fitsEverywhere(t *testing.T, v visit, s *site) {
	var body strings.Builder
	n := 0
	for l := range gcm.Languages() {
		for kind := range wasm.Kinds() {
			n++
			fmt.Fprintf(&body, `<gcm-pledges loading=eager src="/feed.json" refresh=0 view=%q lang=%q>-</gcm-pledges>`, kind, l)
		}
	}
	s.feed("/feed.json", strings.Replace(string(data.Reference()), `"title":"Illustrative pledges, generated"`, `"title":"`+strings.Repeat("Longtitle", 20)+`"`, 1))
	s.page("/", body.String())
	if err := v.Resize(320, 800); err != nil {
		t.Fatal(err)
	}
	defer v.Resize(1200, 900)
	v.open(s.URL)
	v.live(n)
	check := func(width int) {
		t.Helper()
		var faults []string
		v.eval(&faults, `const faults = [];
for (const w of document.querySelectorAll("gcm-pledges")) {
  if (w.scrollWidth > w.clientWidth) faults.push(w.view + " in " + w.lang + " is " + w.scrollWidth + " pixels wide, not " + w.clientWidth);
  for (const b of w.shadowRoot.querySelectorAll("button,summary")) {
    const { width, height } = b.getBoundingClientRect();
    if (width < 24 || height < 24) faults.push(w.view + " in " + w.lang + ": " + b.textContent + " is " + width + " by " + height);
  }
}
if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is " + document.documentElement.scrollWidth + " pixels wide");
return faults.slice(0, 20);`)
		for _, f := range faults {
			t.Errorf("at %d: %s", width, f)
		}
	}
	check(320)
	if err := v.Resize(1200, 800); err != nil {
		t.Fatal(err)
	}
	v.eval(nil, `document.documentElement.style.setProperty("font-size", "200%")`)
	check(1200)
	v.quiet()
}
