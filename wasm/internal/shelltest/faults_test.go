package shelltest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// feedFaults are what goes wrong with a feed, each in a widget of its own on one
// page. Each leaves the text that the page came with, tells once, leaves the
// others alone, and is over when its cause is.
func feedFaults(t *testing.T, v visit, s *site) {
	const json = "application/json"
	cases := []struct {
		name string
		feed file
		code string
		long bool // is read again once only, as it takes its time
	}{
		{name: "feed 404", feed: file{status: 404, kind: "text/plain", body: "not found"}, code: "feed-http"},
		{name: "feed 500", feed: file{status: 500, kind: json, body: "{}"}, code: "feed-http"},
		{name: "feed that asks for patience", feed: file{status: 503, kind: json, header: map[string]string{"Retry-After": "3600"}}, code: "feed-http"},
		{name: "feed that isn't JSON", feed: file{kind: json, body: "<!doctype html>"}, code: "feed-syntax"},
		{name: "feed that is cut short", feed: file{kind: json, body: string(data.Reference()[:5000])}, code: "feed-syntax"},
		{name: "feed with nothing in it", feed: file{kind: json}, code: "feed-syntax"},
		{name: "feed that is too long", feed: file{kind: json, stream: v.large(false)}, code: "feed-size", long: true},
		{name: "feed that says it is that long", feed: file{kind: json, stream: v.large(true)}, code: "feed-size", long: true},
		{name: "connection cut in the middle", feed: file{kind: json, stream: cut}, code: "feed-load"},
		{name: "feed as it should be", feed: file{kind: json, body: string(data.Reference())}},
	}
	const all = `[...document.querySelectorAll("gcm-pledges")]`
	var body strings.Builder
	for i, c := range cases {
		path := "/" + strconv.Itoa(i) + ".json"
		s.put(path, c.feed)
		fmt.Fprintf(&body, `<gcm-pledges loading=eager src=%q refresh=0 data-long=%v>158 pledges</gcm-pledges>`, path, c.long)
	}
	s.page("/", body.String())
	v.open(s.URL)
	v.until("document.probe.errors.length === arguments[0] && document.probe.updates.length === 1", len(cases)-1)
	v.await(nil, `for (const wanted of [() => true, (w) => w.dataset.long === "false"]) await Promise.all(`+all+`.filter(wanted).map((w) => w.refresh()))`)
	var got []struct {
		Codes        []string
		Light, Shown string
	}
	v.eval(&got, `return `+all+`.map((w) => ({
	codes: document.probe.errors.filter((e) => e.source === new URL(w.getAttribute("src"), location).href).map((e) => e.code),
	light: w.textContent, shown: w.shadowRoot?.firstElementChild?.outerHTML ?? "" }))`)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := got[i]
			if codes := strings.Join(g.Codes, " "); codes != c.code {
				t.Errorf("errors: %q, want one %s", codes, c.code)
			}
			if g.Light != "158 pledges" || strings.Contains(g.Shown, "158") != (c.code == "") || c.code != "" && g.Shown != "" {
				t.Errorf("the page's text didn't stay: %q %q", g.Light, g.Shown)
			}
		})
	}
	v.caught()

	for i := range cases {
		s.feed("/"+strconv.Itoa(i)+".json", string(data.Reference()))
	}
	v.await(nil, `document.probe.updates.length = 0; await Promise.all(`+all+`.map((w) => w.refresh()))`)
	v.live(len(cases) - 1)
	var shown []string
	v.eval(&shown, `return `+all+`.map((w) => w.shadowRoot?.textContent ?? "")`)
	for i, c := range cases {
		if !strings.Contains(shown[i], "158") {
			t.Errorf("%s: no recovery: %s", c.name, shown[i])
		}
	}
	v.caught()
}

