package feed

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"time"
)

// appendPledge appends a revision as a message of the stream, of which there is what
// is countable as JSON. That has no line breaks of its own, so it is one line of data.
func appendPledge(b []byte, at cursor, countable []byte) []byte {
	b = appendHead(b, at, "pledge")
	b = append(b, countable...)
	return append(b, "\n\n"...)
}

func appendHead(b []byte, at cursor, kind string) []byte {
	b = append(b, "id: "...)
	b = at.append(b)
	b = append(b, "\nevent: "...)
	b = append(b, kind...)
	return append(b, "\ndata: "...)
}

// appendHeartbeat appends an event that says that the line isn't dead, after how much
// silence there is one, in milliseconds, and what the id of the last event is or would
// be: whoever has read more, or something else, has read another record. It has no id
// itself, so that of the last event stays.
func appendHeartbeat(b []byte, at cursor, interval time.Duration) []byte {
	b = append(b, "event: heartbeat\ndata: {\"interval\":"...)
	b = strconv.AppendInt(b, interval.Milliseconds(), 10)
	b = append(b, `,"at":"`...)
	b = at.append(b)
	return append(b, "\"}\n\n"...)
}

// Why a stream ends that could have gone on.
var (
	errDropped = errors.New("feed: a reader that doesn't read")
	errLeave   = errors.New("feed: the server ends")
)

func (s *Server) serveEvents(w http.ResponseWriter, r *http.Request, route *route) {
	if _, ok := s.check(w, r, route); !ok {
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	// Proxies that would wait for more, to compress it or to pass it on at once.
	h.Set("Cache-Control", "no-store, no-transform")
	h.Set("X-Accel-Buffering", "no")
	// Caddy compresses whatever has no coding, though it mustn't transform it, and
	// keeps the events until the end. Clients take this coding for none.
	h.Set("Content-Encoding", "identity")
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return
	}
	if !s.readers.enter() {
		s.stats.refused.Add(1)
		full := problemOf(http.StatusServiceUnavailable, "there is no room for more readers at present")
		full.retry = s.options.Retry + rand.N(s.options.Retry)
		full.write(w, r)
		return
	}
	defer s.readers.leave()
	out := &stream{w: w, control: http.NewResponseController(w), timeout: s.options.WriteTimeout}
	switch err := s.follow(r.Context(), out, seenBy(r)); {
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, errDropped):
		s.stats.dropped.Add(1)
		s.options.Logger.Info("feed: dropped a reader that doesn't read", "remote", r.RemoteAddr, "error", err)
	case errors.Is(err, http.ErrNotSupported):
		s.options.Logger.Error("feed: what is around the handler keeps the stream from being flushed", "error", err)
	}
}

// follow writes what comes after a cursor until the reader goes, doesn't read, or
// has to leave.
func (s *Server) follow(ctx context.Context, out *stream, from cursor) error {
	wait := s.options.Retry + rand.N(s.options.Retry)
	heartbeat := func(b []byte) []byte { return appendHeartbeat(b, s.state.Load().cursor(), s.options.Heartbeat) }
	// In one block with an event: some clients take a block without any for one.
	if err := out.write(heartbeat([]byte("retry: " + strconv.FormatInt(wait.Milliseconds(), 10) + "\n"))); err != nil {
		return err
	}
	seen, err := s.begin(ctx, out, from)
	if err != nil {
		return err
	}
	silence := time.NewTimer(s.options.Heartbeat)
	defer silence.Stop()
	var events [8]event // at once, in most cases
	for {
		some, more, ok := s.history.after(seen, events[:0], writeSize)
		if !ok {
			return errDropped
		}
		if len(some) == 0 {
			select {
			case <-more:
			case <-silence.C:
				if err := out.write(heartbeat(nil)); err != nil {
					return err
				}
				silence.Reset(s.options.Heartbeat)
			case <-ctx.Done():
				return context.Cause(ctx)
			case <-s.readers.done:
				return errLeave
			}
			continue
		}
		select {
		case <-s.readers.done:
			return errLeave
		default:
		}
		if err := out.write(messages(some)...); err != nil {
			return err
		}
		s.stats.events.Add(uint64(len(some)))
		seen = some[len(some)-1].sequence
		silence.Reset(s.options.Heartbeat)
	}
}

func messages(events []event) [][]byte {
	all := make([][]byte, len(events))
	for i := range events {
		all[i] = events[i].message
	}
	return all
}

// begin gives a reader a fresh start, unless the history has all that comes after
// its cursor and has it from the same book; it waits for what the reader has seen elsewhere already.
func (s *Server) begin(ctx context.Context, out *stream, from cursor) (seen uint64, err error) {
	where, more := s.history.place(from)
	if where == ahead {
		patience := time.NewTimer(s.options.CatchUp)
		defer patience.Stop()
		for where == ahead {
			select {
			case <-more:
				where, more = s.history.place(from)
			case <-patience.C:
				where = lost
			case <-ctx.Done():
				return 0, context.Cause(ctx)
			case <-s.readers.done:
				return 0, errLeave
			}
		}
	}
	if where == within {
		return from.sequence, nil
	}
	start, err := s.freshStart(ctx)
	if err != nil {
		return 0, err
	}
	s.stats.restarts.Add(1)
	at := start.cursor()
	return at.sequence, out.write(appendHead(nil, at, "snapshot"), start.body, []byte("\n\n"))
}

// freshStart returns a snapshot after which nothing is forgotten.
func (s *Server) freshStart(ctx context.Context) (*rendering, error) {
	good := func(old *rendering) bool {
		return old.tag == s.state.Load().tag || time.Since(old.built) < s.options.Rebuild && old.header.Sequence >= s.history.oldest()
	}
	return s.cache.get(ctx, everything, good, func() *rendering { return s.render(s.routes[Snapshot], everything) })
}

// stream writes to a reader, who has a certain time for each write.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	timeout time.Duration
}

func (o *stream) write(parts ...[]byte) error {
	// Where there is no deadline to set, as in a test without a connection, the
	// reader holds up nobody but itself.
	o.control.SetWriteDeadline(time.Now().Add(o.timeout))
	for _, part := range parts {
		if _, err := o.w.Write(part); err != nil {
			return err
		}
	}
	if err := o.control.Flush(); err != nil {
		return err
	}
	// One that passes while nothing is written would end an HTTP/2 stream.
	return ignoreUnsupported(o.control.SetWriteDeadline(time.Time{}))
}

func ignoreUnsupported(err error) error {
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}
