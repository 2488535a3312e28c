package gcm_test

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// Big integers are the reference.
func TestSumIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(128, 64))
	eur, clf := currency(t, "EUR"), currency(t, "CLF")
	var sum gcm.Sum
	want := new(big.Int)
	var added []gcm.Money
	for range 10_000 {
		m := gcm.MoneyOf(random.Int64()>>random.IntN(63), eur)
		if random.IntN(3) > 0 {
			sum = sum.Add(m)
			want.Add(want, big.NewInt(m.Minor()))
			added = append(added, m)
		} else {
			sum = sum.Sub(m)
			want.Sub(want, big.NewInt(m.Minor()))
		}
		for _, c := range []gcm.Currency{eur, clf, currency(t, "JPY")} {
			if got, want := sum.Amount(c), decimal(want, c.Exponent()); got != want {
				t.Fatalf("the sum is %s, want %s", got, want)
			}
		}
		if sum.IsZero() != (want.Sign() == 0) {
			t.Fatalf("the sum %v is zero: %v", want, sum.IsZero())
		}
	}
	all := gcm.Sum{}
	for _, m := range added {
		all = all.Add(m)
	}
	if back, err := gcm.ParseSum(all.Amount(eur), eur); back != all || err != nil {
		t.Errorf("%s is read as %s, %v", all.Amount(eur), back.Amount(eur), err)
	}
	random.Shuffle(len(added), func(i, j int) { added[i], added[j] = added[j], added[i] })
	for _, m := range added {
		all = all.Sub(m)
	}
	if all != (gcm.Sum{}) {
		t.Errorf("what was added and taken off leaves %s", all.Amount(eur))
	}
}

func TestSumHoldsUpTo127Bits(t *testing.T) {
	jpy := currency(t, "JPY")
	most := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 127), big.NewInt(1))
	s, err := gcm.ParseSum(most.String(), jpy)
	if err != nil || s.Amount(jpy) != most.String() {
		t.Errorf("the most is %s, %v", s.Amount(jpy), err)
	}
	for _, more := range []string{new(big.Int).Add(most, big.NewInt(1)).String(), most.String() + "0", most.String() + "9"} {
		if s, err := gcm.ParseSum(more, jpy); !errors.Is(err, gcm.ErrOverflow) {
			t.Errorf("%s is read as %s, %v", more, s.Amount(jpy), err)
		}
	}
	one := gcm.MoneyOf(1, jpy)
	if got := (gcm.Sum{}).Sub(one).Amount(jpy); got != "-1" {
		t.Errorf("one below nothing is %s", got)
	}
	if got := s.Add(one).Amount(jpy); got != "-"+new(big.Int).Add(most, big.NewInt(1)).String() {
		t.Errorf("one above the most is %s", got)
	}
	if s.Add(one).Sub(one) != s {
		t.Error("taking off what was added doesn't give back the most")
	}
}

func TestSumsOfPartsAddUp(t *testing.T) {
	eur := currency(t, "EUR")
	var whole, left, right gcm.Sum
	for i := range 1000 {
		m := gcm.MoneyOf(1<<62+int64(i), eur)
		whole = whole.Add(m)
		if i%3 == 0 {
			left = left.Add(m)
		} else {
			right = right.Add(m)
		}
	}
	if left.Plus(right) != whole || right.Plus(left) != whole || whole.Plus(gcm.Sum{}) != whole {
		t.Errorf("%s and %s are not %s", left.Amount(eur), right.Amount(eur), whole.Amount(eur))
	}
}
