package shell_test

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// axePackage is what looks for faults of accessibility, as npm names it.
const axePackage = "axe-core@4.14.1"

// axe returns the script of axe-core, which npm fetches once. Where there is no
// npm, or it can't fetch, the test is skipped; it fails where the environment
// variable CI is set.
func axe(t *testing.T) string {
	t.Helper()
	script, err := packed(t.TempDir(), axePackage, "package/axe.min.js")
	if err != nil && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

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

// Every view in every language, light and dark; the other browsers lay out and
// colour the same page.
func TestAxeFindsNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("runs three browsers")
	}
	script := axe(t)
	b, err := plainBundle()
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range browser.Engines() {
		for _, dark := range []bool{false, true} {
			name := engine + " light"
			if dark {
				name = engine + " dark"
			}
			if dark && engine != "chromium" {
				continue
			}
			t.Run(name, func(t *testing.T) {
				br := browser.Start(t, engine, browser.Options{Dark: dark})
				for l := range gcm.Languages() {
					if engine != "chromium" && l != gcm.Arabic {
						continue
					}
					t.Run(l.String(), func(t *testing.T) {
						v := visit{br, t}
						s := newSite(t, b)
						s.put("/axe.js", file{kind: "text/javascript", body: script})
						s.feed("/feed.json", string(data.Reference()))
						v.openAll(s, l, "auto")
						v.hasNoFaults()
						if l == gcm.English {
							v.openAll(s, l, map[bool]string{false: "dark", true: "light"}[dark])
							v.hasNoFaults()
						}
					})
				}
			})
		}
	}
}

// openAll opens a page with all views, each of two sources of which one is
// missing, and unfolds what is folded.
func (v visit) openAll(s *site, l gcm.Language, theme string) {
	v.t.Helper()
	var body strings.Builder
	n := 0
	for kind := range wasm.Kinds() {
		n++
		fmt.Fprintf(&body, `<gcm-pledges loading=eager src="/feed.json /none.json" refresh=0 view=%q theme=%q>-</gcm-pledges>`, kind, theme)
	}
	direction := "ltr"
	if l.RightToLeft() {
		direction = "rtl"
	}
	// axe doesn't know what is below a page that says nothing of its ground.
	s.put("/page.css", file{kind: "text/css", body: ":root { background: Canvas; color: CanvasText }"})
	s.put("/", file{kind: "text/html; charset=utf-8", body: "<!doctype html><html lang=" + l.String() + " dir=" + direction +
		"><meta charset=utf-8><meta name=color-scheme content='light dark'><meta name=viewport content='width=device-width'><title>p</title>" +
		"<link rel=stylesheet href=/page.css><script src=/probe.js></script><script src=/axe.js></script><script type=module src=/gcm-pledges.js></script>" +
		"<main><h1>p</h1>" + body.String() + "</main>"})
	v.open(s.URL + "/?" + theme)
	v.live(n)
	v.eval(nil, `for (const w of document.querySelectorAll("gcm-pledges")) {
  for (const d of w.shadowRoot.querySelectorAll("details")) d.open = true;
  w.shadowRoot.querySelector("button[value=africa]")?.click();
}`)
	v.live(n + 1)
}

// hasNoFaults fails the test for what axe finds on the page.
func (v visit) hasNoFaults() {
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
