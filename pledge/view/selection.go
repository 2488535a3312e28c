package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// separator stands between the conditions of a selection, in every language.
const separator = " · "

// selection returns what is selected, "Objective 7: Reduce vulnerabilities ·
// Africa"; nothing if everything is.
func (r *renderer) selection() (all phrase) {
	r.conditions(&r.s.Query, func(_, _ string, condition phrase) { all = all.and(condition) })
	return all
}

// and returns two conditions as one, or the one that there is.
func (p phrase) and(condition phrase) phrase {
	if p == nil {
		return condition
	}
	return p.add(piece{text: separator}).add(condition...)
}

// or returns what asks for either of two values, or for the one that there is.
func (r *renderer) or(first, second phrase) phrase {
	if first == nil || second == nil {
		return first.add(second...)
	}
	return say(locale.Or.In(r.lang), place{"first", first}, place{"second", second})
}

// conditions calls add for each condition of a query, and for what is searched for: with
// the name of its filter, what chooses it or takes it back, and what it says.
func (r *renderer) conditions(q *tally.Query, add func(name, value string, condition phrase)) {
	for _, d := range selected {
		var any phrase
		all := ""
		r.values(q, d, func(value string, name phrase) {
			if any = r.or(any, name); all != "" {
				all += ","
			}
			all += value
		})
		if any != nil {
			add(d.Filter(), all, r.condition(d, any))
		}
	}
	if q.Since.IsValid() {
		add("since", q.Since.String(), say(locale.AnnouncedSince.In(r.lang), place{"date", words(locale.Date(r.lang, q.Since))}))
	}
	if q.Until.IsValid() {
		add("until", q.Until.String(), say(locale.AnnouncedUntil.In(r.lang), place{"date", words(locale.Date(r.lang, q.Until))}))
	}
	if q.IncludeWithdrawn {
		add("withdrawn", "true", words(r.say(locale.WithWithdrawn)))
	}
	if text := foreignText(r.s.Search, mostOfTitle); text != nil {
		add("search", "", say(locale.Searched.In(r.lang), place{"text", text}))
	}
}

// values calls add for each value of a dimension that a query asks for: as it is written,
// and its name.
func (r *renderer) values(q *tally.Query, d tally.Dimension, add func(value string, name phrase)) {
	for _, value := range q.Asked(d) {
		name := r.value(d, value)
		if d == tally.ByObjective {
			name = say(locale.Objective.In(r.lang), place{"title", name}, place{"number", words(strconv.Itoa(value))})
		}
		add(d.Code(value), name)
	}
	if d == tally.ByTheme {
		for theme := range q.Theme.All() {
			add(tally.AnyThemeOf(theme).String(), foreignText(theme, mostOfTitle))
		}
	}
}

// condition returns what a selection says of values of a dimension.
func (r *renderer) condition(d tally.Dimension, values phrase) phrase {
	if d := &dimensions[d]; d.place != "" && values != nil {
		return say(d.selected.In(r.lang), place{d.place, values})
	}
	return values
}

// sentence returns the view in one line of plain text: the total, the
// selection, and what must be known to read them right.
func (r *renderer) sentence(c *content) string {
	b := []byte(r.counts(r.s.Counts.Total))
	also := func(sentence string) {
		if sentence != "" {
			b = append(append(b, separator...), sentence...)
		}
	}
	also(c.head.selection.isolated(r.lang.RightToLeft()))
	if date := c.foot.date; c.foot.freshness == stale {
		also(r.aged(date, c.foot.fresh, "").String())
	} else {
		also(date.String())
	}
	also(c.head.illustrative)
	also(c.head.missing)
	also(c.head.unread)
	return string(b)
}
