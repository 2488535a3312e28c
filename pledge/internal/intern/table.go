package intern

// Table is a hash table of the numbers of keys: the row of an ID, for one. It
// holds no keys, which are elsewhere already: a map would take more memory than
// all bitmaps of an index. The zero table is empty.
//
// It grows page by page (extendible hashing), so it takes no more memory while it
// does, and no addition takes as long as moving all of it. In a page, a key is in
// the first slot from that of its hash on that is free (linear probing).
type Table struct {
	seed  seed
	pages []*page // for the first bits of a hash; several times where fewer lead there
	bits  uint8   // that tell pages apart
	size  int

	sink uint64 // what has been prefetched; without it a compiler would leave that out
}

// page holds the numbers of all hashes with the same first bits.
type page struct {
	bits, size uint32
	slots      [pageSlots]uint64 // hash and number + 1; 0 is free
}

const (
	pageSlots = 767 // with the rest a page has 6 KiB, one of the sizes that Go allocates
	mostSlots = pageSlots / 8 * 7
	mostBits  = 22
)

// Len returns how many numbers the table holds.
func (t *Table) Len() int { return t.size }

// HashID returns the hash of an ID.
func (t *Table) HashID(id *[16]byte) uint32 {
	t.init()
	return t.seed.hashID(id)
}

// Hash returns the hash of a text and a number.
func (t *Table) Hash(text string, n uint64) uint32 {
	t.init()
	s := t.seed
	if n != 0 {
		s.a = mix(s.a^n, s.b) // it may be foreseen, as the text may
	}
	return s.hash(textBytes(text))
}

// hash returns the hash of a key.
func (t *Table) hash(key []byte) uint32 {
	t.init()
	return t.seed.hash(key)
}

// Find returns the first number with a hash that is that of the key.
func (t *Table) Find(hash uint32, is func(n uint32) bool) (n uint32, ok bool) {
	for p, i := t.look(hash); p.slots[i] != 0; i = next(i) {
		if h, n := split(p.slots[i]); h == hash && is(n) {
			return n, true
		}
	}
	return 0, false
}

// Prefetch brings the first slot of a hash from memory, of a table that has been
// used. Of several hashes, one after the other, that takes no longer than of one,
// and longer than most of what else there is to do.
func (t *Table) Prefetch(hash uint32) { t.sink ^= *t.first(hash) }

func (t *Table) init() {
	if t.pages == nil {
		t.seed, t.pages = newSeed(), []*page{new(page)}
	}
}

func (t *Table) page(hash uint32) *page { return t.pages[hash>>(32-t.bits)] }

// home is the first slot to look for a hash in. The product depends on those of
// its bits that don't tell pages apart.
func home(hash uint32) int { return int(uint64(hash*0x9e3779b1) * pageSlots >> 32) }

// next is the slot behind one.
func next(slot int) int {
	if slot++; slot == pageSlots {
		return 0
	}
	return slot
}

// look returns the page of a hash, and the slot to begin to look for it in. From
// there to a slot that is free stands whatever has the hash.
func (t *Table) look(hash uint32) (p *page, slot int) {
	t.init()
	return t.page(hash), home(hash)
}

// first is the first slot to look for a hash in, of a table that has been used.
func (t *Table) first(hash uint32) *uint64 { return &t.page(hash).slots[home(hash)] }

// Add adds a number that isn't there, of a key with the hash.
func (t *Table) Add(hash, n uint32) {
	p := t.page(hash)
	for p.size == mostSlots {
		t.divide(hash)
		p = t.page(hash)
	}
	t.size++
	p.insert(uint64(hash)<<32 | uint64(n+1))
}

func (p *page) insert(slot uint64) {
	hash, _ := split(slot)
	i := home(hash)
	for p.slots[i] != 0 {
		i = next(i)
	}
	p.slots[i] = slot
	p.size++
}

// divide makes two pages of the one of a hash, by one more bit.
func (t *Table) divide(hash uint32) {
	p, upper := t.page(hash), new(page)
	if p.bits == mostBits {
		panic("intern: hundreds of hashes are alike") // though nobody knows the seed
	}
	if uint8(p.bits) == t.bits {
		pages := make([]*page, 2*len(t.pages))
		for i := range pages {
			pages[i] = t.pages[i/2]
		}
		t.pages, t.bits = pages, t.bits+1
	}
	old := p.slots
	*p, upper.bits = page{bits: p.bits + 1}, p.bits+1
	for _, slot := range old {
		if slot == 0 {
			continue
		}
		if h, _ := split(slot); h<<(p.bits-1)>>31 == 0 {
			p.insert(slot)
		} else {
			upper.insert(slot)
		}
	}
	half := 1 << (uint32(t.bits) - p.bits) // places that lead to each
	first := int(hash>>(32-t.bits)) &^ (2*half - 1)
	for i := first + half; i < first+2*half; i++ {
		t.pages[i] = upper
	}
}

// Remove removes a number that is there. What stands behind it moves up, where
// finding it would otherwise end at the gap.
func (t *Table) Remove(hash, n uint32) {
	p, gap := t.look(hash)
	for p.slots[gap] != uint64(hash)<<32|uint64(n+1) {
		gap = next(gap)
	}
	for i := next(gap); p.slots[i] != 0; i = next(i) {
		h, _ := split(p.slots[i])
		if behind(home(h), i) >= behind(gap, i) {
			p.slots[gap] = p.slots[i]
			gap = i
		}
	}
	p.slots[gap] = 0
	p.size--
	t.size--
}

// behind is how many slots i comes behind another.
func behind(slot, i int) int {
	if i < slot {
		i += pageSlots
	}
	return i - slot
}

func split(slot uint64) (hash, n uint32) { return uint32(slot >> 32), uint32(slot) - 1 }
