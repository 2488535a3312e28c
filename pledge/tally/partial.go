package tally

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Partial is what a query counts of some pledges, to be added to what it counts
// of others: counting can be spread over goroutines, processes or machines, and
// adding up gives the same whatever the order. For that it holds, beside
// [Counts], who the pledgers are.
//
// No pledge may be in two of the parts, or it counts twice; [ID.Shard] says one
// way to cut them. Where revisions of a pledge may be in several places, merge
// indexes instead: see [Index.Merge].
//
// The zero value counts nothing. It isn't safe for concurrent use.
type Partial struct {
	counts   Counts
	pledgers map[string]struct{} // by key
}

// Shard returns the number of the part, 0 to n-1, to which a pledge belongs if pledges
// are divided into n parts. All revisions of a pledge belong to the same part, and the
// parts are about equally large. It panics if n isn't positive.
func (id ID) Shard(n int) int {
	if n <= 0 {
		panic("tally: Shard of " + strconv.Itoa(n) + " parts")
	}
	h := uint32(2166136261) // FNV-1a: IDs may begin with a time, or all end alike
	for _, b := range id {
		h = (h ^ uint32(b)) * 16777619
	}
	return int(uint64(h) * uint64(n) >> 32)
}

// Partial counts the pledges that the query selects.
func (x *Index) Partial(q Query) *Partial { return x.Version().Partial(q) }

// Partial counts the pledges that the query selects.
func (v *Version) Partial(q Query) *Partial {
	c := v.count(q)
	defer v.put(c)
	p := &Partial{c.counts(v), make(map[string]struct{})}
	for i, pledges := range c.pledgers {
		if pledges > 0 {
			p.pledgers[v.keys[v.pledgers[i].key]] = struct{}{}
		}
	}
	return p
}

// Add adds what was counted of other pledges by the same query.
func (p *Partial) Add(other *Partial) {
	if p.pledgers == nil {
		p.pledgers = make(map[string]struct{})
	}
	maps.Copy(p.pledgers, other.pledgers)
	c, d := &p.counts, &other.counts
	c.addArrays(d)
	c.Themes = join(c.Themes, d.Themes,
		func(a, b ThemeCount) int { return strings.Compare(a.Theme, b.Theme) },
		func(a *ThemeCount, b ThemeCount) { a.Number += b.Number })
	for d := range Dimensions() {
		if states := c.states(d); states != nil {
			*states = joinStates(*states, *other.counts.states(d))
		}
	}
	others := d.monthly()
	for i, m := range c.monthly() {
		*m.all = join(*m.all, *others[i].all,
			func(a, b MonthCount) int { return a.Month.Compare(b.Month) },
			func(a *MonthCount, b MonthCount) { a.Number += b.Number })
	}
	c.Sums = join(c.Sums, d.Sums, compareSums,
		func(a *MoneySum, b MoneySum) { a.Sum, a.Number = a.Sum.Plus(b.Sum), a.Number+b.Number })
	c.ReportedSums = join(c.ReportedSums, d.ReportedSums, compareStatusSums,
		func(a *StatusSum, b StatusSum) { a.Sum, a.Number = a.Sum.Plus(b.Sum), a.Number+b.Number })

	// The two that can't be added up.
	c.Pledgers, c.MemberStates = len(p.pledgers), 0
	for _, s := range c.States {
		if s.State.IsMember() {
			c.MemberStates++
		}
	}
}

func joinStates(a, b []StateCount) []StateCount {
	return join(a, b,
		func(a, b StateCount) int { return int(a.State) - int(b.State) }, // in the order of alpha-3
		func(a *StateCount, b StateCount) { a.Number += b.Number })
}

// join merges two sorted lists into a new one, adding equal elements up.
func join[T any](a, b []T, compare func(a, b T) int, add func(a *T, b T)) []T {
	joined := slices.Concat(a, b)
	slices.SortFunc(joined, compare)
	n := 0
	for i, v := range joined {
		if i > 0 && compare(joined[n-1], v) == 0 {
			add(&joined[n-1], v)
			continue
		}
		joined[n] = v
		n++
	}
	return joined[:n]
}

// Counts returns what was counted.
func (p *Partial) Counts() Counts {
	c := p.counts
	for d := range Dimensions() {
		if states := c.states(d); states != nil {
			*states = slices.Clone(*states)
		}
	}
	for _, m := range c.monthly() {
		*m.all = slices.Clone(*m.all)
	}
	c.Themes, c.Sums, c.ReportedSums = slices.Clone(c.Themes), slices.Clone(c.Sums), slices.Clone(c.ReportedSums)
	return c
}

// AppendJSON appends the partial as a JSON object. What is added up in another
// order gives the same bytes.
func (p *Partial) AppendJSON(b []byte) []byte {
	o := wire.Begin(b)
	o.Name("counts")
	o.B = p.counts.AppendJSON(o.B)
	wire.Array(&o, "keys", slices.Sorted(maps.Keys(p.pledgers)), wire.AppendText)
	return o.End()
}

// MarshalJSON is [Partial.AppendJSON].
func (p *Partial) MarshalJSON() ([]byte, error) { return p.AppendJSON(nil), nil }

// ErrPartial is returned for JSON that [Partial.AppendJSON] can't have written.
var ErrPartial = errors.New("tally: not a partial count")

// UnmarshalJSON reads what AppendJSON writes. It refuses anything else, because counts
// that it doesn't understand completely would be wrong. The error is [ErrPartial].
func (p *Partial) UnmarshalJSON(b []byte) error {
	read := Partial{pledgers: make(map[string]struct{})}
	var r wire.Reader
	problems, ok := r.Read(b, func(name string) {
		switch name {
		case "counts":
			read.counts = readCounts(&r)
		case "keys":
			wire.Texts(&r, 0, func(key string) { read.pledgers[strings.Clone(key)] = struct{}{} })
		default:
			r.Skip()
		}
	})
	if !ok || len(problems) > 0 || len(read.pledgers) != read.counts.Pledgers {
		return ErrPartial
	}
	*p = read
	return nil
}
