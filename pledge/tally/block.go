package tally

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// block is what is counted of up to [blockRows] pledges. It belongs to the index
// that is of the same epoch and may write to it; to everybody else it is
// constant.
type block struct {
	epoch uint64

	live      rows // that hold a pledge
	withdrawn rows
	global    rows
	members   rows // in which a Member State pledges

	// A bitmap a value; index 0 holds the pledges that state none.
	objectives [objectives.Count + 1]rows
	principles [10 + 1]rows
	types      [4 + 1]rows
	natures    [4 + 1]rows
	statuses   [4 + 1]rows
	categories [16 + 1]rows
	regions    [5 + 1]rows
	mirror     [2 + 1]rows

	pledgers     column // numbers of Index.pledgers
	implementing column // States
	themes       column // numbers of Index.themes
	months       column // numbers of Index.months
	money        []amount

	latest gcm.Instant // the newest revision
}

// amount is a contribution of a row. Those of one row stand side by side.
type amount struct {
	minor    int64
	row      uint16
	currency gcm.Currency
	stage    gcm.Stage
}

// clone returns a copy for an epoch.
func (b *block) clone(epoch uint64) *block {
	c := *b
	c.epoch = epoch
	c.pledgers, c.implementing, c.themes, c.months = b.pledgers.clone(), b.implementing.clone(), b.themes.clone(), b.months.clone()
	c.money = slices.Clone(b.money)
	return &c
}

// mark puts a row into every set that its pledge belongs to, or takes it out.
// It is the one place that says which these are.
func (b *block) mark(row uint16, r *record, l *lists, kinds []kind, on bool) {
	b.live.mark(row, on)
	if r.status == gcm.Withdrawn {
		b.withdrawn.mark(row, on)
	}
	if r.global {
		b.global.mark(row, on)
	}
	slot(b.types[:], r.kind).mark(row, on)
	slot(b.statuses[:], r.status).mark(row, on)
	slot(b.mirror[:], r.mirror).mark(row, on)

	if r.objectives.IsEmpty() {
		b.objectives[0].mark(row, on)
	}
	for o := range r.objectives.All() {
		b.objectives[o].mark(row, on)
	}
	if r.principles.IsEmpty() {
		b.principles[0].mark(row, on)
	}
	for p := range r.principles.All() {
		b.principles[p].mark(row, on)
	}
	if r.natures.IsEmpty() {
		b.natures[0].mark(row, on)
	}
	for n := range r.natures.All() {
		b.natures[n].mark(row, on)
	}

	categorized, based := false, false
	for _, n := range l.pledgers {
		k := kinds[n]
		if k.category.IsValid() {
			categorized = true
			b.categories[k.category].mark(row, on)
		}
		if k.region.IsValid() {
			based = true
			b.regions[k.region].mark(row, on)
		}
		if k.member {
			b.members.mark(row, on)
		}
	}
	if !categorized {
		b.categories[0].mark(row, on)
	}
	if !based {
		b.regions[0].mark(row, on)
	}
	b.markLists(row, r, l, on)
}

func (b *block) markLists(row uint16, r *record, l *lists, on bool) {
	if !on {
		b.pledgers.clear(row)
		b.implementing.clear(row)
		b.themes.clear(row)
		b.months.clear(row)
		b.money = slices.DeleteFunc(b.money, func(a amount) bool { return a.row == row })
		return
	}
	distinct(l.pledgers, func(n uint32) { b.pledgers.add(row, n) })
	distinct(l.implementing, func(n uint32) { b.implementing.add(row, n) })
	distinct(l.themes, func(n uint32) { b.themes.add(row, n) })
	b.months.add(row, r.month)
	for m := l.money; len(m) > 0; m = m[moneyWords:] {
		a := contributionOf(m)
		if !a.Stage.IsValid() {
			a.Stage = 0
		}
		b.money = append(b.money, amount{a.Money.Minor(), row, a.Money.Currency(), a.Stage})
	}
}

// slot returns the bitmap of a value; that of nothing stated for a value that
// doesn't exist.
func slot[E ~uint8](facet []rows, value E) *rows {
	if int(value) >= len(facet) {
		return &facet[0]
	}
	return &facet[value]
}
