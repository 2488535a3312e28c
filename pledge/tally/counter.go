package tally

import (
	"math/bits"
	"sort"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// counter adds up what is selected, block by block. Counters of different
// blocks can be merged.
type counter struct {
	simple Counts // what is counted by bitmaps

	pledgers []uint32 // pledges by number
	themes   []uint32
	places   []uint32
	months   []uint32
	due      []uint32         // by what due returns
	reports  []uint32         // by number of the month
	sums     [1 << 10]amounts // by currency and stage, see addMoney
	reported []amounts        // likewise, of pledges with a report, by status; nil as long as there are none
	pledge   uint32           // numbers those with contributions, from 1
	keys     []uint64         // a set, for the keys of pledgers
}

// amounts are the contributions in one currency at one stage.
type amounts struct {
	sum    gcm.Sum
	number uint32 // of pledges
	last   uint32 // of them, see counter.pledge
}

// counter returns an empty counter, a used one where there is one: only its
// first use takes memory that grows with the index.
func (v *Version) counter() *counter {
	var c *counter
	if v.pool != nil {
		c, _ = v.pool.Get().(*counter)
	}
	if c == nil {
		c = new(counter)
	}
	c.simple = Counts{}
	c.pledgers = zeroed(c.pledgers, len(v.pledgers))
	c.themes = zeroed(c.themes, len(v.themes))
	c.places = zeroed(c.places, len(v.places))
	c.months = zeroed(c.months, len(v.months))
	c.reports = zeroed(c.reports, len(v.months))
	c.due = zeroed(c.due, 2*len(v.months))
	c.reported = nil
	c.keys = zeroed(c.keys, len(v.keys)/64+1)
	clear(c.sums[:])
	c.pledge = 0
	return c
}

// put gives a counter back that isn't used any more.
func (v *Version) put(c *counter) {
	if v.pool != nil {
		v.pool.Put(c)
	}
}

// zeroed returns n zeroes, in the same memory if it is enough.
func zeroed[T uint32 | uint64](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

func (c *counter) addAll(selected *selection, blocks []*block) {
	for _, b := range blocks {
		if s := selected.of(b); s != (fast.Bitmap{}) {
			c.add(b, &s)
		}
	}
}

// add counts the selected rows of a block.
func (c *counter) add(b *block, s *fast.Bitmap) {
	n := &c.simple
	n.Total += s.Count()
	n.Global += s.CountAnd(&b.global)
	n.ByMemberStates += s.CountAnd(&b.members)
	fast.CountEach(n.Values.all(), b.Values.all(), s)
	n.Mirror += s.CountAnd(&b.mirror[gcm.Yes])

	b.pledgers.Count(s, c.pledgers)
	b.themes.Count(s, c.themes)
	b.places.Count(s, c.places)
	b.months.Count(s, c.months)
	b.deadlines.Count(s, c.due)
	b.reported.Count(s, c.reports)
	c.addProgress(b, s)
	c.addMoney(b, s)
}

// addMoney adds contributions up, currency by currency and stage by stage. A pledge
// with several of a currency and stage is one pledge.
func (c *counter) addMoney(b *block, s *fast.Bitmap) {
	b.money.Each(s, func(row uint16, list []Contribution) {
		c.pledge++
		reported := b.reported.First(row) != 0
		for _, a := range list {
			i := int(a.Money.Currency())<<2 | int(a.Stage)
			c.sums[i].add(&a, c.pledge)
			if reported {
				if c.reported == nil {
					c.reported = make([]amounts, len(c.sums)*int(statusSize))
				}
				c.reported[i+len(c.sums)*b.reportedStatus(row)].add(&a, c.pledge)
			}
		}
	})
}

// add adds a contribution of a pledge, which has a number.
func (a *amounts) add(c *Contribution, pledge uint32) {
	a.sum = a.sum.Add(c.Money)
	if a.last != pledge {
		a.last = pledge
		a.number++
	}
}

// addProgress counts by status and evidence.
func (c *counter) addProgress(b *block, s *fast.Bitmap) {
	if !b.reported.Any() {
		return
	}
	for status := range b.Reported {
		some := *s
		some.And(&b.Reported[status])
		for e := gcm.Stated; e.IsValid(); e++ {
			c.simple.Progress[status][e] += some.CountAnd(&b.Evidence[e])
		}
	}
}

// merge adds what another counter has counted in other blocks of the version.
func (c *counter) merge(other *counter) {
	c.simple.addArrays(&other.simple)
	addAll(c.pledgers, other.pledgers)
	addAll(c.themes, other.themes)
	addAll(c.places, other.places)
	addAll(c.months, other.months)
	addAll(c.due, other.due)
	addAll(c.reports, other.reports)
	for i := range c.sums {
		c.sums[i].merge(&other.sums[i])
	}
	if c.reported == nil {
		c.reported, other.reported = other.reported, nil
	}
	for i := range other.reported {
		c.reported[i].merge(&other.reported[i])
	}
}

func (a *amounts) merge(other *amounts) {
	a.sum = a.sum.Plus(other.sum)
	a.number += other.number
}

// addArrays adds all of other but its lists.
func (c *Counts) addArrays(other *Counts) {
	numbers := other.numbers()
	for i, n := range c.numbers() {
		*n.n += *numbers[i].n
	}
	addAll(c.Values.all(), other.Values.all())
	for s := range c.Progress {
		addAll(c.Progress[s][:], other.Progress[s][:])
	}
}

func addAll[T int | uint32](to, from []T) {
	for i, n := range from {
		to[i] += n
	}
}

// counts returns what was counted.
func (c *counter) counts(v *Version) Counts {
	n := c.simple
	n.Joint = n.Types[gcm.Common] + n.Types[gcm.Partnership]
	n.Matching = n.Types[gcm.Matching]
	n.Financial = n.Natures[gcm.Financial]

	var states, implementing [1 << 8]uint32
	keys, pledgers := c.keys, v.pledgers[:len(c.pledgers)]
	for i, pledges := range c.pledgers {
		if pledges == 0 {
			continue
		}
		p := &pledgers[i]
		keys[p.key>>6] |= 1 << (p.key & 63)
		if p.category == gcm.MemberState && p.pledgesAsState() { // few are: no call for the others
			states[p.state] += pledges
		}
	}
	for _, w := range keys {
		n.Pledgers += bits.OnesCount64(w)
	}
	for i, pledges := range c.places {
		if pledges > 0 {
			for _, state := range []byte(v.places[i]) {
				implementing[state] += pledges
			}
		}
	}
	n.States, n.Implementing = byState(&states), byState(&implementing)
	for _, s := range n.States {
		if s.State.IsMember() {
			n.MemberStates++
		}
	}
	for i, pledges := range c.themes {
		if pledges > 0 {
			n.Themes = append(n.Themes, ThemeCount{v.themes[i], int(pledges)})
		}
	}
	for i, pledges := range c.months {
		if pledges > 0 {
			n.Months = append(n.Months, MonthCount{v.months[i], int(pledges)})
		}
	}
	for i, pledges := range c.reports {
		if pledges > 0 {
			n.Reports = append(n.Reports, MonthCount{v.months[i], int(pledges)})
		}
	}
	for i := range c.due[:len(c.due)/2] {
		settled, open := c.due[due(uint32(i), false)], c.due[due(uint32(i), true)]
		if settled+open > 0 {
			n.Deadlines = append(n.Deadlines, MonthCount{v.months[i], int(settled + open)})
		}
		if open > 0 {
			n.Due = append(n.Due, MonthCount{v.months[i], int(open)})
		}
	}
	for i := range c.sums {
		if a := &c.sums[i]; a.number > 0 {
			n.Sums = append(n.Sums, a.of(i))
		}
	}
	for i := range c.reported {
		if a := &c.reported[i]; a.number > 0 {
			n.ReportedSums = append(n.ReportedSums, StatusSum{gcm.Status(i / len(c.sums)), a.of(i % len(c.sums))})
		}
	}
	n.sort()
	return n
}

// of returns the sum of a currency and stage.
func (a *amounts) of(i int) MoneySum {
	return MoneySum{gcm.Currency(i >> 2), gcm.Stage(i & 3), a.sum, int(a.number)}
}

// byState returns what a facet of States counts. States are numbered in the
// order of their alpha-3 codes.
func byState(counts *[1 << 8]uint32) (all []StateCount) {
	for s := range gcm.States() {
		if n := counts[s]; n > 0 {
			all = append(all, StateCount{s, int(n)})
		}
	}
	return all
}

// sort puts the lists that aren't sorted yet into their order.
func (c *Counts) sort() {
	sort.Stable(order[ThemeCount]{c.Themes, func(a, b *ThemeCount) bool { return a.Theme < b.Theme }})
	for _, m := range c.monthly() {
		sort.Stable(order[MonthCount]{*m.all, func(a, b *MonthCount) bool { return a.Month.Compare(b.Month) < 0 }})
	}
	sort.Stable(order[MoneySum]{c.Sums, func(a, b *MoneySum) bool { return compareSums(*a, *b) < 0 }})
	sort.Stable(order[StatusSum]{c.ReportedSums, func(a, b *StatusSum) bool { return compareStatusSums(*a, *b) < 0 }})
}

func compareSums(a, b MoneySum) int {
	if c := strings.Compare(a.Currency.String(), b.Currency.String()); c != 0 {
		return c
	}
	return int(a.Stage) - int(b.Stage)
}

func compareStatusSums(a, b StatusSum) int {
	if a.Status != b.Status {
		return int(a.Status) - int(b.Status)
	}
	return compareSums(a.MoneySum, b.MoneySum)
}

// order sorts a slice. slices.SortFunc would put a sort of its own for each
// type into the page, and sort.Sort more code than sort.Stable.
type order[T any] struct {
	all  []T
	less func(a, b *T) bool
}

func (o order[T]) Len() int           { return len(o.all) }
func (o order[T]) Less(i, j int) bool { return o.less(&o.all[i], &o.all[j]) }
func (o order[T]) Swap(i, j int)      { o.all[i], o.all[j] = o.all[j], o.all[i] }
