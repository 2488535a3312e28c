package tally

import (
	"iter"
	"slices"
	"sync"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/intern"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// Index counts pledges under any [Query] while they come, change and go. It
// keeps a bitmap of pledges for each value of a facet, so that a count is a
// population count, in blocks of 4,096 pledges.
//
// The zero value is empty and ready. It must not be copied after first use. It is safe
// for concurrent use. Counting doesn't block writing: it works on a [Version], and the
// first write to a block after that copies the block. The time of a write doesn't
// depend on how many pledges there are, apart from that copy, and from moving some
// memory each time it has doubled.
//
// An index takes about 40 bytes a pledge, and what its distinct pledgers, places and
// themes take as text; 120 KB at least. One that a [Reader] has made gets a table of
// IDs, of about 15 bytes a pledge, once it is needed: each call that asks for a pledge
// by its ID, puts or removes one, makes a part of it for up to 20,480 pledges, until it
// is whole.
type Index struct {
	mu sync.Mutex

	rows    intern.Table // a row is that in its block, and the number of the block before it
	apart   []apart      // blocks of which rows doesn't know the pledges
	size    int          // pledges
	records [][]record   // of each block; the zero value where the row is free
	open    int          // the block that gets new rows, unless it is full
	free    []uint32
	coming  entry // that is being put
	there   entry // that has been put

	epoch   uint64
	current *Version // nil if there have been writes since the last one
	blocks  []*block
	stale   []uint32 // blocks that don't know their latest revision: see freshen

	pledgers dictionary[pledger]
	kinds    []kind             // of pledgers
	keys     dictionary[string] // of pledgers, each of which uses one
	themes   dictionary[string]
	places   dictionary[place]
	months   dictionary[gcm.Date]

	instants fast.Paged[gcm.Instant] // that a record has no room for
	texts    []*fast.Lists[byte]     // of the rows of each block; may be shorter
	words    words                   // of texts, for [Index.Search]

	pool sync.Pool // of *counter
}

// Outcome is what [Index.Put] did.
type Outcome uint8

// The outcomes. Ignored, the zero value, and Alike say that nothing has changed.
const (
	Ignored Outcome = iota // an older revision
	Added                  // a pledge that wasn't there
	Revised                // a later revision of one that was
	Alike                  // the revision that is there, or one that counts and is listed alike
)

// Len returns how many pledges the index holds, withdrawn ones included.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.size
}

// Put takes a revision of a pledge in, unless a later one is there: the order
// of puts doesn't matter. It keeps none of the slices. Values that don't exist
// are taken as not stated; themes, pledgers and States that are repeated, once.
func (x *Index) Put(f Facets) Outcome {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.putWith(&f, nil, nil)
}

// putWith puts a pledge with the names of its pledgers and its texts, if there are any.
func (x *Index) putWith(f *Facets, names []string, t texts) Outcome {
	x.step()
	e := x.entry(f, names)
	e.texts = t
	defer x.release(e)
	o, _ := x.put(e)
	return o
}

// Row returns the number of a pledge. A pledge keeps its number while it is in the
// index, and no other pledge has the same one meanwhile. So a program that keeps
// something for each pledge can keep it in a slice. The numbers of removed pledges are
// given to new ones, so that numbers stay small.
func (x *Index) Row(id ID) (row uint32, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.step()
	return x.find(&id, x.hash(&id))
}

// entry returns a pledge with numbers that are used until they are released. It
// writes it over the one that it returned last.
func (x *Index) entry(f *Facets, names []string) *entry {
	e := &x.coming
	e.begin()
	f.facts(&e.facts)
	e.month, e.Place = x.useMonth(monthOf(f.Announced)), x.usePlace(placeOf(f.Implementing))
	e.number(x.useMonth)
	for i, p := range f.Pledgers {
		by := named{Pledger: p}
		if i < len(names) {
			by.name = names[i]
		}
		e.pledgers = append(e.pledgers, x.usePledger(by))
	}
	for _, t := range f.Themes {
		e.themes = append(e.themes, x.useTheme(t))
	}
	for _, c := range f.Contributions {
		e.money = append(e.money, Contribution{c.Money, stated(c.Stage)})
	}
	e.unique(x.kinds, x.releasePledger, x.releaseTheme)
	return e
}

// stated returns a value, 0 for one that doesn't exist.
func stated[E interface {
	~uint8
	IsValid() bool
}](v E) E {
	if v.IsValid() {
		return v
	}
	return 0
}

// put puts a pledge, of which the numbers are used, and returns its row.
func (x *Index) put(e *entry) (Outcome, uint32) {
	id := ID(e.ID)
	hash := x.hash(&id)
	row, known := x.find(&id, hash)
	if known {
		if c := x.compare(e, row); c < 0 {
			return Ignored, row
		} else if c == 0 {
			return Alike, row
		}
	}
	x.write()
	outcome := Revised
	if known {
		x.clear(row)
	} else {
		row, outcome = x.take(hash), Added
	}
	r, odd := recordOf(e)
	*x.record(row) = r
	x.instants.Set(row, odd)
	x.writable(row).add(uint16(row%blockRows), e, x.kinds)
	x.use(e)
	x.setTexts(row, e.texts)
	return outcome, row
}

// Get returns the revision of a pledge that counts.
func (x *Index) Get(id ID) (Facets, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.step()
	row, ok := x.find(&id, x.hash(&id))
	if !ok {
		return Facets{}, false
	}
	return x.facetsOf(row), true
}

// All yields the pledges, withdrawn ones included, in no particular order. The
// index can be written to meanwhile; what is put then may or may not be among
// them.
func (x *Index) All() iter.Seq[Facets] {
	return func(yield func(Facets) bool) {
		for p := range x.all {
			if !yield(p.facets) {
				return
			}
		}
	}
}

