package tally

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// record is what an index keeps of a pledge beside what is counted. With what a
// block counts it is all of its [Facets].
type record struct {
	id      ID
	seconds uint32 // from 1970 to the instant of the revision; 0 if it is in Index.instants
}

// recordOf returns the record of a pledge, and the instant of the revision if it
// isn't a whole second from 1970 to 2106.
func recordOf(e *entry) (r record, odd gcm.Instant) {
	r.id = e.ID
	if seconds, nanos := e.Updated.Unix(); nanos == 0 && seconds == int64(uint32(seconds)) {
		r.seconds = uint32(seconds)
	}
	if r.seconds == 0 {
		odd = e.Updated
	}
	return r, odd
}

// entry is a pledge on its way into an index, or out of it.
type entry struct {
	facts
	pledgers []uint32 // their numbers
	themes   []uint32
	money    []Contribution
	texts    texts
	reports  []Report // while the record is read
}

// facts are the facets of a pledge that are single values or small sets.
type facts struct {
	fast.Fields
	progress Progress
	month    uint32 // number of the month in which it was announced
	due      uint32 // number of that of the deadline, see due
	reported uint32 // number of that of the latest report, 0 if there is none
}

// named is a pledger with the name as it is written, which is empty where names aren't
// kept. Names that are written in two ways may be those of one [Pledger].
type named struct {
	Pledger
	name string
}

// pledger is one in a dictionary: the name as it is written, and all else by numbers.
type pledger struct {
	name string
	kind
}

// kind is what of a pledger there are bitmaps for, and what tells it from others.
type kind struct {
	category gcm.Category
	region   gcm.Region
	member   bool // pledges as a Member State
	state    gcm.State
	key      uint32 // number of [Pledger].Key
}

// pledger returns a number that is another one for each [Pledger].
func (k *kind) pledger() uint64 {
	return uint64(k.key)<<16 | uint64(k.category)<<8 | uint64(k.state)
}

// begin begins another entry, in the memory of the last one. It is called for
// every record, so it writes no pointer without need: the garbage collector would
// want to know of each.
func (e *entry) begin() {
	e.facts = facts{}
	e.pledgers, e.themes, e.money, e.reports = e.pledgers[:0], e.themes[:0], e.money[:0], e.reports[:0]
	if e.texts != nil {
		e.texts = nil
	}
}

// facets puts the parts of a pledge together again.
func (x *Index) facets(e *entry) Facets {
	f := Facets{
		ID:         e.ID,
		Updated:    e.Updated,
		Type:       e.Type,
		Status:     e.Status,
		Mirror:     e.Mirror,
		Natures:    e.Natures,
		Objectives: e.Objectives,
		Principles: e.Principles,
		Global:     e.Global,
		Announced:  e.Announced,
		Deadline:   e.Deadline,
		Progress:   e.progress,
	}
	for _, n := range e.pledgers {
		f.Pledgers = append(f.Pledgers, x.pledgerOf(n))
	}
	if e.Place != 0 {
		f.Implementing = x.places.values[e.Place].states()
	}
	for _, n := range e.themes {
		f.Themes = append(f.Themes, x.themes.values[n])
	}
	f.Contributions = append(f.Contributions, e.money...)
	return f
}

// number numbers the months of the deadline and of the latest report.
func (f *facts) number(use func(month gcm.Date) uint32) {
	f.due, f.reported = 0, 0
	if f.Deadline.IsValid() {
		f.due = due(use(f.Deadline), f.progress.Open)
	}
	if f.progress.Reported.IsValid() {
		f.reported = use(f.progress.Reported)
	}
}

// monthOf is the month or, where that isn't stated, the year of a date.
func monthOf(d gcm.Date) gcm.Date { return gcm.DateOf(d.Year(), d.Month(), 0) }

// unique drops what a list repeats: also a pledger who is written in another way. It
// calls pledger and theme, unless they are nil, for what it drops.
func (e *entry) unique(kinds []kind, pledger, theme func(n uint32)) {
	if len(e.pledgers) > 1 {
		e.pledgers = unique(e.pledgers, func(n uint32) uint64 { return kinds[n].pledger() }, pledger)
	}
	if len(e.themes) > 1 {
		e.themes = unique(e.themes, func(n uint32) uint64 { return uint64(n) }, theme)
	}
}

// unique keeps the first of those numbers of a list that stand for the same, and calls
// dropped for the others, unless it is nil.
func unique(list []uint32, same func(n uint32) uint64, dropped func(n uint32)) []uint32 {
	const few = 16
	var seen map[uint64]struct{}
	if len(list) > few {
		seen = make(map[uint64]struct{}, len(list))
	}
	kept := list[:0]
	for _, n := range list {
		known, value := false, same(n)
		if seen == nil {
			known = slices.ContainsFunc(kept, func(n uint32) bool { return same(n) == value })
		} else if _, known = seen[value]; !known {
			seen[value] = struct{}{}
		}
		if !known {
			kept = append(kept, n)
		} else if dropped != nil {
			dropped(n)
		}
	}
	return kept
}

// compare orders two revisions of a pledge, one that comes and the one in a row, as
// [Facets.Compare] does, and those that count alike by their texts. It allocates
// nothing, and reads no more of a list than what both have alike: a small revision
// that comes again and again beside a large one costs what a small one does.
func (x *Index) compare(e *entry, row uint32) int {
	if c := e.Updated.Compare(x.updated(row)); c != 0 {
		return c
	}
	old := &x.there
	x.begin(row, old)
	b, at := x.blocks[row/blockRows], uint16(row%blockRows)
	b.readFacts(at, old)
	if c := e.facts.compare(&old.facts); c != 0 {
		return c
	}
	if e.Place != old.Place { // a byte for each State, so they compare like lists of States
		return strings.Compare(string(x.places.values[e.Place]), string(x.places.values[old.Place]))
	}
	if c := b.themes.Compare(e.themes, at, func(m, n uint32) int {
		return strings.Compare(x.themes.values[m], x.themes.values[n])
	}); c != 0 {
		return c
	}
	if c := b.pledgers.Compare(e.pledgers, at, func(m, n uint32) int {
		return x.pledgerOf(m).compare(x.pledgerOf(n))
	}); c != 0 {
		return c
	}
	if c := slices.CompareFunc(e.money, b.money.Of(at), Contribution.compare); c != 0 {
		return c
	}
	return x.compareTexts(e, row)
}

// compare orders what is neither the instant nor a list.
func (f *facts) compare(g *facts) int {
	return cmp.Or(
		cmp.Compare(f.Status, g.Status), // withdrawn is the last, so it wins a tie
		cmp.Compare(f.Type, g.Type),
		cmp.Compare(f.Mirror, g.Mirror),
		cmp.Compare(f.Natures.Bits(), g.Natures.Bits()),
		cmp.Compare(f.Objectives.Bits(), g.Objectives.Bits()),
		cmp.Compare(f.Principles.Bits(), g.Principles.Bits()),
		f.Announced.Compare(g.Announced),
		compareBool(f.Global, g.Global),
		f.Deadline.Compare(g.Deadline),
		f.progress.Reported.Compare(g.progress.Reported),
		cmp.Compare(f.progress.Status, g.progress.Status),
		cmp.Compare(f.progress.Evidence, g.progress.Evidence),
		compareBool(f.progress.Open, g.progress.Open),
	)
}
