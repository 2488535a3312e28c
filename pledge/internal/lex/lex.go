// Package lex reads one JSON text that is whole in memory, value by value. It
// is strict as RFC 7493 (I-JSON) is: no duplicate names, no invalid UTF-8, no
// unpaired surrogates.
//
// It is our own because the counting of pledges spends most of its time here,
// and every page that shows a count loads it: it reads pledges about three
// times as fast as jsontext and is smaller. That it accepts and rejects the
// same texts, and gives the same values, is checked against jsontext by
// fuzzing.
package lex

import "strconv"

// maxDepth is how deep arrays and objects may nest, as in jsontext: a text that
// goes deeper must not exhaust the stack.
const maxDepth = 10_000

// Fault is what is wrong with a text.
type Fault uint8

// The faults; the zero value is none.
const (
	Syntax    Fault = iota + 1 // not JSON
	Duplicate                  // one name twice in an object
	Encoding                   // invalid UTF-8
)

// Error is where and why a text isn't one that can be read.
type Error struct {
	Fault  Fault
	Offset int // of the first byte that doesn't fit, or behind the second of two equal names
	What   string
}

func (e *Error) Error() string { return e.What + " at byte " + strconv.Itoa(e.Offset) }

// Lexer stands in front of a value, which the methods read and move behind.
// Calling one that doesn't fit the [Lexer.Kind] of the value is an error of the
// text. After an error all of them do nothing and return zero values; see
// [Lexer.Err]. The zero Lexer reads the empty text. It must not be copied after
// first use.
//
// Strings that it returns are part of the text unless they had to be unescaped:
// a caller that keeps one keeps the whole text.
type Lexer struct {
	text  string
	pos   int
	depth int
	err   *Error
	names names
}

// Reset begins a new text.
func (l *Lexer) Reset(text string) {
	l.text, l.pos, l.depth, l.err = text, 0, 0, nil
	l.names.reset()
}

// Err returns the first error, nil if there was none.
func (l *Lexer) Err() *Error { return l.err }

// Offset is how many bytes have been read.
func (l *Lexer) Offset() int { return l.pos }

// End says that the text ends here. Anything but blanks is an error.
func (l *Lexer) End() {
	if l.blanks(); l.pos < len(l.text) {
		l.unexpected()
	}
}

// Kind returns the kind of the next value: '{', '[', '"', '0' for a number, 't',
// 'f', 'n', or 0 for what is none of these.
func (l *Lexer) Kind() byte {
	l.blanks()
	switch c := l.at(); {
	case c == '{', c == '[', c == '"', c == 't', c == 'f', c == 'n':
		return c
	case c == '-', '0' <= c && c <= '9':
		return '0'
	}
	return 0
}

// Object reads an object, calling member for each name in it, which must read
// the value by one call. It reports whether there was one.
func (l *Lexer) Object(member func(name string)) bool {
	if !l.open('{') {
		return false
	}
	object := l.names.open()
	for n := 0; l.next('}', n); n++ {
		name, ok := l.name(&object)
		if !ok {
			break
		}
		member(name)
	}
	l.names.close(&object)
	return l.err == nil
}

// Array reads an array, calling element for each value in it, which must read
// it by one call. It reports whether there was one.
func (l *Lexer) Array(element func()) bool {
	if !l.open('[') {
		return false
	}
	for n := 0; l.next(']', n); n++ {
		element()
	}
	return l.err == nil
}

// Literal reads one of the literals true, false and null, given by its first
// letter, and reports whether it is there.
func (l *Lexer) Literal(kind byte) bool {
	word := "null"
	switch kind {
	case 't':
		word = "true"
	case 'f':
		word = "false"
	}
	l.blanks()
	for i := range len(word) {
		if l.at() != word[i] {
			l.unexpected()
			return false
		}
		l.pos++
	}
	return l.err == nil
}

// Skip passes over a value, checking it like one that is read.
func (l *Lexer) Skip() {
	switch k := l.Kind(); k {
	case '"':
		l.quoted()
	case '0':
		l.Number()
	case 't', 'f', 'n':
		l.Literal(k)
	case '[':
		l.Array(l.Skip)
	case '{':
		l.Object(func(string) { l.Skip() })
	default:
		l.unexpected()
	}
}

// open enters an array or an object.
func (l *Lexer) open(bracket byte) bool {
	if l.blanks(); l.at() != bracket {
		l.unexpected()
		return false
	}
	if l.depth++; l.depth > maxDepth {
		l.fail(Syntax, l.pos, "values that nest too deep")
		return false
	}
	l.pos++
	return true
}

// next moves to the next of the values or names, after n of them. Behind the
// last one it leaves the array or object, and returns false.
func (l *Lexer) next(bracket byte, n int) bool {
	l.blanks()
	switch c := l.at(); {
	case c == bracket:
		l.pos++
		l.depth--
		return false
	case n == 0:
	case c == ',':
		l.pos++
		l.blanks()
		if l.at() == bracket { // a comma before it
			l.unexpected()
		}
	default:
		l.unexpected()
	}
	return l.err == nil
}

// name reads a name and the colon behind it.
func (l *Lexer) name(object *object) (string, bool) {
	raw, escaped, ok := l.quoted()
	if !ok {
		return "", false
	}
	name := raw
	if escaped {
		name = unescape(raw)
		object.spell(&l.names, l.text)
	}
	if !l.names.add(object, l.text, name, l.pos-1-len(raw)) {
		l.fail(Duplicate, l.pos, "a name for the second time")
		return "", false
	}
	if l.blanks(); l.at() != ':' {
		l.unexpected()
		return "", false
	}
	l.pos++
	return name, true
}

// blanks passes over white space.
func (l *Lexer) blanks() {
	for l.pos < len(l.text) {
		switch l.text[l.pos] {
		case ' ', '\n', '\r', '\t':
			l.pos++
		default:
			return
		}
	}
}

// at returns the next byte, 0 at the end.
func (l *Lexer) at() byte {
	if l.pos < len(l.text) {
		return l.text[l.pos]
	}
	return 0
}

// unexpected says that the next byte can't stand where it stands.
func (l *Lexer) unexpected() {
	if l.pos >= len(l.text) {
		l.fail(Syntax, l.pos, "unexpected end")
	} else {
		l.fail(Syntax, l.pos, "unexpected "+strconv.QuoteRune(l.rune()))
	}
}

// fail notes the first error. It cuts the text off, so that nothing can be read
// any more and no other method needs to ask.
func (l *Lexer) fail(fault Fault, offset int, what string) {
	if l.err == nil {
		l.err = &Error{fault, offset, what}
		l.pos = offset
		l.text = l.text[:offset]
	}
}
