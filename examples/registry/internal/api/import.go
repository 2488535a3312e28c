package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
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
	Line     int              `json:"line"`
	ID       uuid.UUID        `json:"id"`
	Problems []pledge.Problem `json:"problems"`
}

// maxRefused is how many refused rows an answer lists.
const maxRefused = 1000

// parallel is how many revisions of an import are on their way at once.
const parallel = 32

// patience is how long one may take for any part of a file.
const patience = 30 * time.Second

// imports stores the pledges of an export of the web form: those that are new,
// and those that are later than what there is. Doing it again changes nothing, so
// one that was interrupted is simply done again.
func (a *API) imports(w http.ResponseWriter, r *http.Request) error {
	writer, err := a.writer(w, r)
	if err != nil {
		return err
	}
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
	select {
	case a.importing <- struct{}{}:
		defer func() { <-a.importing }()
	default:
		return problem(http.StatusTooManyRequests, "another file is being imported").in(10)
	}
	lang := languageOf(r)
	w.Header().Set("Content-Language", lang.String())
	im := webform.NewImporter(&steady{r.Body, http.NewResponseController(w)}, &webform.Options{Source: r.URL.Query().Get("source")})
	run := importRun{api: a, writer: writer, answer: imported{DryRun: dry, Problems: []rowProblems{}}}
	run.group.SetLimit(parallel)
	start := time.Now()
	var failed error
	for row, err := range im.Records() {
		if err != nil {
			failed = err
			break
		}
		report := row.Pledge.Validate(&pledge.ValidateOptions{Profile: pledge.RecordProfile, Language: lang})
		if report.Errors() > 0 {
			run.refuse(row, report)
			continue
		}
		if dry {
			run.count(a.Node.Would(row.Pledge))
			continue
		}
		if !run.store(r.Context(), row.Pledge) {
			break
		}
	}
	stopped := run.group.Wait()
	run.answer.File = im.Report()
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
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encode(w, run.answer)
	return nil
}

// steady reads a body for which there is time as long as it keeps coming.
type steady struct {
	io.Reader
	control *http.ResponseController
}

func (s *steady) Read(b []byte) (int, error) {
	// Where there is no connection (in a test) there is no deadline either.
	_ = s.control.SetReadDeadline(time.Now().Add(patience))
	_ = s.control.SetWriteDeadline(time.Now().Add(2 * patience))
	return s.Reader.Read(b)
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
}

func (run *importRun) refuse(row webform.Record, report pledge.Report) {
	run.mu.Lock()
	defer run.mu.Unlock()
	run.answer.Refused++
	if len(run.answer.Problems) < maxRefused {
		run.answer.Problems = append(run.answer.Problems, rowProblems{row.Line, row.Pledge.ID, report.Problems})
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

// store stores a pledge beside others, though the revisions of one pledge one
// after the other. It reports false when one of them has failed.
func (run *importRun) store(ctx context.Context, p pledge.Pledge) bool {
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
