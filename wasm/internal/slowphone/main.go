// Command slowphone opens a page with the widget in Chromium as slow as a cheap
// phone on a bad day (a processor 4 times slower, 1.6 Mbit/s, 150 ms) and prints
// when the number that the page came with is painted, when the live one is
// there, for how long the page couldn't answer, for how long of that because of
// the widget's script, and whether anything moved. The element stands in front of
// what else there is on the page, with the style sheet that leaves room for it. It
// needs Chromium and its driver.
//
// With -compare it shows one number in several ways on the same phone, and prints what
// each takes.
//
//	go run ./wasm/internal/slowphone
//	go run ./wasm/internal/slowphone -compare
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
	"slices"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
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
// for, but for the shifts.
type measured struct {
	Text    string  // of the element before there is an engine
	Painted float64 // when that was painted
	Live    float64 // when the engine's number was there
	Longest float64 // the longest task
	Tasks   int     // that took more than 50 ms
	Ours    float64 // the longest that the widget's script ran in one of them
	Where   string  // what called it
	Shift   float64 // cumulative layout shift as the engine took over
	Before  float64 // and before that, as the page came in pieces
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("slowphone", flag.ContinueOnError)
	cpu := flags.Float64("cpu", 4, "how many `times` slower the page is; its worker isn't slowed")
	bits := flags.Int("bits", 1_600_000, "`bits` a second of the connection")
	latency := flags.Duration("latency", 150*time.Millisecond, "`time` until an answer begins")
	which := flags.String("view", "objectives", "the `view` to show; all is one after the other")
	runs := flags.Int("runs", 3, "how many `times` each page is opened; what is printed is the least, as other\nwork of the machine can only add to it, and of the shifts the most")
	beside := flags.Bool("compare", false, "measure a counter beside other ways to show the same number instead; npm\nhas to be there, and fetches two packages")
	dist := flags.String("dist", "", "`directory` that wasm/build has made; if empty it is made anew")
	if err := flags.Parse(args); err != nil {
		return err
	}
	kinds := slices.Collect(view.Kinds())
	if *which != "all" {
		kind, err := view.ParseKind(*which)
		if err != nil {
			return err
		}
		kinds = []view.Kind{kind}
	}
	dir := *dist
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "gcmkit-slowphone-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if _, err := bundle.Build(ctx, bundle.Options{Dir: dir}); err != nil {
			return err
		}
	}
	l := &line{bits: *bits, latency: *latency}
	if *beside {
		return compare(ctx, dir, l, *cpu, *runs)
	}
	for _, kind := range kinds {
		for way := range ways {
			page, err := page(kind, way)
			if err != nil {
				return err
			}
			var least measured
			for i := range max(1, *runs) {
				m, err := measure(ctx, l.handler(site(dir, page, kind)), *cpu)
				if err != nil {
					return err
				}
				least = least.with(m, i == 0)
			}
			least.print(kind, way)
		}
	}
	return nil
}

// with returns the least of both measurements, and of the shifts the most.
func (m measured) with(other measured, first bool) measured {
	if first {
		return other
	}
	if other.Ours < m.Ours {
		m.Ours, m.Where = other.Ours, other.Where
	}
	m.Painted, m.Live = min(m.Painted, other.Painted), min(m.Live, other.Live)
	m.Longest, m.Tasks = min(m.Longest, other.Longest), min(m.Tasks, other.Tasks)
	m.Shift, m.Before = max(m.Shift, other.Shift), max(m.Before, other.Before)
	return m
}

func (m *measured) print(kind view.Kind, way int) {
	fmt.Printf("%s, %s, %q:\n", kind, ways[way], m.Text)
	fmt.Printf("  painted after %.0f ms, live after %.0f ms\n", m.Painted, m.Live)
	ours := "the widget's script in none of them"
	if m.Where != "" {
		ours = fmt.Sprintf("the widget's script at most for %.0f ms of one (%s)", m.Ours, m.Where)
	}
	fmt.Printf("  %d tasks of more than 50 ms, the longest of %.0f ms, %s\n", m.Tasks, m.Longest, ours)
	fmt.Printf("  layout shift as the engine takes over %.3f, before that %.3f\n", m.Shift, m.Before)
}

