package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// explorer returns what is in a view of everything: what can be chosen, with the
// button that takes all choices back, and below it what is in the views of States,
// of time, of money and of the newest pledges.
//
// Whatever is chosen, there are the same rows to choose in the same order, and the
// same buttons: so the one that has been clicked stays on the page, with the focus.
// What comes and goes with a choice is below them, and moves none of them.
func (r *renderer) explorer() []section {
	choices := r.choices()
	var all facets
	for _, d := range explored {
		all = append(all, r.facet(d, choices))
	}
	body := []section{clearing{r.say(locale.Clear), choices.Chosen == (tally.Query{})}, all, notes{r.say(locale.ChoicesNote)}}
	for _, view := range [][]section{r.states(), r.timeline(), r.money()} {
		body = append(body, view...)
	}
	return append(body, r.newest())
}

// choices returns what is chosen, and what could be.
func (r *renderer) choices() *tally.Choices {
	if r.o.Choices != nil {
		return r.o.Choices
	}
	return &tally.Choices{Counts: r.s.Counts}
}

// facet returns a table of which each row can be chosen; but not if the page
// itself filters by it, for that can't be clicked away.
func (r *renderer) facet(of tally.Dimension, choices *tally.Choices) section {
	d, q := &dimensions[of], &r.s.Query
	counts := choices.Counts.Of(of)
	if of == tally.ByStatus {
		counts = shownStatuses(&choices.Counts,
			choices.Chosen.Status == gcm.Withdrawn || q.IncludeWithdrawn || q.Status == gcm.Withdrawn)
	}
	chosen := choices.Chosen.Asked(of)
	fixed := q.Asked(of) != 0 && chosen == 0
	var lines []numbered
	for v := 1; v < len(counts); v++ {
		l := r.line(of, v, counts[v])
		if !fixed {
			l.choice = &choice{name: of.Filter(), value: of.Code(v), pressed: v == chosen}
		}
		lines = append(lines, l)
	}
	lines = append(lines, r.none(d.none, counts[0])) // always, so that no row comes or goes
	return r.bars(d.caption, d.column, lines)
}
