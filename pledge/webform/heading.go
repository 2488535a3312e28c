package webform

import (
	"strings"
	"sync"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
)

// role is what the cells of a column say of a field.
type role uint8

const (
	whole      role = iota // all of it
	termNumber             // the number of a term, whose name may be in another column
	option                 // whether the value that the label names was chosen
	part                   // a part of a participating actor
)

// heading is what a column's label says that it holds.
type heading struct {
	field field
	role  role
	value string // of an option; the label of a part
}

// headingOf returns what a label, or the key of an element, says. The export
// can give the options of a list a column each, and the parts of a composite
// element: "Objectives: 7. Address ...", "country__title".
func headingOf(label string) heading {
	label = unescape(label)
	if f := labels().fields[fold(label)]; f != noField {
		return heading{field: f}
	}
	for _, sep := range [...]string{":", "__"} {
		before, behind, found := strings.Cut(label, sep)
		if f := labels().fields[fold(before)]; found && f != noField {
			return f.under(strings.TrimSpace(strings.TrimLeft(behind, "_")))
		}
	}
	if len(strings.Fields(label)) >= 3 { // an option without the label of its field
		for _, f := range [...]field{objectivesField, natures, principles, kind} {
			if f.take(new(pledge.Pledge), label) == taken {
				return heading{f, option, label}
			}
		}
	}
	return heading{}
}

// under returns what a label below that of f says.
func (f field) under(label string) heading {
	switch f.use() {
	case Personal, Ignored:
		return heading{field: f}
	}
	switch meaning("columns", label) {
	case "title":
		return heading{field: f}
	case "id":
		return heading{f, termNumber, ""}
	case "url":
		return heading{field: ignored}
	}
	if f == actors {
		switch what := actorLabel(label); what {
		case "":
			return heading{}
		case "personal":
			return heading{field: personal}
		default:
			return heading{f, part, label}
		}
	}
	if f.take(new(pledge.Pledge), label) != unread {
		return heading{f, option, label}
	}
	return heading{}
}

// actorLabel returns what a label of a part of a participating actor means.
func actorLabel(label string) string {
	label = strings.ReplaceAll(label, "_", " ")
	if m := meaning("actors", label); m != "" {
		return m
	}
	for _, what := range [...]string{"personal", "name", "country", "category", "via"} {
		for _, known := range labelsOfActors()[what] {
			if strings.HasPrefix(fold(label)+" ", known+" ") {
				return what
			}
		}
	}
	return ""
}

// labelsOfActors are the folded labels in values.tsv by what they mean.
var labelsOfActors = sync.OnceValue(func() map[string][]string {
	all := make(map[string][]string)
	for label, what := range words()["actors"] {
		all[what] = append(all[what], label)
	}
	return all
})

// vocabulary is every word that a label in labels.tsv has, or a title of an
// objective or a principle, for the columns of options.
var vocabulary = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool)
	add := func(s string) {
		for word := range strings.FieldsSeq(fold(s)) {
			all[word] = true
		}
	}
	for cells := range rows(labelsTSV) {
		add(cells[2])
	}
	for _, lang := range [...]gcm.Language{gcm.English, gcm.French, gcm.Spanish} {
		for o := range objectives.All() {
			title, _ := o.Title(lang)
			add(title)
		}
		for p := range gcm.Principles() {
			title, _ := p.Title(lang)
			add(title)
		}
	}
	return all
})

// shownLabel returns what of a label may be shown: all of it if it is listed, or
// if each of its words is one that listed labels have, else what stands in front
// of a value if that is listed, else nothing. For where a file is broken the
// cells of its first row are anything, people's names too.
func shownLabel(label string) string {
	if isLabel(label) {
		return oneLine(label)
	}
	known := true
	for word := range strings.FieldsSeq(fold(label)) {
		known = known && vocabulary()[word]
	}
	if known {
		return shown(label)
	}
	for _, sep := range [...]string{":", "__"} {
		if before, _, found := strings.Cut(label, sep); found && isLabel(before) {
			return oneLine(before) + sep + " …"
		}
	}
	return ""
}

// isLabel reports whether a label is listed.
func isLabel(s string) bool { return labels().fields[fold(unescape(s))] != noField }
