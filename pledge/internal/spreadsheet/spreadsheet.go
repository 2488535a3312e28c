// Package spreadsheet keeps programs that open a CSV file from taking a text of
// it for a formula.
package spreadsheet

import "strings"

// What begins a formula, and what divides cells and lines. Which character
// divides cells is a matter of the reader's country, whatever the writer has
// meant: where it is the semicolon, a quotation mark within a cell doesn't quote.
const (
	starts   = "=+-@\t\r\n"
	dividers = ",;\t\r\n|"
	passed   = "'\" " // in front of a formula it is one nevertheless
)

// Protect puts an apostrophe in front of what would begin a formula: at the
// beginning of the text, and behind each character that may divide cells. That
// is also done behind apostrophes, quotation marks and spaces, so that
// [Unprotect] gives the same text for any. It takes time proportional to the text.
func Protect(text string) string {
	if strings.IndexAny(text, starts) < 0 {
		return text
	}
	var b strings.Builder
	cell := true // whether a formula could begin here
	for i := range len(text) {
		c := text[i]
		if cell && strings.IndexByte(starts, c) >= 0 {
			b.WriteByte('\'')
		}
		b.WriteByte(c)
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
	for i := range len(text) {
		c := text[i]
		if c == '\'' && cell && i+1 < len(text) && strings.IndexByte(starts, text[i+1]) >= 0 {
			continue
		}
		b.WriteByte(c)
		cell = after(cell, c)
	}
	return b.String()
}

// UnprotectFirst takes off one apostrophe at the beginning of a text, where
// nothing but apostrophes stands between it and the beginning of a formula. It is
// for files that others have written, with fewer apostrophes.
func UnprotectFirst(text string) string {
	if first := strings.TrimLeft(text, "'"); len(first) < len(text) && first != "" && strings.IndexByte(starts, first[0]) >= 0 {
		return text[1:]
	}
	return text
}

// after reports whether a formula could begin behind c.
func after(cell bool, c byte) bool {
	return strings.IndexByte(dividers, c) >= 0 || cell && strings.IndexByte(passed, c) >= 0
}
