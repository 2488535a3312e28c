package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// record is what an index keeps of a pledge beside what is counted: with its
// [lists], all of its [Facets], without pointers, in 56 bytes.
type record struct {
	id         ID
	updated    gcm.Instant
	objectives objectives.Set
	principles gcm.Principles
	natures    gcm.Natures
	announced  gcm.Date
	month      uint32 // number of the month in which it was announced
	address    uint32 // of its lists in the store
	kind       gcm.Type
	status     gcm.Status
	mirror     gcm.Answer
	global     bool
}

// entry is a pledge on its way into an index.
type entry struct {
	record
	lists
	texts *texts // nil if they aren't kept
}

// pledger is a [Pledger] in a dictionary, with the number of its key.
type pledger struct {
	Pledger
	key uint32
}

// kind is what of a pledger there are bitmaps for.
type kind struct {
	category gcm.Category
	region   gcm.Region
	member   bool // pledges as a Member State
}

// facets puts the parts of a pledge together again.
func (x *Index) facets(r *record, l *lists) Facets {
	f := Facets{
		ID:         r.id,
		Updated:    r.updated,
		Type:       r.kind,
		Status:     r.status,
		Mirror:     r.mirror,
		Natures:    r.natures,
		Objectives: r.objectives,
		Principles: r.principles,
		Global:     r.global,
		Announced:  r.announced,
	}
	for _, n := range l.pledgers {
		f.Pledgers = append(f.Pledgers, x.pledgers.values[n].Pledger)
	}
	for _, n := range l.implementing {
		f.Implementing = append(f.Implementing, gcm.State(n))
	}
	for _, n := range l.themes {
		f.Themes = append(f.Themes, x.themes.values[n])
	}
	for m := l.money; len(m) > 0; m = m[moneyWords:] {
		f.Contributions = append(f.Contributions, contributionOf(m))
	}
	return f
}

// appendMoney appends a contribution to those of lists.
func appendMoney(words []uint32, c Contribution) []uint32 {
	minor := uint64(c.Money.Minor())
	return append(words, uint32(minor>>32), uint32(minor), uint32(c.Money.Currency())<<8|uint32(c.Stage))
}

// contributionOf reads the first of contributions.
func contributionOf(words []uint32) Contribution {
	minor := int64(uint64(words[0])<<32 | uint64(words[1]))
	return Contribution{gcm.MoneyOf(minor, gcm.Currency(words[2]>>8)), gcm.Stage(words[2])}
}

// monthOf is the month or, where that isn't stated, the year of a date.
func monthOf(d gcm.Date) gcm.Date { return gcm.DateOf(d.Year(), d.Month(), 0) }

// reset empties lists, and keeps their memory.
func (l *lists) reset() {
	l.pledgers, l.implementing, l.themes, l.money = l.pledgers[:0], l.implementing[:0], l.themes[:0], l.money[:0]
}
