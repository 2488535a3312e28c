package shelltest

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
)

// mode is what is wrong with everything between page and feed.
type mode int

const (
	well mode = iota
	stalled
	offline
	badGateway
	unavailable
	truncated
	heldBack // a proxy has all that a stream says, and passes nothing on
	modes
)

func (m mode) String() string {
	return [...]string{"well", "stalled", "offline", "502", "503", "truncated", "held back"}[m]
}

// wilderness is a feed behind a proxy that does what is wrong.
type wilderness struct {
	*httptest.Server
	t *testing.T

	mu       sync.Mutex
	feed     *feed.Server
	total    int // pledges of the feed
	sequence uint64
	made     int // pledges ever
	mode     mode
	changed  chan struct{} // closed when the mode changes
	streams  map[*wildStream]bool
	asked    int
}

func newWilderness(t *testing.T) *wilderness {
	w := &wilderness{t: t, changed: make(chan struct{}), streams: map[*wildStream]bool{}}
	w.begin(100 + 1)
	w.Server = httptest.NewServer(w)
	t.Cleanup(func() {
		w.set(offline)
		w.feed.Shutdown(context.Background())
		w.Close()
	})
	return w
}

// begin begins a feed with so many pledges.
func (w *wilderness) begin(n int) {
	w.feed = feed.New(new(pledge.Book), feed.Options{Rebuild: -1, MaxAge: -1, Retry: 10 * time.Millisecond, Heartbeat: time.Hour, CatchUp: time.Millisecond})
	w.total, w.sequence = 0, 0
	for range n {
		w.write()
	}
}

// write adds a pledge to the feed. After a record was restored its sequences stand
// for other pledges.
func (w *wilderness) write() {
	w.made++
	w.total++
	w.sequence++
	if _, err := w.feed.Apply(w.sequence, pledge.Pledge{
		ID: pledge.IDFromRef("https://example.org/", strconv.Itoa(w.made)), Title: "Pledge " + strconv.Itoa(w.made),
		Updated: gcm.InstantOfUnix(1_653_000_000+int64(w.made), 0),
	}); err != nil {
		w.t.Error(err)
	}
}

// more writes some pledges.
func (w *wilderness) more(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for range n {
		w.write()
	}
}

// restore puts a backup in the place of the record, and lets it go on.
func (w *wilderness) restore(fewer, more int) {
	w.mu.Lock()
	old, n := w.feed, w.total
	w.made = 0
	w.begin(max(n-fewer, 1))
	w.made += 1000 * n
	for range more {
		w.write()
	}
	w.mu.Unlock()
	old.Shutdown(context.Background())
}

func (w *wilderness) set(m mode) {
	w.mu.Lock()
	w.mode = m
	close(w.changed)
	w.changed = make(chan struct{})
	var all []*wildStream
	for s := range w.streams {
		all = append(all, s)
	}
	w.mu.Unlock()
	for _, s := range all {
		switch {
		case m == stalled:
			s.mute()
		case m != well:
			s.cut(false)
		}
	}
}

func (w *wilderness) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	m, changed, feed := w.mode, w.changed, w.feed
	if m != offline { // where Firefox asks ten times each
		w.asked++
	}
	w.mu.Unlock()
	rw.Header().Set("Access-Control-Allow-Origin", "*") // which a careful proxy has
	switch m {
	case stalled:
		select {
		case <-changed:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler)
	case offline:
		panic(http.ErrAbortHandler)
	case badGateway:
		rw.WriteHeader(http.StatusBadGateway)
		return
	case unavailable:
		rw.Header().Set("Retry-After", "30")
		rw.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if m == heldBack && strings.HasSuffix(r.URL.Path, "/events") {
		rw.Header().Set("Content-Type", "text/event-stream")
		http.NewResponseController(rw).Flush()
		select {
		case <-changed:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler)
	}
	if strings.HasSuffix(r.URL.Path, "/events") {
		ctx, cancel := context.WithCancel(r.Context())
		s := &wildStream{ResponseWriter: rw, cancel: cancel}
		w.mu.Lock()
		w.streams[s] = true
		w.mu.Unlock()
		defer func() {
			w.mu.Lock()
			delete(w.streams, s)
			w.mu.Unlock()
			cancel()
			if s.ended() {
				panic(http.ErrAbortHandler)
			}
		}()
		feed.ServeHTTP(s, r.WithContext(ctx))
		s.FlushError() // of what is no stream
		return
	}
	if m == truncated { // in whatever coding it comes
		whole := httptest.NewRecorder()
		r.Header.Del("If-None-Match")
		feed.ServeHTTP(whole, r)
		for name, values := range whole.Header() {
			if name != "Content-Length" {
				rw.Header()[name] = values
			}
		}
		rw.Header().Del("ETag")
		rw.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
		return
	}
	feed.ServeHTTP(rw, r)
}

// wildStream passes on whole events, and heartbeats in between.
type wildStream struct {
	http.ResponseWriter
	cancel func()

	mu    sync.Mutex
	part  []byte
	begun bool
	dead  bool // nobody hears it any more
	gone  bool
}

func (s *wildStream) Write(b []byte) (int, error) {
	s.part = append(s.part, b...)
	return len(b), nil
}

func (s *wildStream) FlushError() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	part := bytes.ReplaceAll(s.part, []byte(`{"interval":3600000,`), []byte(`{"interval":15000,`))
	s.part, s.begun = nil, true
	return s.send(part)
}

func (s *wildStream) send(b []byte) error {
	if s.dead {
		return nil
	}
	if _, err := s.ResponseWriter.Write(b); err != nil {
		return err
	}
	return http.NewResponseController(s.ResponseWriter).Flush()
}

// beat reports whether it was sent.
func (s *wildStream) beat() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.begun && !s.dead && s.send([]byte("event: heartbeat\ndata: {\"interval\":15000}\n\n")) == nil
}

// mute leaves the connection open, and never says anything again.
func (s *wildStream) mute() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dead = true
}

// cut ends the connection, perhaps in the middle of an event.
func (s *wildStream) cut(inEvent bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if inEvent && s.begun {
		s.send([]byte("id: 999999-0123456789abcdef\nevent: pledge\ndata: {\"id\":\"0000"))
	}
	s.dead, s.gone = true, true
	s.cancel()
}

func (s *wildStream) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone
}

// all returns the open streams.
func (w *wilderness) all() (all []*wildStream) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for s := range w.streams {
		all = append(all, s)
	}
	return all
}

func (w *wilderness) beat(rw http.ResponseWriter) {
	sent := 0
	for _, s := range w.all() {
		if s.beat() {
			sent++
		}
	}
	fmt.Fprint(rw, sent)
}
