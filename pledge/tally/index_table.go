package tally

import (
	"slices"

	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// The table of IDs of an index is made when it is needed. To count one only needs to
// know that no pledge is there twice; making the table takes a good part of the time
// of reading, and of the memory of an index. So the blocks of pledges that a [Reader]
// has read stand apart from it until a pledge is asked for by its ID. Each such call
// puts some of them into the table, and the one that has the pledge: none takes longer
// because there are many.

// apart is a block of which the table doesn't know the pledges.
type apart struct {
	block int
	ids   fast.Bloom // of the pledges
}

// idsOfBlock is for how many IDs the filter of a block is made. It is half of those
// that there may be, so it is wrong more often, and a byte each.
const idsOfBlock = blockRows / 2

// blocksAtOnce is how many blocks a call puts into the table, beside the one that it
// asks for.
const blocksAtOnce = 4

// step puts some of the blocks that stand apart into the table.
func (x *Index) step() {
	for range min(blocksAtOnce, len(x.apart)) {
		x.tabulate(len(x.apart) - 1)
	}
}

// find returns the row of a pledge.
func (x *Index) find(id *ID, hash uint32) (row uint32, ok bool) {
	if row, ok = x.inTable(id, hash); !ok && x.tabulateThatOf(id) {
		row, ok = x.inTable(id, hash)
	}
	return row, ok
}

// inTable returns the row of a pledge, if the table knows it.
func (x *Index) inTable(id *ID, hash uint32) (row uint32, ok bool) {
	return x.rows.Find(hash, func(row uint32) bool { return x.record(row).id == *id })
}

// tabulateThatOf puts the block that has a pledge into the table, if one stands apart.
func (x *Index) tabulateThatOf(id *ID) bool {
	for i, a := range x.apart {
		if a.ids.Has((*[16]byte)(id)) && slices.ContainsFunc(x.records[a.block], func(r record) bool { return r.id == *id }) {
			x.tabulate(i)
			return true
		}
	}
	return false
}

// tabulateOpen puts the block that gets new rows into the table, if it stands apart:
// the table knows all of a block or nothing.
func (x *Index) tabulateOpen() {
	if i := slices.IndexFunc(x.apart, func(a apart) bool { return a.block == x.open }); i >= 0 {
		x.tabulate(i)
	}
}

// tabulate puts one of the blocks that stand apart into the table. The second revision
// of a pledge is put like any other, and leaves its row free.
func (x *Index) tabulate(i int) {
	block, last := x.apart[i].block, len(x.apart)-1
	x.apart[i], x.apart[last] = x.apart[last], apart{}
	x.apart = x.apart[:last]
	const some = 64 // are prefetched at once
	var hashes [some]uint32
	for first := 0; first < len(x.records[block]); first += some {
		records := x.records[block][first:min(first+some, len(x.records[block]))]
		for i := range records {
			hashes[i] = x.hash(&records[i].id)
			x.rows.Prefetch(hashes[i])
		}
		for i := range records {
			row := uint32(block*blockRows + first + i)
			if _, known := x.inTable(&records[i].id, hashes[i]); known {
				x.putAgain(row)
			} else {
				x.rows.Add(hashes[i], row)
			}
		}
	}
}

// putAgain puts a pledge from its row like any other, and leaves the row free.
func (x *Index) putAgain(row uint32) {
	e := &x.coming
	x.read(row, e)
	e.texts = x.textsOf(row)
	x.use(e)
	x.clear(row)
	x.free = append(x.free, row)
	x.size--
	x.put(e)
	x.release(e)
}

// distinguish keeps the revision that counts of each pledge that the table doesn't
// know.
func (x *Index) distinguish() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.rows.Len() == 0 && x.distinct() {
		return
	}
	for len(x.apart) > 0 {
		x.tabulate(len(x.apart) - 1)
	}
}

// distinct reports whether all pledges that the table doesn't know have different
// IDs. Of nearly all of them a Bloom filter says so; the others are compared.
func (x *Index) distinct() bool {
	once, again := fast.NewBloom(x.size), fast.NewBloom(x.size/16)
	for _, a := range x.apart {
		records := x.records[a.block]
		for i := range records {
			if id := (*[16]byte)(&records[i].id); once.Add(id) {
				again.Add(id)
			}
		}
	}
	seen := make(map[ID]struct{})
	for _, a := range x.apart {
		records := x.records[a.block]
		for i := range records {
			id := &records[i].id
			if !again.Has((*[16]byte)(id)) {
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
