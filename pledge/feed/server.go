package feed

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Server serves a book of pledges. [New] makes one. It is a handler of the
// addresses that the package lists, below whatever path it is mounted on, and is
// safe for concurrent use.
type Server struct {
	book    *pledge.Book
	options Options
	history *history
	cache   cache

	directories directories

	compressors compressors

	readers readers
	stats   counters

	routes   map[Resource]*route
	handlers map[Resource]http.Handler

	state atomic.Pointer[state]

	mu     sync.RWMutex // held while one writes; readers hold it while they look at the book
	digest digest
	latest gcm.Instant
}

// New returns a server of a book, which may hold pledges already. From then on only
// [Server.Put] and [Server.Apply] may write to the book: readers wouldn't be told of
// other changes.
func New(book *pledge.Book, o Options) *Server {
	o = o.withDefaults()
	s := &Server{
		book:    book,
		options: o,
		cache:   newCache(o.CacheBytes),
		readers: newReaders(o.MaxReaders),
	}
	for p := range book.All() {
		s.note(&p)
	}
	s.history = newHistory(o.History, o.HistoryBytes, o.Header.Sequence, s.digest.mark())
	s.state.Store(stateOf(o.Header, s.digest, s.latest))
	s.mount()
	return s
}

// note notes a pledge of the book, and returns what is countable of it as JSON.
func (s *Server) note(p *pledge.Pledge) (countable []byte) {
	h, countable := digestOf(p)
	s.digest.add(h)
	if p.Updated.Compare(s.latest) > 0 {
		s.latest = p.Updated
	}
	return countable
}

// SequenceError says that a revision came out of order, or once more.
type SequenceError struct {
	Have, Got uint64
}

func (e *SequenceError) Error() string {
	return "feed: sequence " + strconv.FormatUint(e.Got, 10) + " comes after " + strconv.FormatUint(e.Have, 10)
}

// Put adds a revision that has no sequence of its own, and returns the sequence of the
// book afterwards. A revision that changes nothing gets no sequence. If the book had no
// sequence before, sequences begin with the microseconds since 1970. So what a reader
// has seen before a restart is never mistaken for something else. It doesn't validate
// the pledge: do so before, see [pledge.Pledge.Validate]. The error is one of
// [pledge.Book.Put].
func (s *Server) Put(p pledge.Pledge) (sequence uint64, outcome tally.Outcome, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	have := s.Sequence()
	next := have + 1
	if have == 0 {
		next = uint64(time.Now().UnixMicro())
		s.history.trust(next) // nobody has seen so large a number before
	}
	outcome, err = s.put(next, p)
	if err != nil || outcome == tally.Ignored {
		return have, outcome, err
	}
	return next, outcome, nil
}

// Apply adds a revision that has a sequence in a record that is kept elsewhere.
// Sequences grow; they may have gaps. A revision that changes nothing is one of the
// record like any other. It doesn't validate the pledge. The error is one of
// [pledge.Book.Put], or a [*SequenceError] where the sequence isn't later than what has
// been applied; then nothing has changed.
func (s *Server) Apply(sequence uint64, p pledge.Pledge) (tally.Outcome, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if have := s.Sequence(); sequence <= have {
		return tally.Ignored, &SequenceError{Have: have, Got: sequence}
	}
	s.history.trust(0)
	outcome, err := s.put(sequence, p)
	if err == nil && outcome == tally.Ignored {
		s.advance(sequence)
	}
	return outcome, err
}

// Advance says that the record has reached a sequence at which nothing changes the
// book, such as that of a message that couldn't be read. An earlier sequence changes
// nothing.
func (s *Server) Advance(sequence uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if sequence > s.Sequence() {
		s.advance(sequence)
	}
}

// Sequence returns the sequence of the last revision; 0 if revisions had none so far.
func (s *Server) Sequence() uint64 { return s.state.Load().header.Sequence }

// SetHeader says from now on whose the pledges are, and as of when. Its Sequence
// isn't looked at. Readers of the stream aren't told.
func (s *Server) SetHeader(h tally.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.Header = h
	s.reach(s.Sequence())
}

// put puts a revision into the book and tells all readers, if that changes
// anything. s.mu is held.
func (s *Server) put(sequence uint64, p pledge.Pledge) (tally.Outcome, error) {
	before := undo{state: s.state.Load(), id: p.ID}
	old, known := s.book.Get(p.ID)
	outcome, err := s.book.Put(p)
	if err != nil || outcome == tally.Ignored {
		return outcome, err
	}
	if known {
		h, encoded := digestOf(&old)
		s.digest.remove(h)
		c := countable(&old)
		before.old, before.size = &c, len(encoded)
	}
	encoded := s.note(&p)
	s.reach(sequence)
	at := cursor{sequence, s.digest.mark(), true}
	s.history.add(event{sequence, at.mark, appendPledge(nil, at, encoded), before})
	return outcome, nil
}

func (s *Server) advance(sequence uint64) {
	s.reach(sequence)
	s.history.advance(sequence)
}

func (s *Server) reach(sequence uint64) {
	h := s.options.Header
	h.Sequence = sequence
	s.state.Store(stateOf(h, s.digest, s.latest))
}

// Shutdown ends the stream of every reader, after a complete event, and waits until all
// of them are gone. If the context is done before that, it returns the error of the
// context. Readers come back on their own, to this server or another. Other requests
// are still answered. Call [http.Server.Shutdown] after it to end those: it would wait
// for the readers.
func (s *Server) Shutdown(ctx context.Context) error { return s.readers.shutdown(ctx) }
