// Package wire reads the values that a pledge record is made of: one place
// that says what a date, a State or an amount looks like in JSON, for the
// whole model (package pledge) and for its countable part (package tally).
//
// A value that is well-formed JSON but means nothing here is a [Problem] with
// its path, and the record goes on without it. A record that isn't JSON (a
// syntax error, a duplicate key, invalid UTF-8) is lost, and its [Problem]
// says where.
package wire

import (
	"strconv"
	"strings"
	"unsafe"

	"github.com/gcmkit/gcmkit/pledge/internal/lex"
)

// Rule is what a value breaks.
type Rule string

// The rules. The first four cost the record, the others only the value.
const (
	Syntax    Rule = "syntax"        // not JSON
	Duplicate Rule = "duplicate-key" // one name twice in an object
	Encoding  Rule = "utf-8"         // invalid UTF-8 in a string
	TooLong   Rule = "too-long"      // a list over its limit
	Type      Rule = "type"          // another JSON type than the field has
	Malformed Rule = "malformed"     // not of the form that the field has
	Unknown   Rule = "unknown"       // of the right form, but no such value
	Required  Rule = "required"      // absent, and nothing can be done without
	TooMany   Rule = "too-many"      // more problems than are listed
)

// Problem is what is wrong with one value of a record.
type Problem struct {
	_      [0]func() // without a function that compares two, which would be in the page
	Path   string    // JSON pointer from the record, "" for the record itself
	Offset int64     // of the byte after the value, from the start of the record
	Rule   Rule
	Value  string // what was found, shortened
	More   int    // with TooMany, how many problems it stands for
}

// MaxProblems is how many problems of one record are listed; the last is
// [TooMany] where there were more.
const MaxProblems = 20

// Reader reads one record after the other. The zero value is ready. It must
// not be copied after first use.
//
// Names and borrowed texts are part of the record's bytes: they hold during the
// call only, and who keeps one clones it.
type Reader struct {
	lex      lex.Lexer
	record   string
	problems []Problem
	found    int // problems, listed or not
}

// Read reads one record, calling member for each member of the object. It
// returns the problems found (valid until the next Read) and whether the
// record could be read. member must read the value by one of the reader's
// methods. The record must not be written to meanwhile.
func (r *Reader) Read(record []byte, member func(name string)) ([]Problem, bool) {
	r.begin(record)
	r.lex.Reset(r.record)
	if null := r.lex.Kind() == 'n'; !r.Object(member) && r.lex.Err() == nil {
		if null {
			r.Report(Type, "null where an object is due") // elsewhere it means not stated
		}
		return r.problems, false
	}
	r.lex.End()
	if err := r.lex.Err(); err != nil {
		path := lex.Pointer(r.record, err.Offset)
		if err.Fault == lex.Long {
			path = path[:strings.LastIndexByte(path, '/')] // the list, and not what is too much of it
		}
		r.problems = append(r.problems[:0], Problem{Path: shorten(path, mostPath), Offset: int64(err.Offset), Rule: faults[err.Fault], Value: err.What})
		return r.problems, false
	}
	return r.problems, true
}

// Member begins to read a record at the value of one of its members, for who has
// read what is before it.
func (r *Reader) Member(record []byte, offset int) {
	r.begin(record)
	r.lex.Member(r.record, offset)
}

// begin begins a record, without a copy: nothing that is part of it outlives its
// reading.
func (r *Reader) begin(record []byte) {
	r.record = unsafe.String(unsafe.SliceData(record), len(record))
	r.problems, r.found = r.problems[:0], 0
}

// Offset is how much of the record has been read. It reports false if there has
// been any problem since Member.
func (r *Reader) Offset() (int, bool) {
	return r.lex.Offset(), r.lex.Err() == nil && r.found == 0
}

// Deepest is how deep arrays and objects nest in what has been read since Member,
// the record being of depth 1.
func (r *Reader) Deepest() int { return r.lex.Deepest() }

// Written returns the value that read reads as it is written, "" if there was a
// problem. It is borrowed.
func (r *Reader) Written(read func()) string {
	r.lex.Kind() // moves there
	start, found := r.lex.Offset(), r.found
	if read(); r.lex.Err() != nil || r.found > found {
		return ""
	}
	return r.record[start:r.lex.Offset()]
}

var faults = [...]Rule{lex.Syntax: Syntax, lex.Duplicate: Duplicate, lex.Encoding: Encoding, lex.Long: TooLong}

// Report notes a problem of the value that was read last. It keeps a copy of
// what it shows of value.
func (r *Reader) Report(rule Rule, value string) { r.reportAt(r.lex.Offset(), rule, value) }

