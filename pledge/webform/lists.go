package webform

import "strings"

// isEmpty reports whether a cell, or a part of one, says nothing. An export has
// a word in braces there, in its language: {Empty}.
func isEmpty(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return true
	}
	const longest = 24
	return s[0] == '{' && s[len(s)-1] == '}' && len(s) <= longest && meaning("empty", s) == "empty"
}

// parts returns the parts of a cell that holds several values: between
// semicolons or bars, or on lines of their own.
func parts(cell string) (all []string) {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '\n' || r == '|' || r == '；' }) {
		if !isEmpty(part) {
			all = append(all, strings.TrimSpace(part))
		}
	}
	return all
}

// maxPieces is how many pieces of one part are looked at: more than there are
// States.
const maxPieces = 256

// each reads every value of a cell. Values may hold commas ("Congo, Rep."), full
// stops and "and", and each of these may stand between values as well: the
// longest run of pieces that read accepts is a value. What it accepts none of
// goes to unread.
func each(cell string, read func(string) bool, unread func(string)) {
	for _, part := range parts(cell) {
		if part = wholeNumber(part); read(part) {
			continue
		}
		all := pieces(part)
		if len(all) > maxPieces {
			unread(part)
			continue
		}
		lost := -1 // where what nothing was read of begins
		for at := 0; at < len(all); {
			n := longest(part, all[at:], read)
			if n == 0 {
				if lost < 0 {
					lost = all[at].start
				}
				at++
				continue
			}
			if lost >= 0 {
				unread(strings.Trim(part[lost:all[at].start], " ,."))
				lost = -1
			}
			at += n
		}
		if lost >= 0 {
			unread(strings.TrimSpace(part[lost:]))
		}
	}
}

// piece is where a piece of a text is.
type piece struct{ start, end int }

// pieces cuts a text wherever one value may end: outside of brackets at commas,
// full stops and the word before the last of a list, and between keys that only
// blanks part.
func pieces(s string) (all []piece) {
	depth, start := 0, 0
	outside := strings.Count(s, "(") != strings.Count(s, ")") // then brackets say nothing
	cut := func(end, next int) {
		if strings.TrimSpace(s[start:end]) != "" {
			all = append(all, piece{start, end})
		}
		start = next
	}
	blanks := areKeys(s)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth = max(depth-1, 0)
		case depth > 0 && !outside:
		case c == '.' && strings.Trim(s[start:i], " 0123456789") == "" && strings.HasPrefix(s[i+1:], " "):
			// behind the number of an objective
		case c == ',' || c == '.':
			cut(i, i+1)
		case c == ' ' && (blanks || isNumber(s[i+1:])):
			cut(i, i+1)
		case c == ' ':
			if n := joint(s[i+1:]); n > 0 {
				cut(i, i+1+n)
				i += n
			}
		}
	}
	cut(len(s), len(s))
	return all
}

// joint returns how long the word is, with the blank behind it, that s begins
// with if it joins the last of a list with those before.
func joint(s string) int {
	end := strings.IndexByte(s[:min(len(s), 5)], ' ')
	if end > 0 && (s[:end] == "&" || meaning("lists", s[:end]) == "and") {
		return end + 1
	}
	return 0
}

// isNumber reports whether s begins as one of a list of objectives does: "7. ".
func isNumber(s string) bool {
	n := 0
	for n < len(s) && n < 3 && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return 0 < n && n < 3 && strings.HasPrefix(s[n:], ". ")
}

// areKeys reports whether s is keys of an export, or numbers, with blanks
// between them.
func areKeys(s string) bool {
	key := false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '_' || '0' <= c && c <= '9':
			key = true
		case c != ' ' && !('a' <= c && c <= 'z'):
			return false
		}
	}
	return key
}

// maxRun is the number of pieces of the value with the most of them, and some.
const maxRun = 8

// longest returns how many pieces of s, from the first, read accepts as one
// value.
func longest(s string, all []piece, read func(string) bool) int {
	for n := min(len(all), maxRun); n > 0; n-- {
		text := strings.TrimSpace(s[all[0].start:all[n-1].end])
		if read(text) {
			return n
		}
		if word := joint(text); word > 0 && read(text[word:]) { // "7, and 13"
			return n
		}
	}
	return 0
}
