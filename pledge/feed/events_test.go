package feed

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

func TestStreamBeginsWithASnapshotAndGoesOn(t *testing.T) {
	s := newServer(t, 5, Options{})
	url := start(t, s)
	p, err := listen(t.Context(), url+"/events", "")
	if err != nil {
		t.Fatal(err)
	}
	m, err := p.next()
	_, snapshot := ask(t, s, "GET", "/snapshot.json")
	if err != nil || m != (message{"5", "snapshot", snapshot}) {
		t.Fatalf("%v: got %v, want %s", err, m, snapshot)
	}
	if ms, err := strconv.Atoi(p.retry); err != nil || ms < 3000 || ms >= 6000 {
		t.Errorf("retry is %q", p.retry)
	}
	for sequence := uint64(6); sequence < 9; sequence++ {
		revision := numbered(int(sequence), 0)
		s.Apply(sequence, revision)
		c := countable(&revision)
		if m, err := p.next(); err != nil || m != (message{strconv.FormatUint(sequence, 10), "pledge", string(c.AppendJSON(nil))}) {
			t.Fatalf("%v: got %v", err, m)
		}
	}
}

// first returns the first messages that a reader gets, and ends the stream.
func first(t *testing.T, s *Server, path, last string, n int) (all []message) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	p, err := listen(ctx, start(t, s)+path, last)
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		m, err := p.next()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

func TestReaderGoesOnFromWhatItHasSeen(t *testing.T) {
	// A history of three: the revisions 8, 9 and 10.
	fresh := func() *Server { return newServer(t, 10, Options{History: 3, CatchUp: 1}) }
	for _, test := range []struct {
		name, path, last string
		id, event        string // of the first message
	}{
		{"a revision behind", "/events?after=9", "", "10", "pledge"},
		{"as far behind as can be", "/events?after=7", "", "8", "pledge"},
		{"too far behind", "/events?after=6", "", "10", "snapshot"},
		{"the header comes first", "/events?after=6", "8", "9", "pledge"},
		{"a header that says nothing", "/events?after=8", "", "9", "pledge"},
		{"the header of another server", "/events", "a-7", "10", "snapshot"},
		{"the header of another server, and its own", "/events?after=8", "a-7", "10", "snapshot"},
		{"in the future", "/events?after=11", "", "10", "snapshot"},
		{"what is no number of ours", "/events", "18446744073709551616", "10", "snapshot"},
		{"far in the future", "/events", "18446744073709551615", "10", "snapshot"},
		{"nothing", "/events?after=0", "", "10", "snapshot"},
	} {
		s := fresh()
		// A number is what this server means by it, if it has come so far.
		mark := func(text string) string {
			path, number, found := strings.Cut(text, "=")
			if !found {
				path, number = "", text
			}
			n, err := strconv.ParseUint(number, 10, 32)
			if err != nil {
				return text
			}
			return strings.TrimPrefix(path+"="+idAt(s, n), "=")
		}
		if m := first(t, s, mark(test.path), mark(test.last), 1)[0]; m.id != test.id || m.event != test.event {
			t.Errorf("%s: %v", test.name, m)
		}
	}
}

func TestReaderOfTheFeedGoesOnWithItsSequence(t *testing.T) {
	s := newServer(t, 4, Options{})
	h := header
	h.Sequence = 4
	book := new(pledge.Book)
	for p := range s.book.All() {
		book.Put(p)
	}
	restarted := New(book, Options{Header: h}) // from a feed that was written at 4
	for _, s := range []*Server{s, restarted} {
		s.Apply(7, numbered(50, 0))
		if m := first(t, s, eventsAfter(s, 4), "", 1)[0]; m.id != "7" || m.event != "pledge" {
			t.Errorf("%v", m)
		}
	}
	if m := first(t, restarted, eventsAfter(s, 3), "", 1)[0]; m.event != "snapshot" {
		t.Errorf("what came before the restart isn't known: %v", m)
	}
}

