package locale

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

// StateOrder returns a text by which States sort in the order of their names:
// the State whose text is the lesser one comes first. The order is that of CLDR
// as far as names of States need it: that of Chinese, pinyin, takes a table.
func StateOrder(lang gcm.Language, s gcm.State) string {
	if lang == gcm.Chinese && int(s) < len(pinyin) {
		return string(rune(pinyin[s]))
	}
	return Sorted(s.Name(lang))
}

// Sorted returns a text by which other texts sort, in whatever language: without case,
// and without the accents of the names of States.
func Sorted(s string) string { return strings.Map(baseLetter, strings.ToLower(s)) }

// baseLetter returns the letter that a small letter is sorted as.
func baseLetter(r rune) rune {
	switch r {
	case 'á':
		return 'a'
	case 'é', 'è', 'ë':
		return 'e'
	case 'í', 'î', 'ï':
		return 'i'
	case 'ó', 'ô':
		return 'o'
	case 'ú', 'ü':
		return 'u'
	case 'آ':
		return 'ء' // before the other forms of alef
	case 'أ', 'إ':
		return 'ا'
	}
	return r
}
