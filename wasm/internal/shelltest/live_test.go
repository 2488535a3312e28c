package shelltest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

// An eventStream is a server of events that remembers all of them, until it is
// told to forget.
type eventStream struct {
	*httptest.Server
	mu      sync.Mutex
	events  []string // the sequence is the index, from first on
	first   int
	readers map[chan struct{}]string // told when there is more; what they asked for
	asked   []string
	status  int    // with which it answers; 0 = 200
	retry   string // what it asks of those who lose it
	cut     bool   // ends each connection as soon as it has begun
	begin   string // with which each connection begins
}

func newEventStream(t *testing.T, first int) *eventStream {
	s := &eventStream{first: first, readers: map[chan struct{}]string{}, retry: "10"}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() })
	return s
}

func (s *eventStream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", "*")
	after := r.Header.Get("Last-Event-ID")
	if after == "" {
		after = r.URL.Query().Get("after")
	}
	more := make(chan struct{}, 1)
	s.mu.Lock()
	s.asked = append(s.asked, after)
	status, retry, cut, begin := s.status, s.retry, s.cut, s.begin
	next, first := 0, s.first
	fmt.Sscan(after, &next)
	if status == 0 && !cut {
		s.readers[more] = after
	}
	s.mu.Unlock()
	if status != 0 {
		w.WriteHeader(status)
		return
	}
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.readers, more)
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, "retry: %s\n\n", retry)
	if cut {
		return
	}
	fmt.Fprint(w, "event: heartbeat\ndata: {\"interval\":15000}\n\n"+begin)
	if next < first {
		s.mu.Lock()
		next = first + len(s.events)
		s.mu.Unlock()
		fmt.Fprintf(w, "id: %d\nevent: snapshot\ndata: {\"query\":{},\"counts\":{\"total\":0},\"sequence\":%d}\n\n", next, next)
	}
	for {
		s.mu.Lock()
		var some []string
		if i := next - s.first; i < len(s.events) {
			some = s.events[i:]
		}
		s.mu.Unlock()
		for _, e := range some {
			next++
			fmt.Fprintf(w, "id: %d\nevent: pledge\ndata: %s\n\n", next, e)
		}
		w.(http.Flusher).Flush()
		select {
		case <-more:
		case <-r.Context().Done():
			return
		}
	}
}

// say sends pledges with these ids.
func (s *eventStream) say(ids ...string) {
	for i, id := range ids {
		ids[i] = livePledge(id, "")
	}
	s.send(ids...)
}

func livePledge(id, more string) string {
	return `{"id":"00000000-0000-4000-8000-0000000000` + id + `","title":"Live","announced":"2026-05","updated":"2022-05-21T00:00:00Z","objectives":[7]` + more + `}`
}

// send sends events with these data.
func (s *eventStream) send(events ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, events...)
	for more := range s.readers {
		select {
		case more <- struct{}{}:
		default:
		}
	}
}

func (s *eventStream) open() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.readers)
}

