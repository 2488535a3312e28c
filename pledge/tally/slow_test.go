package tally

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// slowIndex is the reference for [Index]: it keeps revisions in a map and
// recounts everything for each query, in the most obvious way.
type slowIndex map[ID]Facets

func (x slowIndex) put(f Facets) {
	f = once(f)
	if old, ok := x[f.ID]; !ok || f.Compare(&old) > 0 {
		x[f.ID] = f
	}
}

// once returns facets without what a list repeats.
func once(f Facets) Facets {
	f.Themes, f.Pledgers, f.Implementing = firsts(f.Themes), firsts(f.Pledgers), firsts(f.Implementing)
	return f
}

func firsts[T comparable](list []T) (kept []T) {
	for _, v := range list {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

func (x slowIndex) count(q Query) (c Counts) {
	pledgers, themes := map[string]bool{}, map[string]int{}
	states, implementing := map[gcm.State]int{}, map[gcm.State]int{}
	months, reports, deadlines, dues := map[gcm.Date]int{}, map[gcm.Date]int{}, map[gcm.Date]int{}, map[gcm.Date]int{}
	saidSums := map[[3]string]StatusSum{}
	sums := map[[2]string]MoneySum{}
	for _, f := range x {
		if !q.Matches(&f) {
			continue
		}
		c.Total++
		once := map[any]bool{}
		add := func(key any, n *int) {
			if !once[key] {
				once[key] = true
				*n++
			}
		}
		for o := range f.Objectives.All() {
			c.Objectives[o]++
		}
		for p := range f.Principles.All() {
			c.Principles[p]++
		}
		for n := range f.Natures.All() {
			c.Natures[n]++
		}
		if f.Objectives.IsEmpty() {
			c.Objectives[0]++
		}
		if f.Principles.IsEmpty() {
			c.Principles[0]++
		}
		if f.Natures.IsEmpty() {
			c.Natures[0]++
		}
		evidence, said := gcm.NothingReported, gcm.Status(0)
		if g := f.Progress; g.Reported.IsValid() {
			evidence, said = max(g.Evidence, gcm.Stated), g.Status
			reports[gcm.DateOf(g.Reported.Year(), g.Reported.Month(), 0)]++
			c.Progress[said][evidence]++
		}
		c.Evidence[evidence]++
		c.Reported[said]++
		if deadline := gcm.DateOf(f.Deadline.Year(), f.Deadline.Month(), 0); f.Deadline.IsValid() {
			deadlines[deadline]++
			if f.Progress.Open {
				dues[deadline]++
			}
		}
		c.Types[f.Type]++
		c.Statuses[f.Status]++
		for _, p := range f.Pledgers {
			pledgers[p.Key] = true
			if p.Category.IsValid() {
				add(p.Category, &c.Categories[p.Category])
			}
			if r := p.State.Region(); r.IsValid() {
				add(r, &c.Regions[r])
			}
			if p.Category == gcm.MemberState && p.State.IsValid() && !once[p.State] {
				once[p.State] = true
				states[p.State]++
				if p.State.IsMember() {
					add("member", &c.ByMemberStates)
				}
			}
		}
		if !slices.ContainsFunc(f.Pledgers, func(p Pledger) bool { return p.Category.IsValid() }) {
			c.Categories[0]++
		}
		if !slices.ContainsFunc(f.Pledgers, func(p Pledger) bool { return p.State.IsValid() }) {
			c.Regions[0]++
		}
		for _, t := range f.Themes {
			if !once["theme "+t] {
				once["theme "+t] = true
				themes[t]++
			}
		}
		for _, s := range f.Implementing {
			if k := "in " + s.Alpha3(); !once[k] {
				once[k] = true
				implementing[s]++
			}
		}
		months[gcm.DateOf(f.Announced.Year(), f.Announced.Month(), 0)]++
		if f.Global {
			c.Global++
		}
		if f.Type.Joint() {
			c.Joint++
		}
		if f.Type == gcm.Matching {
			c.Matching++
		}
		if f.Mirror == gcm.Yes {
			c.Mirror++
		}
		if f.Natures.Has(gcm.Financial) {
			c.Financial++
		}
		for _, m := range f.Contributions {
			key := [2]string{m.Money.Currency().String(), m.Stage.String()}
			s := sums[key]
			s.Currency, s.Stage, s.Sum = m.Money.Currency(), m.Stage, s.Sum.Add(m.Money)
			add(key, &s.Number)
			sums[key] = s
			if f.Progress.Reported.IsValid() {
				key := [3]string{said.String(), key[0], key[1]}
				s := saidSums[key]
				s.Status, s.Currency, s.Stage, s.Sum = said, m.Money.Currency(), m.Stage, s.Sum.Add(m.Money)
				add(key, &s.Number)
				saidSums[key] = s
			}
		}
	}
	c.Pledgers = len(pledgers)
	for t, n := range themes {
		c.Themes = append(c.Themes, ThemeCount{t, n})
	}
	slices.SortFunc(c.Themes, func(a, b ThemeCount) int { return strings.Compare(a.Theme, b.Theme) })
	sorted := func(m map[gcm.State]int) (all []StateCount) {
		for s, n := range m {
			all = append(all, StateCount{s, n})
		}
		slices.SortFunc(all, func(a, b StateCount) int { return strings.Compare(a.State.Alpha3(), b.State.Alpha3()) })
		return all
	}
	c.States, c.Implementing = sorted(states), sorted(implementing)
	for s := range states {
		if s.IsMember() {
			c.MemberStates++
		}
	}
	byMonth := func(counts map[gcm.Date]int) (all []MonthCount) {
		for m, n := range counts {
			all = append(all, MonthCount{m, n})
		}
		slices.SortFunc(all, func(a, b MonthCount) int { return a.Month.Compare(b.Month) })
		return all
	}
	c.Months, c.Reports, c.Deadlines, c.Due = byMonth(months), byMonth(reports), byMonth(deadlines), byMonth(dues)
	for _, s := range saidSums {
		c.ReportedSums = append(c.ReportedSums, s)
	}
	slices.SortFunc(c.ReportedSums, func(a, b StatusSum) int {
		return cmp.Or(cmp.Compare(a.Status, b.Status), strings.Compare(a.Currency.String(), b.Currency.String()), cmp.Compare(a.Stage, b.Stage))
	})
	for _, s := range sums {
		c.Sums = append(c.Sums, s)
	}
	slices.SortFunc(c.Sums, func(a, b MoneySum) int {
		return cmp.Or(strings.Compare(a.Currency.String(), b.Currency.String()), cmp.Compare(a.Stage, b.Stage))
	})
	return c
}

func (x slowIndex) latest() (latest gcm.Instant) {
	for _, f := range x {
		if f.Updated.Compare(latest) > 0 {
			latest = f.Updated
		}
	}
	return latest
}

// source makes random facets out of few values, so that everything collides.
type source struct{ *rand.Rand }

func newSource(seed uint64) source { return source{rand.New(rand.NewPCG(seed, 7))} }

func pick[T any](s source, all ...T) T { return all[s.IntN(len(all))] }

func (s source) facets() Facets {
	f := Facets{
		ID:        ID{15: byte(1 + s.IntN(40))},
		Updated:   gcm.InstantOfUnix(int64(1_650_000_000+s.IntN(5)), 0),
		Type:      gcm.Type(s.IntN(5)),
		Status:    gcm.Status(s.IntN(5)),
		Mirror:    gcm.Answer(s.IntN(3)),
		Global:    s.IntN(4) == 0,
		Announced: pick(s, gcm.Date{}, gcm.DateOf(2022, 0, 0), gcm.DateOf(2022, 5, 0), gcm.DateOf(2022, 5, 20), gcm.DateOf(2022, 12, 1), gcm.DateOf(2023, 1, 31)),
	}
	for range s.IntN(4) {
		f.Objectives = f.Objectives.With(objectives.Objective(1 + s.IntN(objectives.Count)))
	}
	for range s.IntN(4) {
		f.Principles = f.Principles.With(gcm.Principle(1 + s.IntN(10)))
	}
	for range s.IntN(3) {
		f.Natures = f.Natures.With(gcm.Nature(1 + s.IntN(4)))
	}
	for range s.IntN(4) {
		p := Pledger{
			Category: pick(s, gcm.MemberState, gcm.MemberState, gcm.Category(s.IntN(17))),
			State:    pick(s, 0, state("DEU"), state("FRA"), state("KEN"), state("PSE")),
		}
		p.Key = PledgerKey(pick(s, "IOM", "ILO", "City of Y"), p.Category, p.State)
		f.Pledgers = append(f.Pledgers, p)
	}
	for range s.IntN(3) {
		f.Implementing = append(f.Implementing, pick(s, state("SLE"), state("KEN"), state("TUV")))
	}
	for range s.IntN(3) {
		f.Themes = append(f.Themes, pick(s, "climate", "data", "child-detention"))
	}
	for range s.IntN(3) {
		c, _ := gcm.CurrencyFromCode(pick(s, "EUR", "JPY", "TND"))
		m, err := gcm.ParseMoney(pick(s, "1", "9223372036854", "200000"), c)
		if err != nil {
			panic(err)
		}
		f.Contributions = append(f.Contributions, Contribution{m, gcm.Stage(s.IntN(4))})
	}
	f.Deadline = pick(s, gcm.Date{}, gcm.DateOf(2022, 5, 0), gcm.DateOf(2025, 0, 0), gcm.DateOf(2025, 12, 31))
	f.Progress.Open = f.Deadline.IsValid() && s.IntN(2) == 0
	if s.IntN(2) == 0 {
		f.Progress.Reported = pick(s, gcm.DateOf(2022, 5, 0), gcm.DateOf(2024, 0, 0), gcm.DateOf(2024, 6, 0))
		f.Progress.Status, f.Progress.Evidence = gcm.Status(s.IntN(5)), gcm.Evidence(2+s.IntN(3))
	}
	return f
}

func (s source) query() (q Query) {
	for range s.IntN(3) {
		switch s.IntN(14) {
		case 0:
			q.Objective = AnyOf(objectives.Objective(1 + s.IntN(objectives.Count)))
		case 1:
			q.Principle = AnyOf(gcm.Principle(1 + s.IntN(10)))
		case 2:
			q.Region = AnyOf(gcm.Region(1 + s.IntN(5)))
		case 3:
			q.State = AnyOf(pick(s, state("DEU"), state("KEN"), state("PSE")))
		case 4:
			q.Implementing = AnyOf(pick(s, state("SLE"), state("TUV")))
		case 5:
			q.Category = AnyOf(pick(s, gcm.MemberState, gcm.Category(1+s.IntN(16))))
		case 6:
			q.Type = AnyOf(gcm.Type(1 + s.IntN(4)))
		case 7:
			q.Nature = AnyOf(gcm.Nature(1 + s.IntN(4)))
		case 8:
			q.Status = AnyOf(gcm.Status(1 + s.IntN(4)))
		case 9:
			q.Mirror = AnyOf(gcm.Answer(1 + s.IntN(2)))
		case 10:
			q.Theme = AnyThemeOf(pick(s, "climate", "nowhere"))
		case 11:
			q.IncludeWithdrawn = true
		case 12:
			q.Reported = AnyOf(gcm.Status(1 + s.IntN(4)))
		case 13:
			q.Evidence = AnyOf(gcm.Evidence(1 + s.IntN(4)))
		}
	}
	for d := range fewValues { // and others beside it
		for q.Asks(d) && s.IntN(3) == 0 {
			q.asked(d).add(1 + s.IntN(int(table[d].size)-1))
		}
	}
	if !q.State.IsZero() && s.IntN(2) == 0 {
		q.State.set.add(int(state("FRA")))
	}
	if !q.Theme.IsZero() && s.IntN(2) == 0 {
		q.Theme = AnyThemeOf("data", "climate", "")
	}
	if s.IntN(6) == 0 {
		q.Since = gcm.DateOf(2020+s.IntN(6), s.IntN(13), 0)
	}
	if s.IntN(6) == 0 {
		q.Until = gcm.DateOf(2021+s.IntN(6), 1+s.IntN(12), s.IntN(29))
	}
	return q
}

func state(alpha3 string) gcm.State {
	s, ok := gcm.StateFromAlpha3(alpha3)
	if !ok {
		panic(alpha3)
	}
	return s
}

func json(c Counts) string { return string(c.AppendJSON(nil)) }

func TestIncrementalCountsEqualARecount(t *testing.T) {
	for seed := range uint64(40) {
		s := newSource(seed)
		var x Index
		slow := slowIndex{}
		for step := range 300 {
			if s.IntN(5) == 0 {
				id := ID{15: byte(1 + s.IntN(40))}
				_, there := slow[id]
				if x.Remove(id) != there {
					t.Fatalf("seed %d step %d: Remove says the pledge was there: %v", seed, step, !there)
				}
				delete(slow, id)
			} else {
				f := s.facets()
				old, there := slow[f.ID]
				want := Added
				if there {
					kept := once(f)
					want = [...]Outcome{Ignored, Alike, Revised}[1+kept.Compare(&old)]
				}
				if got := x.Put(f); got != want {
					t.Fatalf("seed %d step %d: Put says %d, want %d", seed, step, got, want)
				}
				slow.put(f)
			}
			if step%20 > 0 {
				continue
			}
			q := s.query()
			if got, want := json(x.Count(q)), json(slow.count(q)); got != want {
				t.Fatalf("seed %d step %d, %v:\ngot  %s\nwant %s", seed, step, q, got, want)
			}
			if x.Len() != len(slow) || x.Latest() != slow.latest() {
				t.Fatalf("seed %d step %d: %d pledges, latest %v", seed, step, x.Len(), x.Latest())
			}
		}
	}
}

func TestOrderOfPutsDoesNotMatter(t *testing.T) {
	for seed := range uint64(50) {
		s := newSource(seed)
		revisions := make([]Facets, 120)
		for i := range revisions {
			revisions[i] = s.facets()
		}
		var first, second Index
		for _, f := range revisions {
			first.Put(f)
		}
		s.Shuffle(len(revisions), func(i, j int) { revisions[i], revisions[j] = revisions[j], revisions[i] })
		for range 2 { // twice: putting again changes nothing
			for _, f := range revisions {
				second.Put(f)
			}
		}
		if a, b := json(first.Count(Query{})), json(second.Count(Query{})); a != b {
			t.Fatalf("seed %d:\n%s\n%s", seed, a, b)
		}
	}
}

func TestSupersedesIsATotalOrder(t *testing.T) {
	s := newSource(3)
	for range 20_000 {
		a, b, c := s.facets(), s.facets(), s.facets()
		if a.Supersedes(&a) {
			t.Fatal("a revision supersedes itself")
		}
		if a.Compare(&b) != -b.Compare(&a) {
			t.Fatalf("not antisymmetric:\n%+v\n%+v", a, b)
		}
		if a.Supersedes(&b) && b.Supersedes(&c) && !a.Supersedes(&c) {
			t.Fatalf("not transitive:\n%+v\n%+v\n%+v", a, b, c)
		}
	}
}
