package view

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// separator stands between the conditions of a selection, in every language.
const separator = " · "

// selection returns what is selected, "Objective 7: Reduce vulnerabilities ·
// Africa"; nothing if everything is.
func (r *renderer) selection() node {
	conditions := r.conditions()
	if len(conditions) == 0 {
		return node{}
	}
	return part("p", "filter", conditions...)
}

// conditions returns the parts of the query in words, with separators.
func (r *renderer) conditions() (nodes []node) {
	add := func(condition ...node) {
		if len(nodes) > 0 {
			nodes = append(nodes, text(separator))
		}
		nodes = append(nodes, condition...)
	}
	label := func(m locale.Message, name, words string) {
		add(say(m.In(r.lang), place{name, text(words)})...)
	}
	q := &r.s.Query
	if q.Objective != 0 {
		add(say(locale.Objective.In(r.lang),
			place{"number", text(q.Objective.String())},
			place{"title", r.shortTitle(q.Objective)})...)
	}
	if q.Principle != 0 {
		title, given := q.Principle.Title(r.lang)
		add(say(locale.Principle.In(r.lang), place{"title", r.given(title, given)})...)
	}
	if q.Region != 0 {
		add(text(q.Region.Name(r.lang)))
	}
	if q.State != 0 {
		add(text(q.State.Name(r.lang)))
	}
	if q.Category != 0 {
		add(text(q.Category.Label(r.lang)))
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
	if theme := foreign(q.Theme, mostOfTitle); !theme.isNothing() {
		add(say(locale.Theme.In(r.lang), place{"theme", theme})...)
	}
	switch q.Mirror {
	case gcm.Yes:
		add(r.words(locale.Mirror))
	case gcm.No:
		add(r.words(locale.NoMirror))
	}
	if q.IncludeWithdrawn {
		add(r.words(locale.WithWithdrawn))
	}
	return nodes
}

// sentence returns the view in one line of plain text: the total, the
// selection, and what must be known to read them right.
func (r *renderer) sentence() string {
	n := r.s.Counts.Total
	b := []byte(r.counted(locale.Pledges, n))
	for i, condition := range r.conditions() {
		if i == 0 {
			b = append(b, separator...)
		}
		words := condition.textContent()
		if condition.tag != "" && (r.lang.RightToLeft() || !isASCII(words)) {
			words = "\u2068" + words + "\u2069"
		}
		b = append(b, words...)
	}
	if message, _, at := r.when(); at.IsValid() {
		date := locale.Value{Name: "date", Text: locale.Date(r.lang, at.Date())}
		b = append(append(b, separator...), message.In(r.lang).Fill(date)...)
	}
	if message, name, days := r.fresh(); name == stale {
		b = append(append(b, separator...), r.counted(message, days)...)
	}
	if r.s.Illustrative {
		b = append(append(b, separator...), locale.Illustrative.In(r.lang)...)
	}
	if r.o.Missing > 0 {
		b = append(append(b, separator...), r.missingSources()...)
	}
	if r.s.Unread > 0 {
		b = append(append(b, separator...), r.counted(locale.Unread, r.s.Unread)...)
	}
	return string(b)
}

// counted returns a message about a number as plain text.
func (r *renderer) counted(m locale.Message, n int) string {
	return m.Counted(r.lang, n).Fill(locale.Value{Name: "n", Text: locale.Number(r.lang, n)})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}
