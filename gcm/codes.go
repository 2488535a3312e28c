package gcm

import (
	"iter"
	"strconv"
	"strings"
)

// codes is what reading and writing an enumeration takes: the codes of its
// values 1, 2, 3 and so on. The value 0 has no code, its text is empty.
//
// Labels are not in here, so that a program that only uses codes (the page of
// a widget) doesn't carry six languages along.
type codes[E ~uint8] struct {
	typ  string // the name of the type
	list []string
}

// has reports whether e is one of the values.
func (c *codes[E]) has(e E) bool { return e != 0 && int(e) <= len(c.list) }

// text is the code of e, "" for 0 and "Type(77)" for what is no value.
func (c *codes[E]) text(e E) string {
	switch {
	case e == 0:
		return ""
	case c.has(e):
		return c.list[e-1]
	}
	return c.typ + "(" + strconv.Itoa(int(e)) + ")"
}

// find returns the value that has exactly this code.
func (c *codes[E]) find(code string) (E, bool) {
	for i, s := range c.list {
		if s == code {
			return E(i + 1), true
		}
	}
	return 0, false
}

// appendTo appends the code of e; what is no value has no text form.
func (c *codes[E]) appendTo(b []byte, e E) ([]byte, error) {
	if e != 0 && !c.has(e) {
		return b, c.error(c.text(e), ErrUnknown)
	}
	return append(b, c.text(e)...), nil
}

// unmarshal sets e to the value of a code, or to 0 if the text is empty.
func (c *codes[E]) unmarshal(e *E, text []byte) error {
	v, ok := c.find(string(text))
	if !ok && len(text) > 0 {
		return c.error(string(text), ErrUnknown)
	}
	*e = v
	return nil
}

// all yields the values in ascending order.
func (c *codes[E]) all() iter.Seq[E] {
	return func(yield func(E) bool) {
		for i := range c.list {
			if !yield(E(i + 1)) {
				return
			}
		}
	}
}

func (c *codes[E]) error(input string, err error) error {
	return &ParseError{What: strings.ToLower(c.typ), Input: input, Err: err}
}
