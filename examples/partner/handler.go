package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// handler serves the page, its two feeds, the widget, and a page with a form.
func handler(feed, widget string, built *bundle.Result, refresh int) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		servePage(w, r, feed, refresh)
	})
	mux.HandleFunc("GET /form", serveForm)
	mux.HandleFunc("GET /form.js", func(w http.ResponseWriter, r *http.Request) {
		serve(w, r, "text/javascript; charset=utf-8", site.FormScript())
	})
	mux.HandleFunc("GET /pledges.json", func(w http.ResponseWriter, r *http.Request) {
		content, err := os.ReadFile(feed)
		if err != nil {
			http.Error(w, "the feed file can't be read", http.StatusNotFound)
			return
		}
		serve(w, r, "application/json", content)
	})
	mux.HandleFunc("GET /reference.json", func(w http.ResponseWriter, r *http.Request) {
		serve(w, r, "application/json", data.Reference())
	})
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, r *http.Request) {
		serve(w, r, "text/css; charset=utf-8", site.Style())
	})
	mux.HandleFunc("GET /icon.svg", func(w http.ResponseWriter, r *http.Request) {
		serve(w, r, "image/svg+xml", site.Icon())
	})
	for _, f := range built.Files {
		mux.HandleFunc("GET /"+f.Name, func(w http.ResponseWriter, r *http.Request) {
			cache := "no-cache"
			if strings.HasSuffix(f.Name, ".wasm") {
				cache = "public, max-age=31536000, immutable" // its name changes with its content
			}
			w.Header().Set("Cache-Control", cache)
			http.ServeFile(w, r, filepath.Join(widget, f.Name))
		})
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", site.Policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
	})
}

// serve answers with content and a strong ETag, or with 304.
func serve(w http.ResponseWriter, r *http.Request, kind string, content []byte) {
	sum := sha256.Sum256(content)
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	h.Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
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
	serve(w, r, "text/html; charset=utf-8", out.Bytes())
}

func servePage(w http.ResponseWriter, r *http.Request, feed string, refresh int) {
	published, reference := site.Published("pledges.json"), site.Illustrative("reference.json")
	if file, err := os.Open(feed); err == nil {
		// A feed that can't be read leaves the text "—" and the page whole.
		published.Read, err = site.Read(file)
		if file.Close(); err != nil {
			log.Print("partner: ", feed, ": ", err)
		}
	} else {
		log.Print("partner: ", err)
	}
	var err error
	if reference.Read, err = site.Read(bytes.NewReader(data.Reference())); err != nil {
		log.Print("partner: ", err)
	}
	p := page(r)
	p.Refresh, p.Feeds = refresh, []site.Feed{published, reference}
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		http.Error(w, "the page can't be made", http.StatusInternalServerError)
		log.Print("partner: ", err)
		return
	}
	serve(w, r, "text/html; charset=utf-8", out.Bytes())
}
