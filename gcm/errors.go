package gcm

import (
	"errors"
)

// What a [ParseError] or an [AddError] unwraps to.
var (
	// ErrSyntax says that a text is not well formed: empty, not UTF-8, or
	// not of the form that its kind asks for.
	ErrSyntax = errors.New("malformed")

	// ErrUnknown says that a text is well formed and names nothing this
	// package knows: a State that doesn't exist, a code of a later edition.
	ErrUnknown = errors.New("unknown")

	// ErrDecimals says that an amount has more decimals than its currency.
	ErrDecimals = errors.New("more decimals than the currency has")

	// ErrOverflow says that an amount is too large to be held exactly.
	ErrOverflow = errors.New("amount too large")

	// ErrCurrency says that an amount has no currency, or another one than
	// the amount it was to be added to.
	ErrCurrency = errors.New("currency missing or different")
)

// A ParseError says which text could not be read as what, and why. Every
// parsing function and every UnmarshalText of this package returns it.
type ParseError struct {
	What  string // what was expected: "State", "category", "date"
	Input string // the text as it was given
	Err   error  // why: one of the errors above
}

// Error gives the message, with the input quoted and cut to 64 bytes.
func (e *ParseError) Error() string {
	return "gcm: " + e.What + " " + Quote(e.Input) + ": " + e.Err.Error()
}

// Unwrap returns e.Err.
func (e *ParseError) Unwrap() error { return e.Err }
