package tally

// lists are the facets of a pledge that are lists, as numbers: of dictionaries,
// of States, and for each contribution its amount and what it is in.
type lists struct {
	pledgers, implementing, themes, money []uint32
}

// moneyWords is how many numbers a contribution has.
const moneyWords = 3

// listStore holds the lists of all pledges of an index in pages without
// pointers, which cost the garbage collector nothing. An address is a page and
// a place in it. The zero store is empty.
type listStore struct {
	pages [][]uint32
	size  int // numbers in all pages
	dead  int // of these, the ones that nobody refers to any more
}

const pageBits = 16

// Lists begin with their lengths, in one number where they are short.
const (
	shortList = 1<<8 - 1
	longLists = 1<<32 - 1
)

// put stores lists, as [lists.append] writes them, and returns their address.
func (s *listStore) put(words []uint32) uint32 {
	last := len(s.pages) - 1
	if last < 0 || len(s.pages[last])+len(words) > 1<<pageBits {
		// The first page grows with an index that may stay small.
		size := 0
		if last >= 0 {
			size = max(len(words), 1<<pageBits)
		}
		s.pages = append(s.pages, make([]uint32, 0, size))
		last++
	}
	page := &s.pages[last]
	address := uint32(last)<<pageBits | uint32(len(*page))
	*page = append(*page, words...)
	s.size += len(words)
	return address
}

// get returns the lists at an address, which must not be written to.
func (s *listStore) get(address uint32) lists {
	return readLists(s.pages[address>>pageBits][address&(1<<pageBits-1):])
}

// drop says that nobody refers to these lists any more.
func (s *listStore) drop(l *lists) { s.dead += l.words() }

// wasteful reports whether most of the store is dead.
func (s *listStore) wasteful() bool { return s.dead > 1<<pageBits && s.dead > s.size/2 }

func (l *lists) short() bool {
	return max(len(l.pledgers), len(l.implementing), len(l.themes), len(l.money)) < shortList
}

// words is how many numbers the lists take.
func (l *lists) words() int {
	n := 1 + len(l.pledgers) + len(l.implementing) + len(l.themes) + len(l.money)
	if !l.short() {
		n += 4
	}
	return n
}

func (l *lists) append(b []uint32) []uint32 {
	lengths := [...]uint32{uint32(len(l.pledgers)), uint32(len(l.implementing)), uint32(len(l.themes)), uint32(len(l.money))}
	if l.short() {
		b = append(b, lengths[0]|lengths[1]<<8|lengths[2]<<16|lengths[3]<<24)
	} else {
		b = append(append(b, longLists), lengths[:]...)
	}
	return append(append(append(append(b, l.pledgers...), l.implementing...), l.themes...), l.money...)
}

func readLists(b []uint32) (l lists) {
	w, x, y, z := b[0]&0xff, b[0]>>8&0xff, b[0]>>16&0xff, b[0]>>24
	if b = b[1:]; w == 0xff {
		w, x, y, z = b[0], b[1], b[2], b[3]
		b = b[4:]
	}
	l.pledgers, b = b[:w:w], b[w:]
	l.implementing, b = b[:x:x], b[x:]
	l.themes, b = b[:y:y], b[y:]
	l.money = b[:z:z]
	return l
}

// distinct calls f for each number of a list, and once only.
func distinct(list []uint32, f func(n uint32)) {
	const few = 16
	if len(list) <= few {
		for i, n := range list {
			if !contains(list[:i], n) {
				f(n)
			}
		}
		return
	}
	seen := make(map[uint32]struct{}, len(list))
	for _, n := range list {
		if _, known := seen[n]; !known {
			seen[n] = struct{}{}
			f(n)
		}
	}
}

func contains(list []uint32, n uint32) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return false
}
