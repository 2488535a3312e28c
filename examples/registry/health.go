package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
)

// health is what a node knows of its own state. The zero value has seen nothing.
type health struct {
	stopping atomic.Bool
	last     atomic.Uint64          // sequence of the stream, as its leader last said
	leader   atomic.Pointer[string] // of the stream, in a cluster
	current  atomic.Int64           // servers that have all messages
	replicas atomic.Int64           // servers that should
	missing  atomic.Uint64          // messages that the stream has lost
	seen     atomic.Int64           // when that was, in Unix nanoseconds
	freed    atomic.Uint64          // bytes free on the disk, when last looked
	full     atomic.Bool
	broken   atomic.Pointer[string] // why the store can't be written to; nil if it can
	restarts atomic.Uint64          // of the server inside
}

// tolerance is how long the leader may be silent before the node says so.
const tolerance = 10 * time.Second

// watch looks after the stream and the disk.
func (r *registry) watch(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		r.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (r *registry) look(ctx context.Context) {
	r.lookAtDisk()
	if stream := r.stream.Load(); stream != nil {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		if state, err := stream.State(ctx); err == nil {
			r.health.note(state)
		}
	}
}

// note takes in what the leader of the stream says.
func (h *health) note(s record.State) {
	h.last.Store(s.Last)
	h.leader.Store(&s.Leader)
	h.current.Store(int64(s.Current))
	h.replicas.Store(int64(s.Replicas))
	h.missing.Store(s.Missing())
	h.seen.Store(time.Now().UnixNano())
}

// lookAtDisk notices that the disk is full before the store does, and revives a
// store that has noticed nevertheless.
func (r *registry) lookAtDisk() {
	if r.server == nil {
		return
	}
	bytes, err := free(r.data)
	if err != nil {
		r.log.Error("the free space isn't known", "error", err)
		return
	}
	r.health.freed.Store(bytes)
	// Twice as much must be free again, so that it doesn't flicker.
	full := bytes < r.minFree || r.health.full.Load() && bytes < 2*r.minFree
	if r.health.full.Swap(full) != full {
		r.log.Warn("free space", "full", full, "bytes", bytes, "min_free", r.minFree)
	}
	why := r.server.Broken()
	if why == nil {
		r.health.broken.Store(nil)
		return
	}
	text := why.Error()
	if before := r.health.broken.Swap(&text); before == nil || *before != text {
		r.log.Error("the store can't be written to", "error", why)
	}
	if full || bytes < storeNeeds {
		return
	}
	r.log.Info("starting the NATS server inside again")
	if err := r.server.Restart(); err != nil {
		r.log.Error("the NATS server inside doesn't start", "error", err)
		return
	}
	r.health.restarts.Add(1)
	r.health.broken.Store(nil)
}

// storeNeeds is how many bytes must be free for a store to be opened again.
const storeNeeds = 4 << 20

// space says whether anything can be stored.
func (h *health) space() error {
	if h.full.Load() {
		return errors.New("the disk is full")
	}
	if why := h.broken.Load(); why != nil {
		return errors.New("the store can't be written to")
	}
	return nil
}

// unready returns what keeps the node from being one to send requests to.
func (r *registry) unready() error {
	switch {
	case r.health.stopping.Load():
		return errors.New("stopping")
	case r.feed.Load() == nil:
		return fmt.Errorf("reading the record: at %d", r.replica.Applied())
	case !r.conn.IsConnected():
		return errors.New("not connected to NATS")
	}
	if silence := time.Since(time.Unix(0, r.health.seen.Load())); silence > tolerance {
		return fmt.Errorf("the stream has had no leader, or this node can't reach it, for %s: what it serves may be old", silence.Round(time.Second))
	}
	return r.health.space()
}

// healthz says that the process answers. Restarting it would help nobody who can
// read this.
func (r *registry) healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintln(w, "ok")
}

// readyz says whether a load balancer should send requests here. A node that
// isn't ready still answers readers, if it has ever been.
func (r *registry) readyz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if err := r.unready(); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, err)
		return
	}
	fmt.Fprintf(w, "ready: sequence %d of %d, %d pledges", r.replica.Applied(), r.health.last.Load(), r.replica.Book().Len())
	if leader := r.health.leader.Load(); leader != nil && *leader != "" {
		fmt.Fprintf(w, ", leader %s, all on %d of %d servers", *leader, r.health.current.Load(), r.health.replicas.Load())
	}
	fmt.Fprintln(w)
}
