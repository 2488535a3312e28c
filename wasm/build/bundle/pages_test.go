//go:build !js

package bundle_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// strict is the policy of the sites, as a header beside that of the pages.
const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; frame-src *; require-trusted-types-for 'script'"

// probe writes down what a page complains about; one in a frame tells its parent.
const probe = `
const complaints = [];
Object.defineProperty(window, "complaints", { value: complaints });
const note = (what) => { complaints.push(what); if (parent !== window) parent.postMessage({ complaint: what }, "*"); };
addEventListener("error", (e) => note("error: " + (e.message || e.target?.outerHTML)), true);
addEventListener("unhandledrejection", (e) => note("rejection: " + e.reason));
addEventListener("securitypolicyviolation", (e) => e.blockedURI.endsWith("/favicon.ico") || note("policy: " + e.violatedDirective + " " + e.blockedURI));
addEventListener("message", (e) => e.data?.complaint && note("frame: " + e.data.complaint));
addEventListener("gcm-update", (e) => parent.postMessage({ text: e.detail.text }, "*"));
addEventListener("gcm-error", (e) => parent.postMessage({ code: e.detail.code }, "*"));
window.said = [];
addEventListener("message", (e) => said.push(e.data));
`

// host serves a directory as /widget/, a feed, and pages. cors is whether other
// origins may read what it serves.
func host(t *testing.T, dir string, cors bool, pages map[string]string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		if cors {
			h.Set("Access-Control-Allow-Origin", "*")
		}
		if !strings.HasSuffix(r.URL.Path, "/embed.html") { // it has one of its own, by hashes
			h.Set("Content-Security-Policy", strict)
		}
		html := func(text string) {
			h.Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, strings.Replace(text, "<head>", `<head><script src="/probe.js"></script>`, 1))
		}
		page, ok := pages[r.URL.Path]
		switch name, inside := strings.CutPrefix(r.URL.Path, "/widget/"); {
		case ok:
			html("<!doctype html><html lang=en><head><title>p</title></head><body>" + page)
		case r.URL.Path == "/probe.js":
			h.Set("Content-Type", "text/javascript")
			fmt.Fprint(w, probe)
		case r.URL.Path == "/feed.json":
			h.Set("Content-Type", "application/json")
			w.Write(bytes.ReplaceAll(data.Reference(), []byte(`"objectives":[`), []byte(`"themes":["climate"],"objectives":[`)))
		case r.URL.Path == "/register/pledges.json":
			h.Set("Content-Type", "application/json")
			w.Write(data.Reference())
		case r.URL.Path == "/register/view.json":
			fmt.Fprint(w, `{"gcm_view":"counter"}`)
		case inside && path.Ext(name) == ".html":
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Error(err)
			}
			html(string(text))
		case inside:
			http.ServeFile(w, r, filepath.Join(dir, name))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// A tab is a browser in a test.
type tab struct {
	*browser.Browser
	t *testing.T
}

func (b tab) open(url string) {
	b.t.Helper()
	if err := b.Open(url); err != nil {
		b.t.Fatal(err)
	}
}

// value is what a script returns.
func (b tab) value(out any, script string, args ...any) {
	b.t.Helper()
	raw, err := b.Await(script, args...)
	if err == nil && out != nil {
		err = json.Unmarshal(raw, out)
	}
	if err != nil {
		b.t.Fatalf("%v\nin %s", err, script)
	}
}

// until waits for a condition in the page. It asks again and again: WebKit's
// driver has lost a promise that waited while the page was busy.
func (b tab) until(condition string) {
	b.t.Helper()
	for range 30 * 20 {
		met, err := b.Eval(`try { return Boolean(` + condition + `) } catch { return false }`)
		if err != nil {
			b.t.Fatalf("%v\nin %s", err, condition)
		}
		if string(met) == "true" {
			return
		}
		time.Sleep(time.Second / 20)
	}
	var state string
	b.value(&state, `return JSON.stringify([said, complaints, document.body.innerHTML.slice(-3000)])`)
	b.t.Fatalf("never came true: %s\n%s", condition, state)
}

func (b tab) quiet() {
	b.t.Helper()
	var complaints []string
	b.value(&complaints, "return complaints")
	log, err := b.Log()
	if err != nil {
		b.t.Fatal(err)
	}
	if len(complaints)+len(log) > 0 {
		b.t.Errorf("the page complains: %q, its log: %q", complaints, log)
	}
}

func frame(host, query, sandbox string) string {
	return `<iframe data-gcm-pledges src="` + host + `/widget/embed.html?` + strings.ReplaceAll(query, "&", "&amp;") + `" title="Pledges" ` + sandbox + ` width="100%" height="33"></iframe>`
}

const (
	parentScript = `<script src="/widget/embed-parent.js" defer></script>`
	alone        = `sandbox="allow-scripts allow-popups"`
	sameOrigin   = `sandbox="allow-scripts allow-popups allow-same-origin"`
)

