package tally

import "hash/maphash"

// table finds the row of an ID. It is a hash table that holds no IDs, which the
// records have already: a map would take three times the memory of an index's
// bitmaps. The zero table is empty.
type table struct {
	seed  maphash.Seed // nobody can make IDs that collide
	slots []uint64     // hash and row + 1; 0 is free. Their number is a power of 2
	size  int
}

func (t *table) hash(id *ID) uint32 {
	if t.slots == nil {
		t.seed, t.slots = maphash.MakeSeed(), make([]uint64, 64)
	}
	return uint32(maphash.Bytes(t.seed, id[:]))
}

// find returns the row with a hash for which is holds.
func (t *table) find(hash uint32, is func(row uint32) bool) (row uint32, ok bool) {
	for i := hash & t.mask(); t.slots[i] != 0; i = (i + 1) & t.mask() {
		if h, row := split(t.slots[i]); h == hash && is(row) {
			return row, true
		}
	}
	return 0, false
}

// add adds a row that isn't there.
func (t *table) add(hash, row uint32) {
	if t.size++; t.size > len(t.slots)/4*3 {
		old := t.slots
		t.slots = make([]uint64, 2*len(old))
		for _, slot := range old {
			if slot != 0 {
				t.insert(slot)
			}
		}
	}
	t.insert(uint64(hash)<<32 | uint64(row+1))
}

func (t *table) insert(slot uint64) {
	hash, _ := split(slot)
	i := hash & t.mask()
	for t.slots[i] != 0 {
		i = (i + 1) & t.mask()
	}
	t.slots[i] = slot
}

// remove removes a row that is there. What stands behind it moves up, where
// finding it would otherwise end at the gap.
func (t *table) remove(hash, row uint32) {
	gap := hash & t.mask()
	for t.slots[gap] != uint64(hash)<<32|uint64(row+1) {
		gap = (gap + 1) & t.mask()
	}
	for i := (gap + 1) & t.mask(); t.slots[i] != 0; i = (i + 1) & t.mask() {
		home, _ := split(t.slots[i])
		if (i-home)&t.mask() >= (i-gap)&t.mask() {
			t.slots[gap] = t.slots[i]
			gap = i
		}
	}
	t.slots[gap] = 0
	t.size--
}

func (t *table) mask() uint32 { return uint32(len(t.slots) - 1) }

func split(slot uint64) (hash, row uint32) { return uint32(slot >> 32), uint32(slot) - 1 }
