// Package node writes to the record on behalf of people, and answers when what
// they have written can be read on this node.
package node

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
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

// Seen is which revisions of a pledge a writer has seen: any, or one of some.
type Seen struct {
	Any   bool
	OneOf []Version
}

// Version names a revision by its sequence, and by its [record.Mark] unless that
// is "".
type Version struct {
	Sequence uint64
	Mark     string
}

// Revision is what the writer has seen that has seen one revision.
func Revision(sequence uint64) Seen { return Seen{OneOf: []Version{{Sequence: sequence}}} }

// Any is what a writer has seen who takes the latest revision, whichever it is.
var Any = Seen{Any: true}

// has reports whether a revision was seen.
func (s Seen) has(sequence uint64, p *pledge.Pledge) bool {
	return s.Any || slices.ContainsFunc(s.OneOf, func(v Version) bool {
		return v.Sequence == sequence && (v.Mark == "" || v.Mark == record.Mark(p))
	})
}

// before returns the latest revision among those seen that comes before another
// one, and 0 if there is none.
func (s Seen) before(sequence uint64) (before uint64) {
	for _, v := range s.OneOf {
		if v.Sequence < sequence {
			before = max(before, v.Sequence)
		}
	}
	return before
}

// Tolerance is how far in the future the instant of a revision may be that comes
// with its own: the form states no time zone, and what is nowhere the future is
// less than a day ahead of UTC.
const Tolerance = 24 * time.Hour

// FutureError says that a revision comes from the future. It would stay the
// latest one until then, whatever is written.
type FutureError struct {
	Updated gcm.Instant
}

func (e *FutureError) Error() string {
	return fmt.Sprintf("it says that it was changed at %s, and that is in the future", e.Updated)
}

// SupersededError says that a revision would be stored in vain: what is there
// comes from the end of time, and stays the latest.
type SupersededError struct {
	Sequence uint64 // of what is there
	Updated  gcm.Instant
}

func (e *SupersededError) Error() string {
	return fmt.Sprintf("the revision %d that is there says that it was changed at %s; none can be later", e.Sequence, e.Updated)
}

// Submit stores a new pledge. Its errors are those of [record.Stream.Append]: a
// conflict means that there is a pledge with its ID.
func (n *Node) Submit(ctx context.Context, p pledge.Pledge, writer string) (record.Entry, error) {
	p.Updated = n.after(gcm.Instant{})
	return n.write(ctx, record.Revision{Pledge: p, Action: record.Submit, Writer: writer})
}

// Revise stores a revision of a pledge whose writer has seen one of some
// revisions, or [Any]. Its errors are ErrNotFound, a *[SupersededError], and those
// of [record.Stream.Append].
func (n *Node) Revise(ctx context.Context, p pledge.Pledge, seen Seen, writer string) (record.Entry, error) {
	current, at, err := n.current(ctx, p.ID, seen)
	if err != nil {
		return record.Entry{}, err
	}
	return n.replace(ctx, p, current, record.Revision{Previous: at, Action: record.Revise, Writer: writer})
}

// replace stores p behind the current revision, with a later instant.
func (n *Node) replace(ctx context.Context, p, current pledge.Pledge, r record.Revision) (record.Entry, error) {
	p.Updated = n.after(current.Updated)
	if !p.Supersedes(&current) {
		_, latest, _ := n.Replica.Get(p.ID)
		return record.Entry{}, &SupersededError{Sequence: latest, Updated: current.Updated}
	}
	r.Pledge = p
	return n.write(ctx, r)
}

// Withdraw stores a revision with the status withdrawn; one that is withdrawn
// already stays as it is.
func (n *Node) Withdraw(ctx context.Context, id uuid.UUID, seen Seen, writer string) (record.Entry, error) {
	p, at, err := n.current(ctx, id, seen)
	if err != nil {
		return record.Entry{}, err
	}
	if _, latest, _ := n.Replica.Get(id); p.Status == gcm.Withdrawn && at == latest {
		return record.Entry{Revision: record.Revision{Pledge: p}, Sequence: latest}, nil
	}
	withdrawn := p
	withdrawn.Status = gcm.Withdrawn
	return n.replace(ctx, withdrawn, p, record.Revision{Previous: at, Action: record.Withdraw, Writer: writer})
}

// current returns the latest revision, and the sequence of the one that the writer
// means. Whoever has seen a later revision than this node waits for it.
func (n *Node) current(ctx context.Context, id uuid.UUID, seen Seen) (pledge.Pledge, uint64, error) {
	p, latest, found := n.Replica.Get(id)
	newest := seen.before(math.MaxUint64)
	if newest > latest {
		if state, err := n.Record.State(ctx); err == nil && newest <= state.Last {
			if err := n.Replica.Wait(ctx, newest); err != nil {
				return p, 0, &record.UnknownError{Err: err}
			}
			p, latest, found = n.Replica.Get(id)
		}
	}
	switch {
	case !found:
		return p, 0, ErrNotFound
	case seen.has(latest, &p):
		return p, latest, nil
	}
	// Where it isn't the latest the record says so, unless it is the same
	// operation once more.
	if before := seen.before(latest); before > 0 {
		return p, before, nil
	}
	return p, 0, &record.ConflictError{Expected: newest, Found: latest}
}

// Outcome says what an import has done with a pledge.
type Outcome uint8

// The outcomes.
const (
	Unchanged Outcome = iota // the record has this revision, or a later one
	Added
	Revised
)

// Check returns why a revision that comes with its own instant can't be imported,
// whatever the record holds: a *[FutureError], or a *[record.TooLargeError].
func (n *Node) Check(p *pledge.Pledge) error {
	now := n.now()
	if p.Updated.Compare(instant(now.Add(Tolerance))) > 0 {
		return &FutureError{Updated: p.Updated}
	}
	return record.Fits(p)
}

// OutcomeOf says what becomes of a revision where the record has another one, or
// none, of its pledge.
func OutcomeOf(p *pledge.Pledge, known *pledge.Pledge, found bool) Outcome {
	switch {
	case !found:
		return Added
	case p.Supersedes(known):
		return Revised
	}
	return Unchanged
}

// Import stores a revision that comes with its own dates, unless the record has
// it or a later one. Its errors are those of [Node.Check] and of
// [record.Stream.Append].
func (n *Node) Import(ctx context.Context, p pledge.Pledge, writer string) (Outcome, error) {
	if err := n.Check(&p); err != nil {
		return Unchanged, err
	}
	for {
		known, latest, found := n.Replica.Get(p.ID)
		outcome := OutcomeOf(&p, &known, found)
		if outcome == Unchanged {
			return outcome, nil
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
	now := instant(n.now())
	if now.Compare(previous) > 0 {
		return now
	}
	sec, nsec := previous.Unix()
	if later := instant(time.Unix(sec, int64(nsec)).Add(time.Millisecond)); later.IsValid() {
		return later
	}
	return previous // the end of time; the content decides
}

func (n *Node) now() time.Time {
	if n.Clock == nil {
		return time.Now()
	}
	return n.Clock()
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
