package shelltest

// fitEverywhere: nothing needs scrolling to the side at 320 pixels, nor with
// letters of twice the size at 1200, and what can be pressed is big enough.
func (v visit) fitEverywhere() {
	check := func(width int) {
		v.t.Helper()
		var faults []string
		v.eval(&faults, `const faults = [];
for (const w of document.querySelectorAll("gcm-pledges")) {
  if (w.scrollWidth > w.clientWidth) faults.push(w.view + " in " + w.parentNode.lang + " is " + w.scrollWidth + " pixels wide, not " + w.clientWidth);
  for (const b of w.shadowRoot.querySelectorAll("button,summary")) {
    const { width, height } = b.getBoundingClientRect();
    if (width < 24 || height < 24) faults.push(w.view + " in " + w.parentNode.lang + ": " + b.textContent + " is " + width + " by " + height);
  }
}
if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is " + document.documentElement.scrollWidth + " pixels wide");
return faults.slice(0, 20);`)
		for _, f := range faults {
			v.t.Errorf("at %d: %s", width, f)
		}
	}
	if err := v.Resize(320, 800); err != nil {
		v.t.Fatal(err)
	}
	check(320)
	if err := v.Resize(1200, 800); err != nil {
		v.t.Fatal(err)
	}
	v.eval(nil, `document.documentElement.style.setProperty("font-size", "200%")`)
	check(1200)
}
