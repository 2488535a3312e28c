package tally

import (
	"iter"
	"slices"
	"sync"

	"github.com/gcmkit/gcmkit/gcm"
)

// Index counts pledges under any [Query] while they come, change and go. It
// keeps a bitmap of pledges for each value of a facet, so that a count is a
// population count, in blocks of 4,096 pledges.
//
// The zero value is empty and ready. It must not be copied after first use. It
// is safe for concurrent use, and who counts doesn't stop who writes: counting
// works on a [Version], and the first write to a block after that copies the
// block. A write takes the same time however many pledges there are, but for
// that copy and, each time when the memory has doubled, moving some of it.
//
// An index takes about 150 bytes a pledge, and what its distinct pledgers and
// themes take as text; 110 KB at least.
type Index struct {
	mu sync.Mutex

	rows    table      // a row is that in its block, and the number of the block before it
	records [][]record // of each block, the zero value where the row is free
	open    int        // the block that gets new rows, unless it is full
	free    []uint32
	store   listStore
	scratch entry
	words   []uint32 // lists on their way into the store

	epoch   uint64
	current *Version // nil if there have been writes since the last one
	blocks  []*block

	pledgers dictionary[Pledger, pledger]
	kinds    []kind // of pledgers
	keys     dictionary[string, struct{}]
	themes   dictionary[string, string]
	months   dictionary[gcm.Date, gcm.Date]

	texts [][]*texts // of each block, for those that have any: see textsOf

	pool sync.Pool // of *counter
}

// Outcome is what [Index.Put] did.
type Outcome uint8

// The outcomes; the zero value says that nothing has changed.
const (
	Ignored Outcome = iota // an older revision, or the one that is there
	Added                  // a pledge that wasn't there
	Revised                // a later revision of one that was
)

// Len returns how many pledges the index holds, withdrawn ones included.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.rows.size
}

// Put takes a revision of a pledge in, unless a later one is there: the order
// of puts doesn't matter. It keeps none of the slices.
func (x *Index) Put(f Facets) Outcome {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.putWith(&f, nil)
}

// putWith puts a pledge with its texts, if it has any.
func (x *Index) putWith(f *Facets, t *texts) Outcome {
	e := x.entry(f)
	e.texts = t
	defer x.compact()
	defer x.release(&e.record, &e.lists)
	return x.put(e)
}

// entry returns a pledge with numbers that are used until they are released.
// It writes it over the one that it returned last.
func (x *Index) entry(f *Facets) *entry {
	e := &x.scratch
	e.record = record{
		id:         f.ID,
		updated:    f.Updated,
		objectives: f.Objectives,
		principles: f.Principles,
		announced:  f.Announced,
		month:      x.useMonth(monthOf(f.Announced)),
		natures:    f.Natures,
		kind:       f.Type,
		status:     f.Status,
		mirror:     f.Mirror,
		global:     f.Global,
	}
	e.reset()
	for _, p := range f.Pledgers {
		e.pledgers = append(e.pledgers, x.usePledger(p))
	}
	for _, s := range f.Implementing {
		e.implementing = append(e.implementing, uint32(s))
	}
	for _, t := range f.Themes {
		e.themes = append(e.themes, x.useTheme(t))
	}
	for _, c := range f.Contributions {
		e.money = appendMoney(e.money, c)
	}
	return e
}

// use says that the numbers of a pledge, which are used already, are used once
// more.
func (x *Index) use(r *record, l *lists) {
	x.months.uses[r.month]++
	for _, n := range l.pledgers {
		x.pledgers.uses[n]++
	}
	for _, n := range l.themes {
		x.themes.uses[n]++
	}
}

// release undoes use.
func (x *Index) release(r *record, l *lists) {
	x.releaseMonth(r.month)
	for _, n := range l.pledgers {
		x.releasePledger(n)
	}
	for _, n := range l.themes {
		x.releaseTheme(n)
	}
}

func (x *Index) put(e *entry) Outcome {
	hash := x.rows.hash(e.id[:])
	row, known := x.find(&e.id, hash)
	if known && !x.superseded(row, e) {
		return Ignored
	}
	x.write()
	outcome := Revised
	if known {
		x.unmark(row)
	} else {
		row, outcome = x.take(hash), Added
	}
	x.writable(row).mark(uint16(row%blockRows), &e.record, &e.lists, x.kinds, true)
	*x.record(row) = e.record
	x.words = e.lists.append(x.words[:0])
	x.settle(row, &e.lists, x.words, e.texts)
	return outcome
}

// settle keeps what belongs to the record of a row that has been marked.
func (x *Index) settle(row uint32, l *lists, words []uint32, t *texts) {
	r := x.record(row)
	x.use(r, l)
	r.address = x.store.put(words)
	if t != nil || x.texts != nil {
		x.setTexts(row, t)
	}
	if b := x.writable(row); r.updated.Compare(b.latest) > 0 {
		b.latest = r.updated
	}
}

