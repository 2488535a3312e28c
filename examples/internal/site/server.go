package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"mime"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/gcmkit/gcmkit/pledge/feed/conditional"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
)

// Protect adds [Policy] to all answers.
func Protect(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", Policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		h.ServeHTTP(w, r)
	})
}

// Serve answers with content and a strong ETag, or with 304. It is to be asked for
// anew each time, unless the header says already how long it stays.
func Serve(w http.ResponseWriter, r *http.Request, kind string, content []byte) {
	sum := sha256.Sum256(content)
	h := w.Header()
	h.Set("Content-Type", kind)
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
	conditional.Serve(w, r, conditional.Tag{Opaque: hex.EncodeToString(sum[:8])}, content, func(status int) {
		http.Error(w, http.StatusText(status), status)
	})
}

// ServeWidget serves the files that [bundle.Build] has written to a folder, at the
// root of the site.
func ServeWidget(mux *http.ServeMux, dir string, built *bundle.Result) {
	for _, f := range built.Files {
		mux.HandleFunc("GET /"+f.Name, func(w http.ResponseWriter, r *http.Request) {
			ServeFile(w, r, f.Name, filepath.Join(dir, f.Name))
		})
	}
}

// ServeFile answers with one of the widget's files as a file holds it: the file of
// that name, or a compressed copy of it. That it isn't there is 404.
func ServeFile(w http.ResponseWriter, r *http.Request, name, file string) {
	content, err := os.ReadFile(file)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "text/plain; charset=utf-8" // licences
	}
	if bundle.Immutable(name) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	Serve(w, r, kind, content)
}

// Run serves until the context ends.
func Run(ctx context.Context, l net.Listener, h http.Handler) error {
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
