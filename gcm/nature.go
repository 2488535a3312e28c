package gcm

import "iter"

// A Nature says what a pledge brings. It comes from the form's field "Nature of the
// pledge", which takes several, see [NatureSet]. The zero Nature means that none is
// stated.
type Nature uint8

// The natures from the most to the least tangible.
const (
	Financial      Nature = 1 + iota // money
	HumanResources                   // technical assistance or in kind: the form's "Material"
	Process                          // for example, convening consultations for a national report
	Policy                           // policy or law around an objective
)

var natures = codes[Nature]{"Nature", []string{
	"financial",
	"human-resources",
	"process",
	"policy",
}}

// Natures yields every Nature, in the order of the constants.
func Natures() iter.Seq[Nature] { return natures.all() }

// NatureFromCode returns the Nature that has exactly this code.
func NatureFromCode(code string) (Nature, bool) { return natures.find(code) }

// ParseNature reads a code, or a label in any of the six languages or as the web
// form writes it, whatever its case. The error is [ErrSyntax] if s is empty or
// not UTF-8, and [ErrUnknown] if it names no Nature.
func ParseNature(s string) (Nature, error) { return parse(&natures, natureKeys[:], s) }

// IsValid reports whether n is one of the constants.
func (n Nature) IsValid() bool { return natures.has(n) }

// Label returns the name of n to show to people, in English if lang is not
// stated; "" if n is not valid.
func (n Nature) Label(lang Language) string { return label(natureLabels, n, lang) }

// String returns the code, "" for zero and "Nature(77)" for what is out of range.
func (n Nature) String() string { return natures.text(n) }

// AppendText appends the code; it fails if n is out of range.
func (n Nature) AppendText(b []byte) ([]byte, error) { return natures.appendTo(b, n) }

// MarshalText returns the code; it fails if n is out of range.
func (n Nature) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Nature.
func (n *Nature) UnmarshalText(text []byte) error { return natures.unmarshal(n, text) }
