package intern

import "strings"

// Values is a map from texts to values: a [Texts] of the places in a list of these. The
// zero Values is empty. It isn't safe for concurrent use.
type Values[V any] struct {
	texts Texts
	list  []V
}

// Len returns how many texts there are.
func (v *Values[V]) Len() int { return len(v.list) }

// Find returns the value of a text.
func (v *Values[V]) Find(text string) (value V, ok bool) {
	if i, ok := v.texts.Find(text); ok {
		return v.list[i], true
	}
	return value, false
}

// Object returns the value of the text that another begins with and that ends with
// the first closing brace. It is a whole object if it was added as one: a brace in a
// string of another misleads nobody.
func (v *Values[V]) Object(text string) (value V, size int) {
	size = strings.IndexByte(text[:min(len(text), MaxText)], '}') + 1
	if size == 0 {
		return value, 0
	}
	value, ok := v.Find(text[:size])
	if !ok {
		return value, 0
	}
	return value, size
}

// Add gives a text that isn't there a value, unless it is empty or too long to be
// remembered. The text may be borrowed.
func (v *Values[V]) Add(text string, value V) {
	if text != "" && v.texts.Add(text, uint32(len(v.list))) {
		v.list = append(v.list, value)
	}
}
