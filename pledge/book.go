package pledge

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// ErrNoID is returned for a pledge that has no ID.
var ErrNoID = errors.New("pledge: a pledge without an ID")

// Book holds the latest revision of each pledge. Two books that have been
// given the same revisions, in whatever order and however often, hold the same
// pledges. The zero value is empty and ready. A Book is safe for concurrent
// use and must not be copied after first use.
type Book struct {
	mu       sync.RWMutex
	pledges  map[uuid.UUID]*Pledge // of which none changes, once it is here
	index    tally.Index
	sequence uint64
}

// Put takes a revision in, unless the book has a later one: see
// [Pledge.Supersedes]. It keeps a copy. It doesn't validate the pledge: see
// [Pledge.Validate]. The error is [ErrNoID], or a [*LimitError] for a pledge
// or a list that is longer than any that a feed may have.
func (b *Book) Put(p Pledge) (tally.Outcome, error) {
	if p.ID == uuid.Nil {
		return tally.Ignored, ErrNoID
	}
	if err := p.overLimit(); err != nil {
		return tally.Ignored, err
	}
	facets := p.Facets()
	b.mu.Lock()
	defer b.mu.Unlock()
	outcome := b.index.Put(facets)
	if outcome == tally.Alike {
		if p.compareTexts(b.pledges[p.ID]) <= 0 {
			return tally.Ignored, nil
		}
		outcome = tally.Revised
	}
	if outcome == tally.Ignored {
		return outcome, nil
	}
	if b.pledges == nil {
		b.pledges = make(map[uuid.UUID]*Pledge)
	}
	kept := p.Clone()
	b.pledges[p.ID] = &kept
	b.sequence++
	return outcome, nil
}

// Merge puts every pledge of other into b.
func (b *Book) Merge(other *Book) {
	for p := range other.All() {
		b.Put(p) // has no error, as it was in a book
	}
}

// Get returns a copy of the latest revision of a pledge, withdrawn or not.
func (b *Book) Get(id uuid.UUID) (Pledge, bool) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	p, ok := b.pledges[id]
	if !ok {
		return Pledge{}, false
	}
	return p.Clone(), true
}

// Len returns how many pledges the book holds, withdrawn ones included.
func (b *Book) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(b.pledges)
}

// All returns a copy of each pledge, withdrawn ones included, by ID: those that
// the book holds, and as it holds them, when All is called. The book can be
// used while one ranges.
func (b *Book) All() iter.Seq[Pledge] {
	b.mu.RLock()
	all := slices.AppendSeq(make([]*Pledge, 0, len(b.pledges)), maps.Values(b.pledges))
	b.mu.RUnlock()
	sorted := sync.OnceFunc(func() {
		slices.SortFunc(all, func(a, b *Pledge) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	})
	return func(yield func(Pledge) bool) {
		sorted()
		for _, p := range all {
			if !yield(p.Clone()) {
				return
			}
		}
	}
}

// Count counts the pledges that the query selects. Neither it nor Snapshot
// keeps who writes waiting.
func (b *Book) Count(q tally.Query) tally.Counts { return b.index.Count(q) }

// Choices returns what a reader has chosen of a snapshot of the book, and what
// could be chosen instead: see [tally.Index.Choices].
func (b *Book) Choices(s *tally.Snapshot, chosen tally.Query) *tally.Choices {
	return b.index.Choices(s, chosen)
}

// Snapshot returns the counts of a query with what a reader must know to trust
// them, and the newest pledges that it selects. Its sequence is that of the
// header, or else the number of changes that the book has seen. The newest pledges are as they are when it
// returns, which may be some changes later.
func (b *Book) Snapshot(h tally.Header, q tally.Query) *tally.Snapshot {
	b.mu.RLock()
	version, sequence := b.index.Version(), b.sequence
	b.mu.RUnlock()
	if h.Sequence == 0 {
		h.Sequence = sequence
	}
	return &tally.Snapshot{
		Header:     h,
		Latest:     version.Latest(),
		Definition: tally.Definition,
		Query:      q,
		Counts:     version.Count(q),
		Items:      b.newest(q),
	}
}

// newest returns the newest pledges that the query selects.
func (b *Book) newest(q tally.Query) (items []tally.Item) {
	found := b.index.Newest(q, tally.MaxItems)
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, found := range found {
		p := b.pledges[uuid.UUID(found.ID)]
		if f := p.Facets(); q.Matches(&f) { // still, if there has been a revision since
			items = append(items, p.item(&f))
		}
	}
	slices.SortFunc(items, func(a, b tally.Item) int { return a.Compare(&b) })
	return items
}

// item returns what a list shows of the pledge, which has these facets.
func (p *Pledge) item(f *tally.Facets) tally.Item {
	pledger := ""
	if len(p.Pledgers) > 0 {
		pledger = p.Pledgers[0].Name
	}
	return tally.ItemOf(f, p.Title, p.Language, pledger, p.Links)
}

// Loaded is what [Book.Load] has read.
type Loaded struct {
	Header   tally.Header
	Records  int
	Lost     int             // records of which no pledge could be made
	Problems []tally.Problem // the first [tally.MaxProblems]
}

// Load puts every pledge of a feed into the book: see [Decoder] for what a
// feed may look like. Where an error ends it, what came before is in the book.
func (b *Book) Load(r io.Reader) (Loaded, error) {
	var l Loaded
	d := NewDecoder(r)
	for record, err := range d.Records() {
		if err != nil {
			return l, err
		}
		l.Records++
		if record.Lost {
			l.Lost++
		} else {
			b.Put(record.Pledge) // has no error, or it would be lost
		}
		l.note(record.Problems)
	}
	l.Header = d.Header()
	l.note(d.HeaderProblems())
	return l, nil
}

func (l *Loaded) note(problems []tally.Problem) {
	l.Problems = append(l.Problems, problems[:min(len(problems), tally.MaxProblems-len(l.Problems))]...)
}
