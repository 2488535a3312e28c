package tally

import "unsafe"

// spellings gives texts numbers. A map would hold each text apart and look for
// it in three places; here they stand one behind the other. The zero spellings
// is empty.
type spellings struct {
	table   table
	texts   []byte
	ends    []uint32 // where a text ends
	numbers []uint32
}

// find returns the number of a text.
func (s *spellings) find(text string) (n uint32, ok bool) {
	i, ok := s.table.find(s.table.hash(textBytes(text)), func(i uint32) bool {
		start := uint32(0)
		if i > 0 {
			start = s.ends[i-1]
		}
		return string(s.texts[start:s.ends[i]]) == text
	})
	if !ok {
		return 0, false
	}
	return s.numbers[i], true
}

// add gives a text a number that it doesn't have yet. It may be borrowed.
func (s *spellings) add(text string, n uint32) {
	s.table.add(s.table.hash(textBytes(text)), uint32(len(s.numbers)))
	s.texts = append(s.texts, text...)
	s.ends, s.numbers = append(s.ends, uint32(len(s.texts))), append(s.numbers, n)
}

// textBytes returns the bytes of a text, which must not be written to.
func textBytes(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }
