package clients

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// Pages of pledges have no faults that axe knows, light on a wide screen and dark on a
// phone, and complain of nothing under their policy.
func TestPagesOfPledgesHaveNoFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a browser")
	}
	dir := t.TempDir()
	cmd := exec.Command("npm", "install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0", "axe-core@4.14.1")
	if out, err := cmd.CombinedOutput(); err != nil && os.Getenv("CI") == "" {
		t.Skipf("%v\n%s", err, out)
	} else if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	axe, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	book := new(pledge.Book)
	loaded, err := book.Load(bytes.NewReader(data.Reference()))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	here := httptest.NewServer(mux)
	defer here.Close()
	feed.New(book, feed.Options{Header: loaded.Header, URL: here.URL + "/pledges/"}).Register(mux, "/pledges/")
	joint, matching := "", ""
	for p := range book.All() {
		if len(p.Contributions) > 0 && len(p.Pledgers) > 1 {
			joint = p.ID.String()
		}
		if p.Matches != (pledge.Match{}) {
			matching = p.ID.String()
		}
	}
	for name, look := range map[string]struct {
		browser.Options
		pages []string
	}{
		"light": {browser.Options{Width: 1200, Height: 800}, []string{"page?view=objectives&lang=ar&region=africa", "page?view=explorer&lang=zh", "list?part=2", "pledge?id=" + joint}},
		"dark":  {browser.Options{Dark: true, Width: 320, Height: 640}, []string{"page", "frame?lang=fr", "list?lang=ar&topic=nothing", "pledge?lang=ar&id=" + matching}},
	} {
		b := browser.Start(t, "chromium", look.Options)
		for _, page := range look.pages {
			if err := b.Open(here.URL + "/pledges/" + page); err != nil {
				t.Fatal(err)
			}
			var found struct {
				Violations []string
				Checked    int
				Wide       bool
			}
			raw, err := b.Await(string(axe) + `;
const { violations, passes } = await axe.run();
return { violations: violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ")), checked: passes.flatMap((p) => p.nodes).length,
	wide: document.documentElement.scrollWidth > document.documentElement.clientWidth };`)
			if err == nil {
				err = json.Unmarshal(raw, &found)
			}
			if err != nil {
				t.Fatalf("%s: %v", page, err)
			}
			for _, v := range found.Violations {
				// The heading is that of the page around the frame.
				if !strings.HasPrefix(page, "frame") || !strings.HasPrefix(v, "page-has-heading-one:") {
					t.Errorf("%s, %s: %s", page, name, v)
				}
			}
			if found.Checked < 10 || found.Wide {
				t.Errorf("%s, %s: axe has looked at %d nodes, and one scrolls sideways: %v", page, name, found.Checked, found.Wide)
			}
			if log, err := b.Log(); err != nil || len(log) > 0 {
				t.Errorf("%s, %s: %v %q", page, name, err, log)
			}
		}
	}
}
