package main

import (
	"bytes"
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
		servePage(w, r, feed, refresh)
	})
	mux.HandleFunc("GET /form", serveForm)
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
		Language: language,
		Path:     func(l gcm.Language) string { return "/?lang=" + l.String() },
		FormPath: func(l gcm.Language) string { return "/form?lang=" + l.String() },
	}
}

func serveForm(w http.ResponseWriter, r *http.Request) {
	var out bytes.Buffer
	if err := page(r).WriteForm(&out); err != nil {
		http.Error(w, "the page can't be made", http.StatusInternalServerError)
		log.Print("partner: ", err)
		return
	}
	site.Serve(w, r, "text/html; charset=utf-8", out.Bytes())
}

func servePage(w http.ResponseWriter, r *http.Request, feed string, refresh int) {
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
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		http.Error(w, "the page can't be made", http.StatusInternalServerError)
		log.Print("partner: ", err)
		return
	}
	site.Serve(w, r, "text/html; charset=utf-8", out.Bytes())
}
