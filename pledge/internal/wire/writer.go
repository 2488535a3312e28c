package wire

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/internal/lex"
)

// Object writes a JSON object that begins at the end of B. Members come in the
// order of the calls, so equal values give equal bytes.
type Object struct {
	B []byte
}

// Begin opens an object at the end of b.
func Begin(b []byte) Object { return Object{append(b, '{')} }

// End closes the object and returns the bytes.
func (o *Object) End() []byte { return append(o.B, '}') }

// Name writes the name of a member, of which the value is to follow.
func (o *Object) Name(name string) {
	if o.B[len(o.B)-1] != '{' {
		o.B = append(o.B, ',')
	}
	o.B = append(AppendText(o.B, name), ':')
}

// Int writes a number.
func (o *Object) Int(name string, n int64) {
	o.Name(name)
	o.B = strconv.AppendInt(o.B, n, 10)
}

// Text writes a string.
func (o *Object) Text(name, s string) {
	o.Name(name)
	o.B = AppendText(o.B, s)
}

// TextIf writes a string unless it is empty.
func (o *Object) TextIf(name, s string) {
	if s != "" {
		o.Text(name, s)
	}
}

// CodeIf writes the code of an enumeration unless it isn't stated.
func (o *Object) CodeIf(name string, v interface {
	IsValid() bool
	String() string
}) {
	if v.IsValid() {
		o.Text(name, v.String())
	}
}

// Bool writes true or false.
func (o *Object) Bool(name string, v bool) {
	o.Name(name)
	o.B = strconv.AppendBool(o.B, v)
}

// BoolIf writes true, and nothing for false.
func (o *Object) BoolIf(name string, v bool) {
	if v {
		o.Bool(name, v)
	}
}

// Open begins a member that is an object; Close ends it.
func (o *Object) Open(name string) {
	o.Name(name)
	o.B = append(o.B, '{')
}

// Close ends what Open began.
func (o *Object) Close() { o.B = append(o.B, '}') }

// Array writes an array with what each appends for the values of all.
func Array[T any](o *Object, name string, all []T, each func(b []byte, v T) []byte) {
	o.Name(name)
	o.B = append(o.B, '[')
	for i, v := range all {
		if i > 0 {
			o.B = append(o.B, ',')
		}
		o.B = each(o.B, v)
	}
	o.B = append(o.B, ']')
}

// ArrayIf is Array, unless there is nothing in it.
func ArrayIf[T any](o *Object, name string, all []T, each func(b []byte, v T) []byte) {
	if len(all) > 0 {
		Array(o, name, all, each)
	}
}

// AppendText appends a JSON string. Invalid UTF-8 becomes U+FFFD.
func AppendText(b []byte, s string) []byte { return lex.Append(b, s) }
