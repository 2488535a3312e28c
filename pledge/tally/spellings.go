package tally

import (
	"math/bits"
	"unsafe"
)

// spellings gives texts numbers. A map would hold each text apart and look for
// it in three places; here a text stands behind its number. The zero spellings
// is empty.
type spellings struct {
	table table
	pages [][]byte // of texts, each behind its number and its size
}

const (
	spellingPage = 1 << 16 // bytes
	spellingHead = 6
	mostSpelling = 1 << 10 // bytes of a text; longer ones aren't remembered
)

// find returns the number of a text.
func (s *spellings) find(text string) (n uint32, ok bool) {
	return s.findHash(text, s.table.hash(textBytes(text)))
}

// findHash is find for a text of which the hash is known.
func (s *spellings) findHash(text string, hash uint32) (n uint32, ok bool) {
	for p, i := s.table.look(hash); p.slots[i] != 0; i = next(i) {
		if h, address := split(p.slots[i]); h == hash {
			if n, ok := s.isAt(address, text); ok {
				return n, true
			}
		}
	}
	return 0, false
}

// isAt is find for a text that may stand at an address.
func (s *spellings) isAt(address uint32, text string) (n uint32, ok bool) {
	b := s.at(address)
	n, size := spellingOf(b)
	return n, size == len(text) && string(b[spellingHead:spellingHead+size]) == text
}

func (s *spellings) at(address uint32) []byte {
	return s.pages[address/spellingPage][address%spellingPage:]
}

// object returns the hash of the text that begins at b[i] with a brace and ends
// with the next closing one, and where it ends; 0 if it doesn't, or no text is
// known.
func (s *spellings) object(b []byte, i, n int) (hash uint32, end int) {
	if b[i] != '{' || s.table.size == 0 {
		return 0, 0
	}
	start, seed := i, s.table.seed
	for sum := seed.a; i < n; i += 16 {
		p := (*[16]byte)(b[i:])
		head, tail := word((*[8]byte)(p[:])), word((*[8]byte)(p[8:]))
		if m := find(head, '}'); m != 0 {
			head, tail = head&upTo(m), 0
			end = i + bits.TrailingZeros64(m)>>3 + 1
		} else if m = find(tail, '}'); m != 0 {
			tail &= upTo(m)
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

// add gives a text a number that it doesn't have yet, and reports whether it is
// remembered. It may be borrowed.
func (s *spellings) add(text string, n uint32) bool {
	size := len(text)
	if size > mostSpelling {
		return false
	}
	last := len(s.pages) - 1
	if last < 0 || len(s.pages[last])+spellingHead+size > cap(s.pages[last]) {
		last++
		s.pages = append(s.pages, make([]byte, 0, spellingRoom(last)))
	}
	page := s.pages[last]
	s.table.add(s.table.hash(textBytes(text)), uint32(last*spellingPage+len(page)))
	page = append(page, byte(n), byte(n>>8), byte(n>>16), byte(n>>24), byte(size), byte(size>>8))
	s.pages[last] = append(page, text...)
	return true
}

// spellingRoom is how many bytes a page has: few texts take little, and each page
// twice what the one before it has, until they are as large as they get.
func spellingRoom(page int) int {
	const smallest, doublings = 1 << 12, 4 // spellingPage is 1 << 16
	return smallest << min(page, doublings)
}

// each calls f for the number of each text.
func (s *spellings) each(f func(n uint32)) {
	for _, b := range s.pages {
		for len(b) > 0 {
			number, size := spellingOf(b)
			f(number)
			b = b[spellingHead+size:]
		}
	}
}

// spellingOf reads what stands in front of a text: its number and size.
func spellingOf(b []byte) (number uint32, size int) {
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24, int(b[4]) | int(b[5])<<8
}

// textBytes returns the bytes of a text, which must not be written to.
func textBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
