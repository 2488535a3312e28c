package clients

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

var slow = flag.Bool("slow", false, "run the bundlers that take long, too: Parcel and Next.js")

// packed is the package as npm has it: what "npm pack" makes of a build.
var packed = sync.OnceValues(func() (tgz string, err error) {
	dir, err := os.MkdirTemp("", "gcmkit-package-")
	if err != nil {
		return "", err
	}
	if _, err := bundle.Build(context.Background(), bundle.Options{Dir: dir, Uncompressed: true}); err != nil {
		return "", err
	}
	cmd := exec.Command("npm", "pack", "--silent")
	cmd.Dir = dir
	name, err := cmd.Output()
	return filepath.Join(dir, strings.TrimSpace(string(name))), err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if tgz, err := packed(); err == nil {
		os.RemoveAll(filepath.Dir(tgz))
	}
	os.Exit(code)
}

// A bundler is a tool that people make pages with, and a page made as its
// documentation and ours say.
type bundler struct {
	name     string
	slow     bool
	packages []string
	files    map[string]string
	commands [][]string // to build with
	out      string     // the directory with what was built
	server   []string   // or what serves it, and says at which address
	policy   string     // under which that is served
	inPage   bool       // there is no worker: the engine runs in the page

	documented map[string]string // files that are examples of the package's README, by what they begin with
	says       string            // what is true of the page in the end, in JavaScript
}

const (
	// strict is the policy of a careful site.
	strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'"

	// watch writes down which workers are started, and which fail.
	watch = `var workers = [];
Worker = class extends Worker {
	constructor(...words) { super(...words); const w = { url: String(words[0]), failed: false }; workers.push(w); this.addEventListener("error", () => w.failed = true); }
};
`
	elements = `<gcm-pledges src="/pledges.json" view="regions">158 pledges</gcm-pledges>
<gcm-pledges src="/pledges.json">158 pledges</gcm-pledges>
<gcm-pledge-form>Write to us.</gcm-pledge-form>`
	page    = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"><script src="/watch.js"></script>` + elements
	imports = `import "gcm-pledges";
import "gcm-pledges/form";
`
	// based is for bundlers that leave the files where they are.
	based = imports + `import { setAssetBase } from "gcm-pledges/assets";
setAssetBase("/gcm/");
`
	// copying is what such a build does beside.
	copying = `import { cpSync } from "node:fs";
import { files } from "gcm-pledges/assets";
for (const name of files) cpSync("node_modules/gcm-pledges/" + name, "dist/gcm/" + name);
cpSync("public", "dist", { recursive: true });
`
)

var bundlers = []bundler{
	{
		name: "Vite, development", packages: []string{"vite@8.4.0"},
		files:  map[string]string{"index.html": page + `<script type="module" src="/main.js"></script>`, "main.js": imports},
		server: []string{"vite", "--host", "127.0.0.1", "--port", "0"},
	},
	{
		name: "Vite, build", packages: []string{"vite@8.4.0"},
		files: map[string]string{"index.html": page + `<script type="module" src="/main.js"></script>`, "main.js": `import "gcm-pledges/gcm-pledges-room.css";
` + imports},
		commands: [][]string{{"vite", "build", "--base", "/widget/", "--assetsInlineLimit", "0", "--logLevel", "warn"}}, out: "dist", policy: strict,
	},
	{
		name: "esbuild", packages: []string{"esbuild@0.28.2"},
		files: map[string]string{"public/index.html": page + `<script src="/main.js"></script>`, "main.js": based, "copy.mjs": copying},
		commands: [][]string{
			{"esbuild", "main.js", "--bundle", "--outfile=dist/main.js", "--log-level=error", "--log-override:empty-import-meta=silent"},
			{"node", "copy.mjs"},
		}, out: "dist", policy: strict,
	},
	{
		name: "Rollup", packages: []string{"rollup@4.68.8", "@rollup/plugin-node-resolve@16.0.3"},
		files:    map[string]string{"public/index.html": page + `<script type="module" src="/js/main.js"></script>`, "main.js": based, "copy.mjs": copying},
		commands: [][]string{{"rollup", "main.js", "--plugin", "node-resolve", "--dir", "dist/js", "--format", "es", "--silent"}, {"node", "copy.mjs"}}, out: "dist", policy: strict,
	},
	{
		name: "webpack 5", packages: []string{"webpack@5.113.0", "css-loader@7.1.2", "style-loader@4.0.0"},
		files: map[string]string{
			"public/index.html": page + `<script src="/main.js"></script>`, "main.js": imports,
			"build.mjs": `import webpack from "webpack";
import { cpSync } from "node:fs";
webpack({ mode: "production", entry: "./main.js", context: process.cwd(), output: { path: process.cwd() + "/dist" }, module: { rules: [{ test: /\.css$/, use: ["style-loader", "css-loader"] }] } }, (error, stats) => {
	if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); }
	cpSync("public", "dist", { recursive: true });
});`,
		},
		commands: [][]string{{"node", "build.mjs"}}, out: "dist", policy: strict,
	},
	{
		// It takes a module that names itself for one that nobody needs.
		name: "Parcel", slow: true, inPage: true, packages: []string{"parcel@2.16.4"},
		files: map[string]string{"index.html": strings.Replace(page, ` src="/watch.js">`, ">"+watch, 1) + `<script type="module" src="./main.js"></script>`, "main.js": `import "gcm-pledges";
import "gcm-pledges/gcm-pledge-form.js"; // Parcel goes by the names of files`, "copy.mjs": copying},
		commands: [][]string{{"parcel", "build", "index.html", "--no-cache", "--log-level", "warn"}, {"node", "copy.mjs"}}, out: "dist",
	},
	{
		name: "Next.js", slow: true, packages: []string{"next@16.4.6", "react@19.2.0", "react-dom@19.2.0"},
		files: map[string]string{
			"app/layout.jsx": `export const metadata = { title: "Page", icons: { icon: "data:," } };
export default function Layout({ children }) {
	return <html lang="en"><head><script src="/watch.js" /></head><body>{children}</body></html>;
}`,
			"app/page.jsx": `import Pledges from "./pledges";
import More from "./more";
export default function Page() { return <><Pledges /><More /></>; }`,
			"app/more.jsx": `"use client";
import { useEffect } from "react";
export default function More() {
	useEffect(() => void import("gcm-pledges/form"), []);
	return <>
		<gcm-pledges src="/pledges.json">158 pledges</gcm-pledges>
		<gcm-pledge-form>Write to us.</gcm-pledge-form>
	</>;
}`,
		},
		documented: map[string]string{"app/pledges.jsx": `"use client"`}, says: `document.querySelector("figcaption").textContent === "158"`,
		commands: [][]string{{"next", "build"}}, server: []string{"next", "start", "--hostname", "127.0.0.1", "--port", "0"},
	},
}

func TestBundlersCarryTheFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("runs npm and a browser")
	}
	tgz, err := packed()
	if err != nil {
		t.Fatal(err)
	}
	quick := []string{tgz}
	for _, tool := range bundlers {
		if !tool.slow {
			quick = append(quick, tool.packages...)
		}
	}
	slices.Sort(quick)
	together := install(t, slices.Compact(quick)...)
	b := browser.Start(t, "chromium", browser.Options{})
	for _, tool := range bundlers {
		t.Run(tool.name, func(t *testing.T) {
			switch {
			case !tool.slow:
				clear(t, together)
				tool.check(t, b, together)
			case *slow:
				tool.check(t, b, install(t, append(tool.packages, tgz)...))
			default:
				t.Skip("takes long: -slow")
			}
		})
	}
}

