package fast

import (
	"math/bits"
	"slices"
)

// Column holds a facet of the rows of a block that has too many values for a
// bitmap each: a number for each row, and what some rows have beyond it. Number
// 0 is no value. The zero column is empty, and takes little until it gets a
// value.
type Column struct {
	any   Bitmap         // that have a value
	small *[Rows]uint16  // the first value of each row; nil until there is one
	large *[Rows]uint32  // instead, once there is a number that is too large
	more  *Lists[uint32] // second and later values, which few rows have
}

// Add gives a row without a value one.
func (c *Column) Add(row uint16, value uint32) {
	c.any.Set(row)
	if c.small == nil && c.large == nil {
		c.small = new([Rows]uint16)
	}
	if c.large == nil && value > 1<<16-1 {
		c.large = new([Rows]uint32)
		for i, n := range c.small {
			c.large[i] = uint32(n)
		}
		c.small = nil
	}
	if c.large != nil {
		c.large[row%Rows] = value
	} else {
		c.small[row%Rows] = uint16(value)
	}
}

// AddAll gives a row without a value those of a list.
func (c *Column) AddAll(row uint16, list []uint32) {
	if len(list) > 0 {
		c.Add(row, list[0])
		c.more = c.more.With(row, list[1:])
	}
}

// AppendAll appends the values of a row to a list, in the order in which it got
// them.
func (c *Column) AppendAll(list []uint32, row uint16) []uint32 {
	if !c.any.Has(row) {
		return list
	}
	return append(append(list, c.First(row)), c.more.Of(row)...)
}

// First returns the first value of a row, 0 if it has none.
func (c *Column) First(row uint16) uint32 {
	switch {
	case !c.any.Has(row):
		return 0
	case c.large != nil:
		return c.large[row%Rows]
	}
	return uint32(c.small[row%Rows])
}

// Any reports whether a row has ever had a value.
func (c *Column) Any() bool { return c.small != nil || c.large != nil }

// Clear takes all values of a row.
func (c *Column) Clear(row uint16) {
	if c.any.Has(row) {
		c.any.Clear(row)
		c.more.Clear(row)
	}
}

// Count adds to counts, by value, how many of the rows have it.
func (c *Column) Count(selected *Bitmap, counts []uint32) {
	if c.large != nil {
		countFirst(selected, &c.any, c.large, counts)
	} else if c.small != nil {
		countFirst(selected, &c.any, c.small, counts)
	}
	c.more.Each(selected, func(_ uint16, list []uint32) {
		for _, n := range list {
			counts[n]++
		}
	})
}

func countFirst[T uint16 | uint32](selected, any *Bitmap, first *[Rows]T, counts []uint32) {
	for i, w := range selected {
		for w &= any[i]; w != 0; w &= w - 1 {
			counts[first[i<<6|bits.TrailingZeros64(w)]]++
		}
	}
}

// Keep keeps of the rows those with a value for which is holds.
func (c *Column) Keep(selected *Bitmap, is func(value uint32) bool) {
	var kept Bitmap
	if c.large != nil {
		keepFirst(selected, &c.any, c.large, &kept, is)
	} else if c.small != nil {
		keepFirst(selected, &c.any, c.small, &kept, is)
	}
	c.more.Each(selected, func(row uint16, list []uint32) {
		for _, n := range list {
			if is(n) {
				kept.Set(row)
			}
		}
	})
	*selected = kept
}

func keepFirst[T uint16 | uint32](selected, any *Bitmap, first *[Rows]T, kept *Bitmap, is func(value uint32) bool) {
	for i, w := range selected {
		for w &= any[i]; w != 0; w &= w - 1 {
			if is(uint32(first[i<<6|bits.TrailingZeros64(w)])) {
				kept[i] |= w & -w
			}
		}
	}
}

// Begin has a column that is empty keep further values in lists that are empty, and
// whose memory is there.
func (c *Column) Begin(more *Lists[uint32]) { c.more = more.Reset() }

// End gives back what [Column.Begin] was given: the column keeps a copy of just its size.
func (c *Column) End() { c.more = c.more.Trimmed() }

// Own makes a copy of what the column shares with the one that it is a copy of.
func (c *Column) Own() {
	c.more = c.more.Clone()
	if c.small != nil {
		small := *c.small
		c.small = &small
	}
	if c.large != nil {
		large := *c.large
		c.large = &large
	}
}

// Lists holds a list of values for those rows of a block that have one. Nil, and
// the zero lists, hold none.
//
// Values are only ever appended, and never written over: a block and its copies
// share them, and each knows by its extents which of them are its own. What no list
// has any more is left out once it is more than what is kept, so that setting a list
// and clearing it takes time in proportion to the list.
type Lists[T any] struct {
	extents
	values []T
	moved  int // values that were copied to leave others out, for tests
}

// With gives a row without a list one, and returns the lists, new ones in the place
// Of nil. It is quick for the last row.
func (l *Lists[T]) With(row uint16, list []T) *Lists[T] {
	if len(list) == 0 {
		return l
	}
	if l == nil {
		l = new(Lists[T])
	}
	l.insert(row, extent{uint32(len(l.values)), uint32(len(list))})
	l.values = append(l.values, list...)
	return l
}