// ways are those in which a page has its number before there is a live one, and
// where that comes from.
var ways = [...]string{asText: "as text", asView: "rendered on the server", asDocument: "as text, of a view document"}

const (
	asText = iota
	asView
	asDocument
)

// snapshot is of the reference feed.
func snapshot() (*tally.Snapshot, error) {
	r := tally.Reader{Items: true}
	if _, err := r.Write(data.Reference()); err != nil {
		return nil, err
	}
	feed, err := r.Close()
	if err != nil {
		return nil, err
	}
	return feed.Snapshot(tally.Query{})
}

// page is a page with one element: with the number as text, or with its view.
func page(kind view.Kind, way int) (string, error) {
	snapshot, err := snapshot()
	if err != nil {
		return "", err
	}
	o := view.Options{View: kind, Now: gcm.InstantOfUnix(time.Now().Unix(), 0)}
	source := "reference.json"
	if way == asDocument {
		source = "view.json"
	}
	look := "gcm-pledges.css"
	if kind == view.Dashboard {
		look = "gcm-pledges-dashboard.css"
	}
	e := view.Element{Sources: []string{source}, Options: o, Stylesheet: look}
	element, err := e.AppendHTML(nil, snapshot)
	if err != nil {
		return "", err
	}
	if way != asView { // without its shadow root
		before, rest, _ := strings.Cut(string(element), "<template")
		_, after, _ := strings.Cut(rest, "</template>")
		element = []byte(before + after)
	}
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Pledges</title>` +
		`<link rel="stylesheet" href="gcm-pledges-room.css"><script type="module" src="gcm-pledges.js"></script>` +
		`<h1>Pledges</h1>` + string(element) + `<p>What comes behind.</p></html>`, nil
}

// site serves the page, its feed, and the built files as a good host does.
func site(dir, page string, kind view.Kind) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		content, err := os.ReadFile(filepath.Join(dir, name))
		switch {
		case r.URL.Path == "/":
			name, content = "index.html", []byte(page)
		case name == "reference.json":
			content = data.Reference()
		case name == "view.json":
			content, err = document(kind)
			if err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		case err != nil:
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", contentTypes[path.Ext(name)])
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

var contentTypes = map[string]string{
	".html": "text/html", ".json": "application/json", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".csv": "text/csv",
}

func document(kind view.Kind) ([]byte, error) {
	s, err := snapshot()
	if err != nil {
		return nil, err
	}
	return view.Document{View: kind}.AppendJSON(nil, s)
}

// await returns what was measured once the number is live.
const await = `
const element = document.querySelector("gcm-pledges");
const text = element.innerText;
const of = (type, use) => new Promise((done) => new PerformanceObserver((list) => { list.getEntries().forEach(use); done(); }).observe({ type, buffered: true }));
let painted = 0, longest = 0, tasks = 0, ours = 0, where = "", shift = 0, before = 0;
of("longtask", (e) => { tasks++; longest = Math.max(longest, e.duration); });
of("long-animation-frame", (e) => { for (const s of e.scripts) if (/\/gcm-pledges(-[\w-]*)?\.js/.test(s.sourceURL)) if (s.duration > ours) [ours, where] = [s.duration, s.invoker]; });
const shifts = [];
of("layout-shift", (e) => shifts.push(e));
if (element.summary) throw new Error("it was live before the page had come");
await new Promise((live) => element.addEventListener("gcm-update", live, { once: true }));
const live = performance.now();
await of("paint", (e) => { if (e.name === "first-contentful-paint") painted = e.startTime; });
await new Promise((later) => setTimeout(later, 1000)); // until the last entries are in
for (const e of shifts) if (e.startTime < live) before += e.value; else shift += e.value;
return { text, painted, live, longest, tasks, ours, where, shift, before };`

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
	if err := b.HideScrollbars(); err != nil { // as on a phone, where they take no room
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