// clear removes what the tool before has left, but for what npm has installed.
func clear(t *testing.T, app string) {
	entries, err := os.ReadDir(app)
	for _, e := range entries {
		if e.Name() != "node_modules" && e.Name() != "package.json" && e.Name() != "package-lock.json" {
			err = errors.Join(err, os.RemoveAll(filepath.Join(app, e.Name())))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (tool *bundler) check(t *testing.T, b *browser.Browser, app string) {
	files := maps.Clone(tool.files)
	files["public/watch.js"], files["public/pledges.json"] = watch, string(data.Reference())
	for name, begin := range tool.documented {
		readme, err := os.ReadFile(filepath.Join(app, "node_modules", "gcm-pledges", "README.md"))
		_, example, found := strings.Cut(string(readme), "\n```jsx\n"+begin)
		if err != nil || !found {
			t.Fatalf("%v: no example of %s", err, name)
		}
		example, _, _ = strings.Cut(example, "```")
		files[name] = begin + example
	}
	for name, content := range files {
		file := filepath.Join(app, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range tool.commands {
		if out, err := program(t.Context(), app, c).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", c, err, out)
		}
	}
	address := ""
	if tool.server == nil {
		built := http.FileServerFS(os.DirFS(filepath.Join(app, tool.out)))
		site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if tool.policy != "" {
				w.Header().Set("Content-Security-Policy", tool.policy)
			}
			r.URL.Path = strings.TrimPrefix(r.URL.Path, "/widget")
			built.ServeHTTP(w, r)
		}))
		defer site.Close()
		address = site.URL
	} else {
		address = tool.serve(t, app)
	}
	if _, err := b.Log(); err != nil { // what the page before has left
		t.Fatal(err)
	}
	if err := b.Open(address + "/"); err != nil {
		t.Fatal(err)
	}
	defer b.Open("about:blank") // before the server goes
	workers := 2
	if tool.inPage {
		workers = 0
	}
	look(t, b, workers)
	if tool.says != "" {
		said, err := b.Await("for (let i = 0; i < 500 && !(" + tool.says + "); i++) await new Promise((later) => setTimeout(later, 20)); return " + tool.says)
		if err != nil || string(said) != "true" {
			t.Errorf("%v: %s is %s", err, tool.says, said)
		}
	}
}

// program is one that npm has installed, or node.
func program(ctx context.Context, app string, command []string) *exec.Cmd {
	name := command[0]
	if name != "node" {
		name = filepath.Join(app, "node_modules", ".bin", name)
	}
	cmd := exec.CommandContext(ctx, name, command[1:]...)
	cmd.Dir = app
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "CI=1", "NEXT_TELEMETRY_DISABLED=1", "BROWSER=none")
	return cmd
}

