package api

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/webform"
	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// imported is the answer to an import.
type imported struct {
	DryRun    bool `json:"dry_run,omitempty"`
	Added     int  `json:"added"`
	Revised   int  `json:"revised"`
	Unchanged int  `json:"unchanged"`
	// Refused are rows that became a pledge which breaks the rules of a record.
	Refused int `json:"refused"`
	// Problems are the first of those of the refused.
	Problems []rowProblems `json:"problems"`
	// Stopped says why the rest of the file wasn't imported, if it wasn't.
	Stopped string `json:"stopped,omitempty"`
	// File says what became of every row and column.
	File *webform.Report `json:"file"`
}

type rowProblems struct {
	Row      int              `json:"row"`
	Line     int              `json:"line"`
	ID       uuid.UUID        `json:"id"`
	Problems []pledge.Problem `json:"problems"`
}

// maxRefused is how many refused rows an answer lists.
const maxRefused = 1000

// parallel is how many revisions of an import are on their way at once.
const parallel = 32

// How slowly a file may come: so many bytes a second, and for so long less.
const (
	slowest  = 4 << 10
	patience = 30 * time.Second
)

// imports stores the pledges of an export of the web form: those that are new,
// and those that are later than what there is. Doing it again changes nothing, so
// one that was interrupted is simply done again. A dry run does the same, but for
// storing.
func (a *API) imports(w http.ResponseWriter, r *http.Request, writer string) error {
	dry, err := dryRun(r)
	if err != nil {
		return err
	}
	if err := contentType(r, "text/csv"); err != nil {
		return err
	}
	if err := limit(w, r, a.MaxImport); err != nil {
		return err
	}
	if !a.beginImport(writer) {
		return problem(http.StatusTooManyRequests, "another file of yours is being imported").in(10)
	}
	defer a.endImport(writer)
	lang := languageOf(r)
	w.Header().Set("Content-Language", lang.String())
	im := webform.NewImporter(&steady{r.Body, http.NewResponseController(w), patience}, &webform.Options{Source: r.URL.Query().Get(nameSource)})
	run := importRun{api: a, writer: writer, answer: imported{DryRun: dry, Problems: []rowProblems{}}}
	run.group.SetLimit(parallel)
	start := time.Now()
	var failed error
	for row, err := range im.Records() {
		if err != nil {
			failed = err
			break
		}
		// Whoever has gone gets no answer, so nothing more is done.
		if failed = context.Cause(r.Context()); failed != nil {
			break
		}
		if problems := run.check(&row.Pledge, lang); problems != nil {
			run.refuse(row, problems)
			continue
		}
		if dry {
			run.plan(row.Pledge)
		} else if !run.store(r.Context(), row) {
			break
		}
	}
	stopped := run.group.Wait()
	run.answer.File = im.Report()
	slices.SortFunc(run.answer.Problems, func(a, b rowProblems) int { return cmp.Compare(a.Row, b.Row) })
	a.Log.Info("imported", "writer", writer, "dry_run", dry, "rows", run.answer.File.Rows, "added", run.answer.Added, "revised", run.answer.Revised,
		"unchanged", run.answer.Unchanged, "refused", run.answer.Refused, "took", time.Since(start), "error", errors.Join(failed, stopped))
	status := http.StatusOK
	switch {
	case stopped != nil:
		p := a.problem(stopped)
		status, run.answer.Stopped = p.Status, p.Detail
	case failed != nil:
		status, run.answer.Stopped = http.StatusBadRequest, failed.Error()
		if p := bodyProblem(failed); p != nil {
			status, run.answer.Stopped = p.Status, p.Detail
		}
	}
	leave(w, r, status)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encode(w, run.answer)
	return nil
}

// beginImport reports whether a writer may import, one file at a time: a slow
// file keeps only its own writer waiting.
func (a *API) beginImport(writer string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.importing[writer] {
		return false
	}
	if a.importing == nil {
		a.importing = make(map[string]bool)
	}
	a.importing[writer] = true
	return true
}

func (a *API) endImport(writer string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.importing, writer)
}

// steady reads a body whose sender keeps it waiting for no longer than patience
// and the time that the bytes would take at the slowest. What is done with the
// bytes takes none of that time.
type steady struct {
	io.Reader
	control *http.ResponseController
	left    time.Duration // to wait
}

