package locale

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// grouping is how a language writes a whole number.
type grouping struct {
	separator string // between groups of three digits
	minimum   int    // digits before the first separator, for there to be one
	minus     string
}

// All six languages write with the digits 0 to 9. For Arabic that is the
// default of current CLDR; versions of ICU before it gave Arabic-Indic digits
// (١٢٣) for plain "ar", and some browsers of today still do.
var groupings = [count]grouping{
	{",", 1, "-"},
	{"\u202f", 1, "-"},  // narrow no-break space
	{".", 2, "-"},       // 1234, but 12.345
	{",", 1, "\u200e-"}, // left-to-right mark, so that the sign stays in front
	{"\u00a0", 1, "-"},  // no-break space
	{",", 1, "-"},
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
	var room [20]byte
	digits := strconv.AppendUint(room[:0], magnitude(n), 10)
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
