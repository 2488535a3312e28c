package tally

import (
	"math/bits"
	"slices"
	"sort"

	"github.com/gcmkit/gcmkit/gcm"
)

// Count counts the pledges that the query selects.
func (x *Index) Count(q Query) Counts {
	rows := x.selection(q)
	c := Counts{
		Total:     rows.count(),
		Global:    rows.countAnd(x.global),
		Mirror:    rows.countAnd(x.mirror[gcm.Yes]),
		Matching:  rows.countAnd(x.types[gcm.Matching]),
		Joint:     rows.countAnd(x.types[gcm.Common]) + rows.countAnd(x.types[gcm.Partnership]),
		Financial: rows.countAnd(x.natures[gcm.Financial]),
	}
	fill(c.Objectives[:], x.objectives[:], rows)
	fill(c.Principles[:], x.principles[:], rows)
	fill(c.Types[:], x.types[:], rows)
	fill(c.Natures[:], x.natures[:], rows)
	fill(c.Statuses[:], x.statuses[:], rows)
	fill(c.Categories[:], x.categories[:], rows)
	fill(c.Regions[:], x.regions[:], rows)

	x.themes.countAnd(rows, func(t string, n int) { c.Themes = append(c.Themes, ThemeCount{t, n}) })
	sort.Sort(order[ThemeCount]{c.Themes, func(a, b *ThemeCount) bool { return a.Theme < b.Theme }})
	x.months.countAnd(rows, func(m gcm.Date, n int) { c.Months = append(c.Months, MonthCount{m, n}) })
	sort.Sort(order[MonthCount]{c.Months, func(a, b *MonthCount) bool { return a.Month.Compare(b.Month) < 0 }})
	c.States, c.Implementing = byState(&x.states, rows), byState(&x.implementing, rows)

	x.countPledgers(&c, rows)
	x.sum(&c, rows)
	return c
}

// selection returns the rows that the query selects, as a bitmap of its own.
func (x *Index) selection(q Query) bitmap {
	rows := slices.Clone(x.live)
	if !q.withdrawn() {
		rows.andNot(x.withdrawn)
	}
	if q.Objective != 0 {
		rows.and(of(x.objectives[:], q.Objective))
	}
	if q.Principle != 0 {
		rows.and(of(x.principles[:], q.Principle))
	}
	if q.Region != 0 {
		rows.and(of(x.regions[:], q.Region))
	}
	if q.Category != 0 {
		rows.and(of(x.categories[:], q.Category))
	}
	if q.Type != 0 {
		rows.and(of(x.types[:], q.Type))
	}
	if q.Nature != 0 {
		rows.and(of(x.natures[:], q.Nature))
	}
	if q.Status != 0 {
		rows.and(of(x.statuses[:], q.Status))
	}
	if q.Mirror != 0 {
		rows.and(of(x.mirror[:], q.Mirror))
	}
	if q.State != 0 {
		rows.and(x.states.rows(q.State))
	}
	if q.Implementing != 0 {
		rows.and(x.implementing.rows(q.Implementing))
	}
	if q.Theme != "" {
		rows.and(x.themes.rows(q.Theme))
	}
	return rows
}

// of returns the rows of a value; none for a value that doesn't exist.
func of[E ~uint8](facet []bitmap, value E) bitmap {
	if int(value) >= len(facet) {
		return nil
	}
	return facet[value]
}

func fill(counts []int, facet []bitmap, rows bitmap) {
	for i, b := range facet {
		counts[i] = b.countAnd(rows)
	}
}

// byState returns what a facet of States counts. States are numbered in the
// order of their alpha-3 codes.
func byState(g *groups[gcm.State], rows bitmap) (all []StateCount) {
	for s := range gcm.States() {
		if n := g.rows(s).countAnd(rows); n > 0 {
			all = append(all, StateCount{s, n})
		}
	}
	return all
}

// order sorts a slice. slices.SortFunc would put a sort of its own for each
// type into the page.
type order[T any] struct {
	all  []T
	less func(a, b *T) bool
}

func (o order[T]) Len() int           { return len(o.all) }
func (o order[T]) Less(i, j int) bool { return o.less(&o.all[i], &o.all[j]) }
func (o order[T]) Swap(i, j int)      { o.all[i], o.all[j] = o.all[j], o.all[i] }

// countPledgers counts distinct pledgers, distinct Member States, and the
// pledges that the latter made.
func (x *Index) countPledgers(c *Counts, rows bitmap) {
	seen := make(bitmap, len(x.pledgers.keys)/64+1)
	for i, w := range rows { // as rows.each does; this loop is most of the time that a count takes
		for ; w != 0; w &= w - 1 {
			n := x.by[i<<6+bits.TrailingZeros64(w)]
			seen[n>>6] |= 1 << (n & 63)
		}
	}
	several := slices.Clone(rows)
	several.and(x.several)
	several.each(func(row uint32) {
		for _, n := range x.others[row] {
			seen.set(n)
		}
	})
	seen.clear(0) // rows without a pledger
	c.Pledgers = seen.count()

	member := make(bitmap, len(rows))
	for _, s := range c.States {
		if s.State.IsMember() {
			c.MemberStates++
			for i, w := range x.states.rows(s.State) {
				member[i] |= w
			}
		}
	}
	c.ByMemberStates = member.countAnd(rows)
}

// sum adds contributions up, currency by currency and stage by stage.
func (x *Index) sum(c *Counts, rows bitmap) {
	type key struct {
		currency gcm.Currency
		stage    gcm.Stage
	}
	sums := map[key]*MoneySum{}
	with := slices.Clone(rows)
	with.and(x.money)
	with.each(func(row uint32) {
		all := x.facets[row].Contributions
		for i, m := range all {
			k := key{m.Money.Currency(), m.Stage}
			s := sums[k]
			if s == nil {
				s = &MoneySum{Currency: k.currency, Stage: k.stage}
				sums[k] = s
			}
			s.Sum = s.Sum.Add(m.Money)
			if !has(all[:i], func(o Contribution) bool { return key{o.Money.Currency(), o.Stage} == k }) {
				s.Number++
			}
		}
	})
	for _, s := range sums {
		c.Sums = append(c.Sums, *s)
	}
	sort.Sort(order[MoneySum]{c.Sums, func(a, b *MoneySum) bool {
		if x, y := a.Currency.String(), b.Currency.String(); x != y {
			return x < y
		}
		return a.Stage < b.Stage
	}})
}

// Latest returns the instant of the newest revision, withdrawals included; the
// zero Instant if none states it.
func (x *Index) Latest() (latest gcm.Instant) {
	x.live.each(func(row uint32) {
		if u := x.facets[row].Updated; u.Compare(latest) > 0 {
			latest = u
		}
	})
	return latest
}
