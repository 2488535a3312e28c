package locale

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

// grouping is how a language writes numbers and amounts of money.
type grouping struct {
	separator string // between groups of three digits
	minimum   int    // digits before the first separator, for there to be one
	minus     string
	decimal   string // before the decimals
	before    string // in front of an amount
	codeFirst bool   // whether the code of the currency comes before the number
}

// All six languages write with the digits 0 to 9. For Arabic that is the
// default of current CLDR; versions of ICU before it gave Arabic-Indic digits
// (١٢٣) for plain "ar", and some browsers of today still do.
var groupings = [count]grouping{
	{",", 1, "-", ".", "", true},
	{"\u202f", 1, "-", ",", "", false}, // narrow no-break space
	{".", 2, "-", ",", "", false},      // 1234, but 12.345
	// A left-to-right mark, so that the sign stays in front of the number; a
	// right-to-left mark, so that the code stays behind it.
	{",", 1, "\u200e-", ".", "\u200f", false},
	{"\u00a0", 1, "-", ",", "", false}, // no-break space
	{",", 1, "-", ".", "", true},
}

// Number returns a whole number as people write it, with its digits in groups
// where the language does that: 1,234 or 1.234 or 1234.
func Number(lang gcm.Language, n int) string {
	return string(AppendNumber(nil, lang, n))
}

// AppendNumber appends what [Number] returns.
func AppendNumber(b []byte, lang gcm.Language, n int) []byte {
	g := &groupings[index(lang)]
	if n < 0 {
		b = append(b, g.minus...)
	}
	return g.appendDigits(b, strconv.FormatUint(magnitude(n), 10))
}

// appendDigits appends the digits of a whole number in groups.
func (g *grouping) appendDigits(b []byte, digits string) []byte {
	if len(digits) < 3+g.minimum {
		return append(b, digits...)
	}
	for len(digits) > 0 {
		first := (len(digits)-1)%3 + 1
		b = append(b, digits[:first]...)
		if digits = digits[first:]; len(digits) > 0 {
			b = append(b, g.separator...)
		}
	}
	return b
}

// Amount returns an exact amount of money with as many decimals as its currency
// has: "1,234.50" or "1 234,50". It returns "" if the currency isn't valid.
func Amount(lang gcm.Language, sum gcm.Sum, c gcm.Currency) string {
	return money(lang, sum, c, "", "")
}

// Money returns an amount with the code of the currency, which doesn't break from
// it: "EUR 1,234.50" or "1 234,50 EUR".
func Money(lang gcm.Language, sum gcm.Sum, c gcm.Currency) string {
	const space = "\u00a0" // no-break space
	if groupings[index(lang)].codeFirst {
		return money(lang, sum, c, c.String()+space, "")
	}
	return money(lang, sum, c, "", space+c.String())
}

// money returns an amount with what is before and behind it.
func money(lang gcm.Language, sum gcm.Sum, c gcm.Currency, before, behind string) string {
	if !c.IsValid() {
		return ""
	}
	g := &groupings[index(lang)]
	b := []byte(g.before)
	amount, negative := strings.CutPrefix(sum.Amount(c), "-")
	if negative {
		b = append(b, g.minus...)
	}
	b = append(b, before...)
	whole, decimals, found := strings.Cut(amount, ".")
	b = g.appendDigits(b, whole)
	if found {
		b = append(append(b, g.decimal...), decimals...)
	}
	return string(append(b, behind...))
}
