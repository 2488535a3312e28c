package gcm

import "iter"

// A Type says who stands behind a pledge. It comes from the form's field "Type of
// pledge". The zero Type means that none is stated.
type Type uint8

// The types in the order of the form.
const (
	Individual  Type = 1 + iota // by one State or actor
	Common                      // several actors make identical or complementary pledges
	Partnership                 // several actors make one pledge together
	Matching                    // answers another pledge
)

var types = codes[Type]{"Type", []string{
	"individual",
	"common",
	"partnership",
	"matching",
}}

// Types yields every Type, in the order of the constants.
func Types() iter.Seq[Type] { return types.all() }

// TypeFromCode returns the Type that has exactly this code.
func TypeFromCode(code string) (Type, bool) { return types.find(code) }

// ParseType reads a code, or a label in any of the six languages or as the web
// form writes it, whatever its case. The error is [ErrSyntax] if s is empty or
// not UTF-8, and [ErrUnknown] if it names no Type.
func ParseType(s string) (Type, error) { return parse(&types, typeKeys[:], s) }

// IsValid reports whether t is one of the constants.
func (t Type) IsValid() bool { return types.has(t) }

// Joint reports whether several actors make the pledge: common pledges and
// pledges in partnership. A joint pledge is recorded once and counts once.
func (t Type) Joint() bool { return t == Common || t == Partnership }

// Label returns the name of t to show to people, in English if lang is not
// stated; "" if t is not valid.
func (t Type) Label(lang Language) string { return label(typeLabels, t, lang) }

// String returns the code, "" for zero and "Type(77)" for what is out of range.
func (t Type) String() string { return types.text(t) }

// AppendText appends the code; it fails if t is out of range.
func (t Type) AppendText(b []byte) ([]byte, error) { return types.appendTo(b, t) }

// MarshalText returns the code; it fails if t is out of range.
func (t Type) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Type.
func (t *Type) UnmarshalText(text []byte) error { return types.unmarshal(t, text) }