// serve starts the tool's own server and returns its address.
func (tool *bundler) serve(t *testing.T, app string) string {
	ctx, stop := context.WithCancel(t.Context())
	cmd := program(ctx, app, tool.server)
	var out output
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); cmd.Wait() })
	local := regexp.MustCompile(`http://(?:127\.0\.0\.1|localhost):[1-9]\d*`)
	for {
		if m := local.FindString(out.String()); m != "" {
			return m
		}
		select {
		case <-t.Context().Done():
			t.Fatal(out.String())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// look checks what the page has in the end: the numbers, the form, the styles of
// both, and no request that has failed, such as that for the worker.
func look(t *testing.T, b *browser.Browser, workers int) {
	t.Helper()
	text, err := b.Await(`const widgets = [...document.querySelectorAll("gcm-pledges")], form = document.querySelector("gcm-pledge-form");
const errors = [];
addEventListener("gcm-error", ({ detail }) => errors.push(detail.code + " " + detail.message), true);
const done = () => widgets.every((w) => w.matches(":state(live)") && w.shadowRoot.adoptedStyleSheets.length) && form.shadowRoot?.querySelector("form");
for (let i = 0; i < 1500 && !errors.length; i++) {
	try { if (done()) break; } catch {}
	await new Promise((later) => setTimeout(later, 20));
}
const rules = (host) => host.shadowRoot?.adoptedStyleSheets.reduce((n, sheet) => n + sheet.cssRules.length, 0) ?? 0;
const bad = workers.filter((w) => w.failed).map((w) => w.url);
const failed = performance.getEntriesByType("resource").filter((r) => r.responseStatus >= 400).map((r) => r.name);
return { numbers: widgets.map((w) => w.shadowRoot?.querySelector("[part~=number]")?.textContent).join(" "), widget: Math.min(...widgets.map(rules)), form: rules(form), fields: form.shadowRoot?.querySelectorAll("input").length ?? 0, workers: workers.length, failed: [...failed, ...bad], errors };`)
	var got struct {
		Numbers                       string
		Widget, Form, Fields, Workers int
		Failed, Errors                []string
	}
	if err == nil {
		err = json.Unmarshal(text, &got)
	}
	if err != nil || got.Numbers != "158 158" || got.Widget < 10 || got.Form < 20 || got.Fields < 5 || got.Workers != workers || len(got.Failed) > 0 || len(got.Errors) > 0 {
		t.Errorf("%v: the page has %s", err, text)
	}
	if log, err := b.Log(); err != nil || len(log) > 0 {
		t.Errorf("%v: the page complains: %s", err, fmt.Sprintf("%q", log))
	}
}
