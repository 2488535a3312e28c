package pledge

import (
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/gcmkit/gcmkit/pledge/internal/crew"
	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Loaded is what [Book.Load] has read.
type Loaded struct {
	Header   tally.Header
	Records  int
	Lost     int             // records of which no pledge could be made
	Problems []tally.Problem // the first [tally.MaxProblems]
}

// Load puts every pledge of a feed into the book: see [Decoder] for what a
// feed may look like. Where an error ends it, what came before is in the book.
//
// It decodes records in as many goroutines as runtime.GOMAXPROCS says, which have
// ended when it returns. The book can be used meanwhile.
func (b *Book) Load(r io.Reader) (Loaded, error) { return b.load(r, runtime.GOMAXPROCS(0)) }

func (b *Book) load(r io.Reader, goroutines int) (Loaded, error) {
	d := NewDecoder(r)
	d.begin()
	l := load{book: b}
	hands := make([]crew.Hand, goroutines)
	for i := range hands {
		hands[i] = newLoader(&l, d.record.depth)
	}
	_, err := crew.Decode(whole{r, &d.split}, &d.split, d.split.Next, hands)
	err = feedError(err)
	l.Records, _ = d.split.Position()
	if err == nil {
		err = d.readHeader()
	}
	if err != nil {
		return l.Loaded, err
	}
	l.Header = d.Header()
	l.Problems = append(l.Problems, d.wrong[:min(len(d.wrong), tally.MaxProblems-len(l.Problems))]...)
	return l.Loaded, nil
}

// whole is a stream that tells a splitter where it ends.
type whole struct {
	io.Reader
	split *frame.Splitter
}

func (w whole) Read(p []byte) (n int, err error) {
	if n, err = w.Reader.Read(p); err == io.EOF {
		w.split.End()
	}
	return n, err
}

// load is a feed that several loaders load into a book.
type load struct {
	book *Book
	mu   sync.Mutex // of Loaded
	Loaded
}

// note notes a record that isn't perfect, which may not be the next one.
func (l *load) note(r *Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r.Lost {
		l.Lost++
	}
	at := len(l.Problems)
	for at > 0 && l.Problems[at-1].Record > r.Index {
		at--
	}
	l.Problems = slices.Insert(l.Problems, at, r.Problems...)
	l.Problems = l.Problems[:min(len(l.Problems), tally.MaxProblems)]
}

// loader loads some of the records of a feed. What it decodes it puts some at a
// time, so that others need seldom wait for it.
type loader struct {
	*load
	known   *known
	record  recordDecoder
	pledge  *Pledge // for the next record, zero
	facets  tally.Facets
	numbers []tally.Number // of its pledgers
	waiting []*Pledge      // that the writer has and the book doesn't
}

func newLoader(l *load, depth int) *loader {
	k := &known{writer: tally.NewWriter(&l.book.index)}
	return &loader{load: l, known: k, record: recordDecoder{depth: depth, known: k}, pledge: new(Pledge)}
}

// How many pledges are put at once: no fewer than some, and more only while another
// puts his.
const (
	someWaiting = 128
	mostWaiting = 1024
)

// Take implements [crew.Hand].
func (l *loader) Take(raw frame.Record) {
	p := l.pledge
	found, ok := l.record.decode(raw, p)
	if ok && !isShort(raw.Bytes) && p.overLimit() != nil {
		found, ok = []wire.Problem{{Rule: wire.Rule(frame.TooLarge)}}, false
	}
	if len(found) > 0 || !ok {
		l.note(&Record{Index: raw.Index, Lost: !ok, Problems: problems(raw, found, ok)})
	}
	if !ok {
		*p = Pledge{}
		return
	}
	l.pledge = new(Pledge)
	p.own()
	p.facets(&l.facets)
	l.facets.Themes = p.Themes
	l.numbers = l.numbers[:0]
	for _, by := range l.known.by {
		l.numbers = append(l.numbers, by.number)
	}
	l.known.writer.Add(&l.facets, l.numbers, l.known.place)
	l.waiting = append(l.waiting, p)
	if n := len(l.waiting); n >= mostWaiting {
		l.book.mu.Lock()
		l.put()
	} else if n >= someWaiting && l.book.mu.TryLock() {
		l.put()
	}
}

// Settle implements [crew.Hand]. What waits has nothing of the records any more.
func (l *loader) Settle() {}

// put puts what waits, and unlocks the book.
func (l *loader) put() {
	defer l.book.mu.Unlock()
	l.known.writer.Flush(func(i int, row uint32, counts tally.Outcome) {
		if p := l.waiting[i]; l.book.decide(p, row, counts) != tally.Ignored {
			l.book.keep(p, row)
		}
	})
	l.waiting = l.waiting[:0]
	if l.known.isFull() {
		l.known.forget()
	}
}

// End implements [crew.Hand].
func (l *loader) End() {
	l.book.mu.Lock()
	l.put()
	l.known.writer.Close()
}
