package intern

import (
	"hash/maphash"
	"math/bits"

	"github.com/gcmkit/gcmkit/pledge/internal/swar"
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
		head, tail := swar.Words(key)
		hash = mix(hash^head, s.b^tail)
	}
	if len(key) > 0 {
		var last [16]byte
		copy(last[:], key)
		head, tail := swar.Words(last[:])
		hash = mix(hash^head, s.b^tail)
	}
	return s.end(hash, n)
}

// hashID returns the hash of an ID.
func (s seed) hashID(id *[16]byte) uint32 {
	head, tail := swar.Word((*[8]byte)(id[:])), swar.Word((*[8]byte)(id[8:]))
	return s.end(mix(s.a^head, s.b^tail), len(id))
}

// end returns the hash of a key of n bytes.
func (s seed) end(hash uint64, n int) uint32 { return uint32(mix(hash, s.b^uint64(n))) }

// mix is the product of two numbers, of which every bit depends on all of theirs.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}
