// Package api takes pledges in over HTTP, from those who have a token.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/tokens"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// API is a handler of what begins with /api/. All fields but Space and Observe
// must be set. It must not be copied after first use, and is safe for concurrent
// use.
type API struct {
	Node *node.Node
	Gate *tokens.Gate
	Log  *slog.Logger
	// Timeout is how long a revision may take to be stored.
	Timeout time.Duration
	// MaxImport is how many bytes a file to import may have.
	MaxImport int64
	// Ready says whether the node has read the record.
	Ready func() bool
	// Space returns an error if nothing more can be stored; nil never does.
	Space func() error
	// Observe is told what became of each request; nil isn't.
	Observe func(operation string, status int, took time.Duration)

	importing chan struct{} // one import at a time
}

// Register adds the handlers to a mux.
func (a *API) Register(mux *http.ServeMux) {
	a.importing = make(chan struct{}, 1)
	mux.Handle("POST /api/pledges", a.handler("submit", a.submit))
	mux.Handle("GET /api/pledges/{id}", a.handler("get", a.get))
	mux.Handle("PUT /api/pledges/{id}", a.handler("revise", a.revise))
	mux.Handle("POST /api/pledges/{id}/withdraw", a.handler("withdraw", a.withdraw))
	mux.Handle("GET /api/pledges/{id}/revisions", a.handler("revisions", a.revisions))
	mux.Handle("POST /api/import", a.handler("import", a.imports))
	mux.Handle("/api/", a.handler("other", func(w http.ResponseWriter, r *http.Request) error {
		for path, methods := range map[string]string{"pledges": "POST", "import": "POST"} {
			if strings.TrimPrefix(r.URL.Path, "/api/") == path {
				w.Header().Set("Allow", methods)
				return problem(http.StatusMethodNotAllowed, "only "+methods)
			}
		}
		return problem(http.StatusNotFound, "the addresses are /api/pledges, /api/pledges/ID, /api/pledges/ID/withdraw, /api/pledges/ID/revisions and /api/import")
	}))
}

// recorder keeps the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (w *recorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// handler answers errors as problems.
func (a *API) handler(operation string, f func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		out := &recorder{w, http.StatusOK}
		out.Header().Set("Cache-Control", "no-store")
		if err := f(out, r); err != nil {
			a.problem(err).write(out)
		}
		if a.Observe != nil {
			a.Observe(operation, out.status, time.Since(start))
		}
	})
}

// problem says an error in the terms of HTTP.
func (a *API) problem(err error) *Problem {
	var (
		bad      *Problem
		conflict *record.ConflictError
		full     *record.FullError
		refused  *record.RefusedError
		unknown  *record.UnknownError
	)
	switch {
	case errors.As(err, &bad):
		return bad
	case errors.Is(err, node.ErrNotFound):
		return problem(http.StatusNotFound, "there is no pledge with this id")
	case errors.As(err, &conflict):
		p := problem(http.StatusPreconditionFailed, "the pledge has been revised since: read it again")
		p.Sequence = conflict.Found
		return p
	case errors.As(err, &full):
		a.Log.Error("the record is full", "error", err)
		return problem(http.StatusInsufficientStorage, "the record takes no more; nothing was stored").in(30)
	case errors.As(err, &refused):
		a.Log.Error("the record refuses a revision", "error", err)
		return problem(http.StatusUnprocessableEntity, "the record can't take this")
	case errors.As(err, &unknown):
		a.Log.Warn("not known to be stored", "error", err)
		return problem(http.StatusServiceUnavailable,
			"whether it is stored isn't known. Send the same again, with the same Idempotency-Key or If-Match: it is never stored twice").in(2)
	}
	a.Log.Error("a request failed", "error", err)
	return problem(http.StatusInternalServerError, "the log says why")
}

// writer checks who may write, and that there is something to write to.
func (a *API) writer(w http.ResponseWriter, r *http.Request) (name string, err error) {
	name, ok := a.Gate.Writer(r)
	if !ok {
		w.Header().Set("WWW-Authenticate", `Bearer realm="registry"`)
		return "", problem(http.StatusUnauthorized, "a header \"Authorization: Bearer TOKEN\" with a token of this registry is needed")
	}
	if ok, seconds := a.Gate.Allow(name, time.Now()); !ok {
		return "", problem(http.StatusTooManyRequests, "too many requests with this token").in(seconds)
	}
	if !a.Ready() {
		return "", problem(http.StatusServiceUnavailable, "this node is still reading the record").in(1)
	}
	if a.Space != nil {
		if err := a.Space(); err != nil {
			return "", problem(http.StatusInsufficientStorage, err.Error()+"; nothing was stored").in(30)
		}
	}
	return name, nil
}

// idOf returns the id of the address.
func idOf(r *http.Request) (uuid.UUID, error) {
	text := r.PathValue("id")
	id, err := uuid.Parse(text)
	if err != nil || id.String() != strings.ToLower(text) || id == uuid.Nil {
		return uuid.Nil, problem(http.StatusNotFound, "an id is a UUID of 36 characters")
	}
	return id, nil
}

// seen returns the sequence that If-Match states.
func seen(r *http.Request) (uint64, error) {
	text := strings.TrimSpace(r.Header.Get("If-Match"))
	switch {
	case text == "":
		return 0, problem(http.StatusPreconditionRequired, `a header If-Match with the ETag of the revision that you have read is needed, such as "42"; or * for whichever is the latest`)
	case text == "*":
		return node.Any, nil
	}
	if len(text) > 2 && text[0] == '"' && text[len(text)-1] == '"' {
		if n, err := strconv.ParseUint(text[1:len(text)-1], 10, 64); err == nil && n > 0 {
			return n, nil
		}
	}
	return 0, problem(http.StatusPreconditionFailed, "no revision has such an ETag")
}

func etag(sequence uint64) string { return `"` + strconv.FormatUint(sequence, 10) + `"` }

// dryRun says that nothing is to be stored.
func dryRun(r *http.Request) (bool, error) {
	switch value := r.URL.Query().Get("dry-run"); value {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	default:
		return false, problem(http.StatusBadRequest, fmt.Sprintf("dry-run=%q: true or false", value))
	}
}

// stored is the answer to a write.
type stored struct {
	ID       uuid.UUID        `json:"id"`
	Sequence uint64           `json:"sequence,omitempty"`
	Updated  string           `json:"updated,omitempty"`
	DryRun   bool             `json:"dry_run,omitempty"`
	Problems []pledge.Problem `json:"problems"` // warnings
	Criteria pledge.Criteria  `json:"criteria"`
}

func (a *API) answer(w http.ResponseWriter, status int, e record.Entry, report pledge.Report) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("ETag", etag(e.Sequence))
	h.Set("Location", "/api/pledges/"+e.Pledge.ID.String())
	w.WriteHeader(status)
	encode(w, stored{
		ID: e.Pledge.ID, Sequence: e.Sequence, Updated: e.Pledge.Updated.String(),
		Problems: append([]pledge.Problem{}, report.Problems...), Criteria: e.Pledge.Criteria(),
	})
}

// context is that of storing something.
func (a *API) context(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(r.Context(), a.Timeout)
}
