package webform

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

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

// objectiveKey is what the keys of objectives begin with.
const objectiveKey = "gcm_objective_support_"

// objective reads one objective. Where the number is one and the title is none
// of any objective, the number counts and sure is false.
func objective(s string) (o objectives.Objective, sure, ok bool) {
	s = cutTermID(s)
	if key, ok := strings.CutPrefix(s, objectiveKey); ok {
		s = key
	}
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
	value = strings.TrimPrefix(cutTermID(value), objectiveKey)
	if value == "24" && field == "objectives" {
		return true
	}
	value = strings.TrimLeft(value, "0123456789 .:)-–—\t\u00a0")
	return meaning(field, value) == "none"
}

// isGlobal reports whether a country is the whole world: "Global (23641)".
func isGlobal(s string) bool { return meaning("countries", cutTermID(s)) == "global" }

// state reads a State, by its name or by the number that the site has for it.
func state(s string) (gcm.State, bool) {
	name, id := termID(s)
	if name != "" && strings.Trim(name, "0123456789") == "" {
		id = name // never one of M49: the site's numbers are others
	} else if v, err := gcm.ParseState(s); err == nil {
		return v, true
	}
	if code := meaning("countries", id); len(code) == 3 && !strings.ContainsAny(strings.TrimSuffix(s, "("+id+")"), "(,.") {
		v, err := gcm.ParseState(code)
		return v, err == nil
	}
	return 0, false
}

// cutExplanation cuts what stands in brackets behind a value to its end.
func cutExplanation(s string) string {
	value, behind, found := strings.Cut(s, " (")
	if !found {
		return s
	}
	depth := 1
	for i := range len(behind) {
		switch behind[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			if i < len(behind)-1 {
				return s // more than an explanation
			}
			return value
		}
	}
	return s
}

// value reads a value of a list: a label or a key, with or without an
// explanation or the number of a term in brackets behind it, or that number.
func value[E ~uint8](name, s string, fromCode func(string) (E, bool), parse func(string) (E, error)) (E, verdict) {
	term, id := termID(s)
	if strings.ContainsAny(term, "(,.") {
		id = "" // of the last of several
	}
	for _, s := range [...]string{term, cutExplanation(term), id} {
		if s == "" {
			continue
		}
		switch m := meaning(name, s); m {
		case "":
		case "none":
			return 0, nothing
		default:
			v, ok := fromCode(m)
			if ok {
				return v, taken
			}
		}
		if v, err := parse(strings.ReplaceAll(s, "_", " ")); err == nil {
			return v, taken
		}
	}
	return 0, unread
}

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
