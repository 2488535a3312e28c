package tally

import (
	"math/bits"
)

// blockRows is how many pledges a [block] holds. With 4,096 a bitmap is 512
// bytes, so that all bitmaps of a block fit into a fast cache, and what a write
// has to copy beside a query stays small.
const blockRows = 1 << 12

// rows is a set of the rows of a block.
type rows [blockRows / 64]uint64

func (b *rows) set(row uint16)      { b[row>>6] |= 1 << (row & 63) }
func (b *rows) clear(row uint16)    { b[row>>6] &^= 1 << (row & 63) }
func (b *rows) has(row uint16) bool { return b[row>>6]>>(row&63)&1 != 0 }

// and keeps of b what is in other as well.
func (b *rows) and(other *rows) {
	for i := range b {
		b[i] &= other[i]
	}
}

// andNot takes other out of b.
func (b *rows) andNot(other *rows) {
	for i := range b {
		b[i] &^= other[i]
	}
}

func (b *rows) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// countAnd is how many rows are in both.
func (b *rows) countAnd(other *rows) (n int) {
	for i := range b {
		n += bits.OnesCount64(b[i] & other[i])
	}
	return n
}
