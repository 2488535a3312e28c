package tally

import (
	"math/bits"
	"slices"
)

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
