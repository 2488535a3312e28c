package main

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"log"
	"net/http"
	"net/url"

	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// A server renders pages from a feed, which it reads anew for each request. One
// that is asked more often would keep it in a tally.Index.
type server struct {
	open    func() (io.ReadCloser, error)
	now     func() gcm.Instant
	refresh int // seconds
}

// handler serves the page, its feed and the widget.
func (s *server) handler(widget string, built *bundle.Result) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET /pledges.json", s.feed)
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		site.Serve(w, r, "text/css; charset=utf-8", site.Style())
	})
	mux.HandleFunc("GET /icon.svg", func(w http.ResponseWriter, r *http.Request) {
		site.Serve(w, r, "image/svg+xml", site.Icon())
	})
	site.ServeWidget(mux, widget, built)
	return site.Protect(mux)
}

func (s *server) feed(w http.ResponseWriter, r *http.Request) {
	content, err := s.read()
	if err != nil {
		unavailable(w, err)
		return
	}
	site.Serve(w, r, "application/json", content)
}

func (s *server) read() ([]byte, error) {
	file, err := s.open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

func unavailable(w http.ResponseWriter, err error) {
	log.Print("ssr: ", err)
	http.Error(w, "the pledges can't be read at present", http.StatusServiceUnavailable)
}

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// views are what the page shows, one below the other.
var views = [...]view.Kind{view.Counter, view.Timeline, view.Objectives}

// page renders the page for the language and the filter in its address.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	language, err := gcm.ParseLanguage(values.Get("lang"))
	if err != nil || !language.IsValid() {
		language = gcm.English
	}
	query, err := tally.ParseQuery(values.Get)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	content, err := s.read()
	if err != nil {
		unavailable(w, err)
		return
	}
	feed, err := site.Read(bytes.NewReader(content))
	if err != nil {
		unavailable(w, err)
		return
	}
	snapshot, err := feed.Snapshot(query)
	if err != nil { // a feed of counts doesn't hold those of every filter
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	p := page{
		Page:  site.Page{Language: language, Path: func(l gcm.Language) string { return address(l, query) }},
		Query: query,
	}
	now := s.now()
	for _, kind := range views {
		element := view.Element{
			Sources:    []string{"pledges.json"},
			Options:    view.Options{View: kind, Language: language, Read: now, Now: now},
			Stylesheet: "gcm-pledges.css",
			Refresh:    s.refresh,
		}
		html, err := element.AppendHTML(nil, snapshot)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		p.Elements = append(p.Elements, template.HTML(html)) // AppendHTML has escaped what is foreign
	}
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, p); err != nil {
		http.Error(w, "the page can't be made", http.StatusInternalServerError)
		log.Print("ssr: ", err)
		return
	}
	site.Serve(w, r, "text/html; charset=utf-8", out.Bytes())
}

// A page is what the template shows.
type page struct {
	site.Page
	Query    tally.Query
	Elements []template.HTML
}

// address returns that of the page in a language with a filter.
func address(l gcm.Language, q tally.Query) string {
	values := url.Values{"lang": {l.String()}}
	for name, value := range q.All() {
		values.Set(name, value)
	}
	return "/?" + values.Encode()
}

// Regions returns links that filter by region, with the rest of the filter as
// it is. That of the region that is chosen takes the choice back.
func (p page) Regions() (links []link) {
	for region := range gcm.Regions() {
		q := p.Query
		here := q.Region == tally.AnyOf(region)
		if q.Region = tally.AnyOf(region); here {
			q.Region = tally.Any[gcm.Region]{}
		}
		links = append(links, link{region.Name(p.Language), address(p.Language, q), here})
	}
	return links
}

type link struct {
	Name, Path string
	Here       bool
}
