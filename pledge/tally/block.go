package tally

import (
	"math/bits"
	"unsafe"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// blockRows is how many pledges a block holds.
const blockRows = fast.Rows

// block is what is counted of up to [blockRows] pledges. It belongs to the index
// that is of the same epoch and may write to it; to everybody else it is
// constant.
type block struct {
	_     [0]func() // without a function that compares two, which would be in the page
	epoch uint64

	sets[fast.Bitmap]

	pledgers  fast.Column // numbers of Index.pledgers
	themes    fast.Column // numbers of Index.themes
	places    fast.Column // numbers of Index.places
	months    fast.Column // numbers of Index.months, in which they were announced
	deadlines fast.Column // what due returns
	reported  fast.Column // numbers of Index.months, of the latest report
	days      [blockRows]uint8
	money     *fast.Lists[Contribution]

	latest gcm.Instant // the newest revision
	stale  bool        // one that was the latest is gone: see Index.freshen
}

// sets are the sets of pledges that are counted by their number: those of a
// block, or a word of each, which stands for 64 pledges.
type sets[T fast.Bitmap | uint64] struct {
	live      T // that hold a pledge
	withdrawn T
	global    T
	members   T // in which a Member State pledges

	// A set a value; index 0 holds the pledges that state none.
	Values[T]
	mirror [answerSize]T
}

// The places of sets among all.
const (
	liveSet = iota
	withdrawnSet
	globalSet
	membersSet
	valueSets // the first of those for each value
)

// of returns the sets of a dimension that has a few values.
func (s *sets[T]) of(d Dimension) []T {
	return s.all()[valueSets+int(table[d].first):][:table[d].size]
}

// all returns all the sets, which lie side by side.
func (s *sets[T]) all() []T {
	return unsafe.Slice(&s.live, unsafe.Sizeof(*s)/unsafe.Sizeof(s.live))
}

// words returns all the sets as words.
func (s *sets[T]) words() []uint64 {
	return unsafe.Slice((*uint64)(unsafe.Pointer(s)), unsafe.Sizeof(*s)/8)
}

func (b *block) columns() [6]*fast.Column {
	return [...]*fast.Column{&b.pledgers, &b.themes, &b.places, &b.months, &b.deadlines, &b.reported}
}

// clone returns a copy for an epoch.
func (b *block) clone(epoch uint64) *block {
	c := *b
	c.epoch = epoch
	for _, column := range c.columns() {
		column.Own()
	}
	c.money = b.money.Clone()
	return &c
}

// add puts the pledge of a row into every set that it belongs to.
func (b *block) add(row uint16, e *entry, kinds []kind) {
	note(b.words()[row/64:], len(fast.Bitmap{}), 1<<(row%64), e, kinds)
	b.addLists(row, e)
}

// note puts a pledge, which is a bit, into every set that it belongs to. It is
// the one place that says which these are. Of each set it is given the word with
// that bit, and from one set to the next it is so many words.
func note(sets []uint64, apart int, bit uint64, e *entry, kinds []kind) {
	sets[liveSet*apart] |= bit
	if e.Status == gcm.Withdrawn {
		sets[withdrawnSet*apart] |= bit
	}
	if e.Global {
		sets[globalSet*apart] |= bit
	}
	var all values // which isn't copied: that would wait until it is written
	all.set(&e.facts)
	for _, n := range e.pledgers {
		k := kinds[n]
		all.add(k)
		if k.member {
			sets[membersSet*apart] |= bit
		}
	}
	for d, values := range &all {
		if values == 0 {
			values = 1 // none
		}
		for first := valueSets + int(table[d].first); values != 0; values &= values - 1 {
			sets[(first+bits.TrailingZeros32(values))*apart] |= bit
		}
	}
}

// addSets adds the sets of 64 rows.
func (b *block) addSets(word uint16, s *sets[uint64]) {
	all := b.all()
	for i, w := range s.all() {
		if w != 0 {
			all[i][word] |= w
		}
	}
}

// addLists adds what there is no set for.
func (b *block) addLists(row uint16, e *entry) {
	b.pledgers.AddAll(row, e.pledgers)
	b.themes.AddAll(row, e.themes)
	if e.Place != 0 {
		b.places.Add(row, e.Place)
	}
	b.months.Add(row, e.month)
	if e.due != 0 {
		b.deadlines.Add(row, e.due)
	}
	if e.reported != 0 {
		b.reported.Add(row, e.reported)
	}
	b.days[row%blockRows] = uint8(e.Announced.Day())
	b.money = b.money.With(row, e.money)
	if e.Updated.Compare(b.latest) > 0 {
		b.latest = e.Updated
	}
}

// clear takes the pledge of a row out of everything but latest.
func (b *block) clear(row uint16) {
	word, bit := row/64%uint16(len(fast.Bitmap{})), uint64(1)<<(row%64)
	all := b.all()
	for i := range all {
		all[i][word] &^= bit
	}
	for _, column := range b.columns() {
		column.Clear(row)
	}
	b.money.Clear(row)
}

// read reads what the block knows of the pledge in a row into e, which has begun.
func (b *block) read(row uint16, e *entry) {
	b.readFacts(row, e)
	e.pledgers = b.pledgers.AppendAll(e.pledgers, row)
	e.themes = b.themes.AppendAll(e.themes, row)
	e.money = append(e.money, b.money.Of(row)...)
}

// readFacts is read for all but lists.
func (b *block) readFacts(row uint16, e *entry) {
	for d := range fewValues {
		if table[d].pledgers {
			continue
		}
		all := b.of(d)
		for v := range all {
			if !all[v].Has(row) {
				continue
			}
			if v == 0 {
				break // nothing is stated
			}
			e.add(d, v)
		}
	}
	e.Global = b.global.Has(row)
	e.month = b.months.First(row)
	e.Place = b.places.First(row)
	e.due, e.reported = b.deadlines.First(row), b.reported.First(row)
}

// reportedStatus returns the status that the pledge of a row has by its reports.
func (b *block) reportedStatus(row uint16) int {
	for s := range b.Reported {
		if b.Reported[s].Has(row) {
			return s
		}
	}
	return 0
}

// announced returns when the pledge of a row was announced; months are by their numbers.
func (b *block) announced(row uint16, months []gcm.Date) gcm.Date {
	month := months[b.months.First(row)]
	return gcm.DateOf(month.Year(), month.Month(), int(b.days[row]))
}

// batch gathers revisions that are to be put into an index: up to a block of
// them, which is made while nobody waits and put as it is. The zero batch is
// empty.
type batch struct {
	block   *block
	last    sets[uint64] // of the last 64 rows, which the block doesn't have yet
	records []record
	ids     fast.Bloom // of records

	instants []gcm.Instant // nil if there are none

	more  [6]fast.Lists[uint32] // of the columns, while nobody knows how many there will be
	money fast.Lists[Contribution]
	texts fast.Lists[byte]
}

// add adds a revision, of which it keeps none of the slices.
func (b *batch) add(e *entry, kinds []kind) {
	row := uint16(len(b.records))
	if b.block == nil {
		b.block, b.records, b.ids = new(block), make([]record, 0, blockRows), fast.NewBloom(idsOfBlock)
		for i, c := range b.block.columns() {
			c.Begin(&b.more[i])
		}
		b.block.money = b.money.Reset()
		b.texts.Reset()
	}
	r, odd := recordOf(e)
	b.records = append(b.records, r)
	b.ids.Add((*[16]byte)(&r.id))
	if odd.IsValid() {
		if b.instants == nil {
			b.instants = make([]gcm.Instant, blockRows)
		}
		b.instants[row] = odd
	}
	b.texts.With(row, e.texts)
	note(b.last.words(), 1, 1<<(row%64), e, kinds)
	b.block.addLists(row, e)
	if row%64 == 63 {
		b.addLast()
	}
}

// addLast gives the block the last rows.
func (b *batch) addLast() {
	if n := len(b.records); n > 0 {
		b.block.addSets(uint16(n-1)/64, &b.last)
		b.last = sets[uint64]{}
	}
}

func (b *batch) full() bool { return len(b.records) == blockRows }

// putBatch makes what is in a batch a block of the index, and empties the batch.
// What the index counts is right once [Index.distinguish] has been called.
func (x *Index) putBatch(b *batch) {
	if b.block == nil {
		return
	}
	b.addLast()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.write()
	for _, c := range b.block.columns() {
		c.End()
	}
	b.block.money = b.block.money.Trimmed()
	block := len(x.records)
	if b.block.epoch = x.epoch; block == 0 || !b.full() {
		x.open = block // rows that are left in another one stay unused
	}
	x.records, x.blocks = append(x.records, b.records), append(x.blocks, b.block)
	x.instants.SetPage(block, b.instants)
	if page := b.texts.Trimmed(); page != nil {
		*x.textPage(block) = page
	}
	x.useAll(b.block)
	x.size += len(b.records)
	x.apart = append(x.apart, apart{block, b.ids})
	*b = batch{more: b.more, money: b.money, texts: b.texts}
}
