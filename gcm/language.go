package gcm

import (
	"iter"
	"strings"
)

// A Language is one of the six official languages of the United Nations.
// The zero Language means that none is stated; labels are then in English.
type Language uint8

// The six languages, in the order in which this module's tables list them.
// English is first because it is what shows when a translation is missing.
const (
	English Language = 1 + iota
	French
	Spanish
	Arabic
	Russian
	Chinese
)

var languages = codes[Language]{"Language", []string{"en", "fr", "es", "ar", "ru", "zh"}}

// Languages yields the six languages: en fr es ar ru zh.
func Languages() iter.Seq[Language] { return languages.all() }

// ParseLanguage returns the language of a BCP 47 tag: "fr", "fr-CA" and
// "FR-ca" are all French. Only the first subtag counts; an underscore does
// for a hyphen. The error is [ErrSyntax] if s is not of the form of a tag, and
// [ErrUnknown] if it is a tag of another language.
func ParseLanguage(s string) (Language, error) {
	first := ""
	for rest := s; ; {
		sub := rest
		hyphen := strings.IndexAny(rest, "-_")
		if hyphen >= 0 {
			sub, rest = rest[:hyphen], rest[hyphen+1:]
		}
		if len(sub) < 1 || len(sub) > 8 || !isSubtag(sub, first != "") {
			return 0, languages.error(s, ErrSyntax)
		}
		if first == "" {
			first = sub
		}
		if hyphen < 0 {
			break
		}
	}
	if l, ok := languages.find(strings.ToLower(first)); ok {
		return l, nil
	}
	return 0, languages.error(s, ErrUnknown)
}

// isSubtag reports whether s has ASCII letters only, or digits if allowed.
func isSubtag(s string, digits bool) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && !(digits && '0' <= c && c <= '9') {
			return false
		}
	}
	return true
}

// IsValid reports whether l is one of the six languages.
func (l Language) IsValid() bool { return languages.has(l) }

// RightToLeft reports whether l is written from right to left: Arabic is.
func (l Language) RightToLeft() bool { return l == Arabic }

// String returns the ISO 639-1 code, which is also the BCP 47 tag: "fr".
func (l Language) String() string { return languages.text(l) }

// AppendText appends what String returns; it fails if l is out of range.
func (l Language) AppendText(b []byte) ([]byte, error) { return languages.appendTo(b, l) }

// MarshalText returns what String returns; it fails if l is out of range.
func (l Language) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText accepts the six codes; empty text gives the zero Language.
func (l *Language) UnmarshalText(text []byte) error { return languages.unmarshal(l, text) }

// column is the place of l in a table of texts; English if none is stated.
func (l Language) column() int {
	if !l.IsValid() {
		return 0
	}
	return int(l - 1)
}
