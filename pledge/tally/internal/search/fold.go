// Package search finds words in short texts, without regard to case, accents and the
// marks and letters that people leave out or put for others, in any script.
package search

import (
	"unicode"
	"unicode/utf8"
)

//go:generate go run gen.go

// Folded returns the folded form of a text: its words, a blank before each.
//
//   - Latin, Greek and Cyrillic letters are small and have no marks; æ is ae, ß is ss.
//   - Arabic has no vowel signs and no elongation. Alef with hamza or madda is alef,
//     alef maksura is yeh, teh marbuta is heh, and hamza is dropped from its seats.
//   - Full-width forms, and those that Arabic letters have at the end of a word, are the
//     letters that they stand for. Digits are 0 to 9.
//   - What is written without blanks, such as Chinese, is one word up to the next letter
//     of another script.
//   - All else, punctuation and symbols, parts words.
//
// Folded(Folded(s)) is Folded(s).
func Folded(s string) string {
	var f folder
	f.add(s)
	return string(f.b)
}

// folder folds texts, one after another.
type folder struct {
	b  []byte
	in kind // of the word that b ends with
}

// kind is a kind of words.
type kind uint8

const (
	none   kind = iota
	spaced      // with blanks around it
	joined      // written without blanks
)

// add adds a text.
func (f *folder) add(s string) {
	f.in = none
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf { // most are
			i++
			f.letter(rune(ascii[c]))
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		f.letter(fold(r))
	}
}

// letter adds what [fold] returns, and reports whether that isn't dropped.
func (f *folder) letter(r rune) bool {
	if r <= drop {
		if r == part {
			f.in = none
		}
		return r == part
	}
	text := ""
	if r < '0' {
		text = longer[r-longers]
		r, _ = utf8.DecodeRuneInString(text)
	}
	in := spaced
	if isJoined(r) {
		in = joined
	}
	if f.in != in {
		f.in = in
		f.b = append(f.b, ' ')
	}
	if text != "" {
		f.b = append(f.b, text...)
	} else {
		f.b = utf8.AppendRune(f.b, r)
	}
	return true
}

// The codes of tables.go: what isn't one is an ASCII letter or digit.
const (
	part    = 0    // parts words
	drop    = 1    // is left out
	itself  = 2    // in lower case
	longers = 3    // of these texts, and of those after it
	arabics = 0x80 // of letters from U+0621 on
)

// fold returns the letter that r is folded to, or one of the codes part, drop, and
// longers and those after it.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return rune(ascii[r])
	case r < latinFirst:
		return part
	case r < latinEnd:
		return code(latin[r-latinFirst], r)
	case othersFirst <= r && r < othersEnd:
		return foldOther(r)
	case arabicFirst <= r && r < arabicEnd:
		return code(arabic[r-arabicFirst], r)
	case 0x3400 <= r && r < 0xa000: // Chinese, but for rare characters
		return r
	case additionalFirst <= r && r < additionalEnd:
		return code(additional[r-additionalFirst], r)
	case 0xff01 <= r && r <= 0xff5e: // full-width
		return fold(r - 0xff01 + '!')
	case formsFirst <= r && r < formsEnd:
		return code(forms[r-formsFirst], r)
	case printFirst <= r && r < printEnd:
		return code(printed[r-printFirst], r)
	case among(marks[:], r):
		return drop
	case among(separators[:], r):
		return part
	}
	return unicode.ToLower(r)
}

// code returns what the code of a table stands for.
func code(c byte, r rune) rune {
	if c >= arabics {
		return rune(c) - arabics + 0x0621
	}
	if c == itself {
		return unicode.ToLower(r)
	}
	return rune(c)
}

// foldOther folds Greek and Cyrillic.
func foldOther(r rune) rune {
	switch {
	case 0x0430 <= r && r < 0x0450 && r != 'й':
		return r
	case among(marks[:], r):
		return drop
	case among(separators[:], r):
		return part
	}
	r = unicode.ToLower(r)
	for _, o := range others {
		if rune(o[0]) == r {
			return rune(o[1])
		}
	}
	return r
}

// isJoined reports whether words are written without blanks between them in the script
// of r: Thai, Lao, Burmese, Khmer, Japanese and Chinese.
func isJoined(r rune) bool {
	return r >= 0x0e00 && (r < 0x0f00 || 0x1000 <= r && r < 0x10a0 || 0x1780 <= r && r < 0x1800 ||
		0x3005 <= r && r < 0xa000 || 0xf900 <= r && r < 0xfb00 || 0x20000 <= r && r < 0x40000)
}

// among reports whether r is in one of the ranges, which have a first and a last code
// point each.
func among(ranges [][2]rune, r rune) bool {
	for _, of := range ranges {
		if r <= of[1] {
			return r >= of[0]
		}
	}
	return false
}

// marks are left out: those that stand with letters of any script, and what can't be
// seen. Those of tables.go aren't here.
var marks = [...][2]rune{
	{0x0300, 0x036f}, {0x0374, 0x0374}, {0x037a, 0x037a}, {0x0483, 0x0489},
	{0x0591, 0x05bd}, {0x05bf, 0x05bf}, {0x05c1, 0x05c2}, {0x05c4, 0x05c5}, {0x05c7, 0x05c7}, // Hebrew
	{0x08d3, 0x08ff}, // Arabic
	{0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
	{0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f}, // joiners, directions
	{0x20d0, 0x20ff}, {0x302a, 0x302f}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff},
	{0xe0100, 0xe01ef}, // variants of a character
}

// separators part words, of what isn't in tables.go.
var separators = [...][2]rune{
	{0x02b9, 0x02ff}, {0x0375, 0x0375}, {0x037e, 0x037e}, {0x0384, 0x0385}, {0x0387, 0x0387}, {0x03f6, 0x03f6}, {0x0482, 0x0482},
	{0x055a, 0x055f}, {0x0589, 0x058a}, {0x05be, 0x05be}, {0x05c0, 0x05c0}, {0x05c3, 0x05c3}, {0x05c6, 0x05c6}, {0x05f3, 0x05f4},
	{0x0964, 0x0965}, {0x0e3f, 0x0e3f}, {0x0e4f, 0x0e4f}, {0x0e5a, 0x0e5b}, {0x104a, 0x104b}, {0x1680, 0x1680}, {0x17d4, 0x17d6}, {0x17d8, 0x17db}, {0x180e, 0x180e},
	{0x2000, 0x2070}, {0x207a, 0x207e}, {0x2080, 0x208f}, {0x20a0, 0x20cf}, // punctuation, amounts
	{0x2100, 0x2bff}, {0x2e00, 0x2e7f}, // signs, arrows, symbols
	{0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030}, {0x303d, 0x303d}, {0x30a0, 0x30a0}, {0x30fb, 0x30fb}, // Chinese and Japanese
	{0xd800, 0xf8ff}, {0xfe10, 0xfe6f}, {0xff5f, 0xff65}, {0xffe0, 0xffff}, // private, full-width
	{0x1f000, 0x1faff}, // pictures
}
