package tally

// table finds the number of a key by its hash: the row of an ID, for one. It
// holds no keys, which are elsewhere already: a map would take more memory than
// all bitmaps of an index. The zero table is empty.
type table struct {
	seed  seed
	slots []uint64 // hash and number + 1; 0 is free. There are a power of 2
	size  int

	fetched uint64 // means nothing
}

// hash returns the hash of a key.
func (t *table) hash(key []byte) uint32 {
	t.init()
	return t.seed.hash(key)
}

func (t *table) init() {
	if t.slots == nil {
		t.seed, t.slots = newSeed(), make([]uint64, 64)
	}
}

// find returns the number with a hash for which is holds.
func (t *table) find(hash uint32, is func(n uint32) bool) (n uint32, ok bool) {
	for i := hash & t.mask(); t.slots[i] != 0; i = (i + 1) & t.mask() {
		if h, n := split(t.slots[i]); h == hash && is(n) {
			return n, true
		}
	}
	return 0, false
}

// fetch brings the place of a hash from memory, which takes longer than most of
// what else there is to do.
func (t *table) fetch(hash uint32) { t.fetched ^= t.slots[hash&t.mask()] }

// add adds a number that isn't there.
func (t *table) add(hash, n uint32) {
	t.grow(1)
	t.size++
	t.insert(uint64(hash)<<32 | uint64(n+1))
}

// grow makes room for so many more.
func (t *table) grow(more int) {
	size := len(t.slots)
	for t.size+more > size/4*3 {
		size *= 2
	}
	if size == len(t.slots) {
		return
	}
	old := t.slots
	t.slots = make([]uint64, size)
	for _, slot := range old {
		if slot != 0 {
			t.insert(slot)
		}
	}
}

func (t *table) insert(slot uint64) {
	hash, _ := split(slot)
	i := hash & t.mask()
	for t.slots[i] != 0 {
		i = (i + 1) & t.mask()
	}
	t.slots[i] = slot
}

// remove removes a number that is there. What stands behind it moves up, where
// finding it would otherwise end at the gap.
func (t *table) remove(hash, n uint32) {
	gap := hash & t.mask()
	for t.slots[gap] != uint64(hash)<<32|uint64(n+1) {
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

func split(slot uint64) (hash, n uint32) { return uint32(slot >> 32), uint32(slot) - 1 }
