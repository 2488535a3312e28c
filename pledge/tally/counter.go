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
	sums     [1 << 10]amounts // by currency and stage, see addMoney
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
	c.addMoney(b, s)
}

// addMoney adds contributions up, currency by currency and stage by stage. A pledge
// with several of a currency and stage is one pledge.
func (c *counter) addMoney(b *block, s *fast.Bitmap) {
	b.money.Each(s, func(_ uint16, list []Contribution) {
		c.pledge++
		for _, a := range list {
			sum := &c.sums[int(a.Money.Currency())<<2|int(a.Stage)]
			sum.sum = sum.sum.Add(a.Money)
			if sum.last != c.pledge {
				sum.last = c.pledge
				sum.number++
			}
		}
	})
}

// merge adds what another counter has counted in other blocks of the version.
func (c *counter) merge(other *counter) {
	c.simple.addArrays(&other.simple)
	addAll(c.pledgers, other.pledgers)
	addAll(c.themes, other.themes)
	addAll(c.places, other.places)
	addAll(c.months, other.months)
	for i := range c.sums {
		c.sums[i].sum = c.sums[i].sum.Plus(other.sums[i].sum)
		c.sums[i].number += other.sums[i].number
	}
}

// addArrays adds all of other but its lists.
func (c *Counts) addArrays(other *Counts) {
	numbers := other.numbers()
	for i, n := range c.numbers() {
		*n.n += *numbers[i].n
	}
	addAll(c.Values.all(), other.Values.all())
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
	for i, a := range c.sums {
		if a.number > 0 {
			n.Sums = append(n.Sums, MoneySum{gcm.Currency(i >> 2), gcm.Stage(i & 3), a.sum, int(a.number)})
		}
	}
	n.sort()
	return n
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
	sort.Stable(order[MonthCount]{c.Months, func(a, b *MonthCount) bool { return a.Month.Compare(b.Month) < 0 }})
	sort.Stable(order[MoneySum]{c.Sums, func(a, b *MoneySum) bool { return compareSums(*a, *b) < 0 }})
}

func compareSums(a, b MoneySum) int {
	if c := strings.Compare(a.Currency.String(), b.Currency.String()); c != 0 {
		return c
	}
	return int(a.Stage) - int(b.Stage)
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
