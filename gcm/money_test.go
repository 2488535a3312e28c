package gcm_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestParseMoneyIsExact(t *testing.T) {
	for _, test := range []struct {
		code, in string
		minor    int64
		amount   string
	}{
		{"EUR", "200000", 20000000, "200000.00"},
		{"EUR", "200000.5", 20000050, "200000.50"},
		{"EUR", "200000.00", 20000000, "200000.00"},
		{"EUR", "0", 0, "0.00"},
		{"EUR", "0.07", 7, "0.07"},
		{"EUR", "000000000000000000000000000001.10", 110, "1.10"},
		{"EUR", "92233720368547758.07", math.MaxInt64, "92233720368547758.07"},
		{"JPY", "1500", 1500, "1500"},
		{"JPY", "9223372036854775807", math.MaxInt64, "9223372036854775807"},
		{"KWD", "200.000", 200000, "200.000"},
		{"CLF", "1.2345", 12345, "1.2345"},
		{"CLF", "0.0001", 1, "0.0001"},
	} {
		c := currency(t, test.code)
		m, err := gcm.ParseMoney(test.in, c)
		if m.Minor() != test.minor || m.Currency() != c || err != nil || !m.IsValid() {
			t.Errorf("ParseMoney(%q, %v) = %d %v, %v, want %d", test.in, c, m.Minor(), m.Currency(), err, test.minor)
		}
		if m.Amount() != test.amount || m.String() != test.code+" "+test.amount {
			t.Errorf("ParseMoney(%q, %v) is written %q, %q", test.in, c, m.Amount(), m)
		}
		if m != gcm.MoneyOf(test.minor, c) {
			t.Errorf("ParseMoney(%q, %v) is not MoneyOf(%d)", test.in, c, test.minor)
		}
	}
}

func TestParseMoneySaysWhatIsWrong(t *testing.T) {
	for _, test := range []struct {
		code, in string
		want     error
	}{
		{"EUR", "", gcm.ErrSyntax},
		{"EUR", ".", gcm.ErrSyntax},
		{"EUR", "1.", gcm.ErrSyntax},
		{"EUR", ".5", gcm.ErrSyntax},
		{"EUR", "-1", gcm.ErrSyntax},
		{"EUR", "+1", gcm.ErrSyntax},
		{"EUR", "1e3", gcm.ErrSyntax},
		{"EUR", "200,000", gcm.ErrSyntax},
		{"EUR", "200 000", gcm.ErrSyntax},
		{"EUR", "200.000.00", gcm.ErrSyntax},
		{"EUR", " 1", gcm.ErrSyntax},
		{"EUR", "٢٠٠", gcm.ErrSyntax},
		{"EUR", "EUR 1", gcm.ErrSyntax},
		{"EUR", "0x10", gcm.ErrSyntax},
		{"EUR", "200.000", gcm.ErrDecimals},
		{"JPY", "1.0", gcm.ErrDecimals},
		{"CLF", "1.23450", gcm.ErrDecimals},
		{"EUR", "92233720368547758.08", gcm.ErrOverflow},
		{"JPY", "9223372036854775808", gcm.ErrOverflow},
		{"JPY", "18446744073709551616", gcm.ErrOverflow},
		{"EUR", strings.Repeat("9", 1000), gcm.ErrOverflow},
	} {
		m, err := gcm.ParseMoney(test.in, currency(t, test.code))
		var pe *gcm.ParseError
		if m.IsValid() || !errors.Is(err, test.want) || !errors.As(err, &pe) || pe.Input != test.in {
			t.Errorf("ParseMoney(%q, %s) = %v, %v, want %v", test.in, test.code, m, err, test.want)
		}
	}
	for _, c := range []gcm.Currency{0, 200} {
		if m, err := gcm.ParseMoney("1", c); m.IsValid() || !errors.Is(err, gcm.ErrCurrency) {
			t.Errorf("ParseMoney(1, %v) = %v, %v", c, m, err)
		}
		if s, err := gcm.ParseSum("1", c); !s.IsZero() || !errors.Is(err, gcm.ErrCurrency) {
			t.Errorf("ParseSum(1, %v) = %v, %v", c, s, err)
		}
	}
}

