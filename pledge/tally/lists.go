package tally

import (
	"math/bits"
	"slices"
)

// lists holds a list of values for those rows of a block that have one. Nil, and
// the zero lists, hold none.
//
// Values are only ever appended, and never written over: a block and its copies
// share them, and each knows by its runs which of them are its own. What no run has
// any more is left out once it is more than what is kept, so that setting a list
// and clearing it takes time in proportion to the list.
type lists[T any] struct {
	any    rows // that have a list
	end    int  // no row from here on has one
	runs   []extent
	values []T
	dead   int // values that no run has
	moved  int // values that were copied to leave dead ones out, for tests
}

// extent is where in the values a list is.
type extent struct{ start, size uint32 }

// with gives a row without a list one, and returns the lists, new ones in the place
// of nil. It is quick for the last row.
func (l *lists[T]) with(row uint16, list []T) *lists[T] {
	if len(list) == 0 {
		return l
	}
	if l == nil {
		l = new(lists[T])
	}
	run := extent{uint32(len(l.values)), uint32(len(list))}
	l.values = append(l.values, list...)
	if int(row) >= l.end {
		l.end = int(row) + 1
		l.runs = append(l.runs, run)
	} else {
		l.runs = slices.Insert(l.runs, l.rank(row), run)
	}
	l.any.set(row)
	return l
}

// of returns the list of a row, which must not be written to.
func (l *lists[T]) of(row uint16) []T {
	if l == nil || !l.any.has(row) {
		return nil
	}
	return l.list(l.runs[l.rank(row)])
}

// list returns what a run is of.
func (l *lists[T]) list(run extent) []T { return l.values[run.start:][:run.size] }

// clear takes the list of a row.
func (l *lists[T]) clear(row uint16) {
	if l == nil || !l.any.has(row) {
		return
	}
	at := l.rank(row)
	l.dead += int(l.runs[at].size)
	l.runs = slices.Delete(l.runs, at, at+1)
	l.any.clear(row)
	if l.dead > len(l.values)/2 {
		l.compact()
	}
}

// compact leaves out what no run has.
func (l *lists[T]) compact() {
	kept := make([]T, 0, len(l.values)-l.dead)
	for i, run := range l.runs {
		l.runs[i].start = uint32(len(kept))
		kept = append(kept, l.list(run)...)
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
	c := *l
	c.runs, c.values = slices.Clone(l.runs), slices.Clone(l.values)
	return &c
}

// reset empties lists that share nothing, to be used again.
func (l *lists[T]) reset() *lists[T] {
	*l = lists[T]{runs: l.runs[:0], values: l.values[:0]}
	return l
}

// rank is how many rows before one have a list.
func (l *lists[T]) rank(row uint16) (n int) {
	for _, w := range l.any[:row>>6] {
		n += bits.OnesCount64(w)
	}
	return n + bits.OnesCount64(l.any[row>>6]&(1<<(row&63)-1))
}

// each calls f for the list of each of the rows that has one.
func (l *lists[T]) each(selected *rows, f func(row uint16, list []T)) {
	if l == nil {
		return
	}
	first := 0 // run of the word
	for i, all := range l.any {
		for w := all & selected[i]; w != 0; w &= w - 1 {
			bit := w & -w
			run := l.runs[first+bits.OnesCount64(all&(bit-1))]
			f(uint16(i<<6|bits.TrailingZeros64(bit)), l.list(run))
		}
		first += bits.OnesCount64(all)
	}
}