// loadFaults are what goes wrong before there is an engine, each on a page of its
// own: it leaves the page's own text, tells once, and is over when its cause is.
func loadFaults(t *testing.T, v visit, s *site) {
	engine, sound := s.engineFile()
	wasm := func(change func(*file)) func() {
		return func() {
			f := sound
			change(&f)
			s.put(engine, f)
		}
	}
	for name, cause := range map[string]func(){
		"engine 404":                        func() { s.remove(engine) },
		"engine 503":                        wasm(func(f *file) { f.status = 503 }),
		"engine truncated":                  wasm(func(f *file) { f.body = f.body[:len(f.body)/2] }),
		"engine changed on the way":         wasm(func(f *file) { f.body = strings.Replace(f.body, "\x00", "\x01", 1) }),
		"a page in the place of the engine": wasm(func(f *file) { f.kind, f.body = "text/html", "<!doctype html>" }),
	} {
		t.Run(name, func(t *testing.T) {
			v := visit{v.Browser, t}
			s.feed("/feed.json", string(data.Reference()))
			s.page("/", widget)
			cause()
			v.open(s.URL + "/?" + strings.ReplaceAll(name, " ", "-"))
			v.until("document.probe.errors.length > 0")
			v.refresh()
			v.refresh()
			if got := strings.Join(v.codes(), " "); got != "engine-load" {
				t.Errorf("errors: %q, want one engine-load", got)
			}
			if v.light() != "158 pledges" || v.shown() != "" {
				t.Errorf("the page's text didn't stay: %q %q", v.light(), v.shown())
			}
			v.caught()

			s.put(engine, sound)
			v.refresh()
			v.live(1)
			if !strings.Contains(v.shown(), "158") {
				t.Errorf("no recovery: %s", v.shown())
			}
			v.caught()
		})
	}

	t.Run("policy without WebAssembly", func(t *testing.T) {
		v := visit{v.Browser, t}
		s.page("/", widget)
		s.policy = strings.Replace(strict, " 'wasm-unsafe-eval'", "", 1)
		defer func() { s.policy = strict }()
		before := len(s.requests(engine))
		v.open(s.URL + "/?policy")
		v.until("document.probe.errors.length > 0")
		v.refresh()
		if got := strings.Join(v.codes(), " "); got != "engine-compile" || v.light() != "158 pledges" || v.shown() != "" {
			t.Errorf("errors %s, text %q, shown %q", got, v.light(), v.shown())
		}
		v.Log() // Firefox says there what was blocked
		// WebKit allows the empty module that the shell asks with; then the worker
		// fetches it, and the page.
		if n := len(s.requests(engine)) - before; n > 2 || n > 0 && v.Engine() != "webkit" {
			t.Errorf("the engine was fetched %d times in vain", n)
		}
	})

	t.Run("what has no style sheet is plain", func(t *testing.T) {
		v := visit{v.Browser, t}
		look := "/" + bundle.CounterStyleName
		s.page("/", widget)
		s.remove(look)
		s.remove("/" + bundle.StyleName + ".txt")
		v.open(s.URL + "/?plain")
		v.live(1)
		padded := `return getComputedStyle(document.querySelector("gcm-pledges").shadowRoot.querySelector("summary")).paddingTop !== "0px"`
		var now bool
		if v.eval(&now, padded); now || !strings.Contains(v.shown(), "158") || len(v.codes()) > 0 {
			t.Errorf("padded %v, errors %v: %s", now, v.codes(), v.shown())
		}
		s.put(look, file{kind: "text/css", body: string(s.built.files[bundle.CounterStyleName])})
		s.put("/"+bundle.StyleName+".txt", file{kind: "text/plain", body: string(s.built.files[bundle.StyleName+".txt"])})
		v.refresh()
		if v.eval(&now, padded); !now {
			t.Error("the style sheet is there, and nobody looks")
		}
		v.caught()
	})

	t.Run("engine with a wrong type is as good", func(t *testing.T) {
		v := visit{v.Browser, t}
		s.page("/", widget)
		wasm(func(f *file) { f.kind = "application/octet-stream" })()
		v.open(s.URL + "/?type")
		v.live(1)
		v.quiet()
	})
}

