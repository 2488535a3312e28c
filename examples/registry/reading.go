package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/replica"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/nats-io/nats.go/jetstream"
)

// read opens the stream, reads what there is, and then follows it. It returns the
// error of the context, or why the record can't be used.
func (r *registry) read(ctx context.Context) error {
	js, err := jetstream.New(r.conn)
	if err != nil {
		return err
	}
	stream, err := record.Open(ctx, js, record.Options{Replicas: r.replicas, MaxBytes: r.maxBytes, Log: r.log})
	if err != nil {
		return err
	}
	state, tail, err := r.state(ctx, stream)
	if err != nil {
		return err
	}
	r.health.note(state)
	if missing := state.Missing(); missing > 0 {
		r.log.Error("the store has lost messages; README.md says what to do", "missing", missing, "last", state.Last, "tail", tail)
	}
	r.node.Record = stream
	r.stream.Store(stream)
	begin := time.Now()
	from := r.load(state)
	r.log.Info("reading the record", "from", from+1, "to", tail)
	told := time.Now()
	publish := func() {
		r.replica.Publish(r.newFeed)
		r.log.Info("ready", "sequence", r.replica.Applied(), "pledges", r.replica.Book().Len(), "took", time.Since(begin).Round(time.Millisecond))
	}
	if from >= tail {
		publish()
	}
	return stream.Follow(ctx, from, func(e record.Entry) error {
		if err := r.replica.Apply(e); err != nil {
			return err
		}
		if r.feed.Load() == nil {
			if e.Sequence >= tail {
				publish()
			} else if time.Since(told) > 5*time.Second {
				told = time.Now()
				r.log.Info("reading the record", "at", e.Sequence, "of", tail)
			}
		}
		return nil
	})
}

// state asks the stream where it stands, and for its last message, until it answers.
func (r *registry) state(ctx context.Context, stream *record.Stream) (state record.State, tail uint64, err error) {
	for {
		attempt, cancel := context.WithTimeout(ctx, 5*time.Second)
		if state, err = stream.State(attempt); err == nil {
			tail, err = stream.Tail(attempt)
		}
		cancel()
		if err == nil {
			return state, tail, nil
		}
		r.log.Info("waiting for the stream", "reason", err)
		select {
		case <-ctx.Done():
			return state, 0, ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}

// newFeed begins to serve readers.
func (r *registry) newFeed(book *pledge.Book, sequence uint64) replica.Feed {
	header := r.header
	header.Sequence = sequence
	s := feed.New(book, feed.Options{
		Header: header, MaxReaders: r.maxConnections / 4 * 3, Logger: r.log,
		// Open pages ask each second, and answers have tags.
		MaxAge: -1, Rebuild: 100 * time.Millisecond,
		// See events, which waits for as long as it makes sense.
		CatchUp: time.Second,
	})
	r.feed.Store(s)
	return s
}

func (r *registry) snapshotFile() string { return filepath.Join(r.data, "snapshot") }

// load begins with the last snapshot, if it can be trusted, and returns up to
// where that goes.
func (r *registry) load(stream record.State) uint64 {
	sequence, err := r.replica.Load(r.snapshotFile(), stream)
	switch {
	case err == nil:
		r.saved.Store(sequence)
		return sequence
	case errors.Is(err, fs.ErrNotExist):
	default:
		// It may be the last trace of revisions that the stream has lost.
		aside := r.snapshotFile() + ".refused-" + time.Now().UTC().Format("20060102T150405.000Z")
		r.log.Error("the snapshot can't be used, so the whole record is read", "error", err, "kept_as", aside, "renaming", os.Rename(r.snapshotFile(), aside))
	}
	return 0
}

// save writes a snapshot if there is anything new.
func (r *registry) save() {
	if r.feed.Load() == nil || r.replica.Applied() == r.saved.Load() {
		return
	}
	begin := time.Now()
	sequence, err := r.replica.Save(r.snapshotFile())
	if err != nil {
		r.log.Error("no snapshot", "error", err)
		return
	}
	r.saved.Store(sequence)
	r.log.Info("snapshot", "sequence", sequence, "took", time.Since(begin).Round(time.Millisecond))
}

func (r *registry) saveOften(ctx context.Context) {
	if r.snapshotEvery <= 0 {
		return
	}
	tick := time.NewTicker(r.snapshotEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			r.save()
		}
	}
}