// set changes how it answers.
func (s *eventStream) set(change func(*eventStream)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

func (s *eventStream) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// readers waits until the stream has so many readers.
func (v visit) readers(s *eventStream, want int) {
	v.t.Helper()
	for range 200 {
		if s.open() == want {
			return
		}
		v.await(nil, `await new Promise((later) => setTimeout(later, 25))`)
	}
	v.t.Fatalf("%d readers of the stream, want %d; asked after %q", s.open(), want, s.requests())
}

func followsStream(t *testing.T, v visit, s *site) {
	stream := newEventStream(t, 5)
	numbered := strings.Replace(string(data.Reference()), "{", `{"sequence":5,`, 1)
	numbered = strings.Replace(numbered, `"as_of":"2022-05-20`, `"as_of":"2022-01-20`, 1)
	s.feed("/feed.json", numbered)
	s.policy = strings.Replace(strict, "connect-src 'self'", "connect-src 'self' "+stream.URL, 1)
	defer func() { s.policy = strict }()
	one := `<gcm-pledges loading=eager src="/feed.json" live="` + stream.URL + `/events?key=1" refresh=60>-</gcm-pledges>`
	s.page("/", one+one+`<gcm-pledges loading=eager src="/feed.json" view=list refresh=60>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(3)
	v.readers(stream, 1)
	equal(t, stream.requests(), []string{"5"})
	shows := func(total int) {
		t.Helper()
		v.until(`[...document.querySelectorAll("gcm-pledges")].every((w) => w.summary?.counts.total === arguments[0] && w.shadowRoot.querySelector("[part=number]").textContent === "" + arguments[0])`, total)
	}
	// Nobody asks meanwhile, as long as there are heartbeats; what is said is counted, once, and listed.
	v.until(`document.probe.timers.size === 1 && document.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=fresh-current]")`)
	stream.say("01", "02", "02")
	shows(160)
	v.until(`document.querySelector("[view=list]").shadowRoot.textContent.includes("Live")`)
	// The server goes, comes back, and nothing is missed.
	stream.CloseClientConnections()
	stream.say("03")
	shows(161)
	asked := stream.requests()
	if last := asked[len(asked)-1]; last != "8" {
		t.Errorf("asked after %q", asked)
	}
	// Nobody listens on a hidden page.
	v.eval(nil, `document.hid = true; Object.defineProperty(Document.prototype, "hidden", { get: () => document.hid, configurable: true });
document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`)
	v.readers(stream, 0)
	stream.say("04")
	v.eval(nil, `document.hid = false; document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))`)
	shows(162)
	v.readers(stream, 1)
	// What can't be continued is read afresh.
	if n := len(s.requests("/feed.json")); n != 1 && v.Engine() != "webkit" {
		t.Logf("%d readings", n)
	}
	v.eval(nil, `document.kept = [...document.querySelectorAll("gcm-pledges")]; document.kept[0].remove()`)
	v.readers(stream, 1)
	v.eval(nil, `for (const w of document.kept) w.remove()`)
	v.readers(stream, 0)
	v.until(`document.probe.timers.size === 0`)
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("errors %v", codes)
	}
	v.Log() // that the connection was lost
}

// firstPledge: a page that is open on an empty record shows the first pledge when it is
// said, and reads nothing for it, whether it is told that there is nothing yet or not.
func firstPledge(t *testing.T, v visit, s *site) {
	s.put("/feed.json", file{kind: "application/json", body: `{"pledges":[]}`, header: map[string]string{"ETag": `"0-0000000000000000-c0ffee"`}})
	defer func() { s.policy = strict }()
	for _, begin := range []string{"", "id: 0-0000000000000000\nevent: snapshot\ndata: {\"query\":{},\"counts\":{\"total\":0}}\n\n"} {
		stream := newEventStream(t, 0)
		stream.begin = begin
		s.policy = strings.Replace(strict, "connect-src 'self'", "connect-src 'self' "+stream.URL, 1)
		s.page("/", `<gcm-pledges loading=eager src="/feed.json" live="`+stream.URL+`/events" refresh=0>-</gcm-pledges>`)
		v.open(s.URL)
		v.live(1)
		v.readers(stream, 1)
		equal(t, stream.requests(), []string{"0-0000000000000000"})
		read := len(s.requests("/feed.json"))
		stream.say("01")
		v.until(`document.probe.updates.at(-1).total === 1`)
		if n := len(s.requests("/feed.json")); n != read {
			t.Errorf("the feed was read %d times, and %d times before that", n, read)
		}
		v.quiet()
		v.open("about:blank")
	}
}

func pollsWithoutStream(t *testing.T, v visit, s *site) {
	stream := newEventStream(t, 5)
	stream.set(func(s *eventStream) { s.status = http.StatusNotFound })
	s.policy = strings.Replace(strict, "connect-src 'self'", "connect-src 'self' "+stream.URL, 1)
	defer func() { s.policy = strict }()
	feed := string(data.Reference())
	s.feed("/feed.json", feed)
	s.page("/", `<gcm-pledges src="/feed.json" live="`+stream.URL+`" refresh=1>-</gcm-pledges>`)
	v.open(s.URL)
	v.live(1)
	s.feed("/feed.json", oneMore(feed, "01"))
	v.until(`document.probe.updates.at(-1).total === 159`)
	// It is tried again, and from a stream without a beginning the feed is read afresh.
	stream.set(func(s *eventStream) { s.status = 0 })
	v.readers(stream, 1)
	s.feed("/feed.json", strings.Replace(oneMore(oneMore(feed, "01"), "02"), "{", `{"sequence":5,`, 1))
	v.until(`document.probe.updates.at(-1).total === 160`)
	v.readers(stream, 1)
	stream.say("03")
	v.until(`document.probe.updates.at(-1).total === 161`)
	if codes := v.codes(); len(codes) > 0 {
		t.Errorf("errors %v", codes)
	}
	v.Log()
}
