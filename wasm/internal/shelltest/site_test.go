package shelltest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/bundle"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// strict is the policy that a careful partner site has.
const strict = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'"

// today is what time it is on the pages, so that midnight doesn't come in between.
const today = "2022-05-21T12:00:00Z"

// probe runs before anything else on a page and writes down what happens.
const probe = `
const today = Date.parse("` + today + `");
Date = class extends Date {
  static now() { return today + probe.later; }
  constructor(...words) { super(...(words.length ? words : [Date.now()])); }
};
const probe = { later: 0, updates: [], errors: [], uncaught: [], answers: [], timers: new Map() };
Object.defineProperty(document, "probe", { value: probe });
addEventListener("error", (e) => probe.uncaught.push("error: " + (e.message || e.target?.outerHTML)), true);
addEventListener("unhandledrejection", (e) => probe.uncaught.push("rejection: " + e.reason));
// The icon is the browser's own wish.
addEventListener("securitypolicyviolation", (e) => e.blockedURI.endsWith("/favicon.ico") || probe.uncaught.push("policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample));
for (const name of ["error", "warn", "log"]) console[name] = (...words) => probe.uncaught.push("console." + name + ": " + words.join(" "));
addEventListener("gcm-update", (e) => probe.updates.push(e.detail));
// Nothing counts up in between, but for the test of that.
const media = matchMedia;
window.matchMedia = (query) => (!probe.motion && query.includes("reduced-motion") ? { matches: true } : media(query));
addEventListener("gcm-error", (e) => probe.errors.push(e.detail));
const parse = JSON.parse;
JSON.parse = (text, ...rest) => { probe.answers.push(text); return parse(text, ...rest); };
// Timers of ours: WebKit's automation sets some as well.
const set = setTimeout, clear = clearTimeout;
window.setTimeout = (f, ms) => { const id = set(() => { probe.timers.delete(id); f(); }, ms); if (/gcm-pledge[-\w]*\.js/.test(Error().stack)) probe.timers.set(id, f); return id; };
// Waits without work, as the engine has some to do: with a timer that isn't counted.
probe.pause = () => new Promise((done) => set(done, 5));
// Lets the timers ring now.
probe.wake = () => { for (const [id, f] of [...probe.timers]) { probe.timers.delete(id); clear(id); f(); } };
window.clearTimeout = (id) => { probe.timers.delete(id); clear(id); };
window.setInterval = () => { throw new Error("an interval"); };
`

// bundles are built once: as for a page, with faults that a feed can ask for,
// and with engines that the page unpacks.
var (
	plainBundle  = sync.OnceValues(func() (*built, error) { return build(bundle.Options{}) })
	faultBundle  = sync.OnceValues(func() (*built, error) { return build(bundle.Options{Tags: "gcmfault"}) })
	packedBundle = sync.OnceValues(func() (*built, error) { return build(bundle.Options{Gunzip: true}) })
	secondGo     = sync.OnceValues(buildSecond)
)

type built struct {
	files map[string][]byte
	wasm  string            // name of the widget's engine
	rules string            // name of the form's engine
	words map[string]string // names of the files with words, by language
}

// counting is the name of the module that counts.
func (b *built) counting() string {
	for name := range b.files {
		if strings.HasPrefix(name, "gcm-pledges-counting-") {
			return name
		}
	}
	return ""
}

