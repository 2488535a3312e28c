package shelltest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// What a browser's own Intl says about numbers and dates in one language.
// Arabic is asked for with Latin digits, which are its default since CLDR 42 or
// so: not every browser has that edition.
const askIntl = `
const [lang, numbers, days] = arguments;
const tag = lang === "ar" ? "ar-u-nu-latn" : lang;
const number = new Intl.NumberFormat(tag), plural = new Intl.PluralRules(tag);
const date = new Intl.DateTimeFormat(tag, {dateStyle: "long", timeZone: "UTC", calendar: "gregory"});
return {
	numbers: numbers.map((n) => number.format(n)),
	plurals: numbers.map((n) => plural.select(n)),
	dates: days.map((d) => date.format(new Date(d + "T00:00:00Z"))),
};`

// numbersAndDates compares thousands of numbers, and every day of two years.
func numbersAndDates(t *testing.T, v visit, _ *site) {
	var numbers []int
	for n := range 3_000 {
		numbers = append(numbers, n)
	}
	random := rand.New(rand.NewPCG(5, 2022))
	for range 3_000 {
		numbers = append(numbers, random.IntN(1<<(random.IntN(53)+1)))
	}
	numbers = append(numbers, 1_000_000, 2_000_000, 5_000_000_000, 1<<53-1)
	var days []string
	for month := 1; month <= 24; month++ {
		for day := 1; day <= 31; day++ {
			if d := gcm.DateOf(2024+(month-1)/12, (month-1)%12+1, day); d.IsValid() {
				days = append(days, d.String())
			}
		}
	}
	for lang := range gcm.Languages() {
		answer, err := v.Eval(askIntl, lang.String(), numbers, days)
		if err != nil {
			t.Fatal(err)
		}
		var says struct{ Numbers, Plurals, Dates []string }
		if err := json.Unmarshal(answer, &says); err != nil {
			t.Fatal(err)
		}
		check := func(what, got, want string) {
			if got != want {
				t.Errorf("%s in %v is %+q, the browser says %+q", what, lang, got, want)
			}
		}
		for i, n := range numbers {
			check(fmt.Sprint("number ", n), locale.Number(lang, n), says.Numbers[i])
			check(fmt.Sprint("plural of ", n), locale.Plural(lang, n).String(), says.Plurals[i])
		}
		for i, day := range days {
			d, err := gcm.ParseDate(day)
			if err != nil {
				t.Fatal(err)
			}
			want := says.Dates[i]
			if lang == gcm.French && d.Day() == 1 { // see locale.Date
				want = strings.Replace(want, "1 ", "1er ", 1)
			}
			check("date "+day, locale.Date(lang, d), want)
		}
		if t.Failed() {
			t.FailNow() // one language is enough to read
		}
	}
}
