// Package node writes to the record on behalf of people, and answers when what
// they have written can be read on this node.
package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/replica"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// Node writes to a record and reads from a replica of it. It is safe for
// concurrent use.
type Node struct {
	Record  *record.Stream
	Replica *replica.Replica
	// Clock is the time of revisions; time.Now by default. It may be wrong or
	// go backwards: a revision is always later than the one it replaces.
	Clock func() time.Time
	// Log gets what isn't anybody's error; nothing is logged by default.
	Log *slog.Logger
}

// ErrNotFound says that there is no such pledge.
var ErrNotFound = errors.New("no such pledge")

// Any is in the place of a sequence where a writer takes the latest revision,
// whichever it is.
const Any uint64 = 0

// Submit stores a new pledge. Its errors are those of [record.Stream.Append]: a
// conflict means that there is a pledge with its ID.
func (n *Node) Submit(ctx context.Context, p pledge.Pledge, writer string) (record.Entry, error) {
	p.Updated = n.after(gcm.Instant{})
	return n.write(ctx, record.Revision{Pledge: p, Action: record.Submit, Writer: writer})
}

// Revise stores a revision of a pledge whose writer has seen the revision of a
// sequence, or [Any]. Its errors are ErrNotFound, and those of
// [record.Stream.Append].
func (n *Node) Revise(ctx context.Context, p pledge.Pledge, seen uint64, writer string) (record.Entry, error) {
	current, seen, err := n.current(ctx, p.ID, seen)
	if err != nil {
		return record.Entry{}, err
	}
	p.Updated = n.after(current.Updated)
	return n.write(ctx, record.Revision{Pledge: p, Previous: seen, Action: record.Revise, Writer: writer})
}

// Withdraw stores a revision with the status withdrawn; one that is withdrawn
// already stays as it is.
func (n *Node) Withdraw(ctx context.Context, id uuid.UUID, seen uint64, writer string) (record.Entry, error) {
	p, seen, err := n.current(ctx, id, seen)
	if err != nil {
		return record.Entry{}, err
	}
	if _, latest, _ := n.Replica.Get(id); p.Status == gcm.Withdrawn && seen == latest {
		return record.Entry{Revision: record.Revision{Pledge: p}, Sequence: latest}, nil
	}
	p.Status, p.Updated = gcm.Withdrawn, n.after(p.Updated)
	return n.write(ctx, record.Revision{Pledge: p, Previous: seen, Action: record.Withdraw, Writer: writer})
}

// current returns the latest revision, and the sequence that the writer means.
// Whoever has seen a later revision than this node waits for it.
func (n *Node) current(ctx context.Context, id uuid.UUID, seen uint64) (pledge.Pledge, uint64, error) {
	p, latest, found := n.Replica.Get(id)
	if seen > latest {
		if state, err := n.Record.State(ctx); err == nil && seen <= state.Last {
			if err := n.Replica.Wait(ctx, seen); err != nil {
				return p, 0, &record.UnknownError{Err: err}
			}
			p, latest, found = n.Replica.Get(id)
		}
	}
	switch {
	case !found:
		return p, 0, ErrNotFound
	case seen == Any:
		return p, latest, nil
	case seen > latest:
		return p, 0, &record.ConflictError{Expected: seen, Found: latest}
	}
	// Where it isn't the latest the record says so, unless it is the same
	// operation once more.
	return p, seen, nil
}

// Outcome says what an import has done with a pledge.
type Outcome uint8

// The outcomes.
const (
	Unchanged Outcome = iota // the record has this revision, or a later one
	Added
	Revised
)

// Import stores a revision that comes with its own dates, unless the record has
// it or a later one.
func (n *Node) Import(ctx context.Context, p pledge.Pledge, writer string) (Outcome, error) {
	for {
		outcome := Added
		known, latest, found := n.Replica.Get(p.ID)
		if found {
			if !p.Supersedes(&known) {
				return Unchanged, nil
			}
			outcome = Revised
		}
		_, err := n.write(ctx, record.Revision{Pledge: p, Previous: latest, Action: record.Import, Writer: writer})
		var conflict *record.ConflictError
		if !errors.As(err, &conflict) {
			return outcome, err
		}
		if err := n.Replica.Wait(ctx, conflict.Found); err != nil {
			return outcome, &record.UnknownError{Err: err}
		}
	}
}

// Would says what Import would do.
func (n *Node) Would(p pledge.Pledge) Outcome {
	known, _, found := n.Replica.Get(p.ID)
	switch {
	case !found:
		return Added
	case p.Supersedes(&known):
		return Revised
	}
	return Unchanged
}

func (n *Node) write(ctx context.Context, r record.Revision) (record.Entry, error) {
	e, err := n.Record.Append(ctx, r)
	if err != nil {
		return e, err
	}
	if err := n.Replica.Wait(ctx, e.Sequence); err != nil && n.Log != nil {
		// It is stored, and that is what the writer is told.
		n.Log.Warn("stored, but not yet read by this node", "sequence", e.Sequence, "error", err)
	}
	return e, nil
}

// after returns the instant of a revision that replaces one: now, or where the
// clock says less, a millisecond later.
func (n *Node) after(previous gcm.Instant) gcm.Instant {
	clock := n.Clock
	if clock == nil {
		clock = time.Now
	}
	now := instant(clock())
	if now.Compare(previous) > 0 {
		return now
	}
	sec, nsec := previous.Unix()
	if later := instant(time.Unix(sec, int64(nsec)).Add(time.Millisecond)); later.IsValid() {
		return later
	}
	return previous // the end of time; the content decides
}

// instant cuts to milliseconds, which is how people read them.
func instant(t time.Time) gcm.Instant {
	t = t.Truncate(time.Millisecond)
	return gcm.InstantOfUnix(t.Unix(), int32(t.Nanosecond()))
}

// String returns the name of the outcome in reports.
func (o Outcome) String() string {
	switch o {
	case Unchanged:
		return "unchanged"
	case Added:
		return "added"
	case Revised:
		return "revised"
	}
	return fmt.Sprintf("Outcome(%d)", uint8(o))
}
