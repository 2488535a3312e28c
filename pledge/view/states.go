package view

import (
	"sort"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// allStates is how many States have a row at most: those of package gcm. A snapshot
// that somebody has made up could have any number.
const allStates = memberStates + 4

// mostStates is how many States have a row at once. The others are to unfold.
const mostStates = 20

// states returns what is in a view of the States that pledge, those with the
// most pledges first unless a reader wants them by name. The two observer States
// and the two that are neither stand among them, marked, and aren't counted as
// Member States.
func (r *renderer) states() []section {
	c := &r.s.Counts
	var lines []numbered
	members := 0
	ranked := r.ranked(c.States)
	for _, s := range ranked[:min(len(ranked), allStates)] {
		if s.State.IsMember() {
			members++
		}
		lines = append(lines, numbered{row: row{heading: r.stateName(s.State)}, n: s.Number})
	}
	t := table{
		caption: r.say(locale.ByState),
		named:   r.sentences(string(r.share(locale.StatesNamed, members, memberStates)), r.say(locale.SeveralStates)),
		columns: r.columns(locale.StateColumn, locale.PledgesColumn),
		bars:    true,
	}
	if len(lines) > 1 {
		t.sortBy, t.sort = r.say(locale.Sort), r.orders(locale.SortName, Most)
	}
	folded := lines[min(len(lines), mostStates):]
	lines = lines[: len(lines)-len(folded) : len(lines)-len(folded)]
	// A snapshot may hold less than all of its numbers; then it isn't known.
	if n := c.Total - c.ByMemberStates; n > 0 && members == c.MemberStates {
		none := r.none(locale.NoMemberState, n)
		none.apart = true // it would dwarf the bars of single States
		lines = append(lines, none)
	}
	s := r.table(t, lines, r.counted(locale.ShowStates, len(folded)), folded)
	if t, ok := s.(*table); ok && t.fold != nil {
		t.fold.note = r.counted(locale.MoreStates, len(folded))
	}
	return []section{s}
}

// stateRows returns a row for each State.
func (r *renderer) stateRows(states []tally.StateCount) (lines []numbered) {
	for _, s := range states {
		lines = append(lines, numbered{row: row{heading: r.stateName(s.State)}, n: s.Number})
	}
	return lines
}

// stateName returns the name of a State, with what it is to the United Nations
// if it is no Member State.
func (r *renderer) stateName(s gcm.State) phrase {
	name := words(s.Name(r.lang))
	if !s.IsMember() {
		name = name.add(piece{text: " "}, piece{text: s.Membership().Label(r.lang), kind: membership})
	}
	return name
}

// ranked returns the States by number of pledges, and by name where that is the
// same; or by name only.
func (r *renderer) ranked(all []tally.StateCount) []tally.StateCount {
	x := ranking{named: r.o.Sort == Listed}
	for _, s := range all {
		if s.State.IsValid() {
			x.states = append(x.states, s)
			x.names = append(x.names, locale.StateOrder(r.lang, s.State))
		}
	}
	sort.Stable(x) // the page has it already
	return x.states
}

// A ranking is States and their names, to be sorted.
type ranking struct {
	states []tally.StateCount
	names  []string
	named  bool // by name only
}

func (x ranking) Len() int { return len(x.states) }

func (x ranking) Less(i, j int) bool {
	if a, b := x.states[i].Number, x.states[j].Number; a != b && !x.named {
		return a > b
	}
	if a, b := x.names[i], x.names[j]; a != b {
		return a < b
	}
	return x.states[i].State < x.states[j].State
}

func (x ranking) Swap(i, j int) {
	x.states[i], x.states[j] = x.states[j], x.states[i]
	x.names[i], x.names[j] = x.names[j], x.names[i]
}
