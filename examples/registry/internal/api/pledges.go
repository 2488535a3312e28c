package api

import (
	"errors"
	"io"
	"net/http"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed/conditional"
	"github.com/google/uuid"
)

// keys is the name space of the ids of pledges that come with an Idempotency-Key.
var keys = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/gcmkit/gcmkit/examples/registry#idempotency-key"))

// submit stores a new pledge. With an Idempotency-Key its id is made of the key
// and of who has sent it, so that sending it again, whenever and to whichever
// node, finds the pledge that is there.
func (a *API) submit(w http.ResponseWriter, r *http.Request, writer string) error {
	dry, err := dryRun(r)
	if err != nil {
		return err
	}
	var id uuid.UUID
	key := r.Header.Get("Idempotency-Key")
	if all := r.Header.Values("Idempotency-Key"); len(all) > 0 {
		if len(all) > 1 || key == "" {
			return problem(http.StatusBadRequest, "a request has one Idempotency-Key")
		}
		if len(key) > 255 || !utf8.ValidString(key) {
			return problem(http.StatusBadRequest, "an Idempotency-Key has 255 bytes at most, in UTF-8")
		}
		id = uuid.NewSHA1(keys, []byte(writer+"\x00"+key))
	}
	p, report, err := readPledge(w, r, id)
	if err != nil {
		return err
	}
	if p.ID == uuid.Nil {
		if p.ID, err = pledge.NewID(); err != nil {
			return err
		}
	}
	if dry {
		w.Header().Set("Content-Type", "application/json")
		encode(w, stored{ID: p.ID, DryRun: true, Problems: append([]pledge.Problem{}, report.Problems...), Criteria: p.Criteria()})
		return nil
	}
	ctx, cancel := a.context(r)
	defer cancel()
	e, err := a.Node.Submit(ctx, p, writer)
	var conflict *record.ConflictError
	if errors.As(err, &conflict) {
		w.Header().Set("Location", "/api/pledges/"+p.ID.String())
		bad := problem(http.StatusConflict, "there is a pledge with this id; revise it with PUT")
		if key != "" {
			bad.Detail = "another pledge was submitted with this Idempotency-Key"
		}
		bad.Sequence = conflict.Found
		return bad
	}
	if err != nil {
		return err
	}
	a.Log.Info("submitted", "id", e.Pledge.ID, "sequence", e.Sequence, "writer", writer)
	a.answer(w, http.StatusCreated, e, report)
	return nil
}

// replacing says which revision of which pledge is replaced.
func (a *API) replacing(r *http.Request) (id uuid.UUID, at node.Seen, err error) {
	if id, err = idOf(r); err != nil {
		return
	}
	if at, err = seen(r); err != nil || len(r.Header.Values("If-None-Match")) == 0 {
		return
	}
	p, latest, found := a.Node.Replica.Get(id)
	if tags, _ := conditional.ParseTags(r.Header.Values("If-None-Match")); found && tags.MatchWeakly(etag(latest, &p)) {
		return id, at, problem(http.StatusPreconditionFailed, "it is what If-None-Match names")
	}
	if at.Any && found { // the one that it was compared with
		at = node.Revision(latest)
	}
	return id, at, nil
}

func (a *API) revise(w http.ResponseWriter, r *http.Request, writer string) error {
	id, at, err := a.replacing(r)
	if err != nil {
		return err
	}
	p, report, err := readPledge(w, r, id)
	if err != nil {
		return err
	}
	ctx, cancel := a.context(r)
	defer cancel()
	e, err := a.Node.Revise(ctx, p, at, writer)
	if err != nil {
		return err
	}
	a.Log.Info("revised", "id", id, "sequence", e.Sequence, "writer", writer)
	a.answer(w, http.StatusOK, e, report)
	return nil
}

func (a *API) withdraw(w http.ResponseWriter, r *http.Request, writer string) error {
	id, at, err := a.replacing(r)
	if err != nil {
		return err
	}
	// A length that isn't known may be none.
	if n, err := io.ReadFull(r.Body, make([]byte, 1)); n > 0 {
		return problem(http.StatusBadRequest, "withdrawing takes no body")
	} else if err != io.EOF { // one that was to come, so this isn't the whole request
		if bad := bodyProblem(err); bad != nil {
			return bad
		}
		return problem(http.StatusBadRequest, "the body can't be read")
	}
	ctx, cancel := a.context(r)
	defer cancel()
	e, err := a.Node.Withdraw(ctx, id, at, writer)
	if err != nil {
		return err
	}
	a.Log.Info("withdrawn", "id", id, "sequence", e.Sequence, "writer", writer)
	a.answer(w, http.StatusOK, e, pledge.Report{})
	return nil
}

// get returns the latest revision of a pledge, for anybody.
func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	if !a.Ready() {
		return problem(http.StatusServiceUnavailable, "this node is still reading the record").in(1)
	}
	p, sequence, found := a.Node.Replica.Get(id)
	if !found {
		return problem(http.StatusNotFound, "there is no pledge with this id")
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Type", "application/json")
	conditional.Serve(w, r, etag(sequence, &p), append(p.AppendJSON(nil), '\n'), func(status int) {
		detail := "it isn't what If-Match asks for"
		if status == http.StatusRequestedRangeNotSatisfiable {
			detail = "there are no bytes in the range"
		}
		problem(status, detail).write(w, r)
	})
	return nil
}

// revision is one of the revisions of a pledge, with who has written it.
type revision struct {
	Sequence uint64        `json:"sequence"`
	Action   record.Action `json:"action"`
	Writer   string        `json:"writer"`
	Pledge   pledge.Pledge `json:"pledge"`
}

// revisions returns the whole history of a pledge, for writers: names of tokens
// are nobody else's business.
func (a *API) revisions(w http.ResponseWriter, r *http.Request) error {
	if _, err := a.writer(w, r); err != nil {
		return err
	}
	id, err := idOf(r)
	if err != nil {
		return err
	}
	ctx, cancel := a.context(r)
	defer cancel()
	entries, err := a.Node.Record.Revisions(ctx, id)
	if err != nil {
		a.Log.Warn("revisions can't be read", "error", err)
		return problem(http.StatusServiceUnavailable, "the record doesn't answer").in(2)
	}
	if len(entries) == 0 {
		return problem(http.StatusNotFound, "there is no pledge with this id")
	}
	all := []revision{}
	for _, e := range entries {
		if e.Err == nil {
			all = append(all, revision{e.Sequence, e.Action, e.Writer, e.Pledge})
		}
	}
	w.Header().Set("Content-Type", "application/json")
	encode(w, all)
	return nil
}
