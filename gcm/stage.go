package gcm

import "iter"

// A Stage says how far a contribution of money has come. Amounts of different
// stages are never added up. The zero Stage means that none is stated.
type Stage uint8

// The stages in the order in which money passes through them.
const (
	StageAnnounced Stage = 1 + iota // said in public
	StagePledged                    // promised in writing
	StageDeposited                  // received, for example by the Migration Multi-Partner Trust Fund
)

var stages = codes[Stage]{"Stage", []string{
	"announced",
	"pledged",
	"deposited",
}}

// Stages yields every Stage, in the order of the constants.
func Stages() iter.Seq[Stage] { return stages.all() }

// StageFromCode returns the Stage that has exactly this code.
func StageFromCode(code string) (Stage, bool) { return stages.find(code) }

// ParseStage reads a code, or a label in any of the six languages or as the web
// form writes it, whatever its case. The error is [ErrSyntax] if s is empty or
// not UTF-8, and [ErrUnknown] if it names no Stage.
func ParseStage(s string) (Stage, error) { return parse(&stages, stageKeys[:], s) }

// IsValid reports whether s is one of the constants.
func (s Stage) IsValid() bool { return stages.has(s) }

// Label returns the name of s to show to people, in English if lang is not
// stated; "" if s is not valid.
func (s Stage) Label(lang Language) string { return label(stageLabels, s, lang) }

// String returns the code, "" for zero and "Stage(77)" for what is out of range.
func (s Stage) String() string { return stages.text(s) }

// AppendText appends the code; it fails if s is out of range.
func (s Stage) AppendText(b []byte) ([]byte, error) { return stages.appendTo(b, s) }

// MarshalText returns the code; it fails if s is out of range.
func (s Stage) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Stage.
func (s *Stage) UnmarshalText(text []byte) error { return stages.unmarshal(s, text) }