func build(o bundle.Options) (*built, error) {
	dir, err := os.MkdirTemp("", "gcmkit-shell-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	o.Dir, o.Uncompressed = dir, true
	r, err := bundle.Build(context.Background(), o)
	if err != nil {
		return nil, err
	}
	b := &built{files: map[string][]byte{}, words: map[string]string{}}
	for _, f := range r.Files {
		name := f.Name
		if f.Gzip > 0 {
			name += ".gz" // and nothing else: that it does without is tested
		}
		if b.files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
		switch {
		case strings.HasPrefix(f.Name, "gcm-words-"):
			b.words[strings.TrimSuffix(strings.Split(f.Name, "-")[3], ".txt")] = name
		case strings.HasPrefix(f.Name, "gcm-pledge-rules-"):
			b.rules = name
		case strings.HasSuffix(f.Name, ".wasm"):
			b.wasm = name
		}
	}
	return b, nil
}

// site is a partner's web site, with all that can go wrong on one.
type site struct {
	*httptest.Server
	t     *testing.T
	built *built

	mu      sync.Mutex
	files   map[string]file   // by path
	seen    map[string][]seen // requests, by path
	policy  string
	blocked map[string]chan struct{} // paths that wait
}

// file is what the site answers with. A status of 0 means 200.
type file struct {
	body   string
	kind   string
	status int
	header map[string]string
	stream func(http.ResponseWriter) // instead of body
}

type seen struct {
	ifNoneMatch string
	status      int
}

func newSite(t *testing.T, b *built) *site {
	s := &site{t: t, built: b, files: map[string]file{}, seen: map[string][]seen{}, policy: strict, blocked: map[string]chan struct{}{}}
	for name, content := range b.files {
		kind := "text/javascript"
		switch filepath.Ext(name) {
		case ".wasm":
			kind = "application/wasm"
		case ".gz":
			kind = "application/gzip"
		case ".css":
			kind = "text/css"
		case ".txt":
			kind = "text/plain"
		}
		s.files["/"+name] = file{body: string(content), kind: kind}
	}
	s.files["/favicon.ico"] = file{kind: "image/x-icon"}
	s.files["/probe.js"] = file{body: probe, kind: "text/javascript"}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() {
		s.mu.Lock()
		for _, c := range s.blocked {
			close(c)
		}
		s.blocked = nil
		s.mu.Unlock()
		s.Server.CloseClientConnections()
		s.Server.Close()
	})
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f, ok := s.files[r.URL.Path]
	wait := s.blocked[r.URL.Path]
	policy := s.policy
	s.mu.Unlock()
	if wait != nil {
		<-wait
	}
	if !ok {
		f = file{status: http.StatusNotFound, body: "not found", kind: "text/plain"}
	}
	status := f.status
	if status == 0 {
		status = http.StatusOK
	}
	sum := sha256.Sum256([]byte(f.body))
	etag := `"` + hex.EncodeToString(sum[:6]) + `"`
	match := r.Header.Get("If-None-Match")
	if status == http.StatusOK && match == etag {
		status = http.StatusNotModified
	}
	s.mu.Lock()
	s.seen[r.URL.Path] = append(s.seen[r.URL.Path], seen{match, status})
	s.mu.Unlock()

	h := w.Header()
	h.Set("Content-Type", f.kind)
	if strings.HasPrefix(f.kind, "text/html") {
		h.Set("Content-Security-Policy", policy)
	}
	if f.stream == nil && status < 300 || status == http.StatusNotModified {
		h.Set("ETag", etag)
	}
	for name, value := range f.header {
		h.Set(name, value)
	}
	if f.stream != nil {
		f.stream(w)
		return
	}
	w.WriteHeader(status)
	if status != http.StatusNotModified {
		w.Write([]byte(f.body))
	}
}

// put publishes a file; page and feed are short for two kinds of files.
func (s *site) put(path string, f file) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path] = f
}

func (s *site) feed(path, body string) { s.put(path, file{body: body, kind: "application/json"}) }

func (s *site) page(path, body string) {
	s.put(path, file{kind: "text/html; charset=utf-8", body: "<!doctype html><html lang=en><meta charset=utf-8><title>p</title>" +
		"<script src=/probe.js></script><script type=module src=/gcm-pledges.js></script><body>" + body})
}

// remove takes a file away.
func (s *site) remove(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, path)
}

// hold makes requests of a path wait until release is called.
func (s *site) hold(path string) (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan struct{})
	s.blocked[path] = c
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.blocked[path] == c {
			delete(s.blocked, path)
			close(c)
		}
	}
}

