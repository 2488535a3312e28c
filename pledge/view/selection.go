package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// separator stands between the conditions of a selection, in every language.
const separator = " · "

// selection returns what is selected, "Objective 7: Reduce vulnerabilities ·
// Africa"; nothing if everything is.
func (r *renderer) selection() (all phrase) {
	add := func(condition phrase) {
		if all != nil {
			all = all.add(piece{text: separator})
		}
		all = all.add(condition...)
	}
	label := func(m locale.Message, name, text string) {
		add(say(m.In(r.lang), place{name, words(text)}))
	}
	q := &r.s.Query
	if q.Objective != 0 {
		add(say(locale.Objective.In(r.lang),
			place{"number", words(q.Objective.String())},
			place{"title", r.shortTitle(q.Objective)}))
	}
	if q.Principle != 0 {
		add(say(locale.Principle.In(r.lang), place{"title", r.given(q.Principle.Title(r.lang))}))
	}
	if q.Region != 0 {
		add(words(q.Region.Name(r.lang)))
	}
	if q.State != 0 {
		add(words(q.State.Name(r.lang)))
	}
	if q.Category != 0 {
		add(words(q.Category.Label(r.lang)))
	}
	if q.Implementing != 0 {
		label(locale.Implementation, "state", q.Implementing.Name(r.lang))
	}
	if q.Type != 0 {
		label(locale.Type, "type", q.Type.Label(r.lang))
	}
	if q.Nature != 0 {
		label(locale.Nature, "nature", q.Nature.Label(r.lang))
	}
	if q.Status != 0 {
		label(locale.Status, "status", q.Status.Label(r.lang))
	}
	if theme := foreignText(q.Theme, mostOfTitle); theme != nil {
		add(say(locale.Theme.In(r.lang), place{"theme", theme}))
	}
	switch q.Mirror {
	case gcm.Yes:
		add(words(r.say(locale.Mirror)))
	case gcm.No:
		add(words(r.say(locale.NoMirror)))
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
