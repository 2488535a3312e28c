// Package spreadsheet keeps programs that open a CSV file from taking a text of
// it for a formula.
package spreadsheet

import (
	"strings"
	"unicode/utf8"
)

// What begins a formula, and what divides cells and lines. Which character
// divides cells is a matter of the reader's country, whatever the writer has
// meant: where it is the semicolon, a quotation mark within a cell doesn't quote.
// The full-width signs are those of a country, too.
const (
	starts   = "=+-@\t\r\n＝＋－＠"
	dividers = ",;\t\r\n|"
	passed   = "'\" \u00a0\u3000" // in front of a formula it is one nevertheless
)

// Protect puts an apostrophe in front of what would begin a formula: at the
// beginning of the text, and behind each character that may divide cells. That
// is also done behind apostrophes, quotation marks and spaces, so that
// [Unprotect] gives the same text for any. It takes time proportional to the text.
func Protect(text string) string {
	if !strings.ContainsAny(text, starts) {
		return text
	}
	var b strings.Builder
	cell := true // whether a formula could begin here
	for i, c := range text {
		if cell && begins(text[i:]) {
			b.WriteByte('\'')
		}
		b.WriteString(text[i : i+width(text[i:])])
		cell = after(cell, c)
	}
	return b.String()
}

// Unprotect takes off the apostrophes that Protect puts there, and leaves all
// others.
func Unprotect(text string) string {
	if strings.IndexByte(text, '\'') < 0 {
		return text
	}
	var b strings.Builder
	cell := true
	for i, c := range text {
		if c == '\'' && cell && begins(text[i+1:]) {
			continue
		}
		b.WriteString(text[i : i+width(text[i:])])
		cell = after(cell, c)
	}
	return b.String()
}

// UnprotectFirst takes off one apostrophe at the beginning of a text, where
// nothing but apostrophes stands between it and the beginning of a formula. It is
// for files that others have written, with fewer apostrophes.
func UnprotectFirst(text string) string {
	if first := strings.TrimLeft(text, "'"); len(first) < len(text) && begins(first) {
		return text[1:]
	}
	return text
}

// begins reports whether a text would begin a formula.
func begins(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune(starts, first)
}

// width is how many bytes the first character of a text has; one that isn't UTF-8
// is taken for what it is.
func width(text string) int {
	_, n := utf8.DecodeRuneInString(text)
	return n
}

// after reports whether a formula could begin behind c.
func after(cell bool, c rune) bool {
	return strings.ContainsRune(dividers, c) || cell && strings.ContainsRune(passed, c)
}
