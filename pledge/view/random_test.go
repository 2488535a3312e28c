package view_test

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// from returns choices that a sequence of bytes makes.
func from(data []byte) view.Choice {
	return func(n int) int {
		if len(data) == 0 || n < 2 {
			return 0
		}
		c := int(data[0]) % n
		data = data[1:]
		return c
	}
}

// random returns choices of a random generator.
func random(seed uint64) view.Choice {
	r := rand.New(rand.NewPCG(seed, 2018))
	return func(n int) int { return r.IntN(max(n, 1)) }
}

// anySnapshot returns a snapshot with some of what snapshots can have.
func anySnapshot(choose view.Choice) *tally.Snapshot {
	words := [...]string{"", "Pledges", "<b>&amp;</b>", "تعهّدات", "\u202e\x00", "a\u00a0b  c\n", strings.Repeat("é", 300), "\xff"}
	word := func() string { return words[choose(len(words))] }
	number := func() int { return [...]int{0, 1, 2, 3, 11, 23, 100, 158, 1000, 1_000_000}[choose(10)] }
	at := func() gcm.Instant { return gcm.InstantOfUnix(int64(1_650_000_000+choose(3)*86_400), 0) }

	s := &tally.Snapshot{Definition: word(), Unread: number()}
	s.Title, s.Publisher, s.Illustrative = word(), word(), choose(2) == 1
	s.Feed = [...]string{"", "https://example.org/é?a=1&b=2", "http://example.org/", "javascript:alert(1)"}[choose(4)]
	if choose(2) == 1 {
		s.AsOf = at()
	}
	if choose(2) == 1 {
		s.Latest = at()
	}
	s.Counts.Total, s.Counts.MemberStates, s.Counts.ByMemberStates = number(), number(), number()
	for i := range s.Counts.Objectives {
		s.Counts.Objectives[i] = number()
	}
	for _, counts := range [][]int{
		s.Counts.Principles[:], s.Counts.Regions[:], s.Counts.Categories[:], s.Counts.Statuses[:], s.Counts.Natures[:], s.Counts.Types[:],
	} {
		for i := range counts {
			counts[i] = number()
		}
	}
	s.Counts.Financial = number()
	for range choose(30) {
		s.Counts.States = append(s.Counts.States, tally.StateCount{State: gcm.State(choose(200)), Number: number()})
	}
	for range choose(10) {
		month := [...]gcm.Date{{}, gcm.DateOf(2022, 0, 0), gcm.DateOf(2022, 12, 0), gcm.DateOf(1900+choose(200), 1+choose(12), 0),
			gcm.DateOf(2021+choose(6), 1+choose(12), 0), gcm.DateOf(2021+choose(6), 5, 0), gcm.DateOf(9999, 12, 0), gcm.DateOf(1, 1, 0)}[choose(8)]
		s.Counts.Months = append(s.Counts.Months, tally.MonthCount{Month: month, Number: number()})
	}
	for range choose(6) {
		sum := gcm.Sum{}.Add(gcm.MoneyOf(int64(number()), gcm.Currency(1)))
		s.Counts.Sums = append(s.Counts.Sums, tally.MoneySum{
			Currency: gcm.Currency(choose(5)), Stage: gcm.Stage(choose(4)), Sum: sum, Number: number()})
	}
	for range choose(4) * 4 {
		s.Items = append(s.Items, tally.Item{
			Title: word(), Pledger: word(), More: choose(3) - 1, State: gcm.State(choose(200)),
			Language: [...]string{"", "fr", "zh-Hans", "<b>", "e"}[choose(5)],
			Link:     [...]string{"", "https://example.org/é?a=1&b=2", "http://example.org/", "javascript:alert(1)"}[choose(4)],
			Status:   gcm.Status(choose(5)), Objectives: objectives.SetOf(objectives.Objective(choose(24)), objectives.Objective(choose(24))),
			Announced: [...]gcm.Date{{}, gcm.DateOf(2022, 0, 0), gcm.DateOf(2022, 12, 0), gcm.DateOf(2022, 5, 20)}[choose(4)],
		})
	}
	for range choose(4) {
		s.Sources = append(s.Sources, tally.Header{Title: word(), Publisher: word(), Feed: "https://example.org/"})
	}
	q := &s.Query
	switch choose(6) {
	case 1:
		q.Objective = tally.AnyOf(objectives.Objective(choose(24)))
	case 2:
		q.Region, q.Theme = tally.AnyOf(gcm.Region(choose(6))), tally.AnyThemeOf(word())
	case 3:
		q.Principle, q.Status = tally.AnyOf(gcm.Principle(choose(11))), tally.AnyOf(gcm.Status(choose(5)))
	case 4:
		q.Mirror, q.IncludeWithdrawn, q.Type = tally.AnyOf(gcm.Answer(choose(3))), choose(2) == 1, tally.AnyOf(gcm.Type(choose(5)))
	case 5:
		q.State, q.Category, q.Nature = tally.AnyOf(gcm.State(choose(190))), tally.AnyOf(gcm.Category(choose(17))), tally.AnyOf(gcm.Nature(choose(5)))
	}
	for range choose(12) {
		s.Counts.Themes = append(s.Counts.Themes, tally.ThemeCount{Theme: word(), Number: number()})
	}
	if choose(3) == 1 {
		s.Search = [...]string{"pledge", "a c", "<b>", "تعهد", "é"}[choose(5)]
	}
	return s
}