func TestMoneyOfNothingIsZero(t *testing.T) {
	eur := currency(t, "EUR")
	for _, m := range []gcm.Money{{}, gcm.MoneyOf(-1, eur), gcm.MoneyOf(1, 0), gcm.MoneyOf(1, 250)} {
		if m != (gcm.Money{}) || m.IsValid() || m.Amount() != "" || m.String() != "" {
			t.Errorf("%d %v is money", m.Minor(), m.Currency())
		}
	}
}

func TestAddIsExactOrFails(t *testing.T) {
	eur, usd := currency(t, "EUR"), currency(t, "USD")
	most := gcm.MoneyOf(math.MaxInt64, eur)
	for _, test := range []struct {
		a, b, want gcm.Money
		err        error
	}{
		{gcm.MoneyOf(150, eur), gcm.MoneyOf(50, eur), gcm.MoneyOf(200, eur), nil},
		{gcm.Money{}, gcm.MoneyOf(50, eur), gcm.MoneyOf(50, eur), nil},
		{gcm.MoneyOf(50, eur), gcm.Money{}, gcm.MoneyOf(50, eur), nil},
		{gcm.Money{}, gcm.Money{}, gcm.Money{}, nil},
		{most, gcm.MoneyOf(0, eur), most, nil},
		{most, gcm.MoneyOf(1, eur), gcm.Money{}, gcm.ErrOverflow},
		{most, most, gcm.Money{}, gcm.ErrOverflow},
		{gcm.MoneyOf(1, eur), gcm.MoneyOf(1, usd), gcm.Money{}, gcm.ErrCurrency},
		{gcm.MoneyOf(0, eur), gcm.MoneyOf(0, usd), gcm.Money{}, gcm.ErrCurrency},
	} {
		got, err := test.a.Add(test.b)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%v + %v = %v, %v, want %v, %v", test.a, test.b, got, err, test.want, test.err)
		}
		var ae *gcm.AddError
		if err != nil && (!errors.As(err, &ae) || ae.A != test.a || ae.B != test.b) {
			t.Errorf("%v + %v: the error is %#v", test.a, test.b, err)
		}
	}
	_, err := gcm.MoneyOf(100, eur).Add(gcm.MoneyOf(100, usd))
	if got, want := err.Error(), "gcm: EUR 1.00 + USD 1.00: currency missing or different"; got != want {
		t.Errorf("the message is %q, want %q", got, want)
	}
}

func TestCompareOrdersMoney(t *testing.T) {
	eur, usd := currency(t, "EUR"), currency(t, "USD")
	amounts := []gcm.Money{{}, gcm.MoneyOf(0, eur), gcm.MoneyOf(9, eur), gcm.MoneyOf(0, usd), gcm.MoneyOf(1, usd)}
	for i, m := range amounts {
		for j, n := range amounts {
			if got, want := m.Compare(n), compare(i, j); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", m, n, got, want)
			}
		}
	}
}

