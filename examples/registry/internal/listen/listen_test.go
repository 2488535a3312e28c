package listen_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/listen"
)

// serve starts a server that answers /wait when it is told to.
func serve(t *testing.T, most int) (l *listen.Listener, waiting chan bool, goOn chan bool) {
	t.Helper()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l = listen.New(inner, most)
	waiting, goOn = make(chan bool, 100), make(chan bool)
	server := &http.Server{ConnState: l.ConnState, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			waiting <- true
			<-goOn
		}
		io.WriteString(w, "done")
	})}
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })
	return l, waiting, goOn
}

func dial(t *testing.T, l *listen.Listener, request string) *bufio.Reader {
	t.Helper()
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(time.Minute))
	io.WriteString(c, request)
	return bufio.NewReader(c)
}

const get, wait = "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"

func answers(t *testing.T, r *bufio.Reader) bool {
	t.Helper()
	line, err := r.ReadString('\n')
	return err == nil && strings.HasPrefix(line, "HTTP/1.1 200")
}

// ended reports whether the server has closed the connection.
func ended(r *bufio.Reader) bool {
	_, err := r.ReadByte()
	timeout, ok := err.(net.Error)
	return err != nil && (!ok || !timeout.Timeout())
}

func TestLongestIdleGoesAndWhoeverIsServedStays(t *testing.T) {
	l, waiting, goOn := serve(t, 3)
	served := dial(t, l, wait)
	<-waiting
	first := dial(t, l, "")
	second := dial(t, l, "GET / HTTP/1.1\r\nHost: ")
	if !answers(t, dial(t, l, get)) {
		t.Error("no room for a request")
	}
	if !ended(first) {
		t.Error("the first idle one stays")
	}
	if !answers(t, dial(t, l, get)) || !ended(second) {
		t.Error("the second idle one stays")
	}
	goOn <- true
	if !answers(t, served) {
		t.Error("the one that was served is gone")
	}
	if _, evicted, refused := l.Stats(); evicted != 2 || refused != 0 {
		t.Error(evicted, refused)
	}
}

func TestWhereAllAreServedTheNewOneGoes(t *testing.T) {
	l, waiting, goOn := serve(t, 2)
	one, two := dial(t, l, wait), dial(t, l, wait)
	<-waiting
	<-waiting
	if !ended(dial(t, l, get)) {
		t.Error("there is room for a third")
	}
	goOn <- true
	goOn <- true
	if !answers(t, one) || !answers(t, two) {
		t.Error("one that was served is gone")
	}
	if open, _, refused := l.Stats(); open > 2 || refused != 1 {
		t.Error(open, refused)
	}
	// Those that are done wait for their next request, and make room.
	for range 5 {
		if !answers(t, dial(t, l, get)) {
			t.Error("no room although nobody is served")
		}
	}
}
