package tally

import (
	"math/bits"
	"unsafe"
)

// spellings gives texts numbers. A map would hold each text apart and look for
// it in three places; here they stand one behind the other. The zero spellings
// is empty.
type spellings struct {
	table table
	texts []byte
	all   []spelling
}

// spelling is one of the texts: where it is, and its number.
type spelling struct{ start, end, number uint32 }

// find returns the number of a text.
func (s *spellings) find(text string) (n uint32, ok bool) {
	return s.findHash(text, s.table.hash(textBytes(text)))
}

// findHash is find for a text of which the hash is known.
func (s *spellings) findHash(text string, hash uint32) (n uint32, ok bool) {
	i, ok := s.table.find(hash, func(i uint32) bool {
		one := &s.all[i]
		return string(s.texts[one.start:one.end]) == text
	})
	if !ok {
		return 0, false
	}
	return s.all[i].number, true
}

// object returns the number of the text that begins at b[i] with a brace and
// ends with the next closing one, and where it ends; 0 if it isn't known. It
// makes the hash on its way there.
func (s *spellings) object(b []byte, i, n int) (number uint32, end int) {
	if b[i] != '{' || s.table.size == 0 {
		return 0, 0
	}
	start, seed := i, s.table.seed
	for hash := seed.a; i < n; i += 16 {
		p := (*[16]byte)(b[i:])
		head, tail := word((*[8]byte)(p[:])), word((*[8]byte)(p[8:]))
		if m := find(head, '}'); m != 0 {
			head, tail = head&upTo(m), 0
			end = i + bits.TrailingZeros64(m)>>3 + 1
		} else if m = find(tail, '}'); m != 0 {
			tail &= upTo(m)
			end = i + 8 + bits.TrailingZeros64(m)>>3 + 1
		}
		hash = mix(hash^head, seed.b^tail)
		if end > 0 {
			number, ok := s.findHash(view(b[start:end]), seed.end(hash, end-start))
			if !ok || end > n {
				return 0, 0
			}
			return number, end
		}
	}
	return 0, 0
}

// add gives a text a number that it doesn't have yet. It may be borrowed.
func (s *spellings) add(text string, n uint32) {
	s.table.add(s.table.hash(textBytes(text)), uint32(len(s.all)))
	start := uint32(len(s.texts))
	s.texts = append(s.texts, text...)
	s.all = append(s.all, spelling{start, uint32(len(s.texts)), n})
}

// textBytes returns the bytes of a text, which must not be written to.
func textBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
