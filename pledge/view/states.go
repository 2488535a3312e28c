package view

import (
	"sort"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// mostStates is how many States have a row. The others are said to be there.
const mostStates = 20

// states returns what is in a view of the States that pledge, those with the
// most pledges first. The two observer States and the two that are neither
// stand among them, marked, and aren't counted as Member States.
func (r *renderer) states() []section {
	c := &r.s.Counts
	ranked := r.ranking()
	shown := ranked[:min(len(ranked), mostStates)]
	members := 0
	for _, s := range ranked {
		if s.State.IsMember() {
			members++
		}
	}
	var lines []numbered
	for _, s := range shown {
		lines = append(lines, numbered{row: row{heading: r.stateName(s.State)}, n: s.Number})
	}
	// A snapshot may hold less than all of its numbers; then it isn't known.
	if n := c.Total - c.ByMemberStates; n > 0 && members == c.MemberStates {
		none := r.none(locale.NoMemberState, n)
		none.apart = true // it would dwarf the bars of single States
		lines = append(lines, none)
	}
	var below notes
	if n := len(ranked) - len(shown); n > 0 {
		below = notes{r.counted(locale.MoreStates, n)}
	}
	return []section{
		r.share(locale.StatesNamed, members, memberStates),
		r.bars(locale.ByState, locale.StateColumn, lines),
		append(below, r.say(locale.SeveralStates)),
	}
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

// ranking returns the States by number of pledges, and by name where that is
// the same.
func (r *renderer) ranking() []tally.StateCount {
	var x ranking
	for _, s := range r.s.Counts.States {
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
}

func (x ranking) Len() int { return len(x.states) }

func (x ranking) Less(i, j int) bool {
	if a, b := x.states[i].Number, x.states[j].Number; a != b {
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
