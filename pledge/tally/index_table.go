package tally

import (
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// The table of IDs of an index is made when it is needed. To count one only needs to
// know that no pledge is there twice; making the table takes a good part of the time
// of reading, and of the memory of an index. So the blocks of pledges that a [Reader]
// has read are left out of it (Index.apart) until a pledge is asked for by its ID.

// tabulate has the table know every pledge. The second revision of a pledge is put
// like any other, and leaves its row free.
func (x *Index) tabulate() {
	apart := x.apart
	x.apart = nil
	const some = 64 // are prefetched at once
	var hashes [some]uint32
	for _, block := range apart {
		for first := 0; first < len(x.records[block]); first += some {
			records := x.records[block][first:min(first+some, len(x.records[block]))]
			for i := range records {
				hashes[i] = x.rows.HashID((*[16]byte)(&records[i].id))
				x.rows.Prefetch(hashes[i])
			}
			for i := range records {
				row := uint32(block*blockRows + first + i)
				if _, known := x.find(&records[i].id, hashes[i]); known {
					x.putAgain(row)
				} else {
					x.rows.Add(hashes[i], row)
				}
			}
		}
	}
}

// putAgain puts a pledge from its row like any other, and leaves the row free.
func (x *Index) putAgain(row uint32) {
	e := &x.coming
	x.read(row, e)
	e.texts = x.texts.Of(row)
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
	if x.rows.Len() > 0 || !x.distinct() {
		x.tabulate()
	}
}

// distinct reports whether all pledges that the table doesn't know have different
// IDs. Of nearly all of them a Bloom filter says so; the others are compared.
func (x *Index) distinct() bool {
	once, again := fast.NewBloom(x.size), fast.NewBloom(x.size/16)
	for _, block := range x.apart {
		records := x.records[block]
		for i := range records {
			if id := (*[16]byte)(&records[i].id); once.Add(id) {
				again.Add(id)
			}
		}
	}
	seen := make(map[ID]struct{})
	for _, block := range x.apart {
		records := x.records[block]
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