// all yields the pledges with their texts.
func (x *Index) all(yield func(*described) bool) {
	for block := 0; ; block++ {
		all, ok := x.block(block)
		if !ok {
			return
		}
		for i := range all {
			if !yield(&all[i]) {
				return
			}
		}
	}
}

// described is a pledge with its texts, and the names of its pledgers if there are
// texts.
type described struct {
	_      [0]func() // without a function that compares two, which would be in the page
	facets Facets
	names  []string
	texts  texts
}

// block returns the pledges of a block, and false behind the last one.
func (x *Index) block(block int) (all []described, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if block >= len(x.records) {
		return nil, false
	}
	for i := range x.records[block] {
		if row := uint32(block*blockRows + i); x.blocks[block].live.Has(uint16(i)) {
			p := described{facets: x.facetsOf(row), texts: x.textsOf(row)}
			if len(p.texts) > 0 {
				p.names = x.namesOf(&x.there)
			}
			all = append(all, p)
		}
	}
	return all, true
}

// Merge puts every pledge of other into x, with what other has kept for lists.
// Whatever the order in which indexes are merged, and however often, the result
// counts the same.
func (x *Index) Merge(other *Index) {
	for p := range other.all {
		x.mu.Lock()
		x.putWith(&p.facets, p.names, p.texts)
		x.mu.Unlock()
	}
}

// Remove forgets a pledge, as if it had never been put; it reports whether it
// was there. A pledge that is withdrawn is rather put with that status.
func (x *Index) Remove(id ID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.step()
	hash := x.hash(&id)
	row, ok := x.find(&id, hash)
	if !ok {
		return false
	}
	x.write()
	x.clear(row)
	x.rows.Remove(hash, row)
	x.size--
	x.free = append(x.free, row)
	return true
}

// hash returns the hash of an ID, with which to look for it.
func (x *Index) hash(id *ID) uint32 { return x.rows.HashID((*[16]byte)(id)) }

// take finds a row for a new pledge, of which the ID has the hash.
func (x *Index) take(hash uint32) (row uint32) {
	if n := len(x.free); n > 0 {
		row, x.free = x.free[n-1], x.free[:n-1]
	} else {
		x.tabulateOpen()
		if len(x.records) == 0 || len(x.records[x.open]) == blockRows {
			x.open = len(x.records)
			var records []record
			if x.open > 0 { // the first grows, as there may be few
				records = make([]record, 0, blockRows)
			}
			x.records = append(x.records, records)
			x.blocks = append(x.blocks, &block{epoch: x.epoch})
		}
		records := &x.records[x.open]
		row = uint32(x.open*blockRows + len(*records))
		*records = append(*records, record{})
	}
	x.rows.Add(hash, row)
	x.size++
	return row
}

func (x *Index) record(row uint32) *record { return &x.records[row/blockRows][row%blockRows] }

// announced returns when the pledge in a row was announced.
func (x *Index) announced(row uint32) gcm.Date {
	return x.blocks[row/blockRows].announced(uint16(row%blockRows), x.months.values)
}

// updated returns the instant of the revision in a row.
func (x *Index) updated(row uint32) gcm.Instant {
	if seconds := x.record(row).seconds; seconds != 0 {
		return gcm.InstantOfUnix(int64(seconds), 0)
	}
	return x.instants.Of(row)
}

// read reads the pledge in a row into e, but for its texts.
func (x *Index) read(row uint32, e *entry) {
	x.begin(row, e)
	x.blocks[row/blockRows].read(uint16(row%blockRows), e)
}

// begin begins to read the pledge in a row into e.
func (x *Index) begin(row uint32, e *entry) {
	e.begin()
	e.ID, e.Updated, e.Announced = x.record(row).id, x.updated(row), x.announced(row)
	b, at := x.blocks[row/blockRows], uint16(row%blockRows)
	if n := b.deadlines.First(at); n != 0 {
		e.Deadline, e.progress.Open = x.months.values[dueMonth(n)], n&1 != 0
	}
	if n := b.reported.First(at); n != 0 {
		e.progress.Reported = x.months.values[n]
	}
}

// facetsOf returns the facets of the pledge in a row.
func (x *Index) facetsOf(row uint32) Facets {
	x.read(row, &x.there)
	return x.facets(&x.there)
}

// clear takes the pledge in a row out of everything but the table of rows.
func (x *Index) clear(row uint32) {
	x.read(row, &x.there)
	x.release(&x.there)
	x.setTexts(row, nil)
	x.instants.Set(row, gcm.Instant{})
	*x.record(row) = record{}
	b := x.writable(row)
	b.clear(uint16(row % blockRows))
	if !b.stale && b.latest == x.there.Updated {
		b.stale = true
		x.stale = append(x.stale, row/blockRows)
	}
}

// freshen finds the latest revision of each block that doesn't know it any more.
// It does so once between two versions, however often blocks are written to.
func (x *Index) freshen() {
	for _, block := range x.stale {
		b := x.blocks[block]
		b.stale, b.latest = false, gcm.Instant{}
		for i := range x.records[block] {
			if b.live.Has(uint16(i)) {
				if t := x.updated(block*blockRows + uint32(i)); t.Compare(b.latest) > 0 {
					b.latest = t
				}
			}
		}
	}
	x.stale = x.stale[:0]
}

// write prepares for a write: what the last version has stays as it is.
func (x *Index) write() {
	if x.current != nil {
		x.current = nil
		x.epoch++
		x.blocks = slices.Clone(x.blocks)
	}
}

// writable returns the block of a row, to be written to.
func (x *Index) writable(row uint32) *block {
	b := &x.blocks[row/blockRows]
	if (*b).epoch != x.epoch {
		*b = (*b).clone(x.epoch)
	}
	return *b
}
