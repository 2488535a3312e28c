package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A facet is a table of the explorer, of which each row can be chosen.
type facet struct {
	name            string // as in a query
	caption, column locale.Message
	none            locale.Message // heads the row of what isn't stated
	counts          []int
	asked, chosen   int // the value in the query, and the one that the reader has chosen
	code            func(i int) string
	heading         func(i int) []node
}

// explorer returns what is in a view of everything: what can be chosen, with the
// button that takes all choices back, and below it what is in the views of States,
// of time, of money and of the newest pledges.
//
// Whatever is chosen, there are the same rows to choose in the same order, and the
// same buttons: so the one that has been clicked stays on the page, with the focus.
// What comes and goes with a choice is below them, and moves none of them.
func (r *renderer) explorer() []node {
	body := []node{r.clear()}
	for _, f := range r.facets() {
		body = append(body, r.facet(f))
	}
	body = append(body, notes(string(locale.ChoicesNote.In(r.lang))))
	for _, view := range [][]node{r.states(), r.timeline(), r.money()} {
		body = append(body, view...)
	}
	return append(body, r.newest())
}

// clear returns the button that takes all choices back.
func (r *renderer) clear() node {
	button := part("button", "clear", r.words(locale.Clear)).with("type", "button").with("name", "")
	if r.choices().Chosen == (tally.Query{}) {
		button = button.with("disabled", "")
	}
	return button
}

// choices returns what is chosen, and what could be.
func (r *renderer) choices() *tally.Choices {
	if r.o.Choices != nil {
		return r.o.Choices
	}
	return &tally.Choices{Counts: r.s.Counts}
}

func (r *renderer) facets() []facet {
	all, c, q := r.choices(), &r.choices().Counts, &r.s.Query
	chosen := &all.Chosen
	statuses := c.Statuses[:]
	if chosen.Status != gcm.Withdrawn && !q.IncludeWithdrawn && q.Status != gcm.Withdrawn {
		statuses = statuses[:gcm.Withdrawn] // they aren't counted unless asked for
	}
	label := func(s string) []node { return []node{text(s)} }
	return []facet{
		{"objective", locale.ByObjective, locale.ObjectiveColumn, locale.NoObjective, c.Objectives[:],
			int(q.Objective), int(chosen.Objective), strconv.Itoa,
			func(i int) []node { return r.numbered(objectives.Objective(i)) }},
		{"principle", locale.ByPrinciple, locale.PrincipleColumn, locale.NotStated, c.Principles[:],
			int(q.Principle), int(chosen.Principle),
			func(i int) string { return gcm.Principle(i).String() },
			func(i int) []node {
				title, given := gcm.Principle(i).Title(r.lang)
				return []node{r.given(title, given)}
			}},
		{"region", locale.ByRegion, locale.RegionColumn, locale.NotStated, c.Regions[:],
			int(q.Region), int(chosen.Region),
			func(i int) string { return gcm.Region(i).String() },
			func(i int) []node { return label(gcm.Region(i).Name(r.lang)) }},
		{"category", locale.ByCategory, locale.CategoryColumn, locale.NotStated, c.Categories[:],
			int(q.Category), int(chosen.Category),
			func(i int) string { return gcm.Category(i).String() },
			func(i int) []node { return label(gcm.Category(i).Label(r.lang)) }},
		{"status", locale.ByStatus, locale.StatusColumn, locale.NotStated, statuses,
			int(q.Status), int(chosen.Status),
			func(i int) string { return gcm.Status(i).String() },
			func(i int) []node { return label(gcm.Status(i).Label(r.lang)) }},
		{"nature", locale.ByNature, locale.NatureColumn, locale.NotStated, c.Natures[:],
			int(q.Nature), int(chosen.Nature),
			func(i int) string { return gcm.Nature(i).String() },
			func(i int) []node { return label(gcm.Nature(i).Label(r.lang)) }},
		{"type", locale.ByType, locale.TypeColumn, locale.NotStated, c.Types[:],
			int(q.Type), int(chosen.Type),
			func(i int) string { return gcm.Type(i).String() },
			func(i int) []node { return label(gcm.Type(i).Label(r.lang)) }},
	}
}

// facet returns a table of which each row can be chosen; but not if the page
// itself filters by it, for that can't be clicked away.
func (r *renderer) facet(f facet) node {
	t := table{caption: f.caption, columns: []locale.Message{f.column, locale.PledgesColumn}, bars: true}
	fixed := f.asked != 0 && f.chosen == 0
	for i := 1; i < len(f.counts); i++ {
		heading := f.heading(i)
		if !fixed {
			heading = []node{part("button", "choice", heading...).
				with("type", "button").
				with("name", f.name).
				with("value", f.code(i)).
				with("aria-pressed", strconv.FormatBool(i == f.chosen))}
		}
		t.rows = append(t.rows, row{heading: heading, n: f.counts[i]})
	}
	t.rows = append(t.rows, r.none(f.none, f.counts[0])) // always, so that no row comes or goes
	return r.table(t)
}
