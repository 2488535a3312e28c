package tally

import (
	"math/bits"
	"slices"
)

// column holds a facet of the rows of a block that has too many values for a
// bitmap each: a number for each row, and what some rows have beyond it. Number
// 0 is no value. The zero column is empty, and takes little until it gets a
// value.
type column struct {
	any   rows               // that have a value
	small *[blockRows]uint16 // the first value of each row; nil until there is one
	large *[blockRows]uint32 // instead, once there is a number that is too large
	more  *lists[uint32]     // second and later values, which few rows have
}

// add gives a row without a value one.
func (c *column) add(row uint16, value uint32) {
	c.any.set(row)
	if c.small == nil && c.large == nil {
		c.small = new([blockRows]uint16)
	}
	if c.large == nil && value > 1<<16-1 {
		c.large = new([blockRows]uint32)
		for i, n := range c.small {
			c.large[i] = uint32(n)
		}
		c.small = nil
	}
	if c.large != nil {
		c.large[row%blockRows] = value
	} else {
		c.small[row%blockRows] = uint16(value)
	}
}

// addAll gives a row without a value those of a list.
func (c *column) addAll(row uint16, list []uint32) {
	if len(list) > 0 {
		c.add(row, list[0])
		c.more = c.more.with(row, list[1:])
	}
}

// appendAll appends the values of a row to a list, in the order in which it got
// them.
func (c *column) appendAll(list []uint32, row uint16) []uint32 {
	if !c.any.has(row) {
		return list
	}
	return append(append(list, c.first(row)), c.more.of(row)...)
}

// first returns the first value of a row, 0 if it has none.
func (c *column) first(row uint16) uint32 {
	switch {
	case !c.any.has(row):
		return 0
	case c.large != nil:
		return c.large[row%blockRows]
	}
	return uint32(c.small[row%blockRows])
}

// clear takes all values of a row.
func (c *column) clear(row uint16) {
	if c.any.has(row) {
		c.any.clear(row)
		c.more.clear(row)
	}
}

// count adds to counts, by value, how many of the rows have it.
func (c *column) count(selected *rows, counts []uint32) {
	if c.large != nil {
		countFirst(selected, &c.any, c.large, counts)
	} else if c.small != nil {
		countFirst(selected, &c.any, c.small, counts)
	}
	if c.more != nil {
		c.more.each(selected, func(_ uint16, e extent) {
			for _, n := range c.more.list(e) {
				counts[n]++
			}
		})
	}
}

func countFirst[T uint16 | uint32](selected, any *rows, first *[blockRows]T, counts []uint32) {
	for i, w := range selected {
		for w &= any[i]; w != 0; w &= w - 1 {
			counts[first[i<<6|bits.TrailingZeros64(w)]]++
		}
	}
}

// keep keeps of the rows those with a value for which is holds.
func (c *column) keep(selected *rows, is func(value uint32) bool) {
	var kept rows
	if c.large != nil {
		keepFirst(selected, &c.any, c.large, &kept, is)
	} else if c.small != nil {
		keepFirst(selected, &c.any, c.small, &kept, is)
	}
	if c.more != nil {
		c.more.each(selected, func(row uint16, e extent) {
			for _, n := range c.more.list(e) {
				if is(n) {
					kept.set(row)
				}
			}
		})
	}
	*selected = kept
}

func keepFirst[T uint16 | uint32](selected, any *rows, first *[blockRows]T, kept *rows, is func(value uint32) bool) {
	for i, w := range selected {
		for w &= any[i]; w != 0; w &= w - 1 {
			if is(uint32(first[i<<6|bits.TrailingZeros64(w)])) {
				kept[i] |= w & -w
			}
		}
	}
}

// own makes a copy of what the column shares with the one that it is a copy of.
func (c *column) own() {
	c.more = c.more.clone()
	if c.small != nil {
		small := *c.small
		c.small = &small
	}
	if c.large != nil {
		large := *c.large
		c.large = &large
	}
}

// lists holds a list of values for those rows of a block that have one. Nil, and
// the zero lists, hold none.
//
// Values are only ever appended, and never written over: a block and its copies
// share them, and each knows by its extents which of them are its own. What no list
// has any more is left out once it is more than what is kept, so that setting a list
// and clearing it takes time in proportion to the list.
type lists[T any] struct {
	extents
	values []T
	moved  int // values that were copied to leave others out, for tests
}