func (s *site) requests(path string) []seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]seen(nil), s.seen[path]...)
}

// engineFile is the engine as it should be.
func (s *site) engineFile() (string, file) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return "/" + s.built.wasm, maps.Clone(s.files)["/"+s.built.wasm]
}

// visit is a browser on a site.
type visit struct {
	*browser.Browser
	t *testing.T
}

func (v visit) open(url string) {
	v.t.Helper()
	if err := v.Open(url); err != nil {
		v.t.Fatal(err)
	}
}

// eval runs the body of a function in the page; out, if any, takes its result.
func (v visit) eval(out any, script string, args ...any) {
	v.t.Helper()
	v.result(out, v.Eval, script, args)
}

// await runs the body of an async function in the page.
func (v visit) await(out any, script string, args ...any) {
	v.t.Helper()
	v.result(out, v.Await, script, args)
}

func (v visit) result(out any, run func(string, ...any) (json.RawMessage, error), script string, args []any) {
	v.t.Helper()
	raw, err := run(script, args...)
	if err == nil && out != nil {
		err = json.Unmarshal(raw, out)
	}
	if err != nil {
		v.t.Fatalf("%v\nin %s", err, script)
	}
}

// until waits for a condition in the page, and says what it was at the end.
func (v visit) until(condition string, args ...any) {
	v.t.Helper()
	var ok bool
	v.await(&ok, `const args = arguments, end = performance.now() + 30000;
const met = () => { try { return (function () { return `+condition+` }).apply(null, args) } catch { return false } };
const pause = document.probe?.pause ?? (() => new Promise((done) => setTimeout(done, 5)));
while (!met()) { if (performance.now() > end) return false; await pause(); }
return true;`, args...)
	if !ok {
		var state json.RawMessage
		v.eval(&state, `const p = document.probe; const w = Document.prototype.querySelector.call(document, "gcm-pledges");
return { updates: p?.updates.map((u) => u.text), errors: p?.errors, uncaught: p?.uncaught, html: w?.outerHTML, shadow: w?.shadowRoot?.innerHTML.slice(0, 2000) };`)
		v.t.Fatalf("never came true: %s\n%s", condition, state)
	}
}

// live waits for so many updates in all.
func (v visit) live(updates int) {
	v.t.Helper()
	v.until("document.probe.updates.length >= " + fmt.Sprint(updates))
}

// refresh makes the first widget read again and waits for what comes of it.
func (v visit) refresh() {
	v.t.Helper()
	v.await(nil, `await document.querySelector("gcm-pledges").refresh();`)
}

// quiet fails the test if anything on the page went wrong that nobody caught.
func (v visit) quiet() {
	v.t.Helper()
	var uncaught []string
	v.eval(&uncaught, "return document.probe.uncaught")
	log, err := v.Log()
	if err != nil {
		v.t.Fatal(err)
	}
	if len(uncaught) > 0 || len(log) > 0 {
		v.t.Errorf("the page complains: %q, its log: %q", uncaught, log)
	}
}

// codes returns the codes of the errors so far.
func (v visit) codes() (codes []string) {
	v.t.Helper()
	v.eval(&codes, "return document.probe.errors.map((e) => e.code)")
	return codes
}

// light is the page's own text, and shown what the widget shows: "" where it
// has nothing to show.
func (v visit) light() (text string) {
	v.t.Helper()
	v.eval(&text, `return document.querySelector("gcm-pledges").textContent`)
	return text
}

func (v visit) shown() (html string) {
	v.t.Helper()
	v.eval(&html, `return document.querySelector("gcm-pledges").shadowRoot?.firstElementChild?.outerHTML ?? ""`)
	return html
}

func (v visit) note() (text string) {
	v.t.Helper()
	v.eval(&text, `return document.querySelector("gcm-pledges").shadowRoot?.querySelector("[part=stale]")?.textContent ?? ""`)
	return text
}
