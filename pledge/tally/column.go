package tally

import (
	"math/bits"
	"slices"
)

// column holds a facet of the rows of a block that has too many values for a
// bitmap each: a number for each row, and what some rows have beyond it. Number
// 0 is no value.
type column struct {
	any   rows // that have a value
	first [blockRows]uint32
	more  []further // second and later values, which few rows have
}

// further is one more value of a row.
type further struct {
	row   uint16
	value uint32
}

// add gives a row a value that it doesn't have yet.
func (c *column) add(row uint16, value uint32) {
	if !c.any.has(row) {
		c.any.set(row)
		c.first[row] = value
		return
	}
	c.more = append(c.more, further{row, value})
}

// addAll gives a row without a value those of a list, each once.
func (c *column) addAll(row uint16, list []uint32) {
	if len(list) == 1 {
		c.add(row, list[0])
	} else if len(list) > 1 {
		distinct(list, func(n uint32) { c.add(row, n) })
	}
}

// has reports whether the row has the value.
func (c *column) has(row uint16, value uint32) bool {
	return c.any.has(row) && (c.first[row] == value ||
		slices.Contains(c.more, further{row, value}))
}

// clear takes all values of a row.
func (c *column) clear(row uint16) {
	if c.any.has(row) {
		c.any.clear(row)
		c.first[row] = 0
		c.more = slices.DeleteFunc(c.more, func(f further) bool { return f.row == row })
	}
}

// count adds to counts, by value, how many of the rows have it.
func (c *column) count(selected *rows, counts []uint32) {
	for i, w := range selected {
		for w &= c.any[i]; w != 0; w &= w - 1 {
			counts[c.first[i<<6|bits.TrailingZeros64(w)]]++
		}
	}
	for _, f := range c.more {
		if selected.has(f.row) {
			counts[f.value]++
		}
	}
}

// keep keeps of the rows those with a value for which is holds.
func (c *column) keep(selected *rows, is func(value uint32) bool) {
	var kept rows
	for i, w := range selected {
		for w &= c.any[i]; w != 0; w &= w - 1 {
			if is(c.first[i<<6|bits.TrailingZeros64(w)]) {
				kept[i] |= w & -w
			}
		}
	}
	for _, f := range c.more {
		if selected.has(f.row) && is(f.value) {
			kept.set(f.row)
		}
	}
	*selected = kept
}

// clone returns a copy that shares nothing.
func (c *column) clone() column {
	copied := *c
	copied.more = slices.Clone(c.more)
	return copied
}
