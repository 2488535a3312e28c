package fast

import "github.com/gcmkit/gcmkit/pledge/internal/swar"

// Bloom is a Bloom filter: a set of IDs that may seem to have one that it hasn't.
type Bloom []uint64

// NewBloom returns a filter for so many IDs. It takes two bytes for each, and
// is wrong about one in fifty at most.
func NewBloom(n int) Bloom { return make(Bloom, max(1, (n+3)/4)) }

// Add adds an ID, and reports what Has would.
func (f Bloom) Add(id *[16]byte) bool {
	word, bits := f.place(id)
	there := *word&bits == bits
	*word |= bits
	return there
}

// Has reports whether the filter seems to have an ID.
func (f Bloom) Has(id *[16]byte) bool {
	word, bits := f.place(id)
	return *word&bits == bits
}

// place returns two bits of one word. Their hash is known to everybody: who makes
// IDs with the same one gains nothing but that these are compared.
func (f Bloom) place(id *[16]byte) (word *uint64, bits uint64) {
	hash := bloomHash(id)
	return &f[uint64(hash)*uint64(len(f))>>32], 1<<(hash&63) | 1<<(hash>>6&63)
}

func bloomHash(id *[16]byte) uint32 {
	head, tail := swar.Word((*[8]byte)(id[:])), swar.Word((*[8]byte)(id[8:]))
	x := head*0x9e3779b97f4a7c15 ^ tail
	return uint32((x ^ x>>32) * 0xd6e8feb86659fd93 >> 32)
}
