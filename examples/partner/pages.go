package main

import (
	"bytes"
	"embed"
	"html/template"
	"log"
	"net/http"

	"github.com/gcmkit/gcmkit/examples/internal/site"
)

//go:embed pages
var pages embed.FS

var pageTemplates = template.Must(template.ParseFS(pages, "pages/*.html"))

// A way is a page that shows one way to embed the widget.
type way struct {
	path, title string
	modules     []string // scripts of the page that are modules
	scripts     []string // those that aren't
	frames      bool     // whether it has frames of this site
}

var ways = [...]way{
	{path: "start", title: "Ways to embed"},
	{path: "moved", title: "Removed and added again", modules: []string{"gcm-pledges.js", "moved.js"}},
	{path: "react", title: "In React", modules: []string{"gcm-pledges.js", "react.js"}},
	{path: "iframe", title: "In an iframe", scripts: []string{"embed-parent.js"}, frames: true},
}

// serveWays adds these pages. That in React is left out where its script is nil.
func serveWays(mux *http.ServeMux, reactScript []byte, refresh int) {
	values := struct {
		React   bool
		Refresh int
	}{reactScript != nil, refresh}
	for _, way := range ways {
		if way.path == "react" && reactScript == nil {
			continue
		}
		mux.HandleFunc("GET /"+way.path, func(w http.ResponseWriter, r *http.Request) {
			html, err := way.page(values)
			if err != nil {
				http.Error(w, "the page can't be made", http.StatusInternalServerError)
				log.Print("partner: ", err)
				return
			}
			if way.frames {
				w.Header().Set("Content-Security-Policy", site.Policy+"; frame-src 'self'")
			}
			site.Serve(w, r, "text/html; charset=utf-8", html)
		})
	}
	const javaScript = "text/javascript; charset=utf-8"
	mux.HandleFunc("GET /moved.js", func(w http.ResponseWriter, r *http.Request) {
		text, _ := pages.ReadFile("pages/moved.js") // it is embedded
		site.Serve(w, r, javaScript, text)
	})
	if reactScript != nil {
		mux.HandleFunc("GET /react.js", func(w http.ResponseWriter, r *http.Request) {
			site.Serve(w, r, javaScript, reactScript)
		})
	}
}

func (way way) page(values any) ([]byte, error) {
	var body, page bytes.Buffer
	if err := pageTemplates.ExecuteTemplate(&body, way.path+".html", values); err != nil {
		return nil, err
	}
	err := pageTemplates.ExecuteTemplate(&page, "page.html", map[string]any{
		"Title": way.title, "Modules": way.modules, "Scripts": way.scripts, "Body": template.HTML(body.String()),
	})
	return page.Bytes(), err
}
