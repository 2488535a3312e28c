package webform

import (
	"errors"
	"strconv"
)

// Severity says how bad a problem is.
type Severity uint8

// The severities. The zero Severity is the worst.
const (
	Error   Severity = iota // a value, or the whole row, couldn't be taken
	Warning                 // taken, and somebody should look at it
	Note                    // left out on purpose, or moved to where it belongs
)

var severities = [...]string{"error", "warning", "note"}

// String returns the code, such as "warning".
func (s Severity) String() string { return code("Severity", severities[:], int(s)) }

// MarshalText returns the code.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText accepts the codes.
func (s *Severity) UnmarshalText(text []byte) error {
	return uncode(s, "severity", severities[:], text)
}

func code(typ string, codes []string, n int) string {
	if n < len(codes) {
		return codes[n]
	}
	return typ + "(" + strconv.Itoa(n) + ")"
}

func uncode[T ~uint8](v *T, what string, codes []string, text []byte) error {
	for i, c := range codes {
		if c == string(text) {
			*v = T(i)
			return nil
		}
	}
	return errors.New("webform: unknown " + what + " " + strconv.Quote(string(text)))
}
