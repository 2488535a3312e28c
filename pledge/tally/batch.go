package tally

// batch gathers revisions that are to be put into an index: up to a block of
// them, which then is marked while nobody waits and put as it is. The zero batch
// is empty.
type batch struct {
	records []record
	words   []uint32 // their lists, where the addresses of the records say
	texts   []*texts
	hashes  []uint32
}

// add adds a revision, of which it keeps none of the slices.
func (b *batch) add(e *entry) {
	r := e.record
	r.address = uint32(len(b.words))
	b.words = e.lists.append(b.words)
	b.records, b.texts = append(b.records, r), append(b.texts, e.texts)
}

func (b *batch) full() bool { return len(b.records) == blockRows }

// listsOf returns the lists of one of the records.
func (b *batch) listsOf(r *record) lists { return readLists(b.words[r.address:]) }

// putBatch makes what is in a batch a block of the index, and empties the batch.
func (x *Index) putBatch(b *batch) {
	if len(b.records) == 0 {
		return
	}
	x.mu.Lock()
	x.rows.init()
	seed, kinds := x.rows.seed, x.kinds // numbers in use stay as they are
	x.mu.Unlock()

	b.hashes = b.hashes[:0]
	for i := range b.records {
		b.hashes = append(b.hashes, seed.hash(b.records[i].id[:]))
	}
	made := new(block)
	made.fill(b, kinds)
	x.putBlock(b, made)
	b.words, b.texts = b.words[:0], b.texts[:0]
}

// putBlock puts a block of what is in a batch. The second revision of a pledge is
// put like any other, and leaves its row free.
func (x *Index) putBlock(b *batch, made *block) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.write()
	block := len(x.records)
	if made.epoch = x.epoch; block == 0 || !b.full() {
		x.open = block // rows that are left in another one stay unused
	}
	x.records, x.blocks = append(x.records, b.records), append(x.blocks, made)
	x.rows.grow(len(b.records))
	for _, hash := range b.hashes { // without waiting for one before looking for the next
		x.rows.fetch(hash)
	}
	end := len(b.words)
	for i := len(b.hashes) - 1; i >= 0; i-- {
		hash, r, row := b.hashes[i], &x.records[block][i], uint32(block*blockRows+i)
		l, words := b.listsOf(r), b.words[r.address:end]
		end = int(r.address)
		if _, known := x.find(&r.id, hash); known {
			e := entry{*r, l, b.texts[i]}
			made.mark(uint16(i), r, &l, x.kinds, false)
			*r = record{}
			x.free = append(x.free, row)
			x.put(&e)
			continue
		}
		x.rows.add(hash, row)
		x.settle(row, &l, words, b.texts[i])
	}
	x.compact()
	b.records = make([]record, 0, blockRows)
}
