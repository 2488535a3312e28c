package gcm

import (
	"iter"
	"strconv"
	"strings"
)

// A Currency is a currency of ISO 4217 in which amounts can be written. Those
// that have no minor unit are left out: precious metals, special drawing rights
// and other units of account, the codes for testing and for no currency. The
// zero Currency means that none is stated.
//
// The numbers follow the order of the codes and change when one is added: what
// is stored or sent is the text form, the alphabetic code.
type Currency uint8

// Currencies yields every Currency in the order of the codes.
func Currencies() iter.Seq[Currency] {
	return func(yield func(Currency) bool) {
		for c := range Currency(currencyCount) {
			if !yield(c + 1) {
				return
			}
		}
	}
}

// CurrencyFromCode returns the Currency that has exactly this alphabetic code,
// in capital letters: "EUR".
func CurrencyFromCode(code string) (Currency, bool) {
	low, high := Currency(1), Currency(currencyCount+1)
	for low < high { // they are sorted
		if middle := low + (high-low)/2; middle.code() < code {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low <= currencyCount && low.code() == code {
		return low, true
	}
	return 0, false
}

// ParseCurrency reads an alphabetic code in any case. The error is [ErrSyntax]
// if s is not three ASCII letters, and [ErrUnknown] if it is no Currency.
func ParseCurrency(s string) (Currency, error) {
	if len(s) != 3 || !isSubtag(s, false) {
		return 0, currencyError(s, ErrSyntax)
	}
	if c, ok := CurrencyFromCode(strings.ToUpper(s)); ok {
		return c, nil
	}
	return 0, currencyError(s, ErrUnknown)
}

// IsValid reports whether c is one of the currencies.
func (c Currency) IsValid() bool { return 0 < c && c <= currencyCount }

// Exponent returns the number of decimals that amounts have: 2 for most, 0 for
// JPY, 3 for KWD, 4 for CLF; 0 if c is not valid.
func (c Currency) Exponent() int {
	if !c.IsValid() {
		return 0
	}
	return int(currencyExponents[c-1] - '0')
}

// String returns the alphabetic code, "" for zero and "Currency(250)" for what
// is out of range.
func (c Currency) String() string {
	if c > currencyCount {
		return "Currency(" + strconv.Itoa(int(c)) + ")"
	}
	return c.code()
}

// AppendText appends the alphabetic code; it fails if c is out of range.
func (c Currency) AppendText(b []byte) ([]byte, error) {
	if c > currencyCount {
		return b, currencyError(c.String(), ErrUnknown)
	}
	return append(b, c.code()...), nil
}

// MarshalText returns the alphabetic code; it fails if c is out of range.
func (c Currency) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText accepts alphabetic codes in capital letters only; empty text
// gives the zero Currency.
func (c *Currency) UnmarshalText(text []byte) error {
	v, ok := CurrencyFromCode(string(text))
	if !ok && len(text) > 0 {
		return currencyError(string(text), ErrUnknown)
	}
	*c = v
	return nil
}

func (c Currency) code() string {
	if !c.IsValid() {
		return ""
	}
	return currencyCodes[3*int(c-1):][:3]
}

func currencyError(input string, err error) error {
	return &ParseError{What: "currency", Input: input, Err: err}
}
