package gcm

import "iter"

// A Membership says what a [State] is to the United Nations. The zero Membership
// belongs to the zero State.
type Membership uint8

// The memberships in the order of the rights they give.
const (
	Member     Membership = 1 + iota // one of the 193 Member States
	Observer                         // a non-member State with observer status: the Holy See and the State of Palestine
	OtherState                       // a State in free association that is neither: Cook Islands, Niue
)

var memberships = codes[Membership]{"Membership", []string{
	"member",
	"observer",
	"other",
}}

// Memberships yields every Membership, in the order of the constants.
func Memberships() iter.Seq[Membership] { return memberships.all() }

// MembershipFromCode returns the Membership that has exactly this code.
func MembershipFromCode(code string) (Membership, bool) { return memberships.find(code) }

// ParseMembership reads a code, or a label in any of the six languages or as the web
// form writes it, whatever its case. The error is [ErrSyntax] if s is empty or
// not UTF-8, and [ErrUnknown] if it names no Membership.
func ParseMembership(s string) (Membership, error) { return parse(&memberships, membershipKeys[:], s) }

// IsValid reports whether m is one of the constants.
func (m Membership) IsValid() bool { return memberships.has(m) }

// Label returns the name of m to show to people, in English if lang is not
// stated; "" if m is not valid.
func (m Membership) Label(lang Language) string { return label(membershipLabels, m, lang) }

// String returns the code, "" for zero and "Membership(77)" for what is out of range.
func (m Membership) String() string { return memberships.text(m) }

// AppendText appends the code; it fails if m is out of range.
func (m Membership) AppendText(b []byte) ([]byte, error) { return memberships.appendTo(b, m) }

// MarshalText returns the code; it fails if m is out of range.
func (m Membership) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Membership.
func (m *Membership) UnmarshalText(text []byte) error { return memberships.unmarshal(m, text) }
