// Package lex reads one JSON text that is whole in memory, value by value. It
// is strict as RFC 7493 (I-JSON) is: no duplicate names, no invalid UTF-8, no
// unpaired surrogates.
//
// It is our own because the counting of pledges spends most of its time here,
// and every page that shows a count loads it: it passes over a record in about
// half the time that jsontext takes (BenchmarkSkip), returns parts of the text
// instead of copies, and is smaller. That it accepts and rejects the same texts,
// and gives the same values, is checked against jsontext by fuzzing.
package lex

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

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
	Long                       // an array of more values than it may have
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
	text    string
	pos     int
	depth   int
	deepest int
	err     *Error
	names   names
}

// Reset begins a new text.
func (l *Lexer) Reset(text string) {
	l.text, l.pos, l.depth, l.deepest, l.err = text, 0, 0, 0, nil
	l.names.reset()
}

// Member begins a new text at the value of a member of the object that it is.
// What is before isn't read.
func (l *Lexer) Member(text string, offset int) {
	l.Reset(text)
	l.pos, l.depth = offset, 1
}

// Err returns the first error, nil if there was none.
func (l *Lexer) Err() *Error { return l.err }

// Ahead returns the text from the next value on.
func (l *Lexer) Ahead() string {
	l.peek()
	return l.text[l.pos:]
}

// Pass passes over the next value, which the first n bytes of what Ahead has returned
// are known to be.
func (l *Lexer) Pass(n int) { l.pos += n }

// Offset is how many bytes have been read.
func (l *Lexer) Offset() int { return l.pos }

// Deepest is how deep arrays and objects nest in what has been read. The text's
// own value is of depth 1.
func (l *Lexer) Deepest() int { return l.deepest }

// End says that the text ends here. Anything but blanks is an error.
func (l *Lexer) End() {
	if l.peek(); l.pos < len(l.text) {
		l.unexpected()
	}
}

// Is reports whether the next value is an object, an array or a string, given
// by the first byte. It is a fast [Lexer.Kind].
func (l *Lexer) Is(first byte) bool {
	return l.pos < len(l.text) && l.text[l.pos] == first || l.peek() == first
}

// Kind returns the kind of the next value: '{', '[', '"', '0' for a number, 't',
// 'f', 'n', or 0 for what is none of these.
func (l *Lexer) Kind() byte {
	switch c := l.peek(); c {
	case '{', '[', '"', 't', 'f', 'n':
		return c
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return '0'
	}
	return 0
}

// Object reads an object, calling member for each name in it, which must read
// the value by one call. It reports whether there was one.
func (l *Lexer) Object(member func(name string)) bool {
	if l.peek() != '{' || !l.enter() {
		l.unexpected()
		return false
	}
	o := object{base: len(l.names.stack)}
	for n := 0; l.next('}', n); n++ {
		name, ok := l.name(&o)
		if !ok {
			break
		}
		member(name)
	}
	l.names.stack = l.names.stack[:o.base]
	return l.err == nil
}

// Array reads an array, calling element for each value in it, which must read
// it by one call. It reports whether there was one.
func (l *Lexer) Array(element func()) bool { return l.List(0, element) }

// List is [Lexer.Array] for an array of at most so many values; 0 is any number.
func (l *Lexer) List(most int, element func()) bool {
	if l.peek() != '[' || !l.enter() {
		l.unexpected()
		return false
	}
	for n := 0; l.next(']', n); n++ {
		if n == most && most > 0 {
			l.fail(Long, l.pos, "more than "+strconv.Itoa(most))
			break
		}
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
	l.peek()
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
	if l.Is('"') {
		l.Quoted()
		return
	}
	switch k := l.Kind(); k {
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

// enter moves into an array or an object.
func (l *Lexer) enter() bool {
	if l.depth++; l.depth > maxDepth {
		l.fail(Syntax, l.pos, "values that nest too deep")
		return false
	}
	l.deepest = max(l.deepest, l.depth)
	l.pos++
	return true
}

// next moves to the next of the values or names, after n of them. Behind the
// last one it leaves the array or object, and returns false.
func (l *Lexer) next(bracket byte, n int) bool {
	c := l.peek()
	if c == ',' && n > 0 {
		l.pos++
		if l.peek() != bracket && l.pos < len(l.text) {
			return true
		}
	} else if c == bracket {
		l.pos++
		l.depth--
		return false
	} else if n == 0 && l.pos < len(l.text) {
		return true
	}
	l.unexpected()
	return false
}

// name reads a name and the colon behind it.
func (l *Lexer) name(o *object) (string, bool) {
	name, escaped, ok := l.Quoted()
	if !ok {
		return "", false
	}
	if escaped {
		name = Unescape(name)
	}
	if !l.names.add(o, name) {
		l.fail(Duplicate, l.pos, "a name for the second time")
		return "", false
	}
	if l.peek() != ':' {
		l.unexpected()
		return "", false
	}
	l.pos++
	return name, true
}

// peek returns the next byte that isn't white space, and moves there; 0 at the
// end.
func (l *Lexer) peek() byte {
	if l.pos < len(l.text) {
		if c := l.text[l.pos]; c > ' ' {
			return c
		}
	}
	return l.blanks()
}

// blanks does what peek does, wherever there is white space.
func (l *Lexer) blanks() byte {
	for l.pos < len(l.text) {
		switch c := l.text[l.pos]; c {
		case ' ', '\n', '\r', '\t':
			l.pos++
		default:
			return c
		}
	}
	return 0
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
		l.fail(Syntax, l.pos, "unexpected "+gcm.Quote(l.character()))
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
