// Package api takes pledges in over HTTP, from those who have a token.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/tokens"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed/conditional"
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

	mu        sync.Mutex
	importing map[string]bool // writers of whom a file is being imported
}

// Register adds the handlers to a mux.
func (a *API) Register(mux *http.ServeMux) {
	mux.Handle("POST /api/pledges", a.write("submit", a.submit, nameDryRun))
	mux.Handle("GET /api/pledges/{id}", a.handler("get", a.get))
	mux.Handle("PUT /api/pledges/{id}", a.write("revise", a.revise))
	mux.Handle("POST /api/pledges/{id}/withdraw", a.write("withdraw", a.withdraw))
	mux.Handle("GET /api/pledges/{id}/revisions", a.handler("revisions", a.revisions))
	mux.Handle("POST /api/import", a.write("import", a.imports, nameDryRun, nameSource))
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
			a.problem(err).write(out, r)
		}
		if a.Observe != nil {
			a.Observe(operation, out.status, time.Since(start))
		}
	})
}

// write is handler for what only writers may do, with the names of the
// parameters that it takes. What it is asked to do must be clear: a misspelt
// parameter would otherwise store what was only to be checked.
func (a *API) write(operation string, f func(w http.ResponseWriter, r *http.Request, writer string) error, names ...string) http.Handler {
	return a.handler(operation, func(w http.ResponseWriter, r *http.Request) error {
		writer, err := a.writer(w, r)
		if err != nil {
			return err
		}
		if err := checkParameters(r.URL.RawQuery, names); err != nil {
			return err
		}
		if r.PathValue("id") == "" && conditional.CheckNone(r) != 0 {
			return problem(http.StatusPreconditionFailed, "there is nothing yet that If-Match could name")
		}
		return f(w, r, writer)
	})
}

// The names of parameters.
const nameDryRun, nameSource = "dry-run", "source"

// checkParameters says what of the parameters of a request isn't one of some
// names, once and with a value.
func checkParameters(query string, names []string) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return problem(http.StatusBadRequest, "the parameters aren't well-formed: "+err.Error())
	}
	for name, all := range values {
		switch {
		case len(names) == 0:
			return problem(http.StatusBadRequest, fmt.Sprintf("there is no parameter %q here, nor any other", name))
		case !slices.Contains(names, name):
			return problem(http.StatusBadRequest, fmt.Sprintf("there is no parameter %q here; there is %s", name, strings.Join(names, ", ")))
		case len(all) > 1:
			return problem(http.StatusBadRequest, fmt.Sprintf("the parameter %s stands there twice", name))
		case all[0] == "" || !utf8.ValidString(all[0]):
			return problem(http.StatusBadRequest, fmt.Sprintf("the parameter %s has no value in UTF-8", name))
		}
	}
	return nil
}

// problem says an error in the terms of HTTP.
func (a *API) problem(err error) *Problem {
	var (
		late     *node.SupersededError
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
	case errors.As(err, &late):
		p := problem(http.StatusConflict, late.Error()+"; nothing was stored")
		p.Sequence = late.Sequence
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

// seen returns what If-Match states.
func seen(r *http.Request) (node.Seen, error) {
	fields := r.Header.Values("If-Match")
	if len(fields) == 0 {
		return node.Seen{}, problem(http.StatusPreconditionRequired, `a header If-Match with the ETag of the revision that you have read is needed, such as "42-00c0ffee00c0ffee"; or * for whichever is the latest`)
	}
	tags, ok := conditional.ParseTags(fields)
	if !ok {
		return node.Seen{}, problem(http.StatusBadRequest, `If-Match has ETags with commas between, or *`)
	}
	seen := node.Seen{Any: tags.Any}
	for _, tag := range tags.List {
		// A weak one doesn't say that it is the very revision, and neither does a
		// sequence alone: a record that was restored uses it again.
		number, mark, _ := strings.Cut(tag.Opaque, "-")
		if n, err := strconv.ParseUint(number, 10, 64); err == nil && n > 0 && mark != "" && !tag.Weak {
			seen.OneOf = append(seen.OneOf, node.Version{Sequence: n, Mark: mark})
		}
	}
	if !seen.Any && seen.OneOf == nil {
		return seen, problem(http.StatusPreconditionFailed, "no revision has such an ETag: read the pledge, and send the ETag that comes with it")
	}
	return seen, nil
}

// etag returns the entity tag of a revision.
func etag(sequence uint64, p *pledge.Pledge) conditional.Tag {
	return conditional.Tag{Opaque: strconv.FormatUint(sequence, 10) + "-" + record.Mark(p)}
}

// dryRun says that nothing is to be stored.
func dryRun(r *http.Request) (bool, error) {
	switch value := r.URL.Query().Get(nameDryRun); value {
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
	ID       uuid.UUID           `json:"id"`
	Sequence uint64              `json:"sequence,omitempty"`
	Updated  string              `json:"updated,omitempty"`
	DryRun   bool                `json:"dry_run,omitempty"`
	Problems []pledge.Problem    `json:"problems"` // warnings
	Criteria pledge.CriterionSet `json:"criteria"`
}

func (a *API) answer(w http.ResponseWriter, status int, e record.Entry, report pledge.Report) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("ETag", etag(e.Sequence, &e.Pledge).String())
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
