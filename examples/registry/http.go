package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/internal/site"
	"github.com/gcmkit/gcmkit/examples/registry/internal/listen"
	"github.com/gcmkit/gcmkit/pledge/feed"
)

// serve serves until it is shut down; an error stops everything.
func (r *registry) serve(l *listen.Listener, h http.Handler, stop context.CancelCauseFunc) *http.Server {
	server := &http.Server{
		Handler: h,
		// A request line with its headers.
		ReadHeaderTimeout: 5 * time.Second,
		MaxHeaderBytes:    16 << 10,
		// Between two requests.
		IdleTimeout: 2 * time.Minute,
		// The time for bodies and answers is that of their parts: see unhurried.
		ConnState: l.ConnState,
		ErrorLog:  slog.NewLogLogger(r.log.With("part", "http").Handler(), slog.LevelDebug),
	}
	go func() {
		var err error
		if r.cert != "" {
			err = server.ServeTLS(l, r.cert, r.key)
		} else {
			err = server.Serve(l)
		}
		if !errors.Is(err, http.ErrServerClosed) {
			stop(err)
		}
	}()
	return server
}

// handler serves everything but what is for those who run it.
func (r *registry) handler() http.Handler {
	mux := http.NewServeMux()
	r.newAPI().Register(mux)
	for resource := range feed.Resources() {
		if resource != feed.Index {
			mux.HandleFunc("/"+string(resource), func(w http.ResponseWriter, req *http.Request) {
				s := r.feed.Load()
				if s == nil {
					w.Header().Set("Retry-After", "1")
					http.Error(w, "this node is still reading the record", http.StatusServiceUnavailable)
					return
				}
				if resource == feed.Events {
					r.events(s, w, req)
					return
				}
				s.Handler(resource).ServeHTTP(w, req)
			})
		}
	}
	mux.HandleFunc("GET /healthz", r.healthz)
	mux.HandleFunc("GET /readyz", r.readyz)
	r.page.register(mux, r)
	return unhurried(site.Protect(clean(mux)))
}

// clean refuses paths that mean another one, instead of leading there.
func clean(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p := r.URL.Path
		if p != path.Clean(p) || strings.ContainsAny(p, "\\\x00") || r.URL.RawPath != "" {
			http.Error(w, "no such address", http.StatusNotFound)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// partTime is how long one side may take for the next part of a body.
const partTime = 15 * time.Second

// partSize is a part that is small enough for any line.
const partSize = 64 << 10

// unhurried gives bodies and answers as much time as they take, as long as they
// move: a feed may be large and a line slow. Events have deadlines of their own.
func unhurried(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		control := http.NewResponseController(w)
		if r.ContentLength < 0 && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			// There may be none, of which HTTP/2 and HTTP/3 say so later.
			_ = control.SetReadDeadline(time.Now().Add(partTime))
			if _, err := io.CopyN(io.Discard, r.Body, partSize); err != io.EOF {
				if r.ProtoMajor == 1 {
					w.Header().Set("Connection", "close")
				}
				http.Error(w, "a request for something has no content", http.StatusBadRequest)
				return
			}
			_ = control.SetReadDeadline(time.Time{})
			r.Body, r.ContentLength = http.NoBody, 0
		}
		if r.ContentLength != 0 {
			// Without a connection, as in tests, there are no deadlines.
			_ = control.SetReadDeadline(time.Now().Add(partTime))
			r.Body = &endingBody{r.Body, control}
		}
		if r.URL.Path != "/"+string(feed.Events) {
			w = &movingWriter{w, control}
		}
		h.ServeHTTP(w, r)
	})
}

// endingBody lifts the deadline when the body is there, as it would end the
// request otherwise while that is answered.
type endingBody struct {
	io.ReadCloser
	control *http.ResponseController
}

func (b *endingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		_ = b.control.SetReadDeadline(time.Time{})
	}
	return n, err
}

// movingWriter has a deadline for each part of an answer.
type movingWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (w *movingWriter) Write(p []byte) (int, error) {
	for done := 0; ; {
		part := p[done:min(done+partSize, len(p))]
		_ = w.control.SetWriteDeadline(time.Now().Add(partTime))
		n, err := w.ResponseWriter.Write(part)
		if done += n; err != nil || done == len(p) {
			return done, err
		}
	}
}

// Unwrap is for http.ResponseController.
func (w *movingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
