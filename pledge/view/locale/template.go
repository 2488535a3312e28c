package locale

import (
	"iter"
	"strings"
)

// A Template is a text with places for values: "As of {date}". The zero
// Template is the empty text.
type Template string

// A Value is what goes into one place of a [Template].
type Value struct {
	Name string // of the place: "date"
	Text string
}

// Pieces yields what the template consists of, in order: a piece of its text
// and "", or "" and the name of a place. No two texts follow each other.
func (t Template) Pieces() iter.Seq2[string, string] {
	return func(yield func(text, place string) bool) {
		for rest := string(t); rest != ""; {
			text, after, found := strings.Cut(rest, "{")
			if text != "" && !yield(text, "") {
				return
			}
			place, after, _ := strings.Cut(after, "}")
			if found && !yield("", place) {
				return
			}
			rest = after
		}
	}
}

// Fill returns the template with values in its places. A value is text and
// nothing else: a brace in it makes no place. A place that no value is given
// for shows its name in braces, so that the mistake can be seen.
func (t Template) Fill(values ...Value) string {
	var b strings.Builder
	for text, place := range t.Pieces() {
		b.WriteString(text)
		if place != "" {
			b.WriteString(find(values, place))
		}
	}
	return b.String()
}

func find(values []Value, place string) string {
	for _, v := range values {
		if v.Name == place {
			return v.Text
		}
	}
	return "{" + place + "}"
}
