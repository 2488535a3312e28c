package gcm

import "iter"

// A Status says how far a pledge has come. The zero Status means that none is
// stated, which is what most published pledges say.
type Status uint8

// The statuses in the order in which a pledge passes through them. Withdrawing is
// a revision of a pledge, not its deletion.
const (
	Planned Status = 1 + iota
	InProgress
	Fulfilled
	Withdrawn // not counted unless asked for
)

var statuses = codes[Status]{"Status", []string{
	"planned",
	"in-progress",
	"fulfilled",
	"withdrawn",
}}

// Statuses yields every Status, in the order of the constants.
func Statuses() iter.Seq[Status] { return statuses.all() }

// StatusFromCode returns the Status that has exactly this code.
func StatusFromCode(code string) (Status, bool) { return statuses.find(code) }

// ParseStatus reads a code, or a label in any of the six languages or as the web
// form writes it, whatever its case. The error is [ErrSyntax] if s is empty or
// not UTF-8, and [ErrUnknown] if it names no Status.
func ParseStatus(s string) (Status, error) { return parse(&statuses, statusKeys[:], s) }

// IsValid reports whether s is one of the constants.
func (s Status) IsValid() bool { return statuses.has(s) }

// Label returns the name of s to show to people, in English if lang is not
// stated; "" if s is not valid.
func (s Status) Label(lang Language) string { return label(statusLabels, s, lang) }

// String returns the code, "" for zero and "Status(77)" for what is out of range.
func (s Status) String() string { return statuses.text(s) }

// AppendText appends the code; it fails if s is out of range.
func (s Status) AppendText(b []byte) ([]byte, error) { return statuses.appendTo(b, s) }

// MarshalText returns the code; it fails if s is out of range.
func (s Status) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Status.
func (s *Status) UnmarshalText(text []byte) error { return statuses.unmarshal(s, text) }
