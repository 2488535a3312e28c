package main

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"os"
	"path"

	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// handler serves the page, its feeds, the widget, a page with a form, and
// pages with other ways to embed the widget.
func handler(feed, widget string, built *bundle.Result, reactScript []byte, refresh int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		write(w, r, withFeed(r, feed, refresh).Write)
	})
	mux.HandleFunc("GET /explore", func(w http.ResponseWriter, r *http.Request) {
		write(w, r, withFeed(r, feed, refresh).WriteExplore)
	})
	mux.HandleFunc("GET /form", func(w http.ResponseWriter, r *http.Request) { write(w, r, page(r).WriteForm) })
	mux.HandleFunc("GET /form.js", func(w http.ResponseWriter, r *http.Request) {
		site.Serve(w, r, "text/javascript; charset=utf-8", site.FormScript())
	})
	mux.HandleFunc("GET /pledges.json", func(w http.ResponseWriter, r *http.Request) {
		content, err := os.ReadFile(feed)
		if err != nil {
			http.Error(w, "the feed file can't be read", http.StatusNotFound)
			return
		}
		site.Serve(w, r, "application/json", content)
	})
	for name, content := range site.Files() {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			site.Serve(w, r, "application/json", content)
		})
	}
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		site.Serve(w, r, "text/css; charset=utf-8", site.Style())
	})
	mux.HandleFunc("GET /icon.svg", func(w http.ResponseWriter, r *http.Request) {
		site.Serve(w, r, "image/svg+xml", site.Icon())
	})
	serveWays(mux, reactScript, refresh)
	site.ServeWidget(mux, widget, built)
	return site.Protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path.Base(r.URL.Path) {
		case bundle.EmbedName, bundle.BuilderName: // they state a policy of their own
			w.Header().Del("Content-Security-Policy")
		}
		// Nothing here is a secret, and a frame without an origin needs it.
		w.Header().Set("Access-Control-Allow-Origin", "*")
		mux.ServeHTTP(w, r)
	}))
}

// page is a page in the language that was asked for.
func page(r *http.Request) site.Page {
	language, err := gcm.ParseLanguage(r.URL.Query().Get("lang"))
	if err != nil || !language.IsValid() {
		language = gcm.English
	}
	return site.Page{
		Language:    language,
		Path:        func(l gcm.Language) string { return "/?lang=" + l.String() },
		ExplorePath: func(l gcm.Language) string { return "/explore?lang=" + l.String() },
		FormPath:    func(l gcm.Language) string { return "/form?lang=" + l.String() },
		Ways:        "/start",
	}
}

// withFeed is a page that shows the feed as it is now.
func withFeed(r *http.Request, feed string, refresh int) site.Page {
	content, err := os.ReadFile(feed)
	if err != nil {
		log.Print("partner: ", err)
	}
	// A feed that can't be read leaves the text "—" and the page whole.
	feeds, err := site.Feeds(content)
	if err != nil {
		log.Print("partner: ", feed, ": ", err)
	}
	p := page(r)
	p.Refresh, p.Feeds = refresh, feeds
	return p
}

func write(w http.ResponseWriter, r *http.Request, page func(io.Writer) error) {
	var out bytes.Buffer
	if err := page(&out); err != nil {
		http.Error(w, "the page can't be made", http.StatusInternalServerError)
		log.Print("partner: ", err)
		return
	}
	site.Serve(w, r, "text/html; charset=utf-8", out.Bytes())
}
