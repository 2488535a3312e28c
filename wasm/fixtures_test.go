package wasm_test

import (
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm"
)

// headline is a snapshot with the figures that the pledging initiative gave on
// 20 May 2022.
func headline() *tally.Snapshot {
	s := &tally.Snapshot{Definition: tally.Definition}
	s.Feed = "https://example.org/pledges.json"
	s.Title = "Pledges for the International Migration Review Forum"
	s.Publisher = "Example Secretariat"
	s.AsOf = instant("2022-05-20T16:00:00Z")
	s.Counts.Total = 158
	s.Counts.MemberStates = 25
	s.Counts.ByMemberStates = 102
	s.Counts.Objectives = [24]int{3, 23, 9, 12, 7, 31, 14, 46, 5, 4, 18, 8, 2, 11, 1, 27, 29, 22, 16, 13, 3, 6, 0, 40}
	return s
}

func instant(s string) gcm.Instant {
	t, err := gcm.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return t
}

// render fails the test if there is an error.
func render(t testing.TB, s *tally.Snapshot, o wasm.Options) *wasm.View {
	t.Helper()
	v, err := wasm.Render(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