func anyCounts(choose view.Choice) (c tally.Counts) {
	for i := range choose(12) {
		c.Themes = append(c.Themes, tally.ThemeCount{Theme: [...]string{"climate", "<b>", "a,b", "\xff"}[i%4], Number: choose(50)})
	}
	for i := range c.Objectives {
		c.Objectives[i] = choose(50)
	}
	return c
}

func anyKind(choose view.Choice) view.Kind {
	kinds := slices.Collect(view.Kinds())
	return kinds[choose(len(kinds))]
}

// anyView returns a view of any snapshot.
func anyView(choose view.Choice) *view.View { return viewOf(anySnapshot(choose), anyOptions(choose)) }

func anyOptions(choose view.Choice) view.Options {
	o := view.Options{View: anyKind(choose), Language: gcm.Language(choose(8)),
		Size: view.Size(choose(5)), Sort: view.Sort(choose(4))}
	o.Missing = choose(3)
	if choose(2) == 1 {
		counts := anyCounts(choose)
		o.Choices = &tally.Choices{Counts: counts}
		q := &o.Choices.Chosen
		switch choose(4) {
		case 1:
			q.Objective = tally.AnyOf(objectives.Objective(choose(24)))
		case 2:
			q.Region, q.Theme = tally.AnyOf(gcm.Region(choose(6))), tally.AnyThemeOf("climate")
		case 3:
			q.Status = tally.AnyOf(gcm.Status(choose(5)))
		}
	}
	o.Tools = choose(2) == 1
	if choose(3) == 1 {
		o.Part = &view.Part{Order: view.Order(choose(4)), From: 10 * choose(3), Items: anySnapshot(choose).Items}
	}
	for _, name := range []string{"objective", "region", "topic"}[:choose(4)] {
		o.Without = append(o.Without, view.Without{Name: name, Number: choose(3)})
	}
	if choose(2) == 1 {
		o.Read = gcm.InstantOfUnix(1_700_000_000, 0)
	}
	if choose(2) == 1 {
		o.Now = gcm.InstantOfUnix(int64(1_650_000_000+choose(50)*86_400), 0)
	}
	return o
}

func viewOf(s *tally.Snapshot, o view.Options) *view.View {
	v, err := view.Render(s, o)
	if err != nil {
		panic(err)
	}
	return v
}
