package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// shortTitle returns the short title of an objective; in English, and marked
// so, where there is none in the language.
func (r *renderer) shortTitle(o objectives.Objective) node {
	title, given := o.Short(r.lang.String())
	return r.given(title, language(given))
}

// numbered returns the number and the short title of an objective. Where the
// title is in another language, so are both, which then stay together: a number
// of a left-to-right title would be on its other side in Arabic.
func (r *renderer) numbered(o objectives.Objective) []node {
	title, given := o.Short(r.lang.String())
	lang := language(given)
	nodes := say(locale.ObjectiveRow.In(lang), place{"number", text(o.String())}, place{"title", text(title)})
	if lang == r.lang {
		return nodes
	}
	return []node{r.mark(element("bdi", nodes...), lang)}
}

// officialTitle returns the title of an objective in the Compact, likewise.
func (r *renderer) officialTitle(o objectives.Objective) node {
	title, given := o.Title(r.lang.String())
	return r.mark(part("span", "official", text(title)), language(given))
}

// language returns the language of a code that package objectives gives.
func language(code string) gcm.Language {
	for l := range gcm.Languages() {
		if l.String() == code {
			return l
		}
	}
	return gcm.English
}
