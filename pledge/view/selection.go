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
	add := func(condition phrase) {
		if condition == nil {
			return
		}
		if all != nil {
			all = all.add(piece{text: separator})
		}
		all = all.add(condition...)
	}
	q := &r.s.Query
	for _, d := range selected {
		value := q.Asked(d)
		name := r.value(d, value)
		if d == tally.ByTheme {
			name = foreignText(q.Theme, mostOfTitle)
		} else if value == 0 {
			continue
		}
		if d := &dimensions[d]; d.place != "" && name != nil {
			name = say(d.selected.In(r.lang), place{d.place, name}, place{"number", words(strconv.Itoa(value))})
		}
		add(name)
	}
	if q.IncludeWithdrawn {
		add(words(r.say(locale.WithWithdrawn)))
	}
	return all
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
