package view

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A bar is what stays in sight of a dashboard beside the number: what is chosen, each
// to be taken back by a click, and what can be done with it.
type bar struct {
	own    phrase // what the page itself selects
	chips  []choice
	joint  []choice // the same, all values of a filter in one
	remove string   // what a click on a chip does
	clear  string   // the button that takes all back
	tools  *tools   // nil where there is nothing that could do it
}

// tools are what can be done with what is chosen.
type tools struct{ share, copied, download string }

// A board is what can be chosen, and beside it what is shown of what is chosen.
type board struct {
	search        *searchBox // nil where nothing could search
	filters, done string     // the buttons that show what can be chosen, and that hide it
	chosen        string     // how much of it is
	facets        []facet
	note          string
	main          []section
	list          *list // of main
}

// A searchBox is where a reader types what to look for.
type searchBox struct{ label, button, text string }

// A facet is what can be chosen of one dimension: always the same rows in the same
// order, so that the one that has been clicked stays on the page, with the focus.
type facet struct {
	caption string
	find    string // what the box says that finds a row, "" if there is none
	about   phrase // what is chosen of it, or how many of its values have a pledge
	open    bool
	rows    []row
	none    string // what shows the rows without a pledge
	zeros   bool   // there are such rows
	fold    *fold  // or what shows further rows
}

// beside are sections that stand side by side where there is room.
type beside [][]section

// An empty is what stands in the place of pledges that there are none of: which choice
// to take back, and what there is without it.
type empty struct {
	heading, without string
	exits            []exit
}

// An exit is a choice with the number of pledges that there are without it.
type exit struct {
	chip  choice
	words string
}

// dashboard returns what is in a view of everything: what can be chosen, and beside it
// the map, the timeline, the list of pledges and the money of what is chosen.
func (r *renderer) dashboard(h *head) []section {
	choices := r.choices()
	b := &board{
		filters: r.say(locale.Filters),
		done:    locale.ShowPledges.In(r.lang).Fill(locale.Value{Name: "pledges", Text: r.counted(locale.Pledges, r.s.Counts.Total)}),
		note:    r.say(locale.ChoicesNote),
	}
	if n := len(h.bar.chips); n > 0 {
		b.chosen = r.number(n)
	}
	for _, d := range explored {
		b.facets = append(b.facets, r.facet(d, choices))
		if d == tally.ByRegion {
			b.facets = append(b.facets, r.stateFacet(choices))
		}
	}
	b.facets = append(b.facets, r.themeFacet(choices))
	if r.o.Tools {
		b.search = &searchBox{r.say(locale.SearchIn), r.say(locale.Search), r.s.Search}
	}
	if r.s.Counts.Total == 0 && len(h.bar.chips) > 0 {
		h.zero = ""
		b.main = []section{r.empty(h.bar.joint)}
	} else {
		b.list = r.listed()
		b.main = append([]section{beside{r.tiles(), r.timeline()}, b.list}, r.money()...)
	}
	return []section{b}
}

// bar returns the bar of what is chosen: a chip for each value.
func (r *renderer) bar() *bar {
	b := &bar{remove: r.say(locale.Remove), clear: r.say(locale.Clear)}
	chosen := &r.choices().Chosen
	r.conditions(&r.s.Query, func(name, _ string, condition phrase) {
		if name != "search" && !chooses(chosen, name) {
			b.own = b.own.and(condition)
		}
	})
	b.joint = r.joint(chosen)
	for _, c := range b.joint {
		single := false
		for _, d := range selected {
			if d.Filter() == c.name {
				single = true
				r.values(chosen, d, func(value string, name phrase) {
					if name != nil {
						b.chips = append(b.chips, choice{name: c.name, value: value, label: r.condition(d, name)})
					}
				})
			}
		}
		if !single {
			b.chips = append(b.chips, c)
		}
	}
	if r.o.Tools {
		b.tools = &tools{r.say(locale.Share), r.say(locale.Copied), r.say(locale.Download)}
	}
	return b
}

// joint returns what is chosen, all values of a filter in one. The dates of a review forum
// are chosen and taken back together.
func (r *renderer) joint(chosen *tally.Query) (all []choice) {
	forum := chooses(chosen, "forum")
	r.conditions(chosen, func(name, value string, condition phrase) {
		if forum && (name == "since" || name == "until") {
			const dates = "since until forum"
			if last := len(all) - 1; last >= 0 && all[last].name == dates {
				all[last].label = all[last].label.and(condition)
				return
			}
			name, value = dates, ""
		}
		all = append(all, choice{name: name, value: value, label: condition})
	})
	return all
}

// chooses reports whether a query asks for something by the name of a filter.
func chooses(q *tally.Query, filter string) bool {
	for name := range q.All() {
		if name == filter {
			return true
		}
	}
	return false
}

// choices returns what is chosen, and what could be.
func (r *renderer) choices() *tally.Choices {
	if r.o.Choices != nil {
		return r.o.Choices
	}
	return &tally.Choices{Counts: r.s.Counts}
}

