package webform

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// containsFold reports whether a text holds a part of lower-case ASCII, in any case.
func containsFold(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i]|0x20 == part[0]|0x20 && strings.EqualFold(s[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

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
		case r < utf8.RuneSelf && !isWord(byte(r)), r == '_':
			space = b.Len() > 0
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
