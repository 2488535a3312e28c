package clients

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// front gives each connection to another one of two nodes, and cuts each stream
// off behind so many events.
type front struct {
	nodes   [2]*feed.Server
	most    int
	streams atomic.Int64
	events  atomic.Uint64 // that were sent
	traced  atomic.Int64  // requests that say what they are a part of
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Traceparent") != "" {
		f.traced.Add(1)
	}
	switch r.URL.Path {
	case "/":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte("<!doctype html><title>Stream</title>"))
	case "/events":
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		n := f.streams.Add(1)
		f.nodes[n%2].ServeHTTP(&cutter{ResponseWriter: w, front: f, cut: cancel}, r.WithContext(ctx))
	default:
		f.nodes[0].ServeHTTP(w, r)
	}
}

// cutter ends a stream behind an event.
type cutter struct {
	http.ResponseWriter
	front *front
	sent  int
	cut   func()
}

func (c *cutter) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("id: ")) { // which a heartbeat hasn't
		if c.sent == c.front.most {
			return 0, net.ErrClosed
		}
		c.front.events.Add(1)
		if c.sent++; c.sent == c.front.most {
			defer c.cut()
		}
	}
	return c.ResponseWriter.Write(b)
}

func (c *cutter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

const before, after = 30, 21 // revisions: before somebody listens, and then as many as whole streams have

func revision(n int) pledge.Pledge {
	return pledge.Pledge{
		ID:      pledge.IDFromRef("https://example.org/", strconv.Itoa(n%7)),
		Updated: gcm.InstantOfUnix(1_650_000_000+int64(n), 0),
		Title:   "Engagement n° " + strconv.Itoa(n) + " – “été” 中文",
	}
}

// start serves a front with revisions 1 to before.
func start(t *testing.T) (*front, string) {
	f := &front{most: 3}
	for i := range f.nodes {
		f.nodes[i] = feed.New(new(pledge.Book), feed.Options{Header: tally.Header{Title: "T"}, Retry: 20 * time.Millisecond, Rebuild: -1})
	}
	f.write(t, 1, before)
	server := httptest.NewServer(f)
	t.Cleanup(func() {
		for _, n := range f.nodes {
			n.Shutdown(context.Background())
		}
		server.Close()
	})
	return f, server.URL
}

// write writes revisions to both nodes, to one after the other.
func (f *front) write(t *testing.T, from, to int) {
	for n := from; n <= to; n++ {
		for _, node := range f.nodes {
			if _, err := node.Apply(uint64(n), revision(n)); err != nil {
				t.Error(err)
			}
		}
	}
}

// got is an event as a client reports it.
type got struct {
	ID, Type, Data string
}

// sequence returns what the id of the event begins with.
func (e got) sequence() string {
	sequence, _, _ := strings.Cut(e.ID, "-")
	return sequence
}

// complete checks that a client has got a snapshot, and then each revision once.
func (f *front) complete(t *testing.T, events []got) {
	t.Helper()
	if len(events) != 1+after {
		t.Fatalf("%d events: %+v", len(events), events)
	}
	var s tally.Reader
	s.Write([]byte(events[0].Data))
	if read, err := s.Close(); err != nil || events[0].Type != "snapshot" || events[0].sequence() != strconv.Itoa(before) || read.Sequence != before {
		t.Errorf("%v: %+v", err, events[0])
	}
	for i, e := range events[1:] {
		n := before + 1 + i
		want := revision(n)
		var p pledge.Pledge
		if err := json.Unmarshal([]byte(e.Data), &p); err != nil || e.Type != "pledge" || e.sequence() != strconv.Itoa(n) || p.Title != want.Title || p.ID != want.ID {
			t.Errorf("%v: %+v, want %d", err, e, n)
		}
	}
	if n := f.streams.Load(); n < after/int64(f.most) {
		t.Errorf("%d streams: nobody has been cut off", n)
	}
	if n := f.events.Load(); n != 1+after {
		t.Errorf("%d events were sent for %d", n, 1+after)
	}
}

// need skips the test where a program is missing, and fails it where CI is set.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil && os.Getenv("CI") == "" {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
}
