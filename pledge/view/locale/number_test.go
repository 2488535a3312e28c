package locale_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

func TestNumbersKeepTheirDigits(t *testing.T) {
	bare := strings.NewReplacer(",", "", ".", "", "\u00a0", "", "\u202f", "", "\u200e", "")
	for lang := range gcm.Languages() {
		for n := 1; n > 0 && n < math.MaxInt/7; n *= 7 {
			for _, m := range []int{n, -n} {
				if got := bare.Replace(locale.Number(lang, m)); got != strconv.Itoa(m) {
					t.Errorf("Number(%v, %d) has the digits %s", lang, m, got)
				}
			}
		}
	}
}

func TestLeastAndGreatestNumber(t *testing.T) {
	if strconv.IntSize != 64 {
		t.Skip("int has another size")
	}
	const greatest = "9,223,372,036,854,775,80"
	if got := locale.Number(gcm.English, math.MaxInt); got != greatest+"7" {
		t.Errorf("the greatest int is %s", got)
	}
	if got := locale.Number(gcm.English, math.MinInt); got != "-"+greatest+"8" {
		t.Errorf("the least int is %s", got)
	}
}

func TestNoLanguageIsEnglish(t *testing.T) {
	date := gcm.DateOf(2022, 5, 20)
	for _, lang := range []gcm.Language{0, 7, 255} {
		if got := locale.Number(lang, 1234); got != "1,234" {
			t.Errorf("Number(%d, 1234) = %s", lang, got)
		}
		if got := locale.Date(lang, date); got != "May 20, 2022" {
			t.Errorf("Date(%d, %v) = %s", lang, date, got)
		}
		if got := locale.Plural(lang, 1); got != locale.One {
			t.Errorf("Plural(%d, 1) = %v", lang, got)
		}
		if got := locale.ObjectiveColumn.In(lang); got != "Objective" {
			t.Errorf("ObjectiveColumn.In(%d) = %s", lang, got)
		}
	}
}

func TestNoDateIsEmpty(t *testing.T) {
	for lang := range gcm.Languages() {
		if got := locale.Date(lang, gcm.Date{}); got != "" {
			t.Errorf("the zero Date in %v is %q", lang, got)
		}
	}
}