func TestMoneyAsText(t *testing.T) {
	m := gcm.MoneyOf(20000000, currency(t, "EUR"))
	data, err := json.Marshal(m)
	if string(data) != `"EUR 200000.00"` || err != nil {
		t.Errorf("JSON is %s, %v", data, err)
	}
	var back gcm.Money
	if err := json.Unmarshal(data, &back); back != m || err != nil {
		t.Errorf("%s is read as %v, %v", data, back, err)
	}
	if b, err := m.AppendText([]byte("of ")); string(b) != "of EUR 200000.00" || err != nil {
		t.Errorf("AppendText gives %q, %v", b, err)
	}
	for text, want := range map[string]error{
		"EUR":     gcm.ErrSyntax,
		"EUR ":    gcm.ErrSyntax,
		"1.00":    gcm.ErrSyntax,
		"EUR  1":  gcm.ErrSyntax,
		"eur 1":   gcm.ErrUnknown,
		"XXX 1":   gcm.ErrUnknown,
		" 1":      gcm.ErrCurrency,
		"EUR 1.5": nil,
		"":        nil,
	} {
		got := m
		err := got.UnmarshalText([]byte(text))
		if !errors.Is(err, want) || err != nil && got != m {
			t.Errorf("%q is read as %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestCurrenciesAreThoseWithAMinorUnit(t *testing.T) {
	digits := map[int]int{}
	for c := range gcm.Currencies() {
		digits[c.Exponent()]++
	}
	if digits[0] != 17 || digits[3] != 7 || digits[4] != 2 || len(digits) != 4 {
		t.Errorf("currencies by decimals: %v", digits)
	}
	for _, code := range []string{"XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XDR", "DEM", "HRK", "eur"} {
		if c, ok := gcm.CurrencyFromCode(code); ok {
			t.Errorf("%s is the currency %v", code, c)
		}
	}
	if c, err := gcm.ParseCurrency("eur"); c != currency(t, "EUR") || err != nil {
		t.Errorf("eur is read as %v, %v", c, err)
	}
	if got := gcm.Currency(0).Exponent(); got != 0 {
		t.Errorf("no currency has %d decimals", got)
	}
}

// decimal writes n with a point before the last digits.
func decimal(n *big.Int, exponent int) string {
	s := new(big.Int).Abs(n).String()
	if len(s) <= exponent {
		s = strings.Repeat("0", exponent+1-len(s)) + s
	}
	if exponent > 0 {
		s = s[:len(s)-exponent] + "." + s[len(s)-exponent:]
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s
}

// Big integers are the reference.
func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"", "0", "200000", "200000.5", "200000.00", "200.000", "1.", ".1", "-1", "1e9", "9223372036854775807", "9223372036854775808", "٣"} {
		for c := range uint8(200) {
			if c%40 == 0 {
				f.Add(s, c)
			}
		}
	}
	f.Fuzz(func(t *testing.T, in string, number uint8) {
		c := gcm.Currency(number)
		m, err := gcm.ParseMoney(in, c)
		minor, want := parseDecimal(in, c)
		if !errors.Is(err, want) || err == nil && (minor.Cmp(big.NewInt(m.Minor())) != 0 || m.Currency() != c) {
			t.Fatalf("ParseMoney(%q, %v) = %v, %v, want %v, %v", in, c, m, err, minor, want)
		}
		if err != nil {
			return
		}
		if got := m.Amount(); got != decimal(minor, c.Exponent()) {
			t.Errorf("ParseMoney(%q, %v) is written %q", in, c, got)
		}
		if back, err := gcm.ParseMoney(m.Amount(), c); back != m || err != nil {
			t.Errorf("%v is read as %v, %v", m, back, err)
		}
	})
}

// parseDecimal is the slow and obvious reading of an amount.
func parseDecimal(s string, c gcm.Currency) (*big.Int, error) {
	if !c.IsValid() {
		return nil, gcm.ErrCurrency
	}
	whole, decimals, point := strings.Cut(s, ".")
	for _, r := range whole + decimals {
		if r < '0' || r > '9' {
			return nil, gcm.ErrSyntax
		}
	}
	if whole == "" || point == (decimals == "") {
		return nil, gcm.ErrSyntax
	}
	if len(decimals) > c.Exponent() {
		return nil, gcm.ErrDecimals
	}
	n, ok := new(big.Int).SetString(whole+decimals+strings.Repeat("0", c.Exponent()-len(decimals)), 10)
	if !ok || !n.IsInt64() {
		return nil, gcm.ErrOverflow
	}
	return n, nil
}

func currency(t *testing.T, code string) gcm.Currency {
	t.Helper()
	c, ok := gcm.CurrencyFromCode(code)
	if !ok {
		t.Fatalf("no currency %s", code)
	}
	return c
}
