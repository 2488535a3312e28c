package webform

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Addresses and numbers of people in text. What looks like one is taken for
// one: of a telephone number either the plus sign, two zeros or one in front,
// a word for it, or the groups of digits must say that it isn't an amount, a
// span of years or the symbol of a document.
var (
	emailForm = regexp.MustCompile(`(?i)[^\s@<>()\[\],;:"]+\s?(?:@|%40|\(at\)|\[at\])\s?[^\s@<>()\[\],;:"]+(?:\.|\s?(?:\(dot\)|\[dot\])\s?)[^\s@<>()\[\],;:".]{2,}` +
		`|[^\s@<>()\[\],;:"]+\sat\s[^\s@<>()\[\],;:"]{2,}\sdot\s[^\s@<>()\[\],;:".]{2,}`)
	phoneForm = regexp.MustCompile(`(?i)` +
		`(?:\+|\b00)[ .]?\(?\d(?:[ ./()\-]{0,2}\d){6,14}` +
		`|\b(?:tel|tél|phone|telephone|téléphone|teléfono|mobile|móvil|cell|fax|whatsapp)\b[^\d\n]{0,12}\+?\(?\d(?:[ ./()\-]{0,2}\d){4,14}` +
		`|\(?\b0\d{1,4}\)?(?:[ ./\-]\d{2,4}){2,5}\b` +
		`|\b\d{3}[.\-]\d{3}[.\-]\d{4}\b`)
	emptyForm = regexp.MustCompile(`[(<\[]\s*[)>\]]`)
)

// inASCII returns a text with ASCII for what people write otherwise in addresses and
// numbers: blanks and hyphens that don't break, digits of other scripts.
func inASCII(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(asciiOf, s)
		}
	}
	return s
}

func asciiOf(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return r
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.Is(unicode.Pd, r) || r == '\u2212': // a minus sign
		return '-'
	case r == '\ufe6b' || r == '\uff20': // small and full-width
		return '@'
	case r == '\uff0b':
		return '+'
	case unicode.Is(unicode.Nd, r): // the digits of a script stand together, from 0
		zero := r
		for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + r - zero
	}
	return r
}

// contacts counts the e-mail addresses and telephone numbers in a text.
func contacts(s string) (emails, phones int) {
	s = inASCII(s)
	if mayHaveEmail(s) {
		emails = len(emailForm.FindAllStringIndex(s, -1))
	}
	if hasDigits(s, shortestPhone) {
		for _, found := range phoneForm.FindAllString(s, -1) {
			if isPhone(found) {
				phones++
			}
		}
	}
	return emails, phones
}

// shortestPhone is the least number of digits of what phoneForm finds.
const shortestPhone = 5

// hasDigits reports whether a text has n digits or more.
func hasDigits(s string, n int) bool {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n--
		}
	}
	return n <= 0
}

// mayHaveEmail reports whether a text has an @, or what emailForm takes for one.
func mayHaveEmail(s string) bool {
	return strings.Contains(s, "@") || strings.Contains(s, "%40") ||
		containsFold(s, "(at)") || containsFold(s, "[at]") || containsFold(s, "dot")
}

// isPhone tells a telephone number from a date, "06.02.2022", of what
// phoneForm finds.
func isPhone(s string) bool {
	if s[0] != '0' && s[0] != '(' || strings.HasPrefix(s, "00") {
		return true
	}
	digits := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			digits++
		}
	}
	return digits > len("06022022")
}

// withoutContacts returns a name without e-mail addresses, telephone numbers,
// and words with an @ in them.
func withoutContacts(s string) string {
	emails, phones := contacts(s)
	at := strings.Contains(inASCII(s), "@")
	if emails+phones == 0 && !at {
		return s
	}
	s = emailForm.ReplaceAllString(inASCII(s), " ")
	s = phoneForm.ReplaceAllStringFunc(s, func(found string) string {
		if isPhone(found) {
			return " "
		}
		return found
	})
	kept := strings.Fields(s)
	n := 0
	for _, word := range kept {
		if !strings.Contains(word, "@") {
			kept[n] = word
			n++
		}
	}
	s = emptyForm.ReplaceAllString(strings.Join(kept[:n], " "), " ")
	return trimName(strings.Join(strings.Fields(s), " "))
}

// trimName cuts blanks and separators around a name.
func trimName(s string) string {
	return strings.TrimRight(strings.TrimLeft(s, " \t\n,;:-–—•*"), " \t\n,;:-–—•*")
}

// isPersonal reports whether a text may not be shown in a report.
func isPersonal(s string) bool {
	emails, phones := contacts(s)
	return emails+phones > 0 || strings.Contains(inASCII(s), "@") || ipForm.MatchString(s)
}

var ipForm = regexp.MustCompile(`\b\d{1,3}(?:\.\d{1,3}){3}\b|(?i)\b[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,7}\b`)