// The pages do under a strict policy, in every browser, what README says.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the widget and runs three browsers")
	}
	dir := widget(t)
	open, closed := host(t, dir, true, nil), host(t, dir, false, nil)
	query := "src=/feed.json&view=objectives&lang=ar&theme=dark&region=africa"
	partner := host(t, dir, false, map[string]string{
		"/alone":       frame(open, query, alone) + parentScript,
		"/same-origin": frame(closed, query, sameOrigin) + parentScript,
		"/nothing":     frame(open, "src=/nothing.json&lang=fr", alone) + parentScript,
		"/late":        frame(open, "src=/feed.json", alone) + `<script src="/widget/later.js"></script>`,
		"/liar":        frame(open, "src=/feed.json", alone) + parentScript + `<iframe src="/lie"></iframe>`,
		"/lie":         `<script src="/widget/lie.js"></script>`,
	})
	for name, text := range map[string]string{
		"lie.js":   `parent.postMessage({ type: "gcm-height", height: 7777 }, "*")`,
		"later.js": `window.later = () => import("/widget/embed-parent.js")`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, engine := range browser.Engines() {
		t.Run(engine, func(t *testing.T) {
			b := tab{browser.Start(t, engine, browser.Options{}), t}
			t.Run("a frame without an origin is as high as its widget", func(t *testing.T) { framed(tab{b.Browser, t}, partner+"/alone") })
			t.Run("a frame with one needs no header", func(t *testing.T) { framed(tab{b.Browser, t}, partner+"/same-origin") })
			t.Run("a frame says that there is nothing to see", func(t *testing.T) {
				b := tab{b.Browser, t}
				b.open(partner + "/nothing")
				b.until(`said.some((m) => m.code === "feed-http") && document.querySelector("iframe").height === "32"`)
				b.Log() // of what isn't there
			})
			t.Run("a frame's page that is opened by itself talks to nobody", func(t *testing.T) {
				b := tab{b.Browser, t}
				b.open(open + "/widget/embed.html?src=/feed.json")
				b.until(`said.some((m) => m.text) && document.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=number]")`)
				b.value(nil, `document.body.append(document.createElement("hr")); await new Promise((done) => setTimeout(done, 100))`)
				b.until(`!said.some((m) => m.type === "gcm-height")`)
				b.quiet()
			})
			t.Run("an address without a source says what it lacks", func(t *testing.T) {
				b := tab{b.Browser, t}
				b.open(open + "/widget/embed.html?view=objectives")
				b.until(`document.querySelector("[role=status]").textContent.includes("lacks a source: embed.html?src=")`)
				b.Log()
			})
			t.Run("the page around it may come later", func(t *testing.T) {
				b := tab{b.Browser, t}
				b.open(partner + "/late")
				b.until(`said.some((m) => m.height)`)
				b.value(nil, `await later();`)
				b.until(`document.querySelector("iframe").height > 33`)
				b.quiet()
			})
			t.Run("other frames can't change its height", func(t *testing.T) {
				b := tab{b.Browser, t}
				b.open(partner + "/liar")
				b.until(`said.some((m) => m.height === 7777) && document.querySelector("iframe").height > 33`)
				b.until(`[...document.querySelectorAll("iframe")].every((f) => f.height !== "7777")`)
			})
			t.Run("the builder shows what it has a snippet for", func(t *testing.T) { builds(tab{b.Browser, t}, open) })
			if engine == "chromium" {
				t.Run("axe finds nothing", func(t *testing.T) { axeFindsNothing(tab{b.Browser, t}, open) })
			}
		})
	}
}

// framed expects a widget in a frame, and the frame as high as that.
func framed(b tab, url string) {
	b.open(url)
	b.until(`said.some((m) => m.text?.includes("أفريقيا"))`)
	b.until(`document.querySelector("iframe").height > 200`)
	// Narrower is higher.
	var before, after int
	b.value(&before, `return Number(document.querySelector("iframe").height)`)
	b.value(nil, `document.querySelector("iframe").width = "280"`)
	b.until(fmt.Sprintf(`document.querySelector("iframe").height > %d`, before))
	b.value(&after, `return Math.max(...said.filter((m) => m.height).map((m) => m.height))`)
	if after < before {
		b.t.Errorf("heights %d, %d", before, after)
	}
	b.quiet()
}

