package objectives

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
)

// maxInput is the longest text, in bytes, that Parse looks at. The longest
// title has about 170, so this leaves room for any way of writing one.
const maxInput = 1024

// Parse returns the objective that s names. It accepts
//
//   - the number, with or without a leading zero: "7", "07", "Objective 7",
//     "Objectif 7", "Objetivo 7";
//   - the official or the short title in English, French or Spanish, or the
//     slug: "Alternatives to detention", "alternatives-to-detention";
//   - the number and one of these, apart by blanks, hyphens, dashes, a full
//     stop, a colon or a closing bracket: "13. Use migration detention only
//     as …", "13 – Alternatives à la rétention".
//
// Capitals, accents, full stops at the end, the kind of blank, dash or
// apostrophe, and how many blanks there are don't matter; neither do
// invisible characters such as soft hyphens and direction marks.
//
// The error is a [*ParseError]. It wraps [ErrSyntax] if s is empty, has more
// than 1,024 bytes, isn't UTF-8, begins with punctuation, or holds a control
// or ASCII character that is in none of the forms above ("7;13", "x!"). It
// wraps [ErrUnknown] if s is well-formed and names no objective ("24",
// "General"), or if its number and its title are not those of one objective
// ("7. Save lives").
func Parse(s string) (Objective, error) {
	key, what := normalize(s)
	if what != "" {
		return 0, &ParseError{Input: s, Reason: what, Err: ErrSyntax}
	}
	o, what := lookup(key)
	if what != "" {
		return 0, &ParseError{Input: s, Reason: what, Err: ErrUnknown}
	}
	return o, nil
}

// lookup returns the objective that a normalized text names, or what is wrong.
func lookup(key string) (o Objective, wrong string) {
	num, title := cutNumber(key)
	if num == "" {
		if o = find(title); o == 0 {
			return 0, "no objective has this title"
		}
		return o, ""
	}
	if len(num) <= 2 {
		o, _ = number(num)
	}
	if o == 0 {
		return 0, wantNumber
	}
	if title == "" || o.isNamed(title) {
		return o, ""
	}
	if other := find(title); other != 0 {
		return 0, "number " + o.String() + " with the title of objective " + other.String()
	}
	return 0, "number " + o.String() + " with a title that no objective has, " + gcm.Quote(title)
}

// cutNumber splits a normalized text in its number and its title, either of
// which may be empty.
func cutNumber(key string) (num, title string) {
	text := key
	for _, word := range [...]string{"objective ", "objectif ", "objetivo "} {
		if after, ok := strings.CutPrefix(key, word); ok {
			text = after
		}
	}
	rest := strings.TrimLeft(text, digits)
	title = strings.TrimLeft(rest, " .):-")
	if rest == text || rest == title && title != "" { // "Objective of ...", "7th"
		return "", key
	}
	return text[:len(text)-len(rest)], title
}

// find returns the objective that has the name key, or zero.
func find(key string) Objective {
	for o := range All() {
		if o.isNamed(key) {
			return o
		}
	}
	return 0
}

// isNamed reports whether key, which is normalized, is a title of o.
func (o Objective) isNamed(key string) bool {
	for _, w := range tables {
		if w != nil && (isFolded(key, w.titles[o]) || isFolded(key, w.shorts[o])) {
			return true
		}
	}
	return key == slugs[o]
}

// normalize returns what matters of s, or what is wrong with s.
func normalize(s string) (key, wrong string) {
	if len(s) > maxInput {
		return "", "longer than " + strconv.Itoa(maxInput) + " bytes"
	}
	buf := make([]byte, 0, 256)
	f := folder{s}
	for r := f.next(); r >= 0; r = f.next() {
		if !inNames(r) {
			return "", "unexpected " + gcm.Quote(string(r))
		}
		buf = utf8.AppendRune(buf, r)
	}
	key = strings.TrimLeft(strings.TrimRight(string(buf), " ."), " ")
	if key == "" {
		return "", "empty"
	}
	if strings.IndexByte(marks, key[0]) >= 0 {
		return "", "begins with " + gcm.Quote(key[:1])
	}
	return key, ""
}

// marks are the characters, but for letters, digits and blanks, that texts for
// Parse may hold.
const marks = ",.'):-"

// inNames reports whether a folded rune may be in a text for Parse. Outside
// ASCII that is every character, so that a title in any script is a
// well-formed one.
func inNames(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == ' ' ||
		r < utf8.RuneSelf && strings.IndexByte(marks, byte(r)) >= 0 ||
		r >= 0xA0 && r != utf8.RuneError
}

// isFolded reports whether key is what a folder makes of name.
func isFolded(key, name string) bool {
	f := folder{name}
	for _, r := range key {
		if f.next() != r {
			return false
		}
	}
	return f.next() < 0
}

// A folder reads a text without the differences that don't matter: in lower
// case, without accents, with one blank for a run of blanks.
type folder struct{ rest string }

// next returns the next rune, or -1 at the end. What isn't UTF-8 gives
// [utf8.RuneError].
func (f *folder) next() rune {
	blank := false
	for f.rest != "" {
		r, n := utf8.DecodeRuneInString(f.rest)
		switch {
		case unicode.IsSpace(r):
			blank = true
		case isIgnored(r):
		case blank:
			return ' ' // and r the next time
		default:
			f.rest = f.rest[n:]
			return fold(r)
		}
		f.rest = f.rest[n:]
	}
	if blank {
		return ' '
	}
	return -1
}

// isIgnored reports whether r is never seen: a combining accent (of a letter
// written as two characters), a soft hyphen, a zero-width character, a
// direction mark or a byte order mark.
func isIgnored(r rune) bool {
	return 0x0300 <= r && r <= 0x036F || r == 0x00AD ||
		0x200B <= r && r <= 0x200F || r == 0x2060 || r == 0xFEFF
}

// fold returns one rune for all that are the same to Parse.
func fold(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < utf8.RuneSelf && r != '`':
		return r
	case 0xC0 <= r && r <= 0xFF:
		// The letters À to ß and, in the same order, à to ÿ.
		if base := "aaaaaa.ceeeeiiii.nooooo..uuuuy.."[r&0x1F]; base != '.' {
			return rune(base)
		}
	case 0x2010 <= r && r <= 0x2015 || r == 0x2212: // hyphens, dashes, minus
		return '-'
	case strings.ContainsRune("`´ʼ‘’′", r):
		return '\''
	}
	return r
}