func (s *steady) Read(b []byte) (int, error) {
	begin := time.Now()
	// Where there is no connection (in a test) there is no deadline either.
	_ = s.control.SetReadDeadline(begin.Add(s.left))
	n, err := s.Reader.Read(b)
	s.left = min(s.left-time.Since(begin)+time.Duration(n)*time.Second/slowest, patience)
	return n, err
}

// importRun is one import.
type importRun struct {
	api    *API
	writer string
	group  errgroup.Group

	mu     sync.Mutex
	answer imported
	failed bool
	busy   map[uuid.UUID]chan struct{} // what is on its way, closed when it is there

	planned map[uuid.UUID]*pledge.Pledge // of a dry run: what would be there
}

// check returns why a pledge can't be imported, whatever the record holds.
func (run *importRun) check(p *pledge.Pledge, lang gcm.Language) []pledge.Problem {
	report := p.Validate(&pledge.ValidateOptions{Profile: pledge.PublicationProfile, Language: lang})
	if err := run.api.Node.Check(p); err != nil {
		return append(report.Problems, refusal(err))
	}
	if report.Errors() > 0 {
		return report.Problems
	}
	return nil
}

// The rules that only a record has.
const (
	ruleFuture   = "future"
	ruleTooLarge = "too-large"
	ruleRefused  = "refused"
)

// refusal says why the record doesn't take a pledge, in the form of the other
// problems.
func refusal(err error) pledge.Problem {
	var (
		future *node.FutureError
		large  *record.TooLargeError
	)
	switch {
	case errors.As(err, &future):
		return pledge.Problem{Path: "/updated", Rule: ruleFuture, Param: future.Updated.String(), Message: err.Error()}
	case errors.As(err, &large):
		return pledge.Problem{Rule: ruleTooLarge, Param: strconv.Itoa(large.Most), Message: err.Error()}
	}
	return pledge.Problem{Rule: ruleRefused, Message: err.Error()}
}

func (run *importRun) refuse(row webform.Record, problems []pledge.Problem) {
	run.mu.Lock()
	defer run.mu.Unlock()
	run.answer.Refused++
	if len(run.answer.Problems) < maxRefused {
		run.answer.Problems = append(run.answer.Problems, rowProblems{row.Row, row.Line, row.Pledge.ID, problems})
	}
}

func (run *importRun) count(o node.Outcome) {
	run.mu.Lock()
	defer run.mu.Unlock()
	switch o {
	case node.Added:
		run.answer.Added++
	case node.Revised:
		run.answer.Revised++
	default:
		run.answer.Unchanged++
	}
}

// plan counts a pledge as store does, without storing it.
func (run *importRun) plan(p pledge.Pledge) {
	known, found := run.planned[p.ID]
	if !found {
		var stored pledge.Pledge
		stored, _, found = run.api.Node.Replica.Get(p.ID)
		known = &stored
	}
	outcome := node.OutcomeOf(&p, known, found)
	if outcome != node.Unchanged {
		if run.planned == nil {
			run.planned = make(map[uuid.UUID]*pledge.Pledge)
		}
		run.planned[p.ID] = &p
	}
	run.count(outcome)
}

// store stores a pledge beside others, though the revisions of one pledge one
// after the other. It reports false when one of them has failed.
func (run *importRun) store(ctx context.Context, row webform.Record) bool {
	p := row.Pledge
	run.mu.Lock()
	if run.failed {
		run.mu.Unlock()
		return false
	}
	before, done := run.busy[p.ID], make(chan struct{})
	if run.busy == nil {
		run.busy = make(map[uuid.UUID]chan struct{})
	}
	run.busy[p.ID] = done
	run.mu.Unlock()
	run.group.Go(func() error {
		defer func() {
			run.mu.Lock()
			if run.busy[p.ID] == done {
				delete(run.busy, p.ID)
			}
			run.mu.Unlock()
			close(done)
		}()
		if before != nil {
			<-before
		}
		ctx, cancel := context.WithTimeout(ctx, run.api.Timeout)
		defer cancel()
		outcome, err := run.api.Node.Import(ctx, p, run.writer)
		var refused *record.RefusedError
		if errors.As(err, &refused) { // this one, and the others aren't
			run.refuse(row, []pledge.Problem{refusal(err)})
			return nil
		}
		if err != nil {
			run.mu.Lock()
			run.failed = true
			run.mu.Unlock()
			return err
		}
		run.count(outcome)
		return nil
	})
	return true
}