// The law of the stream: wherever it is cut, whichever server one comes back
// to, and however far that one is behind, one ends with what is in the book, and
// has seen each revision once.
func TestWhoeverIsCutOffMissesAndRepeatsNothing(t *testing.T) {
	const revisions = 400
	rnd := rand.New(rand.NewPCG(1, 2))
	servers := []*Server{newServer(t, 0, Options{}), newServer(t, 0, Options{})}
	urls := []string{start(t, servers[0]), start(t, servers[1])}
	var all []pledge.Pledge
	for n := range revisions {
		all = append(all, numbered(rnd.IntN(60), n))
	}
	want := new(pledge.Book)
	for _, p := range all {
		want.Put(p)
	}
	var writers sync.WaitGroup
	for i, s := range servers {
		writers.Go(func() {
			for n, p := range all {
				s.Apply(uint64(2*n+1), p) // with gaps
				if n%(7+40*i) == 0 {      // one is slower than the other
					time.Sleep(time.Millisecond)
				}
			}
		})
	}
	var readers sync.WaitGroup
	for range 8 {
		seed := rnd.Uint64()
		readers.Go(func() {
			rnd := rand.New(rand.NewPCG(seed, 0))
			r := replica{}
			last := ""
			for turn := 0; r.last < 2*revisions-1; turn++ {
				at := urls[turn%2]
				reread := func() (tally.Header, map[uuid.UUID]pledge.Pledge) { return readFeed(t, at+"/countable.json") }
				ctx, cut := context.WithCancel(t.Context())
				p, err := listen(ctx, at+"/events", last)
				for n := 1 + rnd.IntN(80); n > 0 && err == nil; n-- {
					var m message
					if m, err = p.next(); err == nil {
						err = r.take(m, reread)
					}
					last = p.last
					if r.last == 2*revisions-1 {
						break
					}
				}
				cut()
				if err != nil {
					t.Error(err)
					return
				}
			}
			for i, sequence := range r.seen {
				if i > 0 && sequence != r.seen[i-1]+2 && r.restarts == 1 {
					t.Errorf("%d comes after %d", sequence, r.seen[i-1])
				}
			}
			if r.restarts != 1 {
				t.Errorf("%d fresh starts", r.restarts)
			}
			if got, want := countsOf(r.book()), countsOf(want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
	writers.Wait()
	readers.Wait()
}

func readFeed(t *testing.T, url string) (tally.Header, map[uuid.UUID]pledge.Pledge) {
	answer, err := http.Get(url)
	if err != nil {
		t.Error(err)
		return tally.Header{}, nil
	}
	defer answer.Body.Close()
	var b pledge.Book
	loaded, err := b.Load(answer.Body)
	if err != nil || len(loaded.Problems) > 0 {
		t.Error(err, loaded.Problems)
	}
	pledges := map[uuid.UUID]pledge.Pledge{}
	for p := range b.All() {
		pledges[p.ID] = p
	}
	return loaded.Header, pledges
}

// Two nodes of one registry, of which one began later and one skipped a message
// that nobody could read.
func TestServersWithTheSameRecordAnswerAlike(t *testing.T) {
	a, b := newServer(t, 0, Options{}), newServer(t, 0, Options{History: 2, MaxReaders: 7})
	for n := range 50 {
		p := numbered(n%20, n)
		a.Apply(uint64(n+1), p)
		b.Apply(uint64(n+1), p)
	}
	early := new(pledge.Book)
	for n := range 30 {
		early.Put(numbered(n%20, n))
	}
	h := header
	h.Sequence = 30
	c := New(early, Options{Header: h, Rebuild: -1})
	for n := 30; n < 50; n++ {
		c.Apply(uint64(n+1), numbered(n%20, n))
	}
	stale := numbered(3, 0)
	for _, s := range []*Server{a, b} {
		s.Apply(60, stale) // changes nothing
	}
	c.Advance(60)
	for resource := range Resources() {
		if resource == Events {
			continue
		}
		for _, coding := range []string{"", "gzip", "br"} {
			one, body := ask(t, a, "GET", "/"+string(resource), "Accept-Encoding", coding)
			for _, s := range []*Server{b, c} {
				other, same := ask(t, s, "GET", "/"+string(resource), "Accept-Encoding", coding)
				if same != body || !equalHeaders(one.Header, other.Header) {
					t.Errorf("%q: %v\n%.300s\n%v\n%.300s", resource, one.Header, body, other.Header, same)
				}
			}
		}
	}
	if m, n := first(t, a, "/events", "", 1)[0], first(t, c, "/events", "", 1)[0]; m != n || m.id != "60" {
		t.Errorf("%v and %v", m, n)
	}
}

// A record that was restored from a backup at 90 and went on to 105 has the
// sequences of the one that was lost for other revisions. Whoever has seen 100 of
// that one mustn't miss 91 to 100 of this one.
func TestReaderOfALostBranchGetsAFreshStart(t *testing.T) {
	lost, restored := newServer(t, 90, Options{}), newServer(t, 90, Options{})
	for n := uint64(91); n <= 105; n++ {
		lost.Apply(n, numbered(int(n), 1))
		restored.Apply(n, numbered(int(n), 2))
	}
	for _, test := range []struct {
		name, path, last string
		id, event        string
	}{
		{"an id of the lost branch", "/events", idAt(lost, 100), "105", "snapshot"},
		{"an id of this one", "/events", idAt(restored, 100), "101", "pledge"},
		{"an id from before both", "/events", idAt(lost, 90), "91", "pledge"},
		{"a number alone", "/events", "100", "105", "snapshot"},
		{"a number alone, as parameter", "/events?after=100", "", "105", "snapshot"},
		{"where the lost branch was further", "/events", string(cursor{200, 7, true}.append(nil)), "105", "snapshot"},
	} {
		restored.options.CatchUp = 1
		if m := first(t, restored, test.path, test.last, 1)[0]; m.id != test.id || m.event != test.event {
			t.Errorf("%s: %s %s", test.name, m.id, m.event)
		}
	}
	// The entity tag of what a reader has read is a cursor, whatever proxies have
	// made of it.
	answer, _ := ask(t, restored, "GET", "/countable.json", "Accept-Encoding", "gzip")
	restored.Apply(106, numbered(1, 3))
	tag := answer.Header.Get("ETag")
	for _, text := range []string{tag, "W/" + tag, strings.Trim(tag, `"`)} {
		if m := first(t, restored, "/events?after="+url.QueryEscape(text), "", 1)[0]; m.id != "106" || m.event != "pledge" {
			t.Errorf("%s: %s %s", text, m.id, m.event)
		}
	}
	// Who can't send headers says it in the address.
	if m := first(t, restored, "/events?lastEventId="+idAt(restored, 104)+"&fbclid=x", "", 1)[0]; m.id != "105" || m.event != "pledge" {
		t.Errorf("%s %s", m.id, m.event)
	}
}

// Whoever has read a feed before its first revision needs no snapshot of nothing, and
// misses nothing: what was read of other pledges, or of nobody knows what, does.
func TestReaderFromBeforeTheFirstRevisionGetsThat(t *testing.T) {
	empty := New(new(pledge.Book), Options{})
	book := new(pledge.Book)
	book.Put(numbered(1, 0))
	loaded := New(book, Options{})
	for name, s := range map[string]*Server{"an empty book": empty, "a book that was loaded": loaded} {
		answer, _ := ask(t, s, "GET", "/countable.json")
		tag := url.QueryEscape(answer.Header.Get("ETag"))
		for _, test := range []struct{ after, event string }{
			{tag, "pledge"}, {"0", "snapshot"}, {"0-00c0ffee00c0ffee", "snapshot"}, {"1-00c0ffee00c0ffee", "snapshot"},
		} {
			ctx, stop := context.WithCancel(t.Context())
			p, err := listen(ctx, start(t, s)+"/events?after="+test.after, "")
			if err != nil {
				t.Fatal(err)
			}
			if test.event == "pledge" { // which comes only now
				if _, _, err := s.Put(numbered(7, 0)); err != nil {
					t.Fatal(err)
				}
			}
			if m, err := p.next(); err != nil || m.event != test.event {
				t.Errorf("%s, after %s: %v %v", name, test.after, m, err)
			}
			stop()
		}
	}
}

// Numbers that a server has counted by itself, from nothing, are nobody else's.
func TestNumberAloneIsEnoughWhereItCannotBeWrong(t *testing.T) {
	s := New(new(pledge.Book), Options{})
	var sequences []uint64
	for n := range 3 {
		sequence, _, err := s.Put(numbered(n, 0))
		if err != nil {
			t.Fatal(err)
		}
		sequences = append(sequences, sequence)
	}
	after := "/events?after=" + strconv.FormatUint(sequences[1], 10)
	if m := first(t, s, after, "", 1)[0]; m.id != strconv.FormatUint(sequences[2], 10) || m.event != "pledge" {
		t.Errorf("%s %s", m.id, m.event)
	}
	s.Apply(sequences[2]+1, numbered(3, 0)) // of a record that others may have, too
	if m := first(t, s, after, "", 1)[0]; m.event != "snapshot" {
		t.Errorf("%s %s", m.id, m.event)
	}
}

// A restart must not give an old tag to new content, though it counts from 1
// again.
func TestTagsOfOtherPledgesDiffer(t *testing.T) {
	seen := map[string]string{}
	for name, s := range map[string]*Server{
		"one":           newServer(t, 3, Options{}),
		"another title": newServer(t, 3, Options{Header: tally.Header{Title: "T"}}),
		"another pledge": func() *Server {
			s := newServer(t, 2, Options{})
			s.Apply(3, numbered(7, 0))
			return s
		}(),
	} {
		answer, _ := ask(t, s, "GET", "/counts.json")
		tag := answer.Header.Get("ETag")
		if other, ok := seen[tag]; ok {
			t.Errorf("%s and %s have the tag %s", name, other, tag)
		}
		seen[tag] = name
	}
}

// recorder is a reader without a connection. It can be slow.
type recorder struct {
	mu     sync.Mutex
	header http.Header
	wrote  bytes.Buffer
	limit  int           // it takes so many bytes, if it isn't 0
	until  time.Time     // deadline
	stuck  chan struct{} // where it isn't nil a write behind the first waits for it
}

func newRecorder() *recorder { return &recorder{header: http.Header{}} }

func (r *recorder) Header() http.Header { return r.header }
func (r *recorder) WriteHeader(int)     {}
func (r *recorder) FlushError() error   { return nil }

func (r *recorder) SetWriteDeadline(at time.Time) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until = at
	return nil
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.stuck != nil && r.text() != "" {
		<-r.stuck
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.limit > 0 && r.wrote.Len()+len(b) > r.limit {
		if r.until.IsZero() {
			panic("a write without a deadline")
		}
		time.Sleep(time.Until(r.until))
		return 0, os.ErrDeadlineExceeded
	}
	return r.wrote.Write(b)
}

func (r *recorder) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wrote.String()
}

// stream runs a stream in the bubble of a test; what it returns ends it.
func (r *recorder) stream(s *Server, path, last string) (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	request, _ := http.NewRequestWithContext(ctx, "GET", path, nil)
	request.Header.Set("Last-Event-ID", last)
	done := make(chan struct{})
	go func() {
		s.ServeHTTP(r, request)
		close(done)
	}()
	return func() {
		cancel()
		<-done
	}
}

func TestSilenceIsBroken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, 1, Options{Heartbeat: 15 * time.Second})
		r := newRecorder()
		end := r.stream(s, "/events", idAt(s, 1))
		time.Sleep(14 * time.Second)
		s.Apply(2, numbered(1, 0)) // which begins a new silence
		time.Sleep(14 * time.Second)
		synctest.Wait()
		beat := func(sequence uint64) string {
			return "event: heartbeat\ndata: {\"interval\":15000,\"at\":\"" + idAt(s, sequence) + "\"}\n\n"
		}
		if !strings.HasSuffix(strings.Split(r.text(), "id: ")[0], "\n"+beat(1)) || strings.Count(r.text(), "heartbeat") != 1 { // that at the beginning
			t.Errorf("too early: %q", r.text())
		}
		time.Sleep(62 * time.Second)
		synctest.Wait()
		if !strings.HasSuffix(r.text(), "\n\n"+strings.Repeat(beat(2), 5)) {
			t.Errorf("%q", r.text())
		}
		end()
	})
}

func TestReaderThatIsAheadWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, 3, Options{CatchUp: 10 * time.Second})
		r, late := newRecorder(), newRecorder()
		faster := newServer(t, 3, Options{})
		for n := 4; n <= 9; n++ {
			faster.Apply(uint64(n), numbered(n, 0))
		}
		end := r.stream(s, "/events", idAt(faster, 5))
		endLate := late.stream(s, "/events", idAt(faster, 9))
		synctest.Wait()
		for n := 4; n <= 6; n++ {
			time.Sleep(time.Second)
			s.Apply(uint64(n), numbered(n, 0))
			synctest.Wait()
			if n < 6 && strings.Contains(r.text(), "id:") {
				t.Errorf("at %d it got %q", n, r.text())
			}
		}
		if got := r.text(); strings.Count(got, "id: ") != 1 || !strings.Contains(got, "id: "+idAt(s, 6)+"\nevent: pledge\n") {
			t.Errorf("%q", got)
		}
		time.Sleep(10 * time.Second)
		synctest.Wait()
		if got := late.text(); strings.Count(got, "id: ") != 1 || !strings.Contains(got, "id: "+idAt(s, 6)+"\nevent: snapshot\n") {
			t.Errorf("%q", got)
		}
		end()
		endLate()
	})
}

func TestReaderThatDoesNotReadIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, 1, Options{WriteTimeout: 10 * time.Second})
		slow, quick := newRecorder(), newRecorder()
		slow.limit = 2000
		endSlow, endQuick := slow.stream(s, "/events", idAt(s, 1)), quick.stream(s, "/events", idAt(s, 1))
		for n := range 20 {
			s.Apply(uint64(n+2), numbered(n+1, 0))
			synctest.Wait() // nobody waits for the slow one
			if got := strings.Count(quick.text(), "id: "); got != n+1 {
				t.Fatalf("the quick one has %d of %d", got, n+1)
			}
		}
		time.Sleep(11 * time.Second)
		synctest.Wait()
		endSlow()
		if st := s.Stats(); st.Readers != 1 || st.Dropped != 1 {
			t.Errorf("%+v", st)
		}
		endQuick()
	})
}

