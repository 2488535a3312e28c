package tally

import "math/bits"

// bitmap is a set of rows. It grows as rows are set; rows beyond its end
// aren't in it.
type bitmap []uint64

func (b *bitmap) set(row uint32) {
	for int(row>>6) >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[row>>6] |= 1 << (row & 63)
}

func (b bitmap) clear(row uint32) {
	if int(row>>6) < len(b) {
		b[row>>6] &^= 1 << (row & 63)
	}
}

// and keeps of b what is in other as well.
func (b bitmap) and(other bitmap) {
	n := min(len(b), len(other))
	for i, w := range other[:n] {
		b[i] &= w
	}
	clear(b[n:])
}

// andNot takes other out of b.
func (b bitmap) andNot(other bitmap) {
	for i, w := range other[:min(len(b), len(other))] {
		b[i] &^= w
	}
}

func (b bitmap) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// countAnd is how many rows are in both.
func (b bitmap) countAnd(other bitmap) (n int) {
	k := min(len(b), len(other))
	other = other[:k]
	for i, w := range b[:k] {
		n += bits.OnesCount64(w & other[i])
	}
	return n
}

// each calls f for every row in b, ascending.
func (b bitmap) each(f func(row uint32)) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			f(uint32(i<<6 + bits.TrailingZeros64(w)))
		}
	}
}