// engineFaults are what goes wrong inside the engine.
func engineFaults(t *testing.T, v visit, _ *site) {
	b, err := faultBundle()
	if err != nil {
		t.Fatal(err)
	}
	for fault, code := range map[string]string{"panic": "engine-panic", "exit": "engine-exit", "stack": "engine-exit engine-panic"} {
		t.Run(fault, func(t *testing.T) {
			v := visit{v.Browser, t}
			s := newSite(t, b)
			broken := strings.Replace(string(data.Reference()), "Illustrative pledges, generated", "gcmfault:"+fault, 1)
			s.page("/", widget)
			s.feed("/feed.json", broken)
			v.open(s.URL)
			v.until("document.probe.errors.length > 0")
			v.refresh()
			if got := strings.Join(v.codes(), " "); !strings.Contains(" "+code+" ", " "+got+" ") {
				t.Errorf("errors: %q, want %s", got, code)
			}
			if v.light() != "158 pledges" || v.shown() != "" {
				t.Errorf("the page's text didn't stay: %q %q", v.light(), v.shown())
			}
			s.feed("/feed.json", string(data.Reference()))
			v.refresh()
			v.live(1)
			s.feed("/feed.json", broken)
			v.refresh()
			if !strings.Contains(v.shown(), "158") || v.note() == "" {
				t.Errorf("the last number isn't there, or isn't marked: %q %q", v.shown(), v.note())
			}
			s.feed("/feed.json", string(data.Reference()))
			v.refresh()
			if v.note() != "" {
				t.Errorf("no recovery: %s", v.note())
			}
			v.caught()
			if n := len(s.requests("/" + b.wasm)); n != 1 {
				t.Errorf("the engine was fetched %d times", n)
			}
		})
	}
}

// otherFeeds: what one feed does to the engine costs the others nothing.
func otherFeeds(t *testing.T, v visit, _ *site) {
	b, err := faultBundle()
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, b)
	s.feed("/bad.json", strings.Replace(string(data.Reference()), "Illustrative pledges, generated", "gcmfault:panic", 1))
	var body strings.Builder
	for i := range 6 {
		path := "/" + strconv.Itoa(i) + ".json"
		s.feed(path, oneMore(string(data.Reference()), "0"+strconv.Itoa(i)))
		fmt.Fprintf(&body, `<gcm-pledges loading=eager src=%q refresh=0>-</gcm-pledges>`, path)
	}
	s.page("/", `<gcm-pledges loading=eager src="/bad.json" refresh=0>-</gcm-pledges>`+body.String())
	v.open(s.URL)
	v.until(`document.probe.errors.length > 0 && [...document.querySelectorAll("gcm-pledges")].slice(1).every((w) => w.summary?.counts.total === 159)`)
	var got []string
	v.eval(&got, `return document.probe.errors.map((e) => e.code + " " + new URL(e.source).pathname)`)
	equal(t, got, []string{"engine-panic /bad.json"})
	v.caught()
}

// caught fails the test if there was an error that nobody caught. The browser
// itself may say on the console what didn't load.
func (v visit) caught() {
	v.t.Helper()
	var uncaught []string
	v.eval(&uncaught, "return document.probe.uncaught")
	if len(uncaught) > 0 {
		v.t.Errorf("not caught: %q", uncaught)
	}
	v.Log()
}

// large writes 200 MB of a feed, or until nobody listens any more. WebKit listens
// to the end whatever the page says, so there it ends earlier.
func (v visit) large(says bool) func(http.ResponseWriter) {
	size := 200 << 20
	if v.Engine() == "webkit" {
		size = 40 << 20
	}
	return func(w http.ResponseWriter) {
		if says {
			w.Header().Set("Content-Length", strconv.Itoa(size))
		}
		block := []byte(`{"id":"00000000-0000-4000-8000-000000000001"},` + strings.Repeat(" ", 64<<10))
		if _, err := w.Write([]byte("[")); err != nil {
			return
		}
		for sent := 1; sent+len(block) < size; sent += len(block) {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
}

// cut ends the connection in the middle of a feed.
func cut(w http.ResponseWriter) {
	w.Header().Set("Content-Length", "100000")
	w.Write(data.Reference()[:5000])
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}
