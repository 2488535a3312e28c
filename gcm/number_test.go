package gcm_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestNumbersAreReadExactly(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "5000": "5000", "007": "7", "37.5": "37.5", "1.50": "1.5", "2.00": "2", "-0.25": "-0.25",
		"999999999999999999": "999999999999999999", "-999999999999999999": "-999999999999999999",
		"0.000000000000000001": "0.000000000000000001", "0.10": "0.1", "000000000000000000000001.10000000000000000000": "1.1",
		"123456789.012345678": "123456789.012345678", "0.0": "0",
	} {
		n, err := gcm.ParseNumber(text)
		if err != nil || n.String() != want || !n.IsValid() {
			t.Errorf("%s is %s, %v", text, n, err)
		}
		if again, err := gcm.ParseNumber(n.String()); err != nil || again != n {
			t.Errorf("%s isn't read back: %v", n, err)
		}
	}
	for text, want := range map[string]error{
		"": gcm.ErrSyntax, "-": gcm.ErrSyntax, ".5": gcm.ErrSyntax, "5.": gcm.ErrSyntax, "+5": gcm.ErrSyntax, "1e3": gcm.ErrSyntax, "1,000": gcm.ErrSyntax,
		" 1": gcm.ErrSyntax, "--1": gcm.ErrSyntax, "1.2.3": gcm.ErrSyntax, "٣": gcm.ErrSyntax, "NaN": gcm.ErrSyntax,
		"1000000000000000000": gcm.ErrOverflow, "0.0000000000000000001": gcm.ErrOverflow, "1234567890123456789.5": gcm.ErrOverflow,
	} {
		if n, err := gcm.ParseNumber(text); !errors.Is(err, want) || n.IsValid() {
			t.Errorf("%q is %s, %v", text, n, err)
		}
	}
}

func TestNoNumberIsNotZero(t *testing.T) {
	var none gcm.Number
	zero, _ := gcm.ParseNumber("0")
	below, _ := gcm.ParseNumber("-1")
	if none == zero || none.String() != "" || none.IsValid() || none.Compare(zero) != -1 || none.Compare(below) != -1 || zero.Compare(none) != 1 || none.Compare(none) != 0 {
		t.Error("a number that isn't stated is one")
	}
	read := zero
	if err := read.UnmarshalText(nil); err != nil || read != none {
		t.Error("no text is a number", err)
	}
	if err := read.UnmarshalText([]byte("4.20")); err != nil || read.String() != "4.2" {
		t.Error(read, err)
	}
	if err := read.UnmarshalText([]byte("x")); err == nil || read.String() != "4.2" {
		t.Error(read, err)
	}
}

func FuzzNumbersCompareAsFractions(f *testing.F) {
	for _, pair := range [][2]string{{"1.5", "1.50"}, {"-0.25", "0.25"}, {"999999999999999999", "0.000000000000000001"}, {"-2", "-10"}, {"0", "-0"}, {"12", "1.3"}} {
		f.Add(pair[0], pair[1])
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		n, err1 := gcm.ParseNumber(a)
		m, err2 := gcm.ParseNumber(b)
		if err1 != nil || err2 != nil {
			return
		}
		x, ok1 := new(big.Rat).SetString(a)
		y, ok2 := new(big.Rat).SetString(b)
		if !ok1 || !ok2 || n.Compare(m) != x.Cmp(y) || (n == m) != (x.Cmp(y) == 0) {
			t.Errorf("%s and %s: %d, as fractions %d", a, b, n.Compare(m), x.Cmp(y))
		}
		if z, ok := new(big.Rat).SetString(n.String()); !ok || z.Cmp(x) != 0 {
			t.Errorf("%s is written %s", a, n)
		}
	})
}
