package tally

// batch gathers revisions that are to be put into an index: up to a block of
// them, which is made while nobody waits and put as it is. The zero batch is
// empty.
type batch struct {
	block  *block
	last   sets[uint64] // of the last 64 rows, which the block doesn't have yet
	store  store
	texts  []*texts // nil if there are none
	hashes []uint32 // of the IDs
}

// add adds a revision, of which it keeps none of the slices.
func (b *batch) add(e *entry, kinds []kind, seed seed) {
	row := uint16(len(b.store.records))
	if b.block == nil {
		b.block = new(block)
		b.store = store{make([]record, 0, blockRows), make([]byte, 0, 12*blockRows), 0}
	}
	b.store.add(e)
	b.hashes = append(b.hashes, seed.hashID(&e.id))
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
	if n := len(b.store.records); n > 0 {
		b.block.addSets(uint16(n-1)/64, &b.last)
		b.last = sets[uint64]{}
	}
}

func (b *batch) full() bool { return len(b.store.records) == blockRows }

// putBatch makes what is in a batch a block of the index, and empties the batch.
// The second revision of a pledge is put like any other, and leaves its row
// free.
func (x *Index) putBatch(b *batch) {
	if b.block == nil {
		return
	}
	b.addLast()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.write()
	block := len(x.stores)
	if b.block.epoch = x.epoch; block == 0 || !b.full() {
		x.open = block // rows that are left in another one stay unused
	}
	x.stores, x.blocks = append(x.stores, b.store), append(x.blocks, b.block)
	if b.texts != nil {
		x.setPage(block, b.texts)
	}
	x.useAll(b.block)
	for _, hash := range b.hashes { // without waiting for one before looking for the next
		x.rows.fetch(hash)
	}
	for i, hash := range b.hashes {
		row := uint32(block*blockRows + i)
		if _, known := x.find(&x.record(row).id, hash); known {
			x.putAgain(row)
			continue
		}
		x.rows.add(hash, row)
	}
	*b = batch{hashes: b.hashes[:0]}
}

// putAgain puts a pledge from its row like any other, and leaves the row free.
func (x *Index) putAgain(row uint32) {
	var e entry
	x.read(row, &e)
	e.texts = x.textsOf(row)
	x.use(&e)
	x.clear(row)
	x.free = append(x.free, row)
	x.put(&e)
	x.release(&e)
}
