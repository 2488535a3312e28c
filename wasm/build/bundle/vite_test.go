//go:build !js

package bundle_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// A bundler takes the package and all that it loads to other names, and the page
// that comes of it counts in a worker, under a strict policy.
func TestPackageIsBundledByVite(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the widget, and runs npm and a browser")
	}
	app := t.TempDir()
	npm := func(dir string, words ...string) []byte {
		t.Helper()
		cmd := exec.Command("npm", words...)
		cmd.Dir = dir
		out, err := cmd.Output()
		switch {
		case err == nil:
		case os.Getenv("CI") == "":
			t.Skipf("npm %s: %v", words[0], err)
		default:
			t.Fatalf("npm %s: %v\n%s", words[0], err, out)
		}
		return out
	}
	var packs []struct{ Filename string }
	if err := json.Unmarshal(npm(widget(t), "pack", "--json", "--pack-destination", app), &packs); err != nil || len(packs) != 1 {
		t.Fatal(packs, err)
	}
	for name, text := range map[string]string{
		"package.json": `{"private": true, "type": "module"}`,
		"main.js":      `import "gcm-pledges/gcm-pledges-room.css"; import "gcm-pledges";`,
		"index.html":   `<!doctype html><html lang="en"><head><title>p</title><script type="module" src="main.js"></script></head><body><gcm-pledges src="/feed.json" loading="eager">158 pledges</gcm-pledges></body></html>`,
	} {
		if err := os.WriteFile(filepath.Join(app, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	npm(app, "install", "./"+packs[0].Filename, "vite@8.3.8", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0")
	build := exec.Command("npm", "exec", "--no", "--", "vite", "build", "--base", "/widget/")
	build.Dir = app
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	b := tab{browser.Start(t, "chromium", browser.Options{}), t}
	b.open(host(t, filepath.Join(app, "dist"), false, nil) + "/widget/index.html")
	b.until(`document.querySelector("gcm-pledges").shadowRoot.querySelector("[part=number]").textContent === "158"`)
	var loaded []string
	b.value(&loaded, `return performance.getEntriesByType("resource").map((e) => new URL(e.name).pathname)`)
	all := strings.Join(loaded, " ")
	if strings.Contains(all, ".wasm") || !strings.Contains(all, "/widget/assets/gcm-pledges") || strings.Contains(all, "/widget/gcm-pledges") {
		t.Errorf("the page itself loaded %q", loaded) // the engine is for the worker to load
	}
	b.quiet()
}
