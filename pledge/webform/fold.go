package webform

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns what matters of a label: its letters and digits in lower case,
// without accents, with one space for whatever parts them.
func fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case 'a' <= r && r <= 'z' && !space:
			b.WriteByte(byte(r))
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r): // accents; what is never seen
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			if r = unicode.ToLower(r); r == 'œ' {
				b.WriteString("oe")
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}