func builds(b tab, host string) {
	b.open(host + "/widget/builder.html?src=/feed.json&region=africa")
	const root = `document.querySelector("gcm-pledges").shadowRoot`
	b.until(root + `.querySelector("[part~=number]").textContent.length > 0`)
	// What the address has chosen is seen, and what developers need is folded; the
	// preview stays in sight where there is room beside the form.
	b.until(`document.querySelector("#filters").open && !document.querySelector("#server").closest("details").open && document.querySelector("#script").checkVisibility()`)
	b.until(`(getComputedStyle(document.querySelector(".columns > section")).position === "sticky") === matchMedia("(min-width: 52rem)").matches`)
	b.value(nil, `const set = (id, value) => { const e = document.getElementById("choose-" + id); e.value = value; e.dispatchEvent(new Event("change", { bubbles: true })); };
set("view", "regions"); set("lang", "fr"); set("objective", "7"); set("state", "");`)
	b.until(root + `.querySelector("[part~=regions][lang=fr]")`)
	b.until(`document.querySelector("#script").value.includes(" engagement")`)
	var snippets map[string]string
	b.value(&snippets, `return Object.fromEntries([...document.querySelectorAll("textarea")].map((a) => [a.id, a.value]))`)
	for id, wants := range map[string][]string{
		"script": {`<link rel="stylesheet" href="` + host + `/widget/gcm-pledges-room.css">`, `<script type="module" src="` + host + `/widget/gcm-pledges.js"></script>`, `<gcm-pledges src="` + host + `/feed.json" view="regions" lang="fr" objective="7" region="africa">`},
		"iframe": {`/widget/embed.html?src=http%3A%2F%2F`, `&amp;view=regions&amp;lang=fr&amp;objective=7&amp;region=africa"`, ` sandbox="allow-scripts allow-popups`},
		"server": {`filter := map[string]string{"objective": "7", "region": "africa"}`, `view.Regions`, `gcm.French`},
		"badge":  {`<img src="pledges.svg" alt="`, `AppendSVG`},
	} {
		for _, want := range wants {
			if !strings.Contains(snippets[id], want) {
				b.t.Errorf("%s lacks %s:\n%s", id, want, snippets[id])
			}
		}
	}
	// Topics are those of the feed.
	b.until(`document.querySelector("#topics").children.length > 0`)
	b.value(nil, `const topic = document.querySelector("#choose-topic"); topic.value = document.querySelector("#topics").firstElementChild.value; topic.dispatchEvent(new Event("change", { bubbles: true }))`)
	b.until(`document.querySelector("#script").value.includes(' topic="' + document.querySelector("#choose-topic").value + '"')`)
	// Everything has a name, and nothing can't be reached.
	var unnamed []string
	b.value(&unnamed, `return [...document.querySelectorAll("input, select, textarea, button")].filter((e) => e.tabIndex < 0 || !(e.labels?.length || e.getAttribute("aria-label") || e.textContent.trim())).map((e) => e.outerHTML)`)
	if len(unnamed) > 0 {
		b.t.Errorf("without a name, or beyond reach: %q", unnamed)
	}
	// Of a publisher with view documents a page takes these, and a server the feed.
	b.value(nil, `const set = (id, value) => { const e = document.getElementById("choose-" + id); e.value = value; e.dispatchEvent(new Event("change", { bubbles: true })); }; set("src", "/register/pledges.json")`)
	b.until(`document.querySelector("#script").value.includes('/register/view.json"') && document.querySelector("#iframe").value.includes("%2Fregister%2Fview.json&") && document.querySelector("gcm-pledges").getAttribute("src").endsWith("/register/pledges.json")`)
	b.value(nil, `document.querySelector("button[data-copy=script]").click()`)
	b.until(`document.querySelector("#copied").textContent`)
	// A bad source is said, and keeps the last snippet's shape.
	b.value(nil, `const set = (id, value) => { const e = document.getElementById("choose-" + id); e.value = value; e.dispatchEvent(new Event("change", { bubbles: true })); }; set("src", "/nothing.json")`)
	b.until(`document.querySelector("#status").textContent.startsWith("feed-http")`)
	var complaints []string
	b.value(&complaints, "return complaints")
	if len(complaints) > 0 {
		b.t.Errorf("the page complains: %q", complaints)
	}
	b.Log() // the 404 is in it
}

// Both pages in the dark, on a phone. TestPages has them light, on a wide screen.
func TestAxeFindsNothingOnThePagesInTheDark(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the widget and runs a browser")
	}
	b := tab{browser.Start(t, "chromium", browser.Options{Dark: true, Width: 320, Height: 640}), t}
	axeFindsNothing(b, host(t, widget(t), true, nil))
}

func axeFindsNothing(b tab, site string) {
	b.t.Helper()
	script, err := axe()
	if err != nil && os.Getenv("CI") == "" {
		b.t.Skip(err)
	} else if err != nil {
		b.t.Fatal(err)
	}
	for _, page := range []string{"builder.html", "embed.html"} {
		b.open(site + "/widget/" + page + "?src=/feed.json&view=dashboard")
		b.until(`document.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=dashboard]")`)
		var found []string
		b.value(&found, script+`;
const { violations } = await axe.run();
return violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" "));`)
		for _, v := range found {
			// The heading is that of the page around the frame.
			if page != "embed.html" || !strings.HasPrefix(v, "page-has-heading-one:") {
				b.t.Errorf("%s: %s", page, v)
			}
		}
	}
}

// axe is the script of axe-core, which npm fetches once.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "gcmkit-axe-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command("npm", "install", "--prefix", dir, "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=0", "axe-core@4.14.1")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	script, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	return string(script), err
})

// widget returns a directory of the test's own with the widget, which is built
// once.
func widget(t *testing.T) string {
	t.Helper()
	files, err := built()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

var built = sync.OnceValues(func() (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "gcmkit-pages-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	r, err := bundle.Build(context.Background(), bundle.Options{Dir: dir, Uncompressed: true})
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, f := range r.Files {
		if files[f.Name], err = os.ReadFile(filepath.Join(dir, f.Name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})
