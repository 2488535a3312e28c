package fast

import (
	"math/bits"
)

// Rows is how many pledges a block of an index holds. With 4,096 a bitmap is 512
// bytes, so that all bitmaps of a block fit into a fast cache, and what a write
// has to copy beside a query stays small.
const Rows = 1 << 12

// Bitmap is a set of the rows of a block.
type Bitmap [Rows / 64]uint64

// Set adds a row.
func (b *Bitmap) Set(row uint16) { b[row>>6] |= 1 << (row & 63) }

// Clear takes a row out.
func (b *Bitmap) Clear(row uint16) { b[row>>6] &^= 1 << (row & 63) }

// Has reports whether a row is in the set.
func (b *Bitmap) Has(row uint16) bool { return b[row>>6]>>(row&63)&1 != 0 }

// And keeps of b what is in other as well.
func (b *Bitmap) And(other *Bitmap) {
	for i := range b {
		b[i] &= other[i]
	}
}

// Or adds what is in other.
func (b *Bitmap) Or(other *Bitmap) {
	for i := range b {
		b[i] |= other[i]
	}
}

// AndNot takes other out of b.
func (b *Bitmap) AndNot(other *Bitmap) {
	for i := range b {
		b[i] &^= other[i]
	}
}

// Count is how many rows are in the set.
func (b *Bitmap) Count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// CountAnd is how many rows are in both.
func (b *Bitmap) CountAnd(other *Bitmap) (n int) {
	for i := range b {
		n += bits.OnesCount64(b[i] & other[i])
	}
	return n
}

// CountEach adds to the counts of values how many rows are selected and in the bitmap
// of the value.
func CountEach(counts []int, values []Bitmap, selected *Bitmap) {
	for i := range values {
		counts[i] += values[i].CountAnd(selected)
	}
}