// Of returns the list of a row, which must not be written to.
func (l *Lists[T]) Of(row uint16) []T {
	if l == nil {
		return nil
	}
	return l.at(l.of(row))
}

// at returns the values of an extent.
func (l *Lists[T]) at(e extent) []T { return l.values[e.start:][:e.size] }

// Clear takes the list of a row.
func (l *Lists[T]) Clear(row uint16) {
	if l == nil || l.remove(row) <= len(l.values)/2 {
		return
	}
	kept := make([]T, len(l.values)-l.dead)
	end := 0
	for i := range l.runs {
		e := &l.runs[i]
		list := l.at(*e)
		e.start = uint32(end)
		end += copy(kept[end:], list)
	}
	l.values, l.dead, l.moved = kept, 0, l.moved+len(kept)
}

// Clone returns a copy that shares what is never written over.
func (l *Lists[T]) Clone() *Lists[T] {
	if l == nil {
		return nil
	}
	c := *l
	c.runs = slices.Clone(l.runs)
	return &c
}

// Trimmed returns a copy that shares nothing and has no room for more.
func (l *Lists[T]) Trimmed() *Lists[T] {
	if len(l.runs) == 0 {
		return nil
	}
	c := l.Clone()
	c.values = slices.Clone(l.values)
	return c
}

// Each calls f for each of the rows that has a list.
func (l *Lists[T]) Each(selected *Bitmap, f func(row uint16, list []T)) {
	if l == nil {
		return
	}
	first := 0 // list of the word
	for i, all := range l.any {
		for w := all & selected[i]; w != 0; w &= w - 1 {
			bit := w & -w
			f(uint16(i<<6|bits.TrailingZeros64(bit)), l.at(l.runs[first+bits.OnesCount64(all&(bit-1))]))
		}
		first += bits.OnesCount64(all)
	}
}

// Reset empties lists that share nothing, to be used again.
func (l *Lists[T]) Reset() *Lists[T] {
	l.extents, l.values = extents{runs: l.runs[:0]}, l.values[:0]
	return l
}

// extents says where the lists of rows are.
type extents struct {
	any  Bitmap   // that have a list
	end  int      // no row from here on has one
	runs []extent // in the order of rows, for those in any
	dead int      // values that no list has any more
}

// extent is where a list is.
type extent struct{ start, size uint32 }

// insert notes the list of a row that has none.
func (l *extents) insert(row uint16, e extent) {
	l.runs = append(l.runs, e)
	if int(row) >= l.end {
		l.end = int(row) + 1
	} else {
		at := l.rank(row)
		copy(l.runs[at+1:], l.runs[at:])
		l.runs[at] = e
	}
	l.any.Set(row)
}

// of returns where the list of a row is; an empty extent if it has none.
func (l *extents) of(row uint16) (e extent) {
	if l.any.Has(row) {
		e = l.runs[l.rank(row)]
	}
	return e
}

// remove forgets the list of a row, if it has one, and returns how many values no list
// has any more.
func (l *extents) remove(row uint16) (dead int) {
	if l.any.Has(row) {
		at := l.rank(row)
		l.dead += int(l.runs[at].size)
		l.runs = append(l.runs[:at], l.runs[at+1:]...)
		l.any.Clear(row)
	}
	return l.dead
}

// rank is how many rows before one have a list.
func (l *extents) rank(row uint16) (n int) {
	for _, w := range l.any[:row>>6] {
		n += bits.OnesCount64(w)
	}
	return n + bits.OnesCount64(l.any[row>>6]&(1<<(row&63)-1))
}

// Paged holds a value for those rows that have one, in a page for each block with
// such a row; other blocks take nothing. The zero value of T is none.
type Paged[T comparable] [][]T

// Of returns the value of a row.
func (p Paged[T]) Of(row uint32) (value T) {
	if block, i := int(row/Rows), int(row%Rows); block < len(p) && i < len(p[block]) {
		value = p[block][i]
	}
	return value
}

// Set sets the value of a row.
func (p *Paged[T]) Set(row uint32, value T) {
	if value == p.Of(row) {
		return
	}
	block, i := int(row/Rows), int(row%Rows)
	var page []T
	if block < len(*p) {
		page = (*p)[block]
	}
	for len(page) <= i {
		var none T
		page = append(page, none)
	}
	page[i] = value
	p.SetPage(block, page)
}

// SetPage keeps the values of a block.
func (p *Paged[T]) SetPage(block int, page []T) {
	if page == nil {
		return
	}
	for len(*p) <= block {
		*p = append(*p, nil)
	}
	(*p)[block] = page
}

// Compare orders a list and that of a row by their first values that differ.
func (c *Column) Compare(list []uint32, row uint16, by func(m, n uint32) int) int {
	switch has := c.any.Has(row); {
	case len(list) == 0 && !has:
		return 0
	case len(list) == 0:
		return -1
	case !has:
		return 1
	}
	compare := func(m, n uint32) int {
		if m == n {
			return 0
		}
		return by(m, n)
	}
	if order := compare(list[0], c.First(row)); order != 0 {
		return order
	}
	return slices.CompareFunc(list[1:], c.more.Of(row), compare)
}
