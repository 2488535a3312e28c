// Command slowphone opens a page with the widget in Chromium as slow as a cheap
// phone on a bad day (a processor 4 times slower, 1.6 Mbit/s, 150 ms) and prints
// when the number that the page came with is painted, when the live one is
// there, for how long the page couldn't answer, for how long of that because of
// the widget's script, and whether anything moved. It needs Chromium and its
// driver.
//
//	go run ./wasm/internal/slowphone
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

func main() {
	log.SetFlags(0)
	if err := run(context.Background(), os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("slowphone: ", err)
	}
}

// measured is what the page says of itself, in milliseconds since it was asked
// for.
type measured struct {
	Text    string  // of the element before there is an engine
	Painted float64 // when that was painted
	Live    float64 // when the engine's number was there
	Longest float64 // the longest task
	Tasks   int     // that took more than 50 ms
	Ours    float64 // the longest that the widget's script ran in one of them
	Where   string  // what called it
	Shift   float64 // cumulative layout shift
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("slowphone", flag.ContinueOnError)
	cpu := flags.Float64("cpu", 4, "how many `times` slower the page is; its worker isn't slowed")
	bits := flags.Int("bits", 1_600_000, "`bits` a second of the connection")
	latency := flags.Duration("latency", 150*time.Millisecond, "`time` until an answer begins")
	view := flags.String("view", "objectives", "the `view` to show")
	if err := flags.Parse(args); err != nil {
		return err
	}
	kind, err := wasm.ParseKind(*view)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "gcmkit-slowphone-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if _, err := bundle.Build(ctx, bundle.Options{Dir: dir}); err != nil {
		return err
	}
	l := &line{bits: *bits, latency: *latency}
	for _, rendered := range []bool{false, true} {
		page, err := page(kind, rendered)
		if err != nil {
			return err
		}
		m, err := measure(ctx, l.handler(site(dir, page)), *cpu)
		if err != nil {
			return err
		}
		what := "a page with the number as text"
		if rendered {
			what = "a page with the view rendered on the server"
		}
		fmt.Printf("%s, %q:\n", what, m.Text)
		fmt.Printf("  painted after %.0f ms, live after %.0f ms\n", m.Painted, m.Live)
		fmt.Printf("  %d tasks of more than 50 ms, the longest of %.0f ms, of which the widget takes at most %.0f ms at once (%s); layout shift %.3f\n",
			m.Tasks, m.Longest, m.Ours, m.Where, m.Shift)
	}
	return nil
}

// page is a page with one element: with the number as text, or with its view.
func page(kind wasm.Kind, rendered bool) (string, error) {
	var r tally.Reader
	if _, err := r.Write(data.Reference()); err != nil {
		return "", err
	}
	feed, err := r.Close()
	if err != nil {
		return "", err
	}
	snapshot, err := feed.Snapshot(tally.Query{})
	if err != nil {
		return "", err
	}
	e := wasm.Element{Sources: []string{"reference.json"}, Options: wasm.Options{View: kind}, Stylesheet: "gcm-pledges.css"}
	element, err := e.AppendHTML(nil, snapshot)
	if err != nil {
		return "", err
	}
	if !rendered { // without its shadow root
		before, rest, _ := strings.Cut(string(element), "<template")
		_, after, _ := strings.Cut(rest, "</template>")
		element = []byte(before + after)
	}
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pledges</title>` +
		`<link rel="stylesheet" href="gcm-pledges.css"><script type="module" src="gcm-pledges.js"></script>` +
		`<h1>Pledges</h1>` + string(element) + `<p>What comes behind.</p></html>`, nil
}

// site serves the page, its feed, and the built files as a good host does.
func site(dir, page string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		content, err := os.ReadFile(filepath.Join(dir, name))
		switch {
		case r.URL.Path == "/":
			name, content = "index.html", []byte(page)
		case name == "reference.json":
			content = data.Reference()
		case err != nil:
			http.NotFound(w, r)
			return
		}
		kinds := map[string]string{".html": "text/html", ".json": "application/json", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm"}
		w.Header().Set("Content-Type", kinds[path.Ext(name)])
		w.Header().Set("Content-Encoding", "gzip") // browsers take brotli from https only
		zipped, err := os.ReadFile(filepath.Join(dir, name+".gz"))
		if err != nil {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write(content)
			z.Close()
			zipped = b.Bytes()
		}
		w.Write(zipped)
	})
}

// await returns what was measured once the number is live.
const await = `
const element = document.querySelector("gcm-pledges");
const text = element.innerText;
const of = (type, use) => new Promise((done) => new PerformanceObserver((list) => { list.getEntries().forEach(use); done(); }).observe({ type, buffered: true }));
let painted = 0, longest = 0, tasks = 0, ours = 0, where = "", shift = 0;
of("longtask", (e) => { tasks++; longest = Math.max(longest, e.duration); });
of("long-animation-frame", (e) => { for (const s of e.scripts) if (s.sourceURL.endsWith("/gcm-pledges.js")) if (s.duration > ours) [ours, where] = [s.duration, s.invoker]; });
of("layout-shift", (e) => { shift += e.value; });
if (!element.summary) await new Promise((live) => element.addEventListener("gcm-update", live, { once: true }));
const live = performance.now();
await of("paint", (e) => { if (e.name === "first-contentful-paint") painted = e.startTime; });
await new Promise((later) => setTimeout(later, 1000)); // until the last entries are in
return { text, painted, live, longest, tasks, ours, where, shift };`

func measure(ctx context.Context, h http.Handler, cpu float64) (m measured, err error) {
	server := httptest.NewServer(h)
	defer server.Close()
	b, err := browser.Launch(ctx, "chromium", browser.Options{Width: 360, Height: 780})
	if err != nil {
		return m, err
	}
	defer b.Close()
	if err := b.Slow(cpu); err != nil {
		return m, err
	}
	if err := b.Open(server.URL + "/"); err != nil {
		return m, err
	}
	answer, err := b.Await(await)
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal(answer, &m)
}
