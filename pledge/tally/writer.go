package tally

import "github.com/gcmkit/gcmkit/gcm"

// Writer puts many pledges into an [Index], as [Index.Put] puts each of them, in
// less time: who reads the same pledgers and places again and again names them once,
// and the index is locked once for many pledges. Several writers may write to one
// index; each is for one goroutine, and has to be closed.
type Writer struct {
	index    *Index
	waiting  []entry // with numbers of the writer
	pledgers numbers[named]
	places   numbers[place]
	themes   numbers[string]
	months   numbers[gcm.Date]
	recent   recentMonths
}

// Number is what a [Writer] knows a pledger or a place by, until it forgets. The zero
// Number is the place that has no State.
type Number struct{ n uint32 }

// numbers are what a writer calls the values of one kind, from 1, and what the index
// calls them once they have been put. The index isn't asked before, as that may be
// locked for long.
type numbers[V comparable] struct {
	known map[V]uint32 // nil where who names a value knows it
	index []uint32     // the number in the index, which is used so that nobody else gets it
	fresh []V          // that come behind those
}

func (n *numbers[V]) add(v V) uint32 {
	n.fresh = append(n.fresh, v)
	return uint32(len(n.index) + len(n.fresh))
}

// of returns the number of a value that may be known.
func (n *numbers[V]) of(v V) uint32 {
	number, ok := n.known[v]
	if !ok {
		if n.known == nil {
			n.known = make(map[V]uint32)
		}
		number = n.add(v)
		n.known[v] = number
	}
	return number
}

// settle has the index number what is new.
func (n *numbers[V]) settle(use func(V) uint32) {
	for _, v := range n.fresh {
		n.index = append(n.index, use(v))
	}
	n.fresh = n.fresh[:0]
}

// NewWriter returns a writer for an index.
func NewWriter(x *Index) *Writer { return &Writer{index: x} }

// Pledger returns a number for a pledger.
func (w *Writer) Pledger(p Pledger) Number { return Number{w.pledgers.add(named{Pledger: p})} }

// Place returns a number for the States in which a pledge is implemented.
func (w *Writer) Place(states []gcm.State) Number {
	if len(states) == 0 {
		return Number{}
	}
	return Number{w.places.add(placeOf(states))}
}

// Add takes a revision of a pledge, which [Writer.Flush] puts: with these pledgers
// and this place, in the stead of those in f. It keeps none of the slices.
func (w *Writer) Add(f *Facets, pledgers []Number, place Number) {
	if len(w.waiting) == cap(w.waiting) {
		w.waiting = append(w.waiting, entry{})
	} else {
		w.waiting = w.waiting[:len(w.waiting)+1]
	}
	e := &w.waiting[len(w.waiting)-1]
	e.begin()
	f.facts(&e.facts)
	recent := w.recent.of(f.Announced)
	if !recent.is(f.Announced) {
		month := monthOf(f.Announced)
		*recent = numberedMonth{month, w.months.of(month)}
	}
	e.month, e.Place = recent.number, place.n
	e.number(w.months.of)
	for _, p := range pledgers {
		e.pledgers = append(e.pledgers, p.n)
	}
	for _, t := range f.Themes {
		e.themes = append(e.themes, w.themes.of(t))
	}
	for _, c := range f.Contributions {
		e.money = append(e.money, Contribution{c.Money, stated(c.Stage)})
	}
}

// Flush puts what was added, in that order, and calls done for each with which it is,
// its row and what putting it did. The index is locked meanwhile.
func (w *Writer) Flush(done func(i int, row uint32, o Outcome)) {
	x := w.index
	x.mu.Lock()
	defer x.mu.Unlock()
	x.step()
	w.pledgers.settle(x.usePledger)
	w.places.settle(x.usePlace)
	w.themes.settle(x.useTheme)
	w.months.settle(x.useMonth)
	for i := range w.waiting { // brings them from memory, none waiting for another
		id := ID(w.waiting[i].ID)
		x.rows.Prefetch(x.hash(&id))
	}
	for i := range w.waiting {
		e := &w.waiting[i]
		w.translate(e)
		o, row := x.put(e)
		done(i, row, o)
	}
	w.waiting = w.waiting[:0]
}

// translate gives a pledge the numbers that the index has.
func (w *Writer) translate(e *entry) {
	e.month = w.months.index[e.month-1]
	if e.due != 0 {
		e.due = due(w.months.index[dueMonth(e.due)-1], e.progress.Open)
	}
	if e.reported != 0 {
		e.reported = w.months.index[e.reported-1]
	}
	if e.Place != 0 {
		e.Place = w.places.index[e.Place-1]
	}
	for i, n := range e.pledgers {
		e.pledgers[i] = w.pledgers.index[n-1]
	}
	for i, n := range e.themes {
		e.themes[i] = w.themes.index[n-1]
	}
	e.unique(w.index.kinds, nil, nil)
}

// Len is how many numbers the writer has given.
func (w *Writer) Len() int {
	return len(w.pledgers.index) + len(w.places.index) + len(w.themes.index) + len(w.months.index)
}

// Forget takes all numbers back. Nothing may wait to be put.
func (w *Writer) Forget() {
	x := w.index
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, n := range w.pledgers.index {
		x.releasePledger(n)
	}
	for _, n := range w.places.index {
		x.releasePlace(n)
	}
	for _, n := range w.themes.index {
		x.releaseTheme(n)
	}
	for _, n := range w.months.index {
		x.releaseMonth(n)
	}
	*w = Writer{index: x, waiting: w.waiting}
}

// Close ends the writer. What has not been put is not.
func (w *Writer) Close() {
	w.waiting = nil
	w.Forget()
}
