package webform

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// join returns the texts of values as the form's export has them.
func join[T any](all iter.Seq[T], text func(T) string) string {
	var b strings.Builder
	for v := range all {
		if b.Len() > 0 {
			b.WriteString("; ")
		}
		b.WriteString(text(v))
	}
	return b.String()
}

func values[T any](all []T) iter.Seq[T] { return slices.Values(all) }

func stateName(s gcm.State) string { return s.Name(gcm.English) }

func objectiveText(o objectives.Objective) string {
	title, _ := o.Title(gcm.English)
	return strconv.Itoa(o.Number()) + ". " + title
}

func principleText(p gcm.Principle) string {
	title, _ := p.Title(gcm.English)
	return title
}