// A reader so slow that the history has gone by comes back for a fresh start.
func TestReaderThatFallsOutOfTheHistoryIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, 1, Options{History: 2})
		r := newRecorder()
		r.stuck = make(chan struct{})
		end := r.stream(s, "/events", idAt(s, 1))
		for n := range 5 {
			synctest.Wait()
			s.Apply(uint64(n+2), numbered(n+1, 0))
		}
		close(r.stuck)
		synctest.Wait()
		if st := s.Stats(); st.Dropped != 1 || st.Readers != 0 || strings.Count(r.text(), "id:") != 1 {
			t.Errorf("%+v %q", st, r.text())
		}
		end()
	})
}

func TestThereIsRoomForSoManyReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, 1, Options{MaxReaders: 2})
		end1, end2 := newRecorder().stream(s, "/events", idAt(s, 1)), newRecorder().stream(s, "/events", idAt(s, 1))
		synctest.Wait()
		answer, body := ask(t, s, "GET", "/events")
		if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); answer.StatusCode != 503 || !isProblem(t, answer, body) || err != nil || seconds < 3 || seconds > 6 {
			t.Errorf("%s %v %s", answer.Status, answer.Header, body)
		}
		end1()
		end3 := newRecorder().stream(s, "/events", idAt(s, 1))
		synctest.Wait()
		if st := s.Stats(); st.Readers != 2 || st.Refused != 1 || st.Requests[503] != 1 || st.Requests[200] != 3 {
			t.Errorf("%+v", st)
		}
		end2()
		end3()
	})
}

func TestShutdownEndsStreamsBehindAWholeEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, 1, Options{})
		var all []*recorder
		var ends []func()
		for range 20 {
			r := newRecorder()
			r.stuck = make(chan struct{})
			all, ends = append(all, r), append(ends, r.stream(s, "/events", idAt(s, 1)))
		}
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for _, r := range all[1:] {
			close(r.stuck)
		}
		s.Apply(2, numbered(1, 0))
		synctest.Wait()
		if err := s.Shutdown(ctx); err != context.Canceled {
			t.Errorf("with one that doesn't go: %v", err)
		}
		close(all[0].stuck)
		if err := s.Shutdown(t.Context()); err != nil {
			t.Error(err)
		}
		for _, r := range all {
			if !strings.HasSuffix(r.text(), "\n\n") || strings.Count(r.text(), "id: "+idAt(s, 2)+"\n") != 1 {
				t.Errorf("%q", r.text())
			}
		}
		for _, end := range ends {
			end()
		}
		if answer, _ := ask(t, s, "GET", "/events"); answer.StatusCode != 503 {
			t.Errorf("after the end: %s", answer.Status)
		}
		if answer, _ := ask(t, s, "GET", "/pledges.json"); answer.StatusCode != 200 {
			t.Errorf("after the end: %s", answer.Status)
		}
	}) // which fails if a goroutine is left
}

