package wasm_test

import (
	"math/rand/v2"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm"
)

// from returns choices that a sequence of bytes makes.
func from(data []byte) wasm.Choice {
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
func random(seed uint64) wasm.Choice {
	r := rand.New(rand.NewPCG(seed, 2018))
	return func(n int) int { return r.IntN(max(n, 1)) }
}

// anySnapshot returns a snapshot with some of what snapshots can have.
func anySnapshot(choose wasm.Choice) *tally.Snapshot {
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
	q := &s.Query
	switch choose(6) {
	case 1:
		q.Objective = objectives.Objective(choose(24))
	case 2:
		q.Region, q.Theme = gcm.Region(choose(6)), word()
	case 3:
		q.Principle, q.Status = gcm.Principle(choose(11)), gcm.Status(choose(5))
	case 4:
		q.Mirror, q.IncludeWithdrawn, q.Type = gcm.Answer(choose(3)), choose(2) == 1, gcm.Type(choose(5))
	case 5:
		q.State, q.Category, q.Nature = gcm.State(choose(190)), gcm.Category(choose(17)), gcm.Nature(choose(5))
	}
	return s
}

// anyView returns a view of any snapshot.
func anyView(choose wasm.Choice) *wasm.View {
	o := wasm.Options{View: wasm.Kind(choose(2)), Language: gcm.Language(choose(8))}
	if choose(2) == 1 {
		o.Read = gcm.InstantOfUnix(1_700_000_000, 0)
	}
	v, err := wasm.Render(anySnapshot(choose), o)
	if err != nil {
		panic(err)
	}
	return v
}
