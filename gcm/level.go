package gcm

import "iter"

// A Level says at which level a pledge is carried out. The zero Level means that
// none is stated.
type Level uint8

// The levels from the nearest to the widest.
const (
	Local Level = 1 + iota
	National
	Regional
	International
)

var levels = codes[Level]{"Level", []string{
	"local",
	"national",
	"regional",
	"international",
}}

// Levels yields every Level, in the order of the constants.
func Levels() iter.Seq[Level] { return levels.all() }

// LevelFromCode returns the Level that has exactly this code.
func LevelFromCode(code string) (Level, bool) { return levels.find(code) }

// ParseLevel reads a code, or a label in any of the six languages or as the web
// form writes it, whatever its case. The error is [ErrSyntax] if s is empty or
// not UTF-8, and [ErrUnknown] if it names no Level.
func ParseLevel(s string) (Level, error) { return parse(&levels, levelKeys[:], s) }

// IsValid reports whether l is one of the constants.
func (l Level) IsValid() bool { return levels.has(l) }

// Label returns the name of l to show to people, in English if lang is not
// stated; "" if l is not valid.
func (l Level) Label(lang Language) string { return label(levelLabels, l, lang) }

// String returns the code, "" for zero and "Level(77)" for what is out of range.
func (l Level) String() string { return levels.text(l) }

// AppendText appends the code; it fails if l is out of range.
func (l Level) AppendText(b []byte) ([]byte, error) { return levels.appendTo(b, l) }

// MarshalText returns the code; it fails if l is out of range.
func (l Level) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Level.
func (l *Level) UnmarshalText(text []byte) error { return levels.unmarshal(l, text) }
