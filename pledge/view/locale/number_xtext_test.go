package locale_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// x/text has the numbers of CLDR 32. Since then Arabic got Latin digits by
// default, French another space, and Spanish no separator in four digits.
func TestNumberAgreesWithXText(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 5))
	for lang := range gcm.Languages() {
		tag := lang.String()
		if lang == gcm.Arabic {
			tag += "-u-nu-latn"
		}
		p := message.NewPrinter(language.MustParse(tag))
		check := func(n int) {
			want := p.Sprint(n)
			switch {
			case lang == gcm.French:
				want = strings.ReplaceAll(want, "\u00a0", "\u202f")
			case lang == gcm.Spanish && 1000 <= n && n <= 9999:
				want = strings.ReplaceAll(want, ".", "")
			}
			if got := locale.Number(lang, n); got != want {
				t.Fatalf("Number(%v, %d) = %+q, x/text says %+q", lang, n, got, want)
			}
		}
		for n := range 12_000 {
			check(n)
		}
		for range 5_000 {
			check(random.IntN(1 << (random.IntN(53) + 1)))
		}
	}
}
