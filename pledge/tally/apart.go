package tally

// Blocks of pledges that a [Reader] has read stand apart: [Index.rows] doesn't
// know their IDs. Who only counts never asks for an ID, and making a table of them
// takes a good part of the time of reading, and of the memory of an index.

// tabulate has the table of rows know every pledge. The second revision of a
// pledge is put like any other, and leaves its row free.
func (x *Index) tabulate() {
	apart := x.apart
	x.apart = nil
	const some = 64 // are looked for at once, without waiting for one before the next
	var hashes [some]uint32
	for _, block := range apart {
		for first := 0; first < len(x.records[block]); first += some {
			records := x.records[block][first:min(first+some, len(x.records[block]))]
			for i := range records {
				hashes[i] = x.rows.seed.hashID(&records[i].id)
				x.rows.fetched ^= *x.rows.first(hashes[i])
			}
			for i := range records {
				row := uint32(block*blockRows + first + i)
				if _, known := x.find(&records[i].id, hashes[i]); known {
					x.putAgain(row)
				} else {
					x.rows.add(hashes[i], row)
				}
			}
		}
	}
}

// putAgain puts a pledge from its row like any other, and leaves the row free.
func (x *Index) putAgain(row uint32) {
	e := &x.coming
	x.read(row, e)
	e.texts = x.texts.of(row)
	x.use(e)
	x.clear(row)
	x.free = append(x.free, row)
	x.size--
	x.put(e)
	x.release(e)
}

// distinguish keeps of each pledge that stands apart the revision that counts.
func (x *Index) distinguish() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.rows.size > 0 || !x.distinct() {
		x.rows.init()
		x.tabulate()
	}
}

// distinct reports whether all pledges that stand apart have different IDs. Of
// nearly all of them a filter says so.
func (x *Index) distinct() bool {
	once, again := newFilter(x.size), newFilter(x.size/16)
	for _, block := range x.apart {
		records := x.records[block]
		for i := range records {
			if mark := markOf(&records[i].id); once.add(mark) {
				again.add(mark)
			}
		}
	}
	seen := make(map[ID]struct{})
	for _, block := range x.apart {
		records := x.records[block]
		for i := range records {
			id := &records[i].id
			if !again.has(markOf(id)) {
				continue
			}
			if _, known := seen[*id]; known {
				return false
			}
			seen[*id] = struct{}{}
		}
	}
	return true
}

// filter is a set of marks that may seem to have one that it hasn't.
type filter []uint64

// newFilter returns a filter for so many marks. It takes two bytes for each, and
// is wrong about one in fifty at most.
func newFilter(n int) filter { return make(filter, n/4+1) }

// markOf returns the mark of an ID. Who makes IDs with the same mark gains nothing
// but that they are compared.
func markOf(id *ID) uint32 {
	head, tail := word((*[8]byte)(id[:])), word((*[8]byte)(id[8:]))
	x := head*0x9e3779b97f4a7c15 ^ tail
	return uint32((x ^ x>>32) * 0xd6e8feb86659fd93 >> 32)
}

// add adds a mark, and reports what has would.
func (f filter) add(mark uint32) bool {
	word, bits := f.place(mark)
	there := *word&bits == bits
	*word |= bits
	return there
}

func (f filter) has(mark uint32) bool {
	word, bits := f.place(mark)
	return *word&bits == bits
}

func (f filter) place(mark uint32) (word *uint64, bits uint64) {
	return &f[uint64(mark)*uint64(len(f))>>32], 1<<(mark&63) | 1<<(mark>>6&63)
}