// superseded reports whether e is the revision that counts, and not the one in
// the row.
func (x *Index) superseded(row uint32, e *entry) bool {
	r := x.record(row)
	if c := e.updated.Compare(r.updated); c != 0 {
		return c > 0
	}
	old, now := x.facetsOf(r), x.facets(&e.record, &e.lists)
	if c := now.Compare(&old); c != 0 {
		return c > 0
	}
	return e.texts.compare(x.textsOf(row)) > 0
}

// Get returns the revision of a pledge that counts.
func (x *Index) Get(id ID) (Facets, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	row, ok := x.find(&id, x.rows.hash(id[:]))
	if !ok {
		return Facets{}, false
	}
	return x.facetsOf(x.record(row)), true
}

// All yields the pledges, withdrawn ones included, in no particular order. The
// index can be written to meanwhile; what is put then may or may not be among
// them.
func (x *Index) All() iter.Seq[Facets] {
	return func(yield func(Facets) bool) {
		for f := range x.all {
			if !yield(f) {
				return
			}
		}
	}
}

// all yields the pledges with their texts.
func (x *Index) all(yield func(Facets, *texts) bool) {
	for block := 0; ; block++ {
		all, ok := x.block(block)
		if !ok {
			return
		}
		for _, p := range all {
			if !yield(p.facets, p.texts) {
				return
			}
		}
	}
}

// described is a pledge with its texts.
type described struct {
	facets Facets
	texts  *texts
}

// block returns the pledges of a block, and false behind the last one.
func (x *Index) block(block int) (all []described, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if block >= len(x.records) {
		return nil, false
	}
	for i := range x.records[block] {
		if r := &x.records[block][i]; x.blocks[block].live.has(uint16(i)) {
			all = append(all, described{x.facetsOf(r), x.textsOf(uint32(block*blockRows + i))})
		}
	}
	return all, true
}

// Merge puts every pledge of other into x, with what other has kept for lists.
// Whatever the order in which indexes are merged, and however often, the result
// counts the same.
func (x *Index) Merge(other *Index) {
	for f, t := range other.all {
		x.mu.Lock()
		x.putWith(&f, t)
		x.mu.Unlock()
	}
}

// Remove forgets a pledge, as if it had never been put; it reports whether it
// was there. A pledge that is withdrawn is rather put with that status.
func (x *Index) Remove(id ID) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	hash := x.rows.hash(id[:])
	row, ok := x.find(&id, hash)
	if !ok {
		return false
	}
	x.write()
	x.unmark(row)
	updated := x.record(row).updated
	*x.record(row) = record{}
	x.setTexts(row, nil)
	x.rows.remove(hash, row)
	x.free = append(x.free, row)
	if b := x.writable(row); b.latest == updated {
		b.latest = gcm.Instant{}
		for _, r := range x.records[row/blockRows] { // free rows have the zero Instant
			if r.updated.Compare(b.latest) > 0 {
				b.latest = r.updated
			}
		}
	}
	x.compact()
	return true
}

// find returns the row of a pledge.
func (x *Index) find(id *ID, hash uint32) (row uint32, ok bool) {
	return x.rows.find(hash, func(row uint32) bool { return x.record(row).id == *id })
}

// take finds a row for a new pledge, of which the ID has the hash.
func (x *Index) take(hash uint32) (row uint32) {
	if n := len(x.free); n > 0 {
		row, x.free = x.free[n-1], x.free[:n-1]
	} else {
		if len(x.records) == 0 || len(x.records[x.open]) == blockRows {
			var records []record // the first block may stay small
			if len(x.records) > 0 {
				records = make([]record, 0, blockRows)
			}
			x.open = len(x.records)
			x.records = append(x.records, records)
			x.blocks = append(x.blocks, &block{epoch: x.epoch})
		}
		row = uint32(x.open*blockRows + len(x.records[x.open]))
		x.records[x.open] = append(x.records[x.open], record{})
	}
	x.rows.add(hash, row)
	return row
}

// facetsOf returns the facets of a pledge that is there.
func (x *Index) facetsOf(r *record) Facets {
	l := x.store.get(r.address)
	return x.facets(r, &l)
}

func (x *Index) record(row uint32) *record { return &x.records[row/blockRows][row%blockRows] }

// unmark takes a row out of all counts, and its lists out of the store.
func (x *Index) unmark(row uint32) {
	r := x.record(row)
	l := x.store.get(r.address)
	x.writable(row).mark(uint16(row%blockRows), r, &l, x.kinds, false)
	x.release(r, &l)
	x.store.drop(&l)
}

// compact writes the lists anew where most of them are those that nobody refers
// to. All rows must be settled.
func (x *Index) compact() {
	if !x.store.wasteful() {
		return
	}
	var compact listStore
	for block, records := range x.records {
		for i := range records {
			if r := &records[i]; x.blocks[block].live.has(uint16(i)) {
				l := x.store.get(r.address)
				x.words = l.append(x.words[:0])
				r.address = compact.put(x.words)
			}
		}
	}
	x.store = compact
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
