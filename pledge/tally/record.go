package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// record is what an index keeps of a pledge beside what is counted, in 24 bytes
// and, where its address says, those that [entry.append] writes. With what a
// block counts it is all of its [Facets].
type record struct {
	id        ID
	announced gcm.Date
	address   uint32
}

// entry is a pledge on its way into an index, or out of it.
type entry struct {
	record
	objectives objectives.Set
	principles gcm.Principles
	natures    gcm.Natures
	kind       gcm.Type
	status     gcm.Status
	mirror     gcm.Answer
	global     bool
	lists
	updated gcm.Instant
	month   uint32 // number of the month in which it was announced
	texts   *texts // nil if they aren't kept
}

// lists are the facets of a pledge that are lists, as numbers: of dictionaries,
// of States, and for each contribution its amount and what it is in.
type lists struct {
	pledgers, implementing, themes, money []uint32
}

// moneyWords is how many numbers a contribution has.
const moneyWords = 3

// all returns the lists.
func (l *lists) all() [4]*[]uint32 {
	return [...]*[]uint32{&l.pledgers, &l.implementing, &l.themes, &l.money}
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

// begin begins another entry, in the memory of the last one.
func (e *entry) begin() {
	*e = entry{lists: lists{e.pledgers[:0], e.implementing[:0], e.themes[:0], e.money[:0]}}
}

// facets puts the parts of a pledge together again.
func (x *Index) facets(e *entry) Facets {
	f := Facets{
		ID:         e.id,
		Updated:    e.updated,
		Type:       e.kind,
		Status:     e.status,
		Mirror:     e.mirror,
		Natures:    e.natures,
		Objectives: e.objectives,
		Principles: e.principles,
		Global:     e.global,
		Announced:  e.announced,
	}
	for _, n := range e.pledgers {
		f.Pledgers = append(f.Pledgers, x.pledgers.values[n].Pledger)
	}
	for _, n := range e.implementing {
		f.Implementing = append(f.Implementing, gcm.State(n))
	}
	for _, n := range e.themes {
		f.Themes = append(f.Themes, x.themes.values[n])
	}
	for m := e.money; len(m) > 0; m = m[moneyWords:] {
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

// distinct calls f for each number of a list, and once only.
func distinct(list []uint32, f func(n uint32)) {
	const few = 16
	if len(list) <= few {
		for i, n := range list {
			if !contains(list[:i], n) {
				f(n)
			}
		}
		return
	}
	seen := make(map[uint32]struct{}, len(list))
	for _, n := range list {
		if _, known := seen[n]; !known {
			seen[n] = struct{}{}
			f(n)
		}
	}
}

func contains(list []uint32, n uint32) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return false
}