// facet returns what can be chosen of a dimension; but not if the page itself filters
// by it, for that can't be clicked away.
func (r *renderer) facet(of tally.Dimension, choices *tally.Choices) facet {
	d, q := &dimensions[of], &r.s.Query
	counts := choices.Counts.Of(of)
	if of == tally.ByStatus {
		counts = shownStatuses(&choices.Counts,
			choices.Chosen.Status.Has(gcm.Withdrawn) || q.IncludeWithdrawn || q.Status.Has(gcm.Withdrawn))
	}
	chosen := choices.Chosen.Asked(of)
	fixed := q.Asks(of) && chosen == nil
	f := facet{caption: r.say(d.column), open: of == tally.ByObjective || of == tally.ByRegion || of == tally.ByStatus}
	var lines []numbered
	some, zeros := 0, 0
	for v := 1; v < len(counts); v++ {
		l, chosen := r.line(of, v, counts[v]), slices.Contains(chosen, v)
		if !fixed {
			l.choice = &choice{name: of.Filter(), value: of.Code(v), pressed: chosen}
		}
		if !l.zero {
			some++
		} else if !chosen {
			zeros++
		}
		if chosen {
			f.about = r.or(f.about, l.heading)
		}
		lines = append(lines, l)
	}
	lines = append(lines, r.none(d.none, counts[0])) // always, so that no row comes or goes
	if counts[0] == 0 {
		zeros++
	}
	if f.about == nil {
		f.about = words(r.number(some))
	}
	f.rows = rowsOf(r, lines)
	f.none, f.zeros = r.counted(locale.ShowNone, zeros), zeros > 0
	return f
}

// mostUnfolded is how many rows a facet of many shows at once. The others are to unfold.
const mostUnfolded = 8

// stateFacet returns the States that can be chosen: those that pledge, and those
// that are chosen.
func (r *renderer) stateFacet(choices *tally.Choices) facet {
	chosen := choices.Chosen.State
	fixed := !r.s.Query.State.IsZero() && chosen.IsZero()
	ranked := r.ranked(choices.Counts.States)
	ranked = ranked[:min(len(ranked), allStates)]
	f := facet{caption: r.say(locale.StateColumn), about: words(r.number(len(ranked)))}
	r.findIn(&f)
	var about phrase
	for state := range chosen.All() {
		about = r.or(about, words(state.Name(r.lang)))
		if !slices.ContainsFunc(ranked, func(s tally.StateCount) bool { return s.State == state }) {
			ranked = append([]tally.StateCount{{State: state}}, ranked...)
		}
	}
	if about != nil {
		f.about = about
	}
	lines := r.stateRows(ranked)
	for i := range lines {
		s := ranked[i].State
		if !fixed {
			lines[i].choice = &choice{name: "state", value: s.Alpha3(), pressed: chosen.Has(s)}
		}
		lines[i].zero = lines[i].n == 0
	}
	r.unfold(&f, rowsOf(r, lines), locale.ShowStates)
	return f
}

// unfold gives a facet its rows, of which more says how many are to unfold.
func (r *renderer) unfold(f *facet, rows []row, more locale.Message) {
	shown := min(len(rows), mostUnfolded)
	f.rows = rows[:shown:shown]
	f.fold = &fold{summary: r.counted(more, len(rows)-shown), rows: rows[shown:]}
}

// findIn gives a facet of many rows a box that finds one.
func (r *renderer) findIn(f *facet) {
	if r.o.Tools {
		f.find = locale.FindIn.In(r.lang).Fill(locale.Value{Name: "facet", Text: f.caption})
	}
}

// mostOfThemes is how many themes can be chosen. A feed may have any number.
const mostOfThemes = 200

// themeFacet returns the themes that can be chosen: those of most pledges, and those that
// are chosen.
func (r *renderer) themeFacet(choices *tally.Choices) facet {
	chosen := choices.Chosen.Theme
	fixed := !r.s.Query.Theme.IsZero() && chosen.IsZero()
	f := facet{caption: r.say(locale.TopicColumn)}
	r.findIn(&f)
	var lines []numbered
	for theme := range chosen.All() {
		name := foreignText(theme, mostOfTitle)
		if f.about = r.or(f.about, name); !slices.ContainsFunc(choices.Counts.Themes, func(c tally.ThemeCount) bool { return c.Theme == theme }) {
			lines = append(lines, numbered{row: row{heading: name, zero: true, choice: &choice{name: "topic", value: tally.AnyThemeOf(theme).String(), pressed: true}}})
		}
	}
	for _, c := range choices.Counts.Themes {
		l := numbered{row: row{heading: foreignText(c.Theme, mostOfTitle), zero: c.Number == 0}, n: c.Number}
		if value := tally.AnyThemeOf(c.Theme).String(); l.heading == nil {
			continue
		} else if !fixed && isWritten(value) {
			l.choice = &choice{name: "topic", value: value, pressed: chosen.Has(c.Theme)}
		}
		lines = append(lines, l)
	}
	sort.Stable(byNumber(lines))
	if f.about == nil {
		f.about = words(r.number(len(lines)))
	}
	r.unfold(&f, rowsOf(r, lines[:min(len(lines), mostOfThemes)]), locale.ShowMore)
	return f
}

// isWritten reports whether all writers of HTML write a value alike.
func isWritten(value string) bool {
	return utf8.ValidString(value) && !strings.ContainsAny(value, "<>\"\u00a0") && !strings.ContainsFunc(value, unprintable)
}

// rowsOf returns lines as rows with bars.
func rowsOf(r *renderer, lines []numbered) []row {
	t, _ := r.table(table{bars: true}, lines, "", nil).(*table)
	if t == nil {
		return nil
	}
	return t.rows
}

// empty returns what stands in the place of pledges.
func (r *renderer) empty(chosen []choice) *empty {
	e := &empty{heading: r.say(locale.NoMatch), without: r.say(locale.WithoutOne)}
	for _, w := range r.o.Without {
		for _, chip := range chosen {
			if chip.name == w.Name && w.Number > 0 {
				e.exits = append(e.exits, exit{chip, r.counted(locale.Pledges, w.Number)})
			}
		}
	}
	return e
}
