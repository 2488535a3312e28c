package tally

// byRow holds what only some rows of a block have, or have several of: in the
// order of rows, and what a row has in the order in which it got it.
type byRow[T any] []atRow[T]

type atRow[T any] struct {
	row   uint16
	value T
}

// of returns what a row has.
func (l byRow[T]) of(row uint16) byRow[T] { return l[l.begin(row):l.begin(row+1)] }

// add gives a row one more. It is quick for the last row.
func (l *byRow[T]) add(row uint16, value T) {
	all := append(*l, atRow[T]{row, value})
	if at := len(all) - 1; at > 0 && all[at-1].row > row {
		at = l.begin(row + 1)
		copy(all[at+1:], all[at:])
		all[at] = atRow[T]{row, value}
	}
	*l = all
}

// clear takes all that a row has.
func (l *byRow[T]) clear(row uint16) {
	all := *l
	*l = append(all[:all.begin(row)], all[all.begin(row+1):]...)
}

// begin returns where a row begins, or would.
func (l byRow[T]) begin(row uint16) int {
	first, end := 0, len(l)
	for first < end {
		if middle := (first + end) / 2; l[middle].row < row {
			first = middle + 1
		} else {
			end = middle
		}
	}
	return first
}
