package gcm

import (
	"math/bits"
	"strings"
)

// A Sum is an exact total of amounts of one currency, in its minor units. It
// holds 128 bits, so that adding any number of amounts can't overflow. Which
// currency it is of is for the caller to know: amounts of different currencies
// are never added up.
//
// The zero Sum is the total of nothing. Sums can be compared with == and
// copied; the methods don't change their receiver.
type Sum struct {
	high, low uint64 // two's complement
}

// ParseSum reads what [Sum.Amount] writes for totals that are not negative: the
// total of a published snapshot. It fails as [ParseMoney] does, with more room.
func ParseSum(amount string, c Currency) (Sum, error) {
	sum, err := parseAmount(amount, c)
	if err != nil {
		return Sum{}, &ParseError{What: "amount", Input: amount, Err: err}
	}
	return sum, nil
}

// parseAmount reads a decimal number: digits, and decimals after a point.
func parseAmount(s string, c Currency) (sum Sum, err error) {
	if !c.IsValid() {
		return sum, ErrCurrency
	}
	whole, decimals, point := strings.Cut(s, ".")
	if whole == "" || point && decimals == "" {
		return sum, ErrSyntax
	}
	if strings.Trim(whole, "0123456789") != "" || strings.Trim(decimals, "0123456789") != "" {
		return sum, ErrSyntax
	}
	if len(decimals) > c.Exponent() {
		return sum, ErrDecimals
	}
	const most = (1<<63 - 1) / 10 // ten times more is beyond 127 bits
	number := whole + decimals + "0000"[:c.Exponent()-len(decimals)]
	for i := range len(number) {
		if sum.high > most {
			return Sum{}, ErrOverflow
		}
		carry, low := bits.Mul64(sum.low, 10)
		sum = Sum{sum.high*10 + carry, low}.add(uint64(number[i] - '0'))
	}
	if sum.high>>63 != 0 {
		return Sum{}, ErrOverflow
	}
	return sum, nil
}

// Add returns the sum with m added. The zero Money adds nothing.
func (s Sum) Add(m Money) Sum { return s.add(uint64(m.minor)) }

// Sub returns the sum with m taken off: Sub undoes Add, in any order, even if
// the sum is below zero on the way.
func (s Sum) Sub(m Money) Sum {
	low, borrow := bits.Sub64(s.low, uint64(m.minor), 0)
	return Sum{s.high - borrow, low}
}

func (s Sum) add(n uint64) Sum {
	low, carry := bits.Add64(s.low, n, 0)
	return Sum{s.high + carry, low}
}

// Plus returns the total of both. They must be in one currency.
func (s Sum) Plus(t Sum) Sum {
	low, carry := bits.Add64(s.low, t.low, 0)
	high, _ := bits.Add64(s.high, t.high, carry)
	return Sum{high, low}
}

// Minus returns s without t, of which it is the total with others. They must be in one
// currency.
func (s Sum) Minus(t Sum) Sum {
	low, borrow := bits.Sub64(s.low, t.low, 0)
	high, _ := bits.Sub64(s.high, t.high, borrow)
	return Sum{high, low}
}

// IsZero reports whether the sum is 0.
func (s Sum) IsZero() bool { return s == Sum{} }

// Amount returns the sum as a decimal number with as many decimals as c has:
// "200000.00", without separators of thousands.
func (s Sum) Amount(c Currency) string {
	sign := ""
	if s.high>>63 != 0 {
		sign = "-"
		low, borrow := bits.Sub64(0, s.low, 0)
		s = Sum{-s.high - borrow, low}
	}
	var b [40]byte // 2 to the power of 127 has 39 digits
	i := len(b)
	for i == len(b) || s != (Sum{}) || len(b)-i <= c.Exponent() {
		high, rest := bits.Div64(0, s.high, 10)
		low, digit := bits.Div64(rest, s.low, 10)
		s = Sum{high, low}
		i--
		b[i] = '0' + byte(digit)
	}
	point := len(b) - c.Exponent()
	if point == len(b) {
		return sign + string(b[i:])
	}
	return sign + string(b[i:point]) + "." + string(b[point:])
}
