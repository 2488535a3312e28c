package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

//go:embed page.html
var pageHTML string

//go:embed page.js
var pageScript []byte

// empty is what a registry says that has no pledges yet.
var empty = [...]string{
	gcm.English: "No pledges yet. This page shows them as they come.",
	gcm.French:  "Aucun engagement pour l’instant. Cette page les montrera dès leur arrivée.",
	gcm.Spanish: "Todavía no hay compromisos. Esta página los mostrará a medida que lleguen.",
	gcm.Arabic:  "لا توجد تعهّدات بعد. ستعرضها هذه الصفحة عند ورودها.",
	gcm.Russian: "Обязательств пока нет. Они появятся на этой странице по мере поступления.",
	gcm.Chinese: "目前还没有承诺。收到后将显示在此页面。",
}

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// page is the page with the widgets, and their files. The numbers are in its text
// as well, so it is of use before the widget is there and without it.
type page struct {
	title  string
	widget string // as the flag
	dir    string // of the widget's files
	state  atomic.Int32
}

// The states of the widget's files.
const (
	widgetAwaited int32 = iota
	widgetThere
	widgetMissing
)

func newPage(c *config) *page {
	p := &page{title: c.header.Title, widget: c.widget, dir: c.widget}
	switch c.widget {
	case "none":
		p.state.Store(widgetMissing)
	case "build":
		p.dir = filepath.Join(c.data, "widget")
	}
	return p
}

// build makes the widget's files, or looks whether they are there.
func (p *page) build(ctx context.Context, log *slog.Logger) {
	switch p.widget {
	case "none":
		return
	case "build":
		begin := time.Now()
		// The folder isn't there for others to serve: no compressed copies,
		// which take longer than all the rest.
		if _, err := bundle.Build(ctx, bundle.Options{Dir: p.dir, Uncompressed: true, Log: progress{log}}); err != nil {
			if ctx.Err() == nil {
				log.Warn("the widget can't be built; the page goes without", "error", err)
			}
			p.state.Store(widgetMissing)
			return
		}
		log.Info("the widget is built", "took", time.Since(begin).Round(time.Millisecond))
	default:
		if _, err := os.Stat(filepath.Join(p.dir, bundle.ScriptName)); err != nil {
			log.Warn("the widget isn't there; the page goes without", "error", err)
			p.state.Store(widgetMissing)
			return
		}
	}
	p.state.Store(widgetThere)
}

// progress passes on what the builder says.
type progress struct{ log *slog.Logger }

func (p progress) Write(b []byte) (int, error) {
	for line := range strings.Lines(string(b)) {
		p.log.Info(strings.TrimSpace(line), "part", "widget")
	}
	return len(b), nil
}

func (p *page) register(mux *http.ServeMux, r *registry) {
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, req *http.Request) {
		html, err := p.html(r, req.URL.Query().Get("lang"))
		if err != nil {
			r.log.Error("the page can't be made", "error", err)
			http.Error(w, "the page can't be made", http.StatusInternalServerError)
			return
		}
		site.Serve(w, req, "text/html; charset=utf-8", html)
	})
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, req *http.Request) {
		site.Serve(w, req, "text/css; charset=utf-8", site.Style())
	})
	mux.HandleFunc("GET /page.js", func(w http.ResponseWriter, req *http.Request) {
		site.Serve(w, req, "text/javascript; charset=utf-8", pageScript)
	})
	mux.HandleFunc("GET /icon.svg", func(w http.ResponseWriter, req *http.Request) {
		site.Serve(w, req, "image/svg+xml", site.Icon())
	})
	mux.HandleFunc("GET /widget/{name}", p.file)
}

// file serves one of the widget's files, compressed where there is such a copy.
func (p *page) file(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if p.state.Load() != widgetThere || strings.HasPrefix(name, ".") || !filepath.IsLocal(name) {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	switch name {
	case bundle.EmbedName, bundle.BuilderName: // they state a policy of their own
		h.Del("Content-Security-Policy")
	}
	h.Set("Access-Control-Allow-Origin", "*") // scripts of other sites, and frames without an origin
	h.Set("Vary", "Accept-Encoding")
	file := filepath.Join(p.dir, name)
	for _, c := range [...]struct{ coding, extension string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(r, c.coding) {
			continue
		}
		if _, err := os.Stat(file + c.extension); err == nil {
			h.Set("Content-Encoding", c.coding)
			file += c.extension
			break
		}
	}
	site.ServeFile(w, r, name, file)
}

// accepts reports whether a request names a coding, and doesn't refuse it.
func accepts(r *http.Request, coding string) bool {
	for element := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, weight, _ := strings.Cut(element, ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			_, q, _ := strings.Cut(weight, "=")
			return strings.Trim(q, " 0.") != "" || q == ""
		}
	}
	return false
}

// shown are the widgets of the page.
var shown = [...]struct {
	view view.Kind
	hash bool
}{{view.Counter, false}, {view.Objectives, false}, {view.Dashboard, true}, {view.List, false}}

type pageWidget struct {
	View view.Kind
	Text string
	Hash bool
}

type pageValues struct {
	site.Page
	Title           string
	Widget, Waiting bool
	Widgets         []pageWidget
	Empty           string // what stands in the place of all but the first, if there is nothing to show
}

func (p *page) html(r *registry, lang string) ([]byte, error) {
	language, err := gcm.ParseLanguage(lang)
	if err != nil || !language.IsValid() {
		language = gcm.English
	}
	state := p.state.Load()
	v := pageValues{
		Page:   site.Page{Language: language, Path: func(l gcm.Language) string { return "/?lang=" + l.String() }},
		Title:  p.title,
		Widget: state == widgetThere, Waiting: state == widgetAwaited || r.feed.Load() == nil,
	}
	text := "—"
	if r.feed.Load() != nil {
		snapshot := r.replica.Book().Snapshot(r.header, tally.Query{})
		if snapshot.Counts.Total == 0 {
			v.Empty = empty[language]
		}
		counter, err := view.Render(snapshot, view.Options{Language: language})
		if err != nil {
			return nil, fmt.Errorf("the counter: %w", err)
		}
		text = counter.Text()
	}
	for _, s := range shown {
		v.Widgets = append(v.Widgets, pageWidget{s.view, text, s.hash})
	}
	var out bytes.Buffer
	err = pageTemplate.Execute(&out, v)
	return out.Bytes(), err
}
