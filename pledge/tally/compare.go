package tally

import (
	"cmp"
	"slices"
	"strings"
)

// compare orders two revisions of a pledge, one that comes and the one in a row, as
// [Facets.Compare] does, and those that count alike by their texts. It allocates
// nothing, and reads no more of a list than what both have alike: a small revision
// that comes again and again beside a large one costs what a small one does.
func (x *Index) compare(e *entry, row uint32) int {
	if c := e.updated.Compare(x.updated(row)); c != 0 {
		return c
	}
	old := &x.there
	x.begin(row, old)
	b, at := x.blocks[row/blockRows], uint16(row%blockRows)
	b.readFacts(at, old)
	if c := e.facts.compare(&old.facts); c != 0 {
		return c
	}
	if e.place != old.place { // a byte for each State, so they compare like lists of States
		return strings.Compare(string(x.places.values[e.place]), string(x.places.values[old.place]))
	}
	if c := b.themes.compare(e.themes, at, func(m, n uint32) int {
		return strings.Compare(x.themes.values[m], x.themes.values[n])
	}); c != 0 {
		return c
	}
	if c := b.pledgers.compare(e.pledgers, at, func(m, n uint32) int {
		return x.pledgers.values[m].compare(x.pledgers.values[n].Pledger)
	}); c != 0 {
		return c
	}
	if c := slices.CompareFunc(e.money, b.money.of(at), Contribution.compare); c != 0 {
		return c
	}
	return e.texts.compare(x.texts.of(row))
}

// compare orders what is neither the instant nor a list.
func (f *facts) compare(g *facts) int {
	return cmp.Or(
		cmp.Compare(f.status, g.status), // withdrawn is the last, so it wins a tie
		cmp.Compare(f.kind, g.kind),
		cmp.Compare(f.mirror, g.mirror),
		cmp.Compare(f.natures.Bits(), g.natures.Bits()),
		cmp.Compare(f.objectives.Bits(), g.objectives.Bits()),
		cmp.Compare(f.principles.Bits(), g.principles.Bits()),
		f.announced.Compare(g.announced),
		compareBool(f.global, g.global),
	)
}

// compare orders a list and that of a row by their first values that differ.
func (c *column) compare(list []uint32, row uint16, by func(m, n uint32) int) int {
	if len(list) == 0 || !c.any.has(row) {
		return compareBool(len(list) > 0, c.any.has(row))
	}
	compare := func(m, n uint32) int {
		if m == n {
			return 0
		}
		return by(m, n)
	}
	if order := compare(list[0], c.first(row)); order != 0 {
		return order
	}
	return slices.CompareFunc(list[1:], c.more.of(row), compare)
}
