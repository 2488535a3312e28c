// Package fold folds names, so that spellings of a name that differ in case,
// accents, punctuation or spaces only become the same key.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Key returns the folded form of s: words of letters and digits in lower case,
// with one space between them and no English article around them. It is "" if
// s has neither letters nor digits.
//
// Apostrophes and marks above or below letters are dropped, "&" is the word
// "and", and all else is a space. Latin, Cyrillic and Arabic letters lose their
// marks whether those are separate characters or not; Chinese stays as it is.
//
// Key(Key(s)) is Key(s).
func Key(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case isDropped(r):
			continue
		case r == '&':
			b.WriteString(" and")
			space = true
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		r = unicode.ToLower(r)
		if letter := base(r); letter != "" {
			b.WriteString(letter)
		} else {
			b.WriteRune(r)
		}
	}
	return withoutArticle(strings.TrimSpace(b.String()))
}

// isDropped reports whether r is left out without parting two words:
// apostrophes, combining marks, Arabic vowel signs and the Arabic elongation.
func isDropped(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', 'ʼ', 'ʹ', '′', '\u0640', '\u0670', '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\ufeff':
		return true
	}
	return 0x0300 <= r && r <= 0x036f || 0x064b <= r && r <= 0x065f
}

// base returns the letter under the marks of a lower-case letter, or letters
// that are commonly written for it. It is "" where r has neither.
func base(r rune) string {
	if r < utf8.RuneSelf {
		return ""
	}
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą':
		return "a"
	case 'ç', 'ć', 'ĉ', 'ċ', 'č':
		return "c"
	case 'ď', 'đ', 'ð':
		return "d"
	case 'è', 'é', 'ê', 'ë', 'ē', 'ĕ', 'ė', 'ę', 'ě':
		return "e"
	case 'ĝ', 'ğ', 'ġ', 'ģ':
		return "g"
	case 'ĥ', 'ħ':
		return "h"
	case 'ì', 'í', 'î', 'ï', 'ĩ', 'ī', 'ĭ', 'į', 'ı':
		return "i"
	case 'ĵ':
		return "j"
	case 'ķ':
		return "k"
	case 'ĺ', 'ļ', 'ľ', 'ł':
		return "l"
	case 'ñ', 'ń', 'ņ', 'ň':
		return "n"
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ō', 'ŏ', 'ő':
		return "o"
	case 'ŕ', 'ŗ', 'ř':
		return "r"
	case 'ś', 'ŝ', 'ş', 'š', 'ș':
		return "s"
	case 'ţ', 'ť', 'ț':
		return "t"
	case 'ù', 'ú', 'û', 'ü', 'ũ', 'ū', 'ŭ', 'ů', 'ű', 'ų':
		return "u"
	case 'ŵ':
		return "w"
	case 'ý', 'ÿ', 'ŷ':
		return "y"
	case 'ź', 'ż', 'ž':
		return "z"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ß':
		return "ss"
	case 'þ':
		return "th"
	case 'ё':
		return "е"
	case 'й':
		return "и"
	case 'ї':
		return "і"
	case 'آ', 'أ', 'إ', 'ٱ':
		return "ا"
	case 'ؤ':
		return "و"
	case 'ئ', 'ى':
		return "ي"
	}
	return ""
}

// withoutArticle drops an article in front, and one behind as in "Gambia, The".
func withoutArticle(s string) string {
	for {
		t := strings.TrimSuffix(strings.TrimPrefix(s, "the "), " the")
		if t == s {
			return s
		}
		s = t
	}
}
