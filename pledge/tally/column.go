package tally

import (
	"math/bits"
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
