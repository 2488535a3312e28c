package tally

import (
	"math/bits"
	"slices"
	"unsafe"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// block is what is counted of up to [blockRows] pledges. It belongs to the index
// that is of the same epoch and may write to it; to everybody else it is
// constant.
type block struct {
	epoch uint64

	sets[rows]

	pledgers     column // numbers of Index.pledgers
	implementing column // States
	themes       column // numbers of Index.themes
	months       column // numbers of Index.months
	money        []amount

	latest gcm.Instant // the newest revision
}

// sets are the sets of pledges that are counted by their number: those of a
// block, or a word of each, which stands for 64 pledges.
type sets[T rows | uint64] struct {
	live      T // that hold a pledge
	withdrawn T
	global    T
	members   T // in which a Member State pledges

	// A set a value; index 0 holds the pledges that state none.
	objectives [objectives.Count + 1]T
	principles [10 + 1]T
	types      [4 + 1]T
	natures    [4 + 1]T
	statuses   [4 + 1]T
	categories [16 + 1]T
	regions    [5 + 1]T
	mirror     [2 + 1]T
}

// all returns all the sets, which lie side by side.
func (s *sets[T]) all() []T {
	return unsafe.Slice(&s.live, unsafe.Sizeof(*s)/unsafe.Sizeof(s.live))
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
func (b *block) mark(row uint16, r *record, l *lists, kinds []kind, on bool) {
	var s sets[uint64]
	note(&s, 1<<(row&63), r, l, kinds)
	b.change(row>>6, &s, on)
	b.markLists(row, r, l, on)
}

// fill marks the first rows, of an empty block.
func (b *block) fill(all *batch, kinds []kind) {
	for first := 0; first < len(all.records); first += 64 {
		var s sets[uint64]
		for i := range all.records[first:min(first+64, len(all.records))] {
			r := &all.records[first+i]
			l := all.listsOf(r)
			note(&s, 1<<i, r, &l, kinds)
			b.markLists(uint16(first+i), r, &l, true)
		}
		b.change(uint16(first>>6), &s, true)
	}
}

// change puts the rows of a word into the sets, or takes them out.
func (b *block) change(word uint16, s *sets[uint64], on bool) {
	all := b.all()
	for i, w := range s.all() {
		if w == 0 {
			continue
		}
		if on {
			all[i][word] |= w
		} else {
			all[i][word] &^= w
		}
	}
}

// note puts a pledge, which is a bit, into every set that it belongs to. It is
// the one place that says which these are.
func note(s *sets[uint64], bit uint64, r *record, l *lists, kinds []kind) {
	s.live |= bit
	if r.status == gcm.Withdrawn {
		s.withdrawn |= bit
	}
	if r.global {
		s.global |= bit
	}
	*slot(s.types[:], r.kind) |= bit
	*slot(s.statuses[:], r.status) |= bit
	*slot(s.mirror[:], r.mirror) |= bit
	noteAll(s.objectives[:], r.objectives.Bits(), bit)
	noteAll(s.principles[:], r.principles.Bits(), bit)
	noteAll(s.natures[:], r.natures.Bits(), bit)

	categories, regions := uint32(0), uint32(0)
	for _, n := range l.pledgers {
		k := kinds[n]
		if k.category.IsValid() {
			categories |= 1 << k.category
		}
		if k.region.IsValid() {
			regions |= 1 << k.region
		}
		if k.member {
			s.members |= bit
		}
	}
	noteAll(s.categories[:], categories, bit)
	noteAll(s.regions[:], regions, bit)
}

// noteAll puts a pledge into the sets of several values; bit n stands for the
// value n.
func noteAll(facet []uint64, values uint32, bit uint64) {
	if values == 0 {
		facet[0] |= bit
	}
	for ; values != 0; values &= values - 1 {
		facet[bits.TrailingZeros32(values)] |= bit
	}
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
	b.pledgers.addAll(row, l.pledgers)
	b.implementing.addAll(row, l.implementing)
	b.themes.addAll(row, l.themes)
	b.months.add(row, r.month)
	for m := l.money; len(m) > 0; m = m[moneyWords:] {
		a := contributionOf(m)
		if !a.Stage.IsValid() {
			a.Stage = 0
		}
		b.money = append(b.money, amount{a.Money.Minor(), row, a.Money.Currency(), a.Stage})
	}
}

// slot returns the set of a value; that of nothing stated for a value that
// doesn't exist.
func slot[E ~uint8](facet []uint64, value E) *uint64 {
	if int(value) >= len(facet) {
		return &facet[0]
	}
	return &facet[value]
}
