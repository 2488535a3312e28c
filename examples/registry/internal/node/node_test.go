package node_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
	"github.com/gcmkit/gcmkit/examples/registry/internal/node"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/recordtest"
	"github.com/gcmkit/gcmkit/examples/registry/internal/replica"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// newNode starts a node with an empty record.
func newNode(t testing.TB) *node.Node {
	t.Helper()
	stream, _, _ := recordtest.Open(t, natsd.Config{Sync: time.Minute}, record.Options{})
	n := &node.Node{Record: stream, Replica: new(replica.Replica)}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- stream.Follow(ctx, 0, n.Replica.Apply) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	return n
}

func submitted(t testing.TB, n *node.Node, title string) record.Entry {
	t.Helper()
	id, err := pledge.NewID()
	if err != nil {
		t.Fatal(err)
	}
	e, err := n.Submit(t.Context(), pledge.Pledge{ID: id, Title: title}, "test")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A node whose clock is wrong, or is set back, still has its last word.
func TestRevisionCountsWhateverTheClockSays(t *testing.T) {
	n := newNode(t)
	start := time.Date(2026, 5, 8, 12, 0, 0, 0, time.UTC)
	now := start
	n.Clock = func() time.Time { return now }
	e := submitted(t, n, "revision 0")
	id := e.Pledge.ID
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 100 {
		switch r.IntN(4) {
		case 0:
			now = now.Add(-time.Duration(r.Int64N(int64(48 * time.Hour))))
		case 1: // stands still
		case 2:
			now = now.Add(time.Duration(r.Int64N(int64(time.Hour))))
		case 3:
			now = start.AddDate(-100, 0, 0)
		}
		next, err := n.Revise(t.Context(), pledge.Pledge{ID: id, Title: "revision " + string(rune('a'+i%26)) + e.Pledge.Title[8:9]}, node.Revision(e.Sequence), "test")
		if err != nil {
			t.Fatal(err)
		}
		if next.Pledge.Updated.Compare(e.Pledge.Updated) <= 0 {
			t.Fatalf("revision %d is of %s, and the one before of %s", i, next.Pledge.Updated, e.Pledge.Updated)
		}
		if got, sequence, _ := n.Replica.Get(id); got.Title != next.Pledge.Title || sequence != next.Sequence {
			t.Fatalf("revision %d doesn't count: %q of %d", i, got.Title, sequence)
		}
		e = next
	}
	now = start.AddDate(-1, 0, 0)
	if _, err := n.Withdraw(t.Context(), id, node.Revision(e.Sequence), "test"); err != nil {
		t.Fatal(err)
	}
	if got, _, _ := n.Replica.Get(id); got.Status != gcm.Withdrawn {
		t.Error("it isn't withdrawn")
	}
}

func TestWriterReadsWhatItHasWritten(t *testing.T) {
	n := newNode(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				e := submitted(t, n, "x")
				if _, sequence, found := n.Replica.Get(e.Pledge.ID); !found || sequence != e.Sequence {
					t.Errorf("%t, %d and not %d", found, sequence, e.Sequence)
				}
			}
		})
	}
	wg.Wait()
}

func TestNobodyRevisesWhatTheyHaveNotSeen(t *testing.T) {
	n := newNode(t)
	e := submitted(t, n, "first")
	id := e.Pledge.ID
	second, err := n.Revise(t.Context(), pledge.Pledge{ID: id, Title: "second"}, node.Revision(e.Sequence), "test")
	if err != nil {
		t.Fatal(err)
	}
	var conflict *record.ConflictError
	if _, err := n.Revise(t.Context(), pledge.Pledge{ID: id, Title: "other"}, node.Revision(e.Sequence), "test"); !errors.As(err, &conflict) || conflict.Found != second.Sequence {
		t.Error(err)
	}
	if _, err := n.Withdraw(t.Context(), id, node.Revision(e.Sequence), "test"); !errors.As(err, &conflict) {
		t.Error(err)
	}
	if _, err := n.Revise(t.Context(), pledge.Pledge{ID: id, Title: "future"}, node.Revision(second.Sequence+100), "test"); !errors.As(err, &conflict) {
		t.Error(err)
	}
	if _, err := n.Revise(t.Context(), pledge.Pledge{ID: pledge.IDFromRef("no", "where")}, node.Revision(1), "test"); !errors.Is(err, node.ErrNotFound) {
		t.Error(err)
	}
	// The same once more is no conflict.
	if again, err := n.Revise(t.Context(), pledge.Pledge{ID: id, Title: "second"}, node.Revision(e.Sequence), "test"); err != nil || again.Sequence != second.Sequence {
		t.Error(again, err)
	}
	any, err := n.Revise(t.Context(), pledge.Pledge{ID: id, Title: "third"}, node.Any, "test")
	if err != nil {
		t.Fatal(err)
	}
	withdrawn, err := n.Withdraw(t.Context(), id, node.Revision(any.Sequence), "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, seen := range []node.Seen{node.Revision(any.Sequence), node.Revision(withdrawn.Sequence), node.Any, {OneOf: []node.Version{{Sequence: withdrawn.Sequence + 9}, {Sequence: any.Sequence}, {Sequence: 1}}}} {
		if again, err := n.Withdraw(t.Context(), id, seen, "test"); err != nil || again.Sequence != withdrawn.Sequence {
			t.Errorf("withdrawn again with %v: %v %v", seen, again.Sequence, err)
		}
	}
}

// Whatever is imported meanwhile, in whatever order, the latest revision counts.
func TestImportsMergeLikeBooks(t *testing.T) {
	n := newNode(t)
	var want pledge.Book
	var wg sync.WaitGroup
	for w := range 4 {
		r := rand.New(rand.NewPCG(3, uint64(w)))
		var mine []pledge.Pledge
		for range 60 {
			p := pledge.Pledge{
				ID:      pledge.IDFromRef("test", string(rune('a'+r.IntN(5)))),
				Updated: gcm.InstantOfUnix(int64(1_700_000_000+r.IntN(30)), 0),
				Title:   string(rune('A' + r.IntN(3))),
			}
			mine = append(mine, p)
			if _, err := want.Put(p); err != nil {
				t.Fatal(err)
			}
		}
		wg.Go(func() {
			for _, p := range mine {
				known, _, found := n.Replica.Get(p.ID)
				would := node.OutcomeOf(&p, &known, found)
				outcome, err := n.Import(t.Context(), p, "test")
				if err != nil {
					t.Error(err)
				}
				if would == node.Unchanged && outcome != node.Unchanged {
					t.Error("what would change nothing has")
				}
			}
		})
	}
	wg.Wait()
	for p := range want.All() {
		got, _, _ := n.Replica.Get(p.ID)
		if string(got.AppendJSON(nil)) != string(p.AppendJSON(nil)) {
			t.Errorf("%s, not %s", got.AppendJSON(nil), p.AppendJSON(nil))
		}
	}
	if n.Replica.Book().Len() != want.Len() {
		t.Error(n.Replica.Book().Len())
	}
}
