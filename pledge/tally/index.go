package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// Index counts pledges under any [Query] while they come, change and go. It
// keeps a bitmap of pledges for each value of each facet, so that a count is a
// population count. The zero value is empty and ready. It must not be copied
// after first use; it isn't safe for concurrent use while one writes.
type Index struct {
	row    map[ID]uint32
	facets []Facets // of each row; the zero value where the row is free
	free   []uint32

	live      bitmap // every row that isn't free
	withdrawn bitmap

	// A bitmap a value; index 0 holds the pledges that state none.
	objectives [objectives.Count + 1]bitmap
	principles [10 + 1]bitmap
	types      [4 + 1]bitmap
	natures    [4 + 1]bitmap
	statuses   [4 + 1]bitmap
	categories [16 + 1]bitmap
	regions    [5 + 1]bitmap
	mirror     [2 + 1]bitmap

	themes       groups[string]
	states       groups[gcm.State]
	implementing groups[gcm.State]
	months       groups[gcm.Date]
	global       bitmap
	money        bitmap // with contributions

	// Most pledges have one pledger, so the first is a column of its own.
	pledgers dictionary
	by       []uint32            // of each row, the number of the first; 0 for none
	others   map[uint32][]uint32 // of a row with several, the numbers of the others
	several  bitmap              // rows with several
}

// Outcome is what [Index.Put] did.
type Outcome uint8

// The outcomes; the zero value says that nothing has changed.
const (
	Ignored Outcome = iota // an older revision, or the one that is there
	Added                  // a pledge that wasn't there
	Revised                // a later revision of one that was
)

// Len returns how many pledges the index holds, withdrawn ones included.
func (x *Index) Len() int { return len(x.row) }

// Put takes a revision of a pledge in, unless a later one is there: the order
// of puts doesn't matter.
func (x *Index) Put(f Facets) Outcome {
	row, known := x.row[f.ID]
	if known {
		if !f.Supersedes(&x.facets[row]) {
			return Ignored
		}
		x.mark(row, false)
	} else {
		row = x.take(f.ID)
	}
	x.facets[row] = f
	x.mark(row, true)
	if known {
		return Revised
	}
	return Added
}

// Get returns the revision of a pledge that counts.
func (x *Index) Get(id ID) (Facets, bool) {
	row, ok := x.row[id]
	if !ok {
		return Facets{}, false
	}
	return x.facets[row], true
}

// Remove forgets a pledge, as if it had never been put; it reports whether it
// was there. A pledge that is withdrawn is rather put with that status.
func (x *Index) Remove(id ID) bool {
	row, ok := x.row[id]
	if !ok {
		return false
	}
	x.mark(row, false)
	x.facets[row] = Facets{}
	delete(x.row, id)
	x.free = append(x.free, row)
	return true
}

// take finds a row for a new pledge.
func (x *Index) take(id ID) (row uint32) {
	if x.row == nil {
		x.row = make(map[ID]uint32)
	}
	if n := len(x.free); n > 0 {
		row, x.free = x.free[n-1], x.free[:n-1]
	} else {
		row = uint32(len(x.facets))
		x.facets, x.by = append(x.facets, Facets{}), append(x.by, 0)
	}
	x.row[id] = row
	return row
}

// mark sets or clears the row in every bitmap that its facets put it in. It is
// the one place that says which these are.
func (x *Index) mark(row uint32, on bool) {
	f := &x.facets[row]
	m := marker{row, on}
	m.mark(&x.live)
	m.markIf(f.Status == gcm.Withdrawn, &x.withdrawn)
	m.mark(slot(x.types[:], f.Type))
	m.mark(slot(x.statuses[:], f.Status))
	m.mark(slot(x.mirror[:], f.Mirror))
	m.markIf(f.Global, &x.global)
	m.markIf(len(f.Contributions) > 0, &x.money)

	m.markIf(f.Objectives.IsEmpty(), &x.objectives[0])
	for o := range f.Objectives.All() {
		m.mark(&x.objectives[o])
	}
	m.markIf(f.Principles.IsEmpty(), &x.principles[0])
	for p := range f.Principles.All() {
		m.mark(&x.principles[p])
	}
	m.markIf(f.Natures.IsEmpty(), &x.natures[0])
	for n := range f.Natures.All() {
		m.mark(&x.natures[n])
	}
	m.mark(x.months.of(month(f.Announced)))
	for _, t := range f.Themes {
		m.mark(x.themes.of(t))
	}
	for _, s := range f.Implementing {
		m.mark(x.implementing.of(s))
	}

	categorized, based := false, false
	for _, p := range f.Pledgers {
		if p.Category.IsValid() {
			categorized = true
			m.mark(&x.categories[p.Category])
		}
		if r := p.State.Region(); r.IsValid() {
			based = true
			m.mark(&x.regions[r])
		}
		if p.pledgesAsState() {
			m.mark(x.states.of(p.State))
		}
	}
	m.markIf(!categorized, &x.categories[0])
	m.markIf(!based, &x.regions[0])

	x.markPledgers(row, on)
}

// markPledgers notes who pledges in the row, or forgets it.
func (x *Index) markPledgers(row uint32, on bool) {
	if !on {
		x.pledgers.release(x.by[row])
		x.by[row] = 0
		for _, n := range x.others[row] {
			x.pledgers.release(n)
		}
		delete(x.others, row)
		x.several.clear(row)
		return
	}
	for i, p := range x.facets[row].Pledgers {
		n := x.pledgers.use(p.Key)
		if i == 0 {
			x.by[row] = n
			continue
		}
		if x.others == nil {
			x.others = make(map[uint32][]uint32)
		}
		x.others[row] = append(x.others[row], n)
		x.several.set(row)
	}
}

// slot returns the bitmap of a value; that of nothing stated for a value that
// doesn't exist.
func slot[E ~uint8](facet []bitmap, value E) *bitmap {
	if int(value) >= len(facet) {
		return &facet[0]
	}
	return &facet[value]
}

// month is the month or, where that isn't stated, the year of a date.
func month(d gcm.Date) gcm.Date {
	if d.Day() == 0 {
		return d
	}
	return gcm.DateOf(d.Year(), d.Month(), 0)
}

// marker sets or clears one row.
type marker struct {
	row uint32
	on  bool
}

func (m marker) mark(b *bitmap) {
	if m.on {
		b.set(m.row)
	} else {
		b.clear(m.row)
	}
}

func (m marker) markIf(ok bool, b *bitmap) {
	if ok {
		m.mark(b)
	}
}
