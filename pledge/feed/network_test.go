//go:build !js

package feed

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/pledge"
)

// A thousand readers of one server, with writes and other requests beside them,
// see every revision once and in order.
func TestThousandReadersSeeTheSame(t *testing.T) {
	const readers, revisions = 1000, 20
	s := newServer(t, 1, Options{})
	url := start(t, s)
	var open, all sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var got atomic.Int64
	for range readers {
		open.Add(1)
		all.Go(func() {
			p, err := listen(ctx, url+eventsAfter(s, 1), "")
			open.Done()
			for n := 2; n < 2+revisions && err == nil; n++ {
				var m message
				if m, err = p.next(); err == nil && m.id != strconv.Itoa(n) {
					err = errors.New(m.id + " instead of " + strconv.Itoa(n))
				}
				got.Add(1)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	open.Wait()
	for n := range revisions {
		s.Apply(uint64(n+2), numbered(n%7, n+1))
		for _, path := range []string{"/pledges.json", "/snapshot.json?objective=1"} {
			if answer, err := http.Get(url + path); err != nil || answer.StatusCode != 200 {
				t.Error(err)
			} else {
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		}
	}
	all.Wait()
	if st := s.Stats(); got.Load() != readers*revisions || st.Dropped != 0 || st.Refused != 0 {
		t.Errorf("%d, %+v", got.Load(), st)
	}
}

// One that opens a stream and never reads fills what the system keeps for it,
// and is dropped then; the others don't notice.
func TestReaderThatNeverReadsIsDropped(t *testing.T) {
	dropped := make(logged, 1)
	s := newServer(t, 1, Options{WriteTimeout: time.Second, Logger: slog.New(dropped)})
	server := httptest.NewUnstartedServer(s)
	server.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		c.(*net.TCPConn).SetWriteBuffer(4 << 10)
		return ctx
	}
	server.Start()
	defer server.Close()
	defer s.Shutdown(context.Background())
	silent, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	silent.(*net.TCPConn).SetReadBuffer(4 << 10)
	io.WriteString(silent, "GET "+eventsAfter(s, 1)+" HTTP/1.1\r\nHost: x\r\n\r\n")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	quick, err := listen(ctx, server.URL+eventsAfter(s, 1), "")
	if err != nil {
		t.Fatal(err)
	}
	big := strings.Repeat("x", 290)
	for n := 2; ; n++ {
		p := numbered(1, n)
		p.Title = big
		for range 20 { // some KB
			p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: big})
		}
		s.Apply(uint64(n), p)
		if m, err := quick.next(); err != nil || m.id != strconv.Itoa(n) {
			t.Fatalf("%v: %v", err, m.id)
		}
		select {
		case line := <-dropped:
			if line != "feed: dropped a reader that doesn't read" {
				t.Error(line)
			}
			if st := s.Stats(); st.Dropped != 1 || st.Readers != 1 {
				t.Errorf("%+v", st)
			}
			return
		default:
		}
	}
}

// logged is a [slog.Handler] that passes on what it is told.
type logged chan string

func (l logged) Enabled(context.Context, slog.Level) bool { return true }
func (l logged) WithAttrs([]slog.Attr) slog.Handler       { return l }
func (l logged) WithGroup(string) slog.Handler            { return l }
func (l logged) Handle(_ context.Context, r slog.Record) error {
	l <- r.Message
	return nil
}

// HTTP/2 has deadlines of its own, one for each stream of a connection.
func TestStreamOverHTTP2(t *testing.T) {
	t.Parallel()
	s := newServer(t, 1, Options{WriteTimeout: time.Second, Heartbeat: 100 * time.Millisecond})
	server := httptest.NewUnstartedServer(s)
	server.EnableHTTP2 = true
	server.Config.ReadTimeout, server.Config.WriteTimeout = time.Second, time.Second
	server.StartTLS()
	defer server.Close()
	defer s.Shutdown(context.Background())
	r, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/events", nil)
	r.Header.Set("Last-Event-ID", idAt(s, 1))
	answer, err := server.Client().Do(r)
	if err != nil || answer.ProtoMajor != 2 {
		t.Fatal(answer, err)
	}
	defer answer.Body.Close()
	p := &parser{in: bufio.NewReader(answer.Body)}
	beats := 0
	for beats < 25 { // longer than any deadline
		line, err := p.in.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(line, `data: {"interval":`) {
			beats++
		}
	}
	s.Apply(2, numbered(1, 0))
	if m, err := p.next(); err != nil || m.id != "2" {
		t.Errorf("%v %v", m, err)
	}
}

// A server that gives every answer so many seconds would cut off all streams.
func TestStreamOutlivesTheTimeoutsOfTheServer(t *testing.T) {
	t.Parallel()
	s := newServer(t, 1, Options{Heartbeat: 100 * time.Millisecond})
	server := httptest.NewUnstartedServer(s)
	server.Config.ReadTimeout, server.Config.WriteTimeout = time.Second, time.Second
	server.Start()
	defer server.Close()
	defer s.Shutdown(context.Background())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	p, err := listen(ctx, server.URL+eventsAfter(s, 1), "")
	if err != nil {
		t.Fatal(err)
	}
	for beats := 0; beats < 25; {
		line, err := p.in.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(line, `data: {"interval":`) {
			beats++
		}
	}
}

func TestContentOfARequestIsNotRead(t *testing.T) {
	s := newServer(t, 1, Options{})
	url := start(t, s)
	for _, path := range []string{"/pledges.json", "/events"} {
		body := &endless{}
		r, _ := http.NewRequest("GET", url+path, body)
		r.ContentLength = 1 << 30
		r.Header.Set("Expect", "100-continue")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != 400 || !answer.Close || !strings.Contains(string(text), "no content") {
			t.Errorf("%s: %s %s", path, answer.Status, text)
		}
	}
}

// HTTP/2 says that there is no content when the request is there already, and so do
// chunks. What isn't there is no reason to refuse a request.
func TestLengthOfNothingNeedNotBeKnown(t *testing.T) {
	s := newServer(t, 1, Options{})
	server := httptest.NewUnstartedServer(s)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	defer s.Shutdown(context.Background())
	for _, path := range []string{"/pledges.json", "/snapshot.json?region=africa", "/events"} {
		r, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL+path, io.NopCloser(strings.NewReader("")))
		answer, err := server.Client().Do(r) // with an empty DATA frame
		if err != nil || answer.ProtoMajor != 2 || answer.StatusCode != 200 {
			t.Errorf("%s: %v %v", path, answer, err)
			continue
		}
		if path == "/events" {
			if m, err := (&parser{in: bufio.NewReader(answer.Body)}).next(); err != nil || m.event != "snapshot" {
				t.Errorf("%v %v", m, err)
			}
		}
		answer.Body.Close()
	}
	// What states a length is refused, and keeps the connection for others.
	r, _ := http.NewRequest("GET", server.URL+"/pledges.json", strings.NewReader("content"))
	if answer, err := server.Client().Do(r); err != nil || answer.StatusCode != 400 || answer.Close || answer.Header.Get("Connection") != "" {
		t.Errorf("%v %v", answer, err)
	}

	plain := start(t, s)
	conn, err := net.Dial("tcp", strings.TrimPrefix(plain, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for range 2 { // the connection stays
		io.WriteString(conn, "GET /pledges.json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
		answer, err := http.ReadResponse(in, nil)
		if err != nil || answer.StatusCode != 200 || answer.Close {
			t.Fatal(answer, err)
		}
		io.Copy(io.Discard, answer.Body)
	}
	// Who reads a stream and goes is noticed.
	io.WriteString(conn, "GET /events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
	if answer, err := http.ReadResponse(in, nil); err != nil || answer.StatusCode != 200 {
		t.Fatal(answer, err)
	}
	conn.Close()
	for s.Stats().Readers > 0 { // ends with the time of the test
		runtime.Gosched()
	}
}

type endless struct{}

func (endless) Read(b []byte) (int, error) { return len(b), nil }

// What is shut down leaves nothing behind, with the server of net/http as well.
func TestShutdownLeavesNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	s := newServer(t, 1, Options{})
	server := httptest.NewServer(s)
	var all sync.WaitGroup
	for range 50 {
		p, err := listen(t.Context(), server.URL+eventsAfter(s, 1), "")
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			if _, err := p.next(); err != io.EOF { // a whole end, not a broken one
				t.Errorf("the stream ended with %v", err)
			}
		})
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	server.Close()
	http.DefaultClient.CloseIdleConnections()
	for runtime.NumGoroutine() > before { // ends with the time of the test
		runtime.Gosched()
	}
}
