package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
)

// batch gathers revisions that are to be put into an index: up to a block of
// them, which is made while nobody waits and put as it is. The zero batch is
// empty.
type batch struct {
	block   *block
	last    sets[uint64] // of the last 64 rows, which the block doesn't have yet
	records []record

	instants []gcm.Instant // nil if there are none
	texts    []*texts      // nil if there are none

	more  [4]lists[uint32] // of the columns, while nobody knows how many there will be
	money lists[Contribution]
}

// add adds a revision, of which it keeps none of the slices.
func (b *batch) add(e *entry, kinds []kind) {
	row := uint16(len(b.records))
	if b.block == nil {
		b.block, b.records = new(block), make([]record, 0, blockRows)
		for i, c := range b.block.columns() {
			c.more = b.more[i].reset()
		}
		b.block.money = b.money.reset()
	}
	r, odd := recordOf(e)
	b.records = append(b.records, r)
	if odd.IsValid() {
		if b.instants == nil {
			b.instants = make([]gcm.Instant, blockRows)
		}
		b.instants[row] = odd
	}
	if e.texts != nil {
		if b.texts == nil {
			b.texts = make([]*texts, blockRows)
		}
		b.texts[row] = e.texts
	}
	note(&b.last, 1<<(row%64), e, kinds)
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
		c.more = c.more.trimmed()
	}
	b.block.money = b.block.money.trimmed()
	block := len(x.records)
	if b.block.epoch = x.epoch; block == 0 || !b.full() {
		x.open = block // rows that are left in another one stay unused
	}
	x.records, x.blocks = append(x.records, b.records), append(x.blocks, b.block)
	x.instants.setPage(block, b.instants)
	x.texts.setPage(block, b.texts)
	x.useAll(b.block)
	x.size += len(b.records)
	x.apart = append(x.apart, block)
	*b = batch{more: b.more, money: b.money}
}
