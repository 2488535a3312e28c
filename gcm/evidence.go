package gcm

import "iter"

// Evidence says how it is known what became of a pledge. The zero Evidence means that
// nobody has looked; a pledge of which there is no progress report is one of
// [NothingReported], which says nothing of whether it is kept.
type Evidence uint8

// The kinds of evidence, each stronger than the one before it.
const (
	NothingReported Evidence = 1 + iota
	Stated                   // by the pledger alone
	Linked                   // stated, with a link to something that shows it
	Confirmed                // reported by another body than the pledger
)

var evidences = codes[Evidence]{"Evidence", []string{
	"nothing-reported",
	"stated",
	"linked",
	"confirmed",
}}

// Evidences yields every Evidence, in the order of the constants.
func Evidences() iter.Seq[Evidence] { return evidences.all() }

// EvidenceFromCode returns the Evidence that has exactly this code.
func EvidenceFromCode(code string) (Evidence, bool) { return evidences.find(code) }

// ParseEvidence reads a code, or a label in any of the six languages, whatever its
// case. The error is [ErrSyntax] if s is empty or not UTF-8, and [ErrUnknown] if it
// names no Evidence.
func ParseEvidence(s string) (Evidence, error) { return parse(&evidences, evidenceKeys[:], s) }

// IsValid reports whether e is one of the constants.
func (e Evidence) IsValid() bool { return evidences.has(e) }

// Label returns the name of e to show to people, in English if lang is not stated; ""
// if e is not valid.
func (e Evidence) Label(lang Language) string { return label(evidenceLabels, e, lang) }

// String returns the code, "" for zero and "Evidence(77)" for what is out of range.
func (e Evidence) String() string { return evidences.text(e) }

// AppendText appends the code; it fails if e is out of range.
func (e Evidence) AppendText(b []byte) ([]byte, error) { return evidences.appendTo(b, e) }

// MarshalText returns the code; it fails if e is out of range.
func (e Evidence) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Evidence.
func (e *Evidence) UnmarshalText(text []byte) error { return evidences.unmarshal(e, text) }