// reportAt notes a problem of the value that ended at an offset.
func (r *Reader) reportAt(offset int, rule Rule, value string) {
	if r.lex.Err() != nil {
		return
	}
	r.found++
	switch {
	case len(r.problems) == MaxProblems:
		r.problems[MaxProblems-1].More++
	case len(r.problems) == MaxProblems-1:
		r.problems = append(r.problems, Problem{Offset: int64(offset), Rule: TooMany, More: 1})
	default:
		path := shorten(lex.Pointer(r.record, offset), mostPath)
		r.problems = append(r.problems, Problem{Path: path, Offset: int64(offset), Rule: rule, Value: shorten(value, mostValue)})
	}
}

// Ahead returns the record from the next value on, for who may know that value as it
// is written: see Pass. It is borrowed.
func (r *Reader) Ahead() string { return r.lex.Ahead() }

// Pass passes over the next value, which is the first n bytes of what Ahead has
// returned: those that Written has returned for a value of the same kind.
func (r *Reader) Pass(n int) { r.lex.Pass(n) }

// Skip passes over a value.
func (r *Reader) Skip() { r.lex.Skip() }

// kind reports whether the next value is of the kind, and otherwise passes
// over it, with a problem unless it is null, which means not stated.
func (r *Reader) kind(want byte) bool {
	got := r.lex.Kind()
	if got == want {
		return true
	}
	if r.Skip(); got != 'n' {
		r.Report(Type, kindName(got)+" where "+kindName(want)+" is due")
	}
	return false
}

// Object reads an object, calling member for each name. It reports whether
// there was one.
//
//go:noinline // it is called in so many places that a page would be 2 KB larger
func (r *Reader) Object(member func(name string)) bool {
	return (r.lex.Is('{') || r.kind('{')) && r.lex.Object(member)
}

// Array reads an array, calling element for each value in it.
func (r *Reader) Array(element func()) { r.List(0, element) }

// List is Array for an array of at most so many values; 0 is any number. With more
// the record can't be read.
func (r *Reader) List(most int, element func()) {
	if r.lex.Is('[') || r.kind('[') {
		r.lex.List(most, element)
	}
}

// SkipList passes over a value, which has the limit of a list if it is an array.
func (r *Reader) SkipList(most int) {
	if r.lex.Is('[') {
		r.lex.List(most, r.lex.Skip)
	} else {
		r.lex.Skip()
	}
}

// IsObject reports whether the next value is an object.
func (r *Reader) IsObject() bool { return r.lex.Is('{') }

// Text reads a string.
func (r *Reader) Text() string { return strings.Clone(r.Borrow()) }

// Borrow reads a string that isn't kept.
func (r *Reader) Borrow() string {
	if !r.lex.Is('"') {
		r.kind('"')
		return ""
	}
	s, escaped, _ := r.lex.Quoted()
	if escaped {
		s = lex.Unescape(s)
	}
	return s
}

// Span is where in a record a string stands, without its quotes. The zero Span is
// the empty string.
type Span struct {
	_          [0]func() // without a function that compares two, which would be in the page
	Start, End int
	Escaped    bool // there are escapes in it
}

// Append appends the string, of the record in which it stands.
//
//go:noinline // it is long
func (s *Span) Append(b, record []byte) []byte {
	if raw := record[s.Start:s.End]; !s.Escaped {
		return append(b, raw...)
	} else {
		return lex.AppendUnescaped(b, unsafe.String(unsafe.SliceData(raw), len(raw)))
	}
}

// Span reads a string, and returns where it stands.
func (r *Reader) Span() (s Span) {
	if !r.lex.Is('"') {
		r.kind('"')
		return s
	}
	if raw, escaped, ok := r.lex.Quoted(); ok {
		end := r.lex.Offset() - len(`"`)
		s = Span{Start: end - len(raw), End: end, Escaped: escaped}
	}
	return s
}

// Bool reads true or false, and reports whether there was one of them.
func (r *Reader) Bool() (value, ok bool) {
	value = r.lex.Kind() == 't'
	if !value && !r.kind('f') {
		return false, false
	}
	if value {
		return true, r.lex.Literal('t')
	}
	return false, r.lex.Literal('f')
}

// Number reads a number as it is written. No float is made of it, so that
// nothing is rounded and nothing overflows.
func (r *Reader) Number() (string, bool) {
	if !r.kind('0') {
		return "", false
	}
	return r.lex.Number()
}

func kindName(k byte) string {
	switch k {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "true or false"
	}
	return "something else"
}

// How many bytes of a problem are kept: a record may be as long as its limit.
const (
	mostValue = 64
	mostPath  = 256
)

// shorten returns a copy of what a person needs to recognise a value.
func shorten(s string, most int) string {
	if len(s) <= most {
		return strings.Clone(s)
	}
	cut := most
	for cut > 0 && s[cut]&0xc0 == 0x80 { // not inside a character
		cut--
	}
	return s[:cut] + "… (" + strconv.Itoa(len(s)) + " bytes)"
}
