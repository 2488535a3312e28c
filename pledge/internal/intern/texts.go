package intern

import (
	"math/bits"
	"unsafe"

	"github.com/gcmkit/gcmkit/pledge/internal/swar"
)

// Texts is a map from texts to numbers, which are those of an index: what was
// written in the same bytes before needn't be read again. A Go map would hold each
// text apart and look for it in three places; here a text stands behind its number,
// in pages that only grow. The zero Texts is empty.
type Texts struct {
	table Table
	pages [][]byte // of texts, each behind its number and its size
}

// MaxText is how many bytes a text has at most; longer ones aren't remembered.
const MaxText = 1 << 10

// Most is how many texts there is room for, however long they are.
const Most = 1 << 20

const (
	textPage = 1 << 16 // bytes
	textHead = 6
)

// Len returns how many texts there are.
func (s *Texts) Len() int { return s.table.size }

// Find returns the number of a text.
func (s *Texts) Find(text string) (n uint32, ok bool) {
	return s.findHash(text, s.table.hash(textBytes(text)))
}

// findHash is Find for a text of which the hash is known.
func (s *Texts) findHash(text string, hash uint32) (n uint32, ok bool) {
	for p, i := s.table.look(hash); p.slots[i] != 0; i = next(i) {
		if h, address := split(p.slots[i]); h == hash {
			if n, ok := s.isAt(address, text); ok {
				return n, true
			}
		}
	}
	return 0, false
}

// isAt is Find for a text that may stand at an address.
func (s *Texts) isAt(address uint32, text string) (n uint32, ok bool) {
	b := s.at(address)
	n, size := textAt(b)
	return n, size == len(text) && string(b[textHead:textHead+size]) == text
}

func (s *Texts) at(address uint32) []byte {
	return s.pages[address/textPage][address%textPage:]
}

// Object returns the hash of the text that begins at b[i] with a brace and ends
// with the next closing one, and where it ends; 0 if it doesn't, or no text is
// known.
func (s *Texts) Object(b []byte, i, n int) (hash uint32, end int) {
	if b[i] != '{' || s.table.size == 0 {
		return 0, 0
	}
	start, seed := i, s.table.seed
	for sum := seed.a; i < n; i += 16 {
		p := (*[16]byte)(b[i:])
		head, tail := swar.Word((*[8]byte)(p[:])), swar.Word((*[8]byte)(p[8:]))
		if m := swar.Find(head, '}'); m != 0 {
			head, tail = head&swar.UpTo(m), 0
			end = i + bits.TrailingZeros64(m)>>3 + 1
		} else if m = swar.Find(tail, '}'); m != 0 {
			tail &= swar.UpTo(m)
			end = i + 8 + bits.TrailingZeros64(m)>>3 + 1
		}
		if sum = mix(sum^head, seed.b^tail); end > n {
			return 0, 0
		} else if end > 0 {
			return seed.end(sum, end-start), end
		}
	}
	return 0, 0
}

// Add gives a text a number that it doesn't have yet, and reports whether it is
// remembered. It may be borrowed.
func (s *Texts) Add(text string, n uint32) bool {
	size := len(text)
	if size > MaxText {
		return false
	}
	last := len(s.pages) - 1
	if last < 0 || len(s.pages[last])+textHead+size > cap(s.pages[last]) {
		last++
		s.pages = append(s.pages, make([]byte, 0, textRoom(last)))
	}
	page := s.pages[last]
	s.table.Add(s.table.hash(textBytes(text)), uint32(last*textPage+len(page)))
	page = append(page, byte(n), byte(n>>8), byte(n>>16), byte(n>>24), byte(size), byte(size>>8))
	s.pages[last] = append(page, text...)
	return true
}

// textRoom is how many bytes a page has: few texts take little, and each page
// twice what the one before it has, until they are as large as they get.
func textRoom(page int) int {
	const smallest, doublings = 1 << 12, 4 // textPage is 1 << 16
	return smallest << min(page, doublings)
}

// Each calls f for the number of each text.
func (s *Texts) Each(f func(n uint32)) {
	for _, b := range s.pages {
		for len(b) > 0 {
			number, size := textAt(b)
			f(number)
			b = b[textHead+size:]
		}
	}
}

// textAt reads what stands in front of a text: its number and size.
func textAt(b []byte) (number uint32, size int) {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24, int(b[4]) | int(b[5])<<8
}

// textBytes returns the bytes of a text, which must not be written to.
func textBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// Lookup is where in a record a text stands that is to be looked up, and the hash
// of that. Looking up is mostly waiting for memory: for several texts at once one
// waits no longer than for one.
type Lookup struct {
	Start, End int
	Hash       uint32 // what [Texts.Object] has returned
	address    uint32 // of the first text with that hash
	known      bool   // whether there is one
}

// Prefetch brings all that finding texts takes from memory. Each step does so little
// that a processor has begun with the last text before it has got the first one.
func (s *Texts) Prefetch(all []Lookup) {
	sink := uint64(0)
	for i := range all {
		sink ^= *s.table.first(all[i].Hash)
	}
	for i := range all {
		all[i].address, all[i].known = s.address(all[i].Hash)
	}
	for i := range all {
		if p := &all[i]; p.known {
			text := s.at(p.address)
			sink ^= uint64(text[0]) ^ uint64(text[min(p.End-p.Start, len(text)-1)])
		}
	}
	s.table.sink ^= sink
}

// address returns where the first text with a hash stands.
func (s *Texts) address(hash uint32) (address uint32, ok bool) {
	for p, i := s.table.look(hash); p.slots[i] != 0; i = next(i) {
		if h, address := split(p.slots[i]); h == hash {
			return address, true
		}
	}
	return 0, false
}

// FindPrefetched is Find for a text that has been prefetched.
func (s *Texts) FindPrefetched(p *Lookup, text string) (n uint32, ok bool) {
	if p.known {
		if n, ok = s.isAt(p.address, text); ok {
			return n, true
		}
	}
	return s.findHash(text, p.Hash)
}
