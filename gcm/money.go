package gcm

import (
	"cmp"
	"math"
	"strings"
)

// Money is an exact amount in one currency, from 0 to 9,223,372,036,854,775,807
// of its minor units (cents, fils, or whole yen).
//
// The zero Money is not valid: it has no currency, and means that no amount is
// stated. Values can be compared with ==, and amounts are never converted.
type Money struct {
	minor    int64
	currency Currency
}

// MoneyOf returns an amount given in minor units: MoneyOf(150, EUR) is one euro
// fifty. It returns the zero Money if minor is negative or c is not valid.
func MoneyOf(minor int64, c Currency) Money {
	if minor < 0 || !c.IsValid() {
		return Money{}
	}
	return Money{minor, c}
}

// ParseMoney reads an amount, a plain decimal number such as "200000",
// "200000.5" or "200000.00", with a point before the decimals and no sign,
// exponent, space or separator of thousands: "200.000" means 200 and is an
// error in euros, so that two hundred thousand isn't mistaken for it.
//
// The error is [ErrSyntax], [ErrDecimals], [ErrOverflow] or, if c is not valid,
// [ErrCurrency].
func ParseMoney(amount string, c Currency) (Money, error) {
	sum, err := parseAmount(amount, c)
	if err == nil && (sum.high != 0 || sum.low > math.MaxInt64) {
		err = ErrOverflow
	}
	if err != nil {
		return Money{}, &ParseError{What: "amount", Input: amount, Err: err}
	}
	return Money{int64(sum.low), c}, nil
}

// IsValid reports whether m has a currency, and is not the zero Money.
func (m Money) IsValid() bool { return m.currency.IsValid() }

// Minor returns the amount in minor units of the currency.
func (m Money) Minor() int64 { return m.minor }

// Currency returns the currency; zero if m is not valid.
func (m Money) Currency() Currency { return m.currency }

// Amount returns the amount as a decimal number with as many decimals as the
// currency has, "200000.00"; "" if m is not valid. [ParseMoney] reads it.
func (m Money) Amount() string {
	if !m.IsValid() {
		return ""
	}
	return Sum{low: uint64(m.minor)}.Amount(m.currency)
}

// Add returns the total of two amounts of the same currency. The zero Money
// adds nothing. The error is an [*AddError] that unwraps to [ErrCurrency] or
// [ErrOverflow]. To add up many amounts use a [Sum].
func (m Money) Add(n Money) (Money, error) {
	switch {
	case !m.IsValid():
		return n, nil
	case !n.IsValid():
		return m, nil
	case m.currency != n.currency:
		return Money{}, &AddError{m, n, ErrCurrency}
	case m.minor > math.MaxInt64-n.minor:
		return Money{}, &AddError{m, n, ErrOverflow}
	}
	return Money{m.minor + n.minor, m.currency}, nil
}

// Compare orders amounts by currency code and then by size, the zero Money
// first. The result is -1, 0 or +1.
func (m Money) Compare(n Money) int {
	return cmp.Or(cmp.Compare(m.currency, n.currency), cmp.Compare(m.minor, n.minor))
}

// String returns the currency and the amount, "EUR 200000.00"; "" for the zero
// Money.
func (m Money) String() string {
	if !m.IsValid() {
		return ""
	}
	return m.currency.String() + " " + m.Amount()
}

// AppendText appends what String returns.
func (m Money) AppendText(b []byte) ([]byte, error) { return append(b, m.String()...), nil }

// MarshalText returns what String returns.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a currency code in capital letters, one space, and what
// [ParseMoney] reads; empty text gives the zero Money.
func (m *Money) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Money{}
		return nil
	}
	code, amount, ok := strings.Cut(string(text), " ")
	if !ok {
		return &ParseError{What: "money", Input: string(text), Err: ErrSyntax}
	}
	var c Currency
	if err := c.UnmarshalText([]byte(code)); err != nil {
		return err
	}
	v, err := ParseMoney(amount, c)
	if err == nil {
		*m = v
	}
	return err
}

// An AddError says which two amounts can't be added, and why.
type AddError struct {
	A, B Money
	Err  error // [ErrCurrency] or [ErrOverflow]
}

// Error gives the message: "gcm: EUR 1.00 + USD 1.00: currency missing or
// different".
func (e *AddError) Error() string {
	return "gcm: " + e.A.String() + " + " + e.B.String() + ": " + e.Err.Error()
}

// Unwrap returns e.Err.
func (e *AddError) Unwrap() error { return e.Err }
