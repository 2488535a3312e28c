package gcm

import (
	"cmp"
	"math/bits"
	"strconv"
	"strings"
)

// A Number is an exact decimal number, such as the value of an indicator: 5000,
// 37.5 or -0.25. It has at most 18 digits, leading zeros and those at the end of its
// decimals not counted, and is never rounded.
//
// The zero Number is not valid and means that none is stated; it is not 0. Values can
// be compared with ==: 1.50 is 1.5.
type Number struct {
	digits   int64 // without the point, and without zeros at the end of the decimals
	decimals uint8
	stated   bool
}

// NumberOf returns a whole number; the zero Number if it has more than 18 digits.
func NumberOf(n int64) Number {
	const most = 999_999_999_999_999_999
	if n < -most || n > most {
		return Number{}
	}
	return Number{digits: n, stated: true}
}

// numberDigits is how many digits a Number has at most, so that they fit into 64 bits.
const numberDigits = 18

// ParseNumber reads a plain decimal number such as "5000", "37.5" or "-0.25": a point
// before the decimals, a digit on both sides of it, and no exponent, space, separator
// of thousands or sign but a minus.
//
// The error unwraps to [ErrSyntax], or to [ErrOverflow] for more than 18 digits.
func ParseNumber(s string) (Number, error) {
	n, err := parseNumber(s)
	if err != nil {
		return Number{}, &ParseError{What: "number", Input: s, Err: err}
	}
	return n, nil
}

func parseNumber(s string) (n Number, err error) {
	text, negative := strings.CutPrefix(s, "-")
	whole, decimals, point := strings.Cut(text, ".")
	if whole == "" || point && decimals == "" || strings.Trim(whole+decimals, "0123456789") != "" {
		return n, ErrSyntax
	}
	for decimals != "" && decimals[len(decimals)-1] == '0' {
		decimals = decimals[:len(decimals)-1]
	}
	digits := 0 // but for zeros in front
	for _, c := range []byte(whole + decimals) {
		if digits > 0 || c != '0' {
			digits++
		}
		if digits > numberDigits || len(decimals) > numberDigits {
			return Number{}, ErrOverflow
		}
		n.digits = 10*n.digits + int64(c-'0')
	}
	if negative {
		n.digits = -n.digits
	}
	n.decimals, n.stated = uint8(len(decimals)), true
	return n, nil
}

// IsValid reports whether n is a number, and not the zero Number.
func (n Number) IsValid() bool { return n.stated }

// Compare orders numbers by their value, the zero Number first. The result is -1, 0
// or +1.
func (n Number) Compare(m Number) int {
	switch {
	case !n.stated || !m.stated:
		return cmp.Compare(boolNumber(n.stated), boolNumber(m.stated))
	case n.digits < 0 != (m.digits < 0):
		return cmp.Compare(n.digits, m.digits)
	case n.digits < 0:
		return m.negated().Compare(n.negated())
	}
	nHigh, nLow := bits.Mul64(uint64(n.digits), powerOfTen(m.decimals))
	mHigh, mLow := bits.Mul64(uint64(m.digits), powerOfTen(n.decimals))
	return cmp.Or(cmp.Compare(nHigh, mHigh), cmp.Compare(nLow, mLow))
}

func (n Number) negated() Number { return Number{-n.digits, n.decimals, n.stated} }

func boolNumber(b bool) int {
	if b {
		return 1
	}
	return 0
}

func powerOfTen(n uint8) uint64 {
	power := uint64(1)
	for range n {
		power *= 10
	}
	return power
}

// String returns what [ParseNumber] reads, without a zero that could be left out:
// "37.5"; "" for the zero Number.
func (n Number) String() string { return string(n.append(nil)) }

// AppendText appends what String returns.
func (n Number) AppendText(b []byte) ([]byte, error) { return n.append(b), nil }

// MarshalText returns what String returns.
func (n Number) MarshalText() ([]byte, error) { return n.append(nil), nil }

// UnmarshalText reads what [ParseNumber] reads; empty text gives the zero Number.
func (n *Number) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = Number{}
		return nil
	}
	v, err := ParseNumber(string(text))
	if err == nil {
		*n = v
	}
	return err
}

func (n Number) append(b []byte) []byte {
	if !n.stated {
		return b
	}
	if n.digits < 0 {
		b, n = append(b, '-'), n.negated()
	}
	digits := strconv.FormatUint(uint64(n.digits), 10)
	for len(digits) <= int(n.decimals) {
		digits = "0" + digits
	}
	point := len(digits) - int(n.decimals)
	b = append(b, digits[:point]...)
	if n.decimals > 0 {
		b = append(append(b, '.'), digits[point:]...)
	}
	return b
}
