package locale_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

func TestPluralAgreesWithXText(t *testing.T) {
	random := rand.New(rand.NewPCG(10, 12))
	for lang := range gcm.Languages() {
		tag := language.MustParse(lang.String())
		check := func(n int) {
			// x/text has the rules of CLDR 32, when French and Spanish
			// hadn't got a form for whole millions yet.
			if n != 0 && n%1_000_000 == 0 && (lang == gcm.French || lang == gcm.Spanish) {
				if got := locale.Plural(lang, n); got != locale.Many {
					t.Errorf("Plural(%v, %d) = %v, want many", lang, n, got)
				}
				return
			}
			got, want := locale.Plural(lang, n), plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)
			if int(got) != int(want) {
				t.Errorf("Plural(%v, %d) = %v, x/text says %d", lang, n, got, want)
			}
		}
		for n := range 12_000 {
			check(n)
		}
		for range 5_000 {
			check(random.IntN(1 << (random.IntN(30) + 1)))
		}
		check(5_000_000)
	}
}

func TestPluralOfNegativeNumbers(t *testing.T) {
	for lang := range gcm.Languages() {
		for n := range 1_300 {
			if got, want := locale.Plural(lang, -n), locale.Plural(lang, n); got != want {
				t.Errorf("Plural(%v, %d) = %v, want %v", lang, -n, got, want)
			}
		}
		// The least int has no negative; its last digits are 5808, and it is no million.
		if got, want := locale.Plural(lang, math.MinInt), locale.Plural(lang, 5_808); got != want {
			t.Errorf("Plural(%v, math.MinInt) = %v, want %v", lang, got, want)
		}
	}
}

func TestFormNames(t *testing.T) {
	names := ""
	for f := locale.Other; f <= locale.Many+1; f++ {
		names += f.String() + " "
	}
	if want := "other zero one two few many Form(6) "; names != want {
		t.Errorf("forms are %q, want %q", names, want)
	}
}
