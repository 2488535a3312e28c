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
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// Rule is what a value breaks.
type Rule string

// The rules. The first three cost the record, the others only the value.
const (
	Syntax    Rule = "syntax"        // not JSON
	Duplicate Rule = "duplicate-key" // one name twice in an object
	Encoding  Rule = "utf-8"         // invalid UTF-8 in a string
	Type      Rule = "type"          // another JSON type than the field has
	Malformed Rule = "malformed"     // not of the form that the field has
	Unknown   Rule = "unknown"       // of the right form, but no such value
	Required  Rule = "required"      // absent, and nothing can be done without
	TooMany   Rule = "too-many"      // more problems than are listed
)

// Problem is what is wrong with one value of a record.
type Problem struct {
	Path   string // JSON pointer from the record, "" for the record itself
	Offset int64  // of the byte after the value, from the start of the record
	Rule   Rule
	Value  string // what was found, shortened
}

// MaxProblems is how many problems of one record are listed; the last is
// [TooMany] where there were more.
const MaxProblems = 20

// Reader reads one record after the other. The zero value is ready. It must
// not be copied after first use.
type Reader struct {
	dec      *jsontext.Decoder
	src      bytes.Reader
	problems []Problem
	lost     bool
}

// Read reads one record, calling member for each member of the object. It
// returns the problems found (valid until the next Read) and whether the
// record could be read. member must read the value by one of the reader's
// methods.
func (r *Reader) Read(record []byte, member func(name string)) ([]Problem, bool) {
	r.src.Reset(record)
	if r.dec == nil {
		r.dec = jsontext.NewDecoder(&r.src)
	} else {
		r.dec.Reset(&r.src)
	}
	r.problems, r.lost = r.problems[:0], false
	if !r.Object(member) && !r.lost {
		if len(r.problems) == 0 {
			r.Report(Type, "null where an object is due") // not stated, elsewhere
		}
		r.lost = true
	}
	if !r.lost {
		if _, err := r.dec.ReadToken(); err != io.EOF {
			if err == nil {
				err = &jsontext.SyntacticError{ByteOffset: r.dec.InputOffset(), Err: errors.New("data after the record")}
			}
			r.fail(err)
		}
	}
	return r.problems, !r.lost
}

// fail gives the record up.
func (r *Reader) fail(err error) {
	p := Problem{Offset: r.dec.InputOffset(), Rule: Syntax}
	if e, ok := err.(*jsontext.SyntacticError); ok {
		p.Offset, p.Path = e.ByteOffset, string(e.JSONPointer)
		err = e.Err
	}
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		p.Rule = Duplicate
	case err != nil && err.Error() == "invalid UTF-8":
		p.Rule = Encoding
	}
	if err != nil {
		p.Value = shorten(err.Error())
	}
	r.problems, r.lost = append(r.problems[:0], p), true
}

// Path returns the JSON pointer of the value that was read last.
func (r *Reader) Path() string { return string(r.dec.StackPointer()) }

// Report notes a problem of the value that was read last.
func (r *Reader) Report(rule Rule, value string) { r.ReportAt(r.Path(), rule, value) }

// ReportAt notes a problem of the value at path.
func (r *Reader) ReportAt(path string, rule Rule, value string) {
	if r.lost || len(r.problems) == MaxProblems {
		return
	}
	if len(r.problems) == MaxProblems-1 {
		path, rule, value = "", TooMany, ""
	}
	r.problems = append(r.problems, Problem{path, r.dec.InputOffset(), rule, shorten(value)})
}

// Skip passes over a value.
func (r *Reader) Skip() {
	if r.lost {
		return
	}
	if err := r.dec.SkipValue(); err != nil {
		r.fail(err)
	}
}

// kind reports whether the next value is of the kind, and otherwise passes
// over it, with a problem unless it is null, which means not stated.
func (r *Reader) kind(want jsontext.Kind) bool {
	if r.lost {
		return false
	}
	got := r.dec.PeekKind()
	if got == want {
		return true
	}
	r.Skip()
	if got != 'n' && !r.lost {
		r.Report(Type, kindName(got)+" where "+kindName(want)+" is due")
	}
	return false
}

// token reads a token that is known to be next.
func (r *Reader) token() (jsontext.Token, bool) {
	t, err := r.dec.ReadToken()
	if err != nil {
		r.fail(err)
		return t, false
	}
	return t, true
}

// Object reads an object, calling member for each name. It reports whether
// there was one.
func (r *Reader) Object(member func(name string)) bool {
	if !r.kind('{') {
		return false
	}
	for r.token(); !r.lost && r.dec.PeekKind() != '}'; {
		if name, ok := r.token(); ok {
			member(name.String())
		}
	}
	if !r.lost {
		r.token()
	}
	return !r.lost
}

// Array reads an array, calling element for each value in it.
func (r *Reader) Array(element func()) {
	if !r.kind('[') {
		return
	}
	for r.token(); !r.lost && r.dec.PeekKind() != ']'; {
		element()
	}
	if !r.lost {
		r.token()
	}
}

// Text reads a string.
func (r *Reader) Text() string {
	if !r.kind('"') {
		return ""
	}
	t, ok := r.token()
	if !ok {
		return ""
	}
	return t.String()
}

// Bool reads true or false, and reports whether there was one of them.
func (r *Reader) Bool() (value, ok bool) {
	if r.lost {
		return false, false
	}
	if k := r.dec.PeekKind(); k != 't' && k != 'f' {
		return false, r.kind('t')
	}
	t, ok := r.token()
	return ok && t.Bool(), ok
}

// Number reads a number as it is written. No float is made of it, so that
// nothing is rounded and nothing overflows.
func (r *Reader) Number() (string, bool) {
	if !r.kind('0') {
		return "", false
	}
	v, err := r.dec.ReadValue()
	if err != nil {
		r.fail(err)
		return "", false
	}
	return string(v), true
}

func kindName(k jsontext.Kind) string {
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

// shorten keeps what a person needs to recognise a value.
func shorten(s string) string {
	const most = 64
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xc0 == 0x80 { // not inside a character
		cut--
	}
	return s[:cut] + "… (" + strconv.Itoa(len(s)) + " bytes)"
}
