package view

import (
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// objective returns the number and the short title of an objective. Where the
// title is in another language, so are both, which then stay together: a number
// of a left-to-right title would be on its other side in Arabic.
func (r *renderer) objective(o objectives.Objective) phrase {
	title, lang := o.Short(r.lang)
	p := say(locale.ObjectiveRow.In(lang), place{"number", words(o.String())}, place{"title", words(title)})
	if lang != r.lang {
		p[0] = r.mark(piece{text: p[0].text, kind: foreign}, lang)
	}
	return p
}

// shortTitle returns the short title of an objective; in English, and marked
// so, where there is none in the language.
func (r *renderer) shortTitle(o objectives.Objective) phrase {
	title, lang := o.Short(r.lang)
	return r.given(title, lang)
}

// official returns the title of an objective in the Compact, likewise.
func (r *renderer) official(o objectives.Objective) piece {
	title, lang := o.Title(r.lang)
	return r.mark(piece{text: title, kind: official}, lang)
}
