package objectives

import (
	"errors"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// The two ways in which a text is not an objective; see [Parse].
var (
	// ErrSyntax says that a text is malformed: it can't name an objective.
	ErrSyntax = errors.New("malformed objective")
	// ErrUnknown says that a text is well-formed and names no objective.
	ErrUnknown = errors.New("unknown objective")
)

// A ParseError says why a text, or a value, is no objective.
type ParseError struct {
	Input  string // the text as given
	Reason string // what is wrong with it, in English
	Err    error  // ErrSyntax or ErrUnknown
}

// Error returns the error with its input in quotes, cut to 64 bytes.
func (e *ParseError) Error() string { return "objectives: " + e.message() }

// Unwrap returns [ErrSyntax] or [ErrUnknown].
func (e *ParseError) Unwrap() error { return e.Err }

func (e *ParseError) message() string {
	kind := "not an objective:"
	if e.Err != nil {
		kind = e.Err.Error()
	}
	return kind + " " + gcm.Quote(e.Input) + ": " + e.Reason
}

// An ElementError says which element of a list is no objective.
type ElementError struct {
	Index int        // the position in the list; the first is 0
	Err   ParseError // what is wrong with the element
}

// Error returns the element's error with its position in the list.
func (e *ElementError) Error() string {
	return "objectives: element " + strconv.Itoa(e.Index) + ": " + e.Err.message()
}

// Unwrap returns the [*ParseError] of the element.
func (e *ElementError) Unwrap() error { return &e.Err }

const wantNumber = "objectives are numbered 1 to 23"

// codeError returns the error for a text that FromCode refuses. A whole number
// is a well-formed one.
func codeError(s string) *ParseError {
	if s == "0" || isDigits(s) && s[0] != '0' {
		return &ParseError{Input: s, Reason: wantNumber, Err: ErrUnknown}
	}
	return &ParseError{Input: s, Reason: "want a number, 1 to 23", Err: ErrSyntax}
}
