package pledge

import (
	"bytes"
	"errors"

	"iter"
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
	pledges  rows // none changes, once it is here
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
	row, _ := b.index.Row(facets.ID)
	if outcome = b.decide(&p, row, outcome); outcome != tally.Ignored {
		kept := p.Clone()
		b.keep(&kept, row)
	}
	return outcome, nil
}

// decide returns what putting a revision does, of which the index has said what it
// does to the counts, and in which row. The book must be locked.
func (b *Book) decide(p *Pledge, row uint32, counts tally.Outcome) tally.Outcome {
	switch {
	case counts != tally.Alike:
		return counts
	case p.compareTexts(b.pledges.at(row)) <= 0:
		return tally.Ignored
	}
	return tally.Revised
}

// keep keeps a revision in the place of another. It must not change any more. The
// book must be locked.
func (b *Book) keep(p *Pledge, row uint32) {
	b.pledges.set(row, p)
	b.sequence++
}

// find returns the latest revision of a pledge, nil if there is none. The book must be
// locked.
func (b *Book) find(id uuid.UUID) *Pledge {
	if row, ok := b.index.Row(tally.ID(id)); ok {
		return b.pledges.at(row)
	}
	return nil
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
	p := b.find(id)
	if p == nil {
		return Pledge{}, false
	}
	return p.Clone(), true
}

// Len returns how many pledges the book holds, withdrawn ones included.
func (b *Book) Len() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.index.Len()
}

// All returns a copy of each pledge, withdrawn ones included, by ID: those that
// the book holds, and as it holds them, when All is called. The book can be
// used while one ranges.
func (b *Book) All() iter.Seq[Pledge] {
	b.mu.RLock()
	all := slices.Concat(b.pledges...)
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
		p := b.find(uuid.UUID(found.ID))
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
