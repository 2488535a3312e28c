package view

import (
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// shortTitle returns the short title of an objective; in English, and marked
// so, where there is none in the language.
func (r *renderer) shortTitle(o objectives.Objective) phrase {
	title, lang := o.Short(r.lang)
	return r.given(title, lang)
}

// about returns what there is to say about an objective: its title in the Compact,
// in English, and marked so, where there is none in the language; and where it is
// in the Compact, in the review of it and among the Sustainable Development Goals.
func (r *renderer) about(o objectives.Objective) []phrase {
	title, lang := o.Title(r.lang)
	number := func(m locale.Message, n int) string {
		return m.In(r.lang).Fill(locale.Value{Name: "n", Text: r.number(n)})
	}
	goals := r.say(locale.AllGoals)
	if !o.SupportsAllSDGs() {
		list := ""
		for target := range o.SDGTargets() {
			if list != "" {
				list += ", "
			}
			list += target
		}
		goals = locale.Targets.In(r.lang).Fill(locale.Value{Name: "targets", Text: isolated(list, true, r.lang.RightToLeft())})
	}
	return []phrase{
		{r.mark(piece{text: title, kind: official}, lang)},
		words(number(locale.Paragraph, o.Paragraph()) + separator + number(locale.RoundTable, o.RoundTable()) + separator + goals),
	}
}
