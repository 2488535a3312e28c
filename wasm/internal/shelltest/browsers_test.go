//go:build unix

package shelltest

import (
	"testing"

	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// TestBrowsers runs all scenarios, one after the other, in one browser of each
// kind, and then in one that runs no scripts: to start a browser takes as much of
// a processor as several pages do.
func TestBrowsers(t *testing.T) {
	if testing.Short() {
		t.Skip("runs three browsers")
	}
	partner := &partner{t: t}
	groups := []struct {
		name      string
		scenarios []scenario
	}{
		{"widget", scenarios},
		{"documents", documentScenarios},
		{"form", formScenarios},
		{"others", []scenario{
			{"numbers and dates are those of the browser", numbersAndDates},
			{"axe finds nothing", axeFindsNothing},
			{"days in the wild", daysInTheWild},
			{"the example of a partner follows its feed, and takes a pledge", partner.works},
		}},
	}
	withoutScripts := []scenario{
		{"a page has its number", numberWithoutScripts},
		{"the example of a partner has its number", partner.worksWithoutScripts},
	}
	for _, engine := range browser.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			b := browser.Start(t, engine, browser.Options{})
			for _, g := range groups {
				t.Run(g.name, func(t *testing.T) { inOrder(t, b, g.scenarios) })
			}
			b.Close()
			t.Run("without scripts", func(t *testing.T) {
				inOrder(t, browser.Start(t, engine, browser.Options{NoScript: true}), withoutScripts)
			})
		})
	}
}

// TestWishes does with a browser whose user wants it dark, and nothing to move.
func TestWishes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a browser")
	}
	inOrder(t, browser.Start(t, "chromium", browser.Options{Dark: true, ReducedMotion: true}), []scenario{
		{"axe finds nothing in the dark", axeFindsNothingInTheDark},
		{"nothing counts where motion is reduced", nothingCounts},
	})
}

// inOrder runs scenarios one after the other in one browser.
func inOrder(t *testing.T, b *browser.Browser, scenarios []scenario) {
	t.Helper()
	built, err := plainBundle()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range scenarios {
		t.Run(c.name, func(t *testing.T) {
			v := visit{b, t}
			v.Log() // what the one before left
			c.run(t, v, newSite(t, built))
			if err := b.Open("about:blank"); err != nil { // the next one starts afresh
				t.Error(err)
			}
		})
	}
}

func numberWithoutScripts(t *testing.T, v visit, s *site) {
	s.page("/", `<gcm-pledges src="/feed.json">158 pledges</gcm-pledges>`)
	v.open(s.URL)
	if text, err := v.Text("gcm-pledges"); err != nil || text != "158 pledges" {
		t.Errorf("%q %v", text, err)
	}
	if n := len(s.requests("/" + s.built.wasm)); n != 0 {
		t.Errorf("the engine was fetched %d times", n)
	}
}
