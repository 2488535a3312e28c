package tally

import (
	"cmp"
	"iter"
	"math/bits"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/search"
)

// Found is what [Index.Search] has found. The zero value is nothing.
type Found struct {
	Total int   // how many pledges have the words
	Hits  []Hit // the first of them, the best one first

	words   []search.Word
	version *Version
	sets    []fast.Bitmap // what was found of each block
}

// Hit is a pledge that was found.
type Hit struct {
	Item
	In     Where       // where its words are
	Whole  bool        // each of them is a whole word there
	Topics []string    // of the pledge, that have one of the words
	Places []gcm.State // of the pledge, of which a name has one of the words, in the order of States
}

// Where says in which parts of a pledge the words are: all in the title, or else in the
// title and the names of pledgers, and so on. Zero is in none, where no word was looked
// for.
type Where uint8

// The parts of a pledge, the one that counts most first.
const (
	InTitle   Where = 1 + iota
	InPledger       // the names of pledgers; those of States in each language
	InTopic         // see [Facets].Themes
	InPlace         // the names of the States in which it is implemented, or a pledger is based
)

var whereNames = [...]string{"", "title", "pledger", "topic", "place"}

// IsValid reports whether w is one of the parts.
func (w Where) IsValid() bool { return InTitle <= w && w <= InPlace }

// String returns title, pledger, topic or place; "" for zero.
func (w Where) String() string {
	if int(w) < len(whereNames) {
		return whereNames[w]
	}
	return "Where(" + strconv.Itoa(int(w)) + ")"
}

// MaxWords is how many different words of a text [Index.Search] looks for.
const MaxWords = search.MaxWords

// Search finds the pledges that the query selects and that have every word of a text, in
// any order: in the title, the names of pledgers, topics or places. It returns how many
// there are, and the first so many of them.
//
// A pledge has a word if one of its own words begins with it. So there are results
// while somebody types, and "migrant" finds "migrants". Case, accents, vowel signs and
// the letters that people put for each other don't matter. Chinese has no blanks, so a
// Chinese word is found anywhere in a text. An Arabic word is found behind the article
// and the prefixes that are written with it. The names of States are looked for in all
// languages that the program has. Words are looked for as they are spelled: Search
// knows no synonyms and forgives no slips.
//
// First come pledges that have all words in the title, then those that have them in the
// title and the names of pledgers, then also in topics, then also in places. Among these,
// those come first of which each is a whole word; and then the newest, as in
// [Item.Compare]. Of a text without words that is the order of all that the query selects.
//
// Titles are known only if the index is from a [Reader] with Items. The first search
// folds all texts, see [Index.PrepareSearch]; that takes longer than the search itself,
// and as many bytes as titles, and the names of the different pledgers, have. Later
// ones fold what has changed. Search doesn't block writing at first. If something is
// written meanwhile, it begins again, and writers wait; so all that it finds was there
// at one moment.
func (x *Index) Search(q Query, text string, limit int) *Found {
	words := search.Words(text)
	for len(words) > 0 && !x.PrepareSearch() {
	}
	x.mu.Lock()
	f := x.finder(words)
	x.mu.Unlock()
	sets := f.find(&q)
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.current != f.version {
		f = x.finder(words)
		sets = f.find(&q)
	}
	return x.found(f, sets, limit)
}

// PrepareSearch folds some of the texts that [Index.Search] looks through, as many as
// 4,096 pledges have, and reports whether all are folded. If a program calls it while
// it is idle, until it reports true, the first search takes no longer than others.
func (x *Index) PrepareSearch() (done bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.fold(blockRows / search.PageSize)
}

// Counts counts what was found, all of it, as [Index.Count] counts what a query selects.
func (f *Found) Counts() Counts {
	if f.version == nil {
		return Counts{}
	}
	c := f.version.counter()
	defer f.version.put(c)
	for i := range f.sets {
		if s := &f.sets[i]; *s != (fast.Bitmap{}) {
			c.add(f.version.blocks[i], s)
		}
	}
	return c.counts(f.version)
}

// Marks yields the parts of a text, such as the title of a hit, that are words of the
// search: where each begins and ends, in bytes. They come in order, don't overlap, and
// have each letter with its marks.
func (f *Found) Marks(text string) iter.Seq2[int, int] { return marks(f.words, text) }

// Marks is [Found.Marks] of the snapshot's search.
func (s *Snapshot) Marks(text string) iter.Seq2[int, int] {
	return marks(search.Words(s.Search), text)
}

func marks(words []search.Word, text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		for _, r := range search.Ranges(words, text) {
			if !yield(r.Start, r.End) {
				return
			}
		}
	}
}

// found returns the first hits of what was found. The index is locked, and as it was.
func (x *Index) found(f *finder, sets []ranked, limit int) *Found {
	all := &Found{words: f.words, version: f.version, sets: make([]fast.Bitmap, len(sets))}
	for rank := range ranks {
		here := 0
		for i := range sets {
			here += sets[i][rank].Count()
			all.sets[i].Or(&sets[i][rank])
		}
		all.Total += here
		if most := min(limit-len(all.Hits), here); most > 0 {
			for _, s := range x.first(sets, rank, most) {
				all.Hits = append(all.Hits, x.hit(f, s.row, rank))
			}
		}
	}
	return all
}

// hit returns the pledge in a row.
func (x *Index) hit(f *finder, row uint32, rank int) (h Hit) {
	h.Item = x.place(row)
	x.describe(row, &h.Item)
	if len(f.words) > 0 {
		h.In, h.Whole = InTitle+Where(rank/2), rank%2 == 0
	}
	f.explain(&x.there, &h)
	return h
}

// spot is a row with what orders it in a list.
type spot struct {
	_         [0]func() // without a function that compares two, which would be in the page
	announced gcm.Date
	updated   gcm.Instant
	id        ID
	row       uint32
}

// before orders as [Item.Compare].
func (s *spot) before(t *spot) bool {
	return cmp.Or(t.announced.Compare(s.announced), t.updated.Compare(s.updated), s.id.Compare(t.id)) < 0
}

// first returns the first so many rows of a rank, in order.
func (x *Index) first(sets []ranked, rank, most int) []spot {
	h := make(spots, 0, most)
	for i := range sets {
		for j, w := range sets[i][rank] {
			for ; w != 0; w &= w - 1 {
				row := uint32(i*blockRows + j<<6 + bits.TrailingZeros64(w))
				h.put(spot{announced: x.announced(row), updated: x.updated(row), id: x.record(row).id, row: row})
			}
		}
	}
	for n := len(h) - 1; n > 0; n-- { // heapsort
		h[0], h[n] = h[n], h[0]
		h[:n].sink(0)
	}
	return h
}

// spots are the first ones of those that were put, as many as there is room for: a heap,
// with the last one on top once it is full.
type spots []spot

func (h *spots) put(s spot) {
	all := *h
	if len(all) < cap(all) {
		all = append(all, s)
		*h = all
		if len(all) == cap(all) {
			for i := len(all)/2 - 1; i >= 0; i-- {
				all.sink(i)
			}
		}
	} else if s.before(&all[0]) {
		all[0] = s
		all.sink(0)
	}
}

// sink restores the order below a place.
func (h spots) sink(i int) {
	for {
		last := i
		for child := 2*i + 1; child < len(h) && child <= 2*i+2; child++ {
			if h[last].before(&h[child]) {
				last = child
			}
		}
		if last == i {
			return
		}
		h[i], h[last] = h[last], h[i]
		i = last
	}
}
