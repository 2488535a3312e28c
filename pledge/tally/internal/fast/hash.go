package fast

import (
	"hash/maphash"
	"math/bits"
)

// seed makes hashes that nobody can foresee, so that nobody can make keys that
// collide (wyhash). Package hash/maphash does the same where there is no instruction
// for it, as in a page; here it is one call instead of five.
type seed struct{ a, b uint64 }

func newSeed() seed {
	s := maphash.MakeSeed()
	return seed{maphash.String(s, "a"), maphash.String(s, "b")}
}

// hash returns the hash of a key.
func (s seed) hash(key []byte) uint32 {
	hash, n := s.a, len(key)
	for ; len(key) >= 16; key = key[16:] {
		head, tail := twoWords(key)
		hash = mix(hash^head, s.b^tail)
	}
	if len(key) > 0 {
		var last [16]byte
		copy(last[:], key)
		head, tail := twoWords(last[:])
		hash = mix(hash^head, s.b^tail)
	}
	return s.end(hash, n)
}

// hashID returns the hash of an ID.
func (s seed) hashID(id *[16]byte) uint32 {
	head, tail := word((*[8]byte)(id[:])), word((*[8]byte)(id[8:]))
	return s.end(mix(s.a^head, s.b^tail), len(id))
}

// end returns the hash of a key of n bytes.
func (s seed) end(hash uint64, n int) uint32 { return uint32(mix(hash, s.b^uint64(n))) }

// mix is the product of two numbers, of which every bit depends on all of theirs.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

// word returns eight bytes as a number.
func word(b *[8]byte) uint64 {
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// twoWords returns the first sixteen bytes as two numbers. Where much depends on
// it, its two lines stand in its place: it is too long to be inlined.
func twoWords(b []byte) (head, tail uint64) {
	return word((*[8]byte)(b)), word((*[8]byte)(b[8:]))
}
