package tally

import (
	"cmp"
	"slices"
)

// byRow holds what only some rows of a block have, or have several of: in the
// order of rows, and what a row has in the order in which it got it.
type byRow[T any] []atRow[T]

type atRow[T any] struct {
	row   uint16
	value T
}

// of returns what a row has.
func (l byRow[T]) of(row uint16) byRow[T] {
	first := l.begin(row)
	return l[first : first+l[first:].begin(row+1)]
}

// add gives a row one more. It is quick for the last row.
func (l *byRow[T]) add(row uint16, value T) {
	if n := len(*l); n == 0 || (*l)[n-1].row <= row {
		*l = append(*l, atRow[T]{row, value})
	} else {
		*l = slices.Insert(*l, l.begin(row+1), atRow[T]{row, value})
	}
}

// clear takes all that a row has.
func (l *byRow[T]) clear(row uint16) {
	first := l.begin(row)
	*l = slices.Delete(*l, first, first+len(l.of(row)))
}

// begin returns where a row begins.
func (l byRow[T]) begin(row uint16) int {
	at, _ := slices.BinarySearchFunc(l, row, func(o atRow[T], row uint16) int { return cmp.Compare(o.row, row) })
	return at
}
