package webform

import "strings"

// What a spreadsheet takes for the beginning of a formula, wherever it is.
const formulaStarts = "=+-@\t\r\n"

// protect puts an apostrophe in front of what a spreadsheet would take for a
// formula, and in front of what only such apostrophes precede, so that
// unprotect gives the same text for any.
func protect(s string) string {
	if startsFormula(s) {
		return "'" + s
	}
	return s
}

// unprotect takes off the apostrophe that protect puts there.
func unprotect(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && startsFormula(rest) {
		return rest
	}
	return s
}

// startsFormula reports whether s, but for apostrophes, begins a formula.
func startsFormula(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexByte(formulaStarts, s[0]) >= 0
}