// with gives a row without a list one, and returns the lists, new ones in the place
// of nil. It is quick for the last row.
func (l *lists[T]) with(row uint16, list []T) *lists[T] {
	if len(list) == 0 {
		return l
	}
	if l == nil {
		l = new(lists[T])
	}
	l.insert(row, extent{uint32(len(l.values)), uint32(len(list))})
	l.values = append(l.values, list...)
	return l
}

// of returns the list of a row, which must not be written to.
func (l *lists[T]) of(row uint16) []T {
	if l == nil || !l.any.has(row) {
		return nil
	}
	return l.list(l.runs[l.rank(row)])
}

// list returns the values of an extent.
func (l *lists[T]) list(e extent) []T { return l.values[e.start:][:e.size] }

// clear takes the list of a row.
func (l *lists[T]) clear(row uint16) {
	if l == nil || !l.any.has(row) {
		return
	}
	if l.remove(row); l.dead <= len(l.values)/2 {
		return
	}
	kept := make([]T, 0, len(l.values)-l.dead)
	for i, e := range l.runs {
		l.runs[i].start = uint32(len(kept))
		kept = append(kept, l.list(e)...)
	}
	l.values, l.dead, l.moved = kept, 0, l.moved+len(kept)
}

// clone returns a copy that shares what is never written over.
func (l *lists[T]) clone() *lists[T] {
	if l == nil {
		return nil
	}
	c := *l
	c.runs = slices.Clone(l.runs)
	return &c
}

// trimmed returns a copy that shares nothing and has no room for more.
func (l *lists[T]) trimmed() *lists[T] {
	if len(l.runs) == 0 {
		return nil
	}
	c := l.clone()
	c.values = slices.Clone(l.values)
	return c
}

// reset empties lists that share nothing, to be used again.
func (l *lists[T]) reset() *lists[T] {
	l.extents, l.values = extents{runs: l.runs[:0]}, l.values[:0]
	return l
}

// extents says where the lists of rows are.
type extents struct {
	any  rows     // that have a list
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
	l.any.set(row)
}

// remove forgets the list of a row that has one.
func (l *extents) remove(row uint16) {
	at := l.rank(row)
	l.dead += int(l.runs[at].size)
	l.runs = append(l.runs[:at], l.runs[at+1:]...)
	l.any.clear(row)
}

// rank is how many rows before one have a list.
func (l *extents) rank(row uint16) (n int) {
	for _, w := range l.any[:row>>6] {
		n += bits.OnesCount64(w)
	}
	return n + bits.OnesCount64(l.any[row>>6]&(1<<(row&63)-1))
}

// each calls f for each of the rows that has a list.
func (l *extents) each(selected *rows, f func(row uint16, e extent)) {
	first := 0 // list of the word
	for i, all := range l.any {
		for w := all & selected[i]; w != 0; w &= w - 1 {
			bit := w & -w
			f(uint16(i<<6|bits.TrailingZeros64(bit)), l.runs[first+bits.OnesCount64(all&(bit-1))])
		}
		first += bits.OnesCount64(all)
	}
}

// paged holds a value for those rows that have one, in a page for each block with
// such a row; other blocks take nothing. The zero value of T is none.
type paged[T comparable] [][]T

func (p paged[T]) of(row uint32) (value T) {
	if block, i := int(row/blockRows), int(row%blockRows); block < len(p) && i < len(p[block]) {
		value = p[block][i]
	}
	return value
}

func (p *paged[T]) set(row uint32, value T) {
	if value == p.of(row) {
		return
	}
	block, i := int(row/blockRows), int(row%blockRows)
	var page []T
	if block < len(*p) {
		page = (*p)[block]
	}
	for len(page) <= i {
		var none T
		page = append(page, none)
	}
	page[i] = value
	p.setPage(block, page)
}

// setPage keeps the values of a block.
func (p *paged[T]) setPage(block int, page []T) {
	if page == nil {
		return
	}
	for len(*p) <= block {
		*p = append(*p, nil)
	}
	(*p)[block] = page
}

// compare orders a list and that of a row by their first values that differ.
func (c *column) compare(list []uint32, row uint16, by func(m, n uint32) int) int {
	if len(list) == 0 || !c.any.has(row) {
		return compareBool(len(list) > 0, c.any.has(row))
	}
	compare := func(m, n uint32) int {
		if m == n {
			return 0
		}
		return by(m, n)
	}
	if order := compare(list[0], c.first(row)); order != 0 {
		return order
	}
	return slices.CompareFunc(list[1:], c.more.of(row), compare)
}
