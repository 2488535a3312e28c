// Package replica holds what a node knows of the record: the latest revision of
// every pledge, and up to where it has read.
package replica

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// Feed is told of every entry once readers are served.
type Feed interface {
	// Apply puts a revision into the book.
	Apply(sequence uint64, p pledge.Pledge) (tally.Outcome, error)
	// Advance says that the record has come to a sequence without a change.
	Advance(sequence uint64)
}

// Replica is the state of a node. The zero value has read nothing. It is safe for
// concurrent use and must not be copied after first use.
type Replica struct {
	// Log gets what is wrong with entries; nothing is logged by default. Set
	// it before first use.
	Log *slog.Logger

	book pledge.Book

	mu        sync.RWMutex
	sequences map[uuid.UUID]uint64 // of the latest revision of each pledge
	applied   uint64
	messages  uint64 // how many there were up to there
	strangers int
	feed      Feed
	moved     chan struct{} // closed when applied has grown; nil while nobody waits
}

// Apply takes the next entry in. Entries that it has already are left out.
func (r *Replica) Apply(e record.Entry) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e.Sequence <= r.applied {
		return nil
	}
	if e.Err != nil {
		r.strangers++
		if r.Log != nil {
			r.Log.Error("a message of the stream is no revision", "sequence", e.Sequence, "error", e.Err)
		}
		if r.feed != nil {
			r.feed.Advance(e.Sequence)
		}
	} else {
		if err := r.put(e); err != nil {
			return err
		}
		r.setSequence(e.Pledge.ID, e.Sequence)
	}
	r.applied = e.Sequence
	r.messages++
	if r.moved != nil {
		close(r.moved)
		r.moved = nil
	}
	return nil
}

func (r *Replica) put(e record.Entry) (err error) {
	if r.feed != nil {
		_, err = r.feed.Apply(e.Sequence, e.Pledge)
	} else {
		_, err = r.book.Put(e.Pledge)
	}
	return err
}

func (r *Replica) setSequence(id uuid.UUID, sequence uint64) {
	if r.sequences == nil {
		r.sequences = make(map[uuid.UUID]uint64)
	}
	r.sequences[id] = sequence
}

// Publish makes the feed of the book as it is, with its sequence, and passes
// entries on to it from then on.
func (r *Replica) Publish(feed func(book *pledge.Book, sequence uint64) Feed) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.feed = feed(&r.book, r.applied)
}

// Get returns the latest revision of a pledge that the node knows, and its
// sequence.
func (r *Replica) Get(id uuid.UUID) (p pledge.Pledge, sequence uint64, found bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if p, found = r.book.Get(id); !found {
		return p, 0, false
	}
	return p, r.sequences[id], true
}

// Book returns the pledges. Only Apply may put any in.
func (r *Replica) Book() *pledge.Book { return &r.book }

// Applied returns up to where the record has been read.
func (r *Replica) Applied() uint64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.applied
}

// Strangers returns how many messages were no revisions.
func (r *Replica) Strangers() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.strangers
}

// Wait returns when the record has been read up to a sequence, or with the error
// of the context.
func (r *Replica) Wait(ctx context.Context, sequence uint64) error {
	for {
		r.mu.Lock()
		if r.applied >= sequence {
			r.mu.Unlock()
			return nil
		}
		if r.moved == nil {
			r.moved = make(chan struct{})
		}
		moved := r.moved
		r.mu.Unlock()
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// errNotEmpty says that a snapshot can only be the beginning.
var errNotEmpty = errors.New("replica: has read something already")
