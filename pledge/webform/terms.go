package webform

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// isEmpty reports whether a cell, or a part of one, says nothing.
func isEmpty(s string) bool {
	s = strings.TrimSpace(s)
	return s == "" || strings.EqualFold(s, "{Empty}")
}

// cutTermID cuts the number in brackets that the export puts behind a term:
// "Sierra Leone (217)".
func cutTermID(s string) string {
	name, _ := termID(s)
	return name
}

// termID splits a term from the number in brackets behind it; id is empty if
// there is none.
func termID(s string) (name, id string) {
	s = strings.TrimSpace(s)
	open := strings.LastIndexByte(s, '(')
	if open < 0 || !strings.HasSuffix(s, ")") {
		return s, ""
	}
	id = s[open+1 : len(s)-1]
	if id == "" || strings.Trim(id, "0123456789") != "" {
		return s, ""
	}
	return strings.TrimSpace(s[:open]), id
}

// parts returns the parts of a cell that holds several values: between
// semicolons or on lines of their own.
func parts(cell string) (all []string) {
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '\n' || r == '；' }) {
		if !isEmpty(part) {
			all = append(all, strings.TrimSpace(part))
		}
	}
	return all
}

// maxPieces is how many commas of one part are looked at: more than there are
// States.
const maxPieces = 256

// each reads every value of a cell. Values may hold commas ("Congo, Rep."),
// and commas may stand between values: the longest run of pieces that read
// accepts is a value. What it accepts none of goes to unread.
func each(cell string, read func(string) bool, unread func(string)) {
	for _, part := range parts(cell) {
		if read(part) {
			continue
		}
		pieces := strings.Split(part, ",")
		if len(pieces) == 1 || len(pieces) > maxPieces {
			unread(part)
			continue
		}
		var lost []string
		flush := func() {
			if s := strings.TrimSpace(strings.Join(lost, ",")); s != "" {
				unread(s)
			}
			lost = lost[:0]
		}
		for at := 0; at < len(pieces); {
			n := longest(pieces[at:], read)
			if n == 0 {
				lost = append(lost, pieces[at])
				at++
				continue
			}
			flush()
			at += n
		}
		flush()
	}
}

// maxRun is the number of pieces of the value with the most commas, and some.
const maxRun = 8

// longest returns how many pieces, from the first, read accepts as one value.
func longest(pieces []string, read func(string) bool) int {
	for n := min(len(pieces), maxRun); n > 0; n-- {
		if s := strings.TrimSpace(strings.Join(pieces[:n], ",")); s != "" && read(s) {
			return n
		}
	}
	return 0
}

// objective reads one objective. Where the number is one and the title is none
// of any objective, the number counts and sure is false.
func objective(s string) (o objectives.Objective, sure, ok bool) {
	s = cutTermID(s)
	if o, err := objectives.Parse(s); err == nil {
		return o, true, true
	}
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	titled := strings.TrimLeft(s[n:], " .:)-–—\t\u00a0")
	if n == 0 || n > 2 || len(titled) == len(s)-n || titled == "" {
		return 0, false, false
	}
	if _, err := objectives.Parse(titled); err == nil {
		return 0, false, false // the title of another one
	}
	o, err := objectives.Parse(s[:n])
	return o, false, err == nil
}

// isNone reports whether a value of a field is one that the form lists and
// that is none: "24. General".
func isNone(field, value string) bool {
	value = strings.TrimLeft(cutTermID(value), "0123456789 .:)-–—\t\u00a0")
	return meaning(field, value) == "none"
}

// isGlobal reports whether a country is the whole world: "Global (23641)".
func isGlobal(s string) bool { return meaning("countries", cutTermID(s)) == "global" }

// answer reads Yes or No.
func answer(s string) (gcm.Answer, bool) {
	a, err := gcm.ParseAnswer(s)
	if err != nil {
		a, _ = gcm.AnswerFromCode(meaning("answer", s))
	}
	return a, err == nil || a.IsValid()
}

// tag returns the BCP 47 tag of a language that is named or tagged; "" and true
// if none is stated.
func tag(s string) (string, bool) {
	switch m := meaning("language", s); m {
	case "none":
		return "", true
	case "":
	default:
		return m, true
	}
	first, _, _ := strings.Cut(s, "-")
	if len(first) < 2 || len(first) > 3 || len(s) > 35 {
		return "", false
	}
	for i := range len(s) {
		if c := s[i]; c != '-' && !('a' <= c|0x20 && c|0x20 <= 'z') && !('0' <= c && c <= '9') {
			return "", false
		}
	}
	return s, true
}
