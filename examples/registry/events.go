package main

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/gcmkit/gcmkit/pledge/feed"
)

// patience is how long a reader that is ahead of this node waits for it at once.
const patience = 10 * time.Second

// lease is how long a server that has lost the others may go on as a leader that
// knows nothing of what they have written since; NATS gives it 10 seconds.
const lease = 15 * time.Second

// events serves the stream. A reader that comes from a faster node may have seen
// more than this one. If the record has it, this node will soon; if it is cut off
// from the record the reader had better ask another node. It only gets a fresh
// start, with older numbers, if the record doesn't have what it has seen.
func (r *registry) events(s *feed.Server, w http.ResponseWriter, req *http.Request) {
	seen, begin := feed.Seen(req), time.Now()
	for seen > s.Sequence() {
		if r.stopped(req.Context(), seen) {
			h := w.Header()
			h.Set("Content-Type", "text/event-stream")
			h.Set("Cache-Control", "no-store, no-transform")
			h.Set("X-Accel-Buffering", "no")
			h.Set("Access-Control-Allow-Origin", "*")
			// An error would make browsers give up.
			io.WriteString(w, "retry: 2000\n\n")
			return
		}
		if r.health.last.Load() >= seen {
			continue
		}
		if r.health.replicas.Load() <= 1 || time.Since(begin) > lease {
			break // the record doesn't have it
		}
		select {
		case <-req.Context().Done():
			return
		case <-time.After(250 * time.Millisecond):
		}
	}
	s.Handler(feed.Events).ServeHTTP(w, req)
}

// stopped waits until this node has read up to a sequence, and reports whether it
// can't. If the record ends before, there is nothing to wait for.
func (r *registry) stopped(ctx context.Context, sequence uint64) bool {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	state, err := r.stream.Load().State(ctx)
	if err != nil {
		return true
	}
	r.health.note(state)
	return state.Last >= sequence && r.replica.Wait(ctx, sequence) != nil
}
