package feed

import (
	"net/http"
	"sync/atomic"
)

// Stats is what a [Server] has done since it was made.
type Stats struct {
	Readers  int            // of the stream, at present
	Events   uint64         // that were sent, to each reader one
	Restarts uint64         // snapshots that were sent to readers who couldn't be resumed
	Dropped  uint64         // readers that didn't read
	Refused  uint64         // readers for whom there was no room
	Rendered uint64         // answers that were rendered, and not taken from the cache
	Requests map[int]uint64 // by the status of the answer
}

// counters are the parts of [Stats] that many write.
type counters struct {
	events, restarts, dropped, refused, rendered atomic.Uint64
	requests                                     [600]atomic.Uint64
}

// Stats returns what the server has done so far.
func (s *Server) Stats() Stats {
	c := &s.stats
	all := Stats{
		Readers:  s.readers.number(),
		Events:   c.events.Load(),
		Restarts: c.restarts.Load(),
		Dropped:  c.dropped.Load(),
		Refused:  c.refused.Load(),
		Rendered: c.rendered.Load(),
		Requests: map[int]uint64{},
	}
	for status := range c.requests {
		if n := c.requests[status].Load(); n > 0 {
			all.Requests[status] = n
		}
	}
	return all
}

// countedWriter counts the answer.
type countedWriter struct {
	http.ResponseWriter
	counters *counters
	done     bool
}

func (w *countedWriter) WriteHeader(status int) {
	if !w.done {
		w.done = true
		w.counters.requests[status].Add(1)
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *countedWriter) Write(b []byte) (int, error) {
	if !w.done {
		w.WriteHeader(http.StatusOK)
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is for [http.ResponseController].
func (w *countedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
