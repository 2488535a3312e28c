package shelltest

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// axePackage is what looks for faults of accessibility, as npm names it.
const axePackage = "axe-core@4.14.1"

// axe is the script of axe-core, which npm fetches once.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gcmkit-axe-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	script, err := packed(dir, axePackage, "package/axe.min.js")
	return string(script), err
})

// packed returns a file of an npm package.
func packed(dir, name, file string) ([]byte, error) {
	cmd := exec.Command("npm", "pack", "--silent", "--prefer-offline", "--pack-destination", dir, name)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm pack %s: %w\n%s", name, err, out)
	}
	archives, _ := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if len(archives) != 1 {
		return nil, fmt.Errorf("npm pack %s: %d archives", name, len(archives))
	}
	f, err := os.Open(archives[0])
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	for r := tar.NewReader(z); ; {
		switch h, err := r.Next(); {
		case errors.Is(err, io.EOF):
			return nil, fmt.Errorf("no %s in %s", file, name)
		case err != nil:
			return nil, err
		case h.Name == file:
			return io.ReadAll(r)
		}
	}
}

// axeFindsNothing in every view in every language, in a light page; the other
// browsers lay out and colour the same page.
func axeFindsNothing(t *testing.T, v visit, s *site) {
	if v.Engine() != "chromium" {
		v.hasNoFaults(s, "dark", gcm.Arabic)
		return
	}
	v.hasNoFaults(s, "dark", slices.Collect(gcm.Languages())...)
}

// axeFindsNothingInTheDark, where all languages have the same colours.
func axeFindsNothingInTheDark(t *testing.T, v visit, s *site) {
	v.hasNoFaults(s, "light", gcm.English, gcm.Arabic)
}

// hasNoFaults fails the test for what axe finds. other is the theme that the page
// hasn't. Where there is no npm, or it can't fetch, the test is skipped; it fails
// where the environment variable CI is set.
func (v visit) hasNoFaults(s *site, other string, languages ...gcm.Language) {
	script, err := axe()
	if err != nil && os.Getenv("CI") == "" {
		v.t.Skip(err)
	}
	if err != nil {
		v.t.Fatal(err)
	}
	s.put("/axe.js", file{kind: "text/javascript", body: script})
	s.feed("/feed.json", string(data.Reference()))
	for _, l := range languages {
		v.t.Run(l.String(), func(t *testing.T) {
			v := visit{v.Browser, t}
			v.openAll(s, l, "auto")
			v.axe()
			if l == gcm.English {
				v.openAll(s, l, other)
				v.axe()
				v.openSizes(s)
				v.axe()
			}
		})
	}
}

// axePage returns a page that axe can look at.
func (s *site) axePage(l gcm.Language, head, body string) file {
	direction := "ltr"
	if l.RightToLeft() {
		direction = "rtl"
	}
	// axe doesn't know what is below a page that says nothing of its ground.
	s.put("/page.css", file{kind: "text/css", body: ":root { background: Canvas; color: CanvasText }"})
	return file{kind: "text/html; charset=utf-8", body: "<!doctype html><html lang=" + l.String() + " dir=" + direction +
		"><meta charset=utf-8><meta name=color-scheme content='light dark'><meta name=viewport content='width=device-width'><title>p</title>" +
		"<link rel=stylesheet href=/page.css><script src=/probe.js></script><script src=/axe.js></script><script type=module src=/gcm-pledges.js></script>" +
		head + "<main><h1>p</h1>" + body + "</main>"}
}

// openAll opens a page with all views, each of two sources of which one is
// missing, and unfolds what is folded.
func (v visit) openAll(s *site, l gcm.Language, theme string) {
	v.t.Helper()
	var body strings.Builder
	n := 0
	for kind := range view.Kinds() {
		n++
		fmt.Fprintf(&body, `<gcm-pledges loading=eager src="/feed.json /none.json" refresh=0 view=%q theme=%q>-</gcm-pledges>`, kind, theme)
	}
	s.put("/", s.axePage(l, "", body.String()))
	v.open(s.URL + "/?" + l.String() + "-" + theme)
	v.live(n)
	v.eval(nil, `for (const w of document.querySelectorAll("gcm-pledges")) {
  for (const d of w.shadowRoot.querySelectorAll("details")) d.open = true;
  w.shadowRoot.querySelector("button[value=africa]")?.click();
}`)
	v.live(n + 1)
}

// openSizes opens a page with a form, of which something is wrong, and with counters of
// every size, each also of a source that is gone.
func (v visit) openSizes(s *site) {
	v.t.Helper()
	body := `<gcm-pledge-form></gcm-pledge-form>`
	n := 0
	for size := view.Standard; size.IsValid(); size++ {
		n += 2
		body += fmt.Sprintf(`<div><gcm-pledges loading=eager src="/feed.json" refresh=0 size=%[1]q>-</gcm-pledges> <gcm-pledges loading=eager src="/going.json" refresh=0 size=%[1]q objective=7>-</gcm-pledges></div>`, size.String())
	}
	s.feed("/going.json", string(data.Reference()))
	s.put("/", s.axePage(gcm.English, `<script type=module src=/gcm-pledge-form.js></script>`, body))
	v.open(s.URL + "/?sizes")
	v.live(n)
	v.until(`document.querySelector("gcm-pledge-form").shadowRoot?.querySelector("[part=submit]")`)
	s.remove("/going.json")
	v.await(nil, `document.querySelector("gcm-pledge-form").shadowRoot.querySelector("[part=submit]").click();
await Promise.all([...document.querySelectorAll("[src='/going.json']")].map((w) => w.refresh()))`)
	v.until(`[...document.querySelectorAll("[src='/going.json']")].every((w) => w.shadowRoot.querySelector("[part=stale]"))`)
	v.until(`document.querySelector("gcm-pledge-form").shadowRoot.querySelector("[aria-invalid=true]")`)
}

// axe fails the test for what axe finds on the page.
func (v visit) axe() {
	v.t.Helper()
	var found struct {
		Faults  []string
		Checked int
		Inside  bool
	}
	v.await(&found, `const { violations, passes } = await axe.run();
const nodes = passes.flatMap((r) => r.nodes);
return {
  faults: violations.flatMap((r) => r.nodes.map((n) => r.id + ": " + n.html + " " + n.failureSummary)),
  checked: nodes.length,
  inside: passes.some((r) => r.id === "color-contrast" && r.nodes.some((n) => Array.isArray(n.target[0]))),
};`)
	for _, f := range found.Faults {
		v.t.Error(f)
	}
	// It looks into the shadow roots, and finds something there.
	if !found.Inside || found.Checked < 1000 {
		v.t.Errorf("axe has looked at %d nodes, inside of the widgets: %v", found.Checked, found.Inside)
	}
}