// Whatever a pledge says, it stays within its message.
func TestTextsDoNotBreakMessages(t *testing.T) {
	p := numbered(1, 0)
	p.Title = "a\n\nid: 9\r\rdata: x\u2028\u2029\x00 \xff"
	c := countable(&p)
	text := string(appendPledge(nil, cursor{sequence: 7}, c.AppendJSON(nil)))
	in := &parser{in: bufio.NewReader(strings.NewReader(text))}
	m, err := in.next()
	if _, end := in.next(); err != nil || end != io.EOF || m.id != "7" || strings.Count(text, "\n") != 4 || strings.Contains(text, "\r") {
		t.Fatalf("%v %v %q", err, m, text)
	}
	var got pledge.Pledge
	if err := got.UnmarshalJSON([]byte(m.data)); err != nil || got.Title != strings.ToValidUTF8(p.Title, "\ufffd") {
		t.Errorf("%v: %q", err, got.Title)
	}
}

func TestPlainServiceCountsItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := new(pledge.Book)
		for n := range 3 {
			book.Put(numbered(n, 0))
		}
		s := New(book, Options{Rebuild: -1})
		first := idAt(s, 0)
		for _, path := range []string{"/pledges.json", "/snapshot.json"} {
			if _, body := ask(t, s, "GET", path); strings.Contains(body, "sequence") {
				t.Errorf("nobody has counted, and %s says %s", path, body)
			}
		}
		r := newRecorder()
		end := r.stream(s, "/events", "1650000000000000")
		synctest.Wait()
		want := uint64(time.Now().UnixMicro())
		for i := range uint64(2) {
			sequence, outcome, err := s.Put(numbered(7, int(i)))
			if sequence != want+i || outcome != tally.Added+tally.Outcome(i) || err != nil {
				t.Errorf("%d %v %v, want %d", sequence, outcome, err, want+i)
			}
		}
		if sequence, outcome, err := s.Put(numbered(7, 0)); sequence != want+1 || outcome != tally.Ignored || err != nil || s.Sequence() != sequence {
			t.Errorf("once more: %d %v %v", sequence, outcome, err)
		}
		if _, _, err := s.Put(pledge.Pledge{}); err != pledge.ErrNoID {
			t.Error(err)
		}
		synctest.Wait()
		if got := r.text(); !strings.Contains(got, "id: "+first+"\nevent: snapshot\n") || strings.Count(got, "event: pledge") != 2 {
			t.Errorf("%q", got)
		}
		end()
	})
}

func TestSequencesOfARecordGrow(t *testing.T) {
	s := newServer(t, 3, Options{})
	for _, sequence := range []uint64{3, 2, 0} {
		outcome, err := s.Apply(sequence, numbered(9, 0))
		if e, ok := err.(*SequenceError); outcome != tally.Ignored || !ok || *e != (SequenceError{3, sequence}) || err.Error() == "" {
			t.Errorf("%d: %v %v", sequence, outcome, err)
		}
	}
	if _, err := s.Apply(4, pledge.Pledge{}); err != pledge.ErrNoID || s.Sequence() != 3 {
		t.Errorf("%v at %d", err, s.Sequence())
	}
	s.Advance(2)
	if s.Sequence() != 3 || s.book.Len() != 3 {
		t.Error(s.Sequence())
	}
	s.Advance(8)
	if s.Sequence() != 8 {
		t.Error(s.Sequence())
	}
}

func TestOptionsThatMeanNothingAreTheDefaults(t *testing.T) {
	all := Options{MaxAge: -1, Rebuild: -1, CacheBytes: -1, History: -1, HistoryBytes: -1, MaxReaders: -1, Heartbeat: -1, Retry: -1, WriteTimeout: -1, CatchUp: -1}.withDefaults()
	want := Options{MaxAge: -1, Rebuild: -1}.withDefaults()
	all.Logger, want.Logger = nil, nil
	if all != want || all.History != 10_000 || all.MaxAge != -1 {
		t.Errorf("%+v", all)
	}
	if o := (Options{}).withDefaults(); o.MaxAge != 10*time.Second || o.Rebuild != 250*time.Millisecond {
		t.Errorf("%+v", o)
	}
}
