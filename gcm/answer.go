package gcm

import "iter"

// An Answer is the answer to a yes-or-no question of the form. The zero Answer means
// that the question was left open, which is not the same as No.
type Answer uint8

// Yes is 1 as in the truth value; No is not 0, for 0 is no answer.
const (
	Yes Answer = 1 + iota
	No
)

var answers = codes[Answer]{"Answer", []string{
	"yes",
	"no",
}}

// Answers yields every Answer, in the order of the constants.
func Answers() iter.Seq[Answer] { return answers.all() }

// AnswerFromCode returns the Answer that has exactly this code.
func AnswerFromCode(code string) (Answer, bool) { return answers.find(code) }

// ParseAnswer reads a code, or a label in any of the six languages, whatever its
// case; "{Empty}", the word that exports of the web form have for a question left
// open, is the zero Answer. The error is [ErrSyntax] if s is empty or not UTF-8,
// and [ErrUnknown] if it names no Answer.
func ParseAnswer(s string) (Answer, error) {
	if s == "{Empty}" {
		return 0, nil
	}
	return parse(&answers, answerKeys[:], s)
}

// IsValid reports whether a is one of the constants.
func (a Answer) IsValid() bool { return answers.has(a) }

// Label returns the name of a to show to people, in English if lang is not
// stated; "" if a is not valid.
func (a Answer) Label(lang Language) string { return label(answerLabels, a, lang) }

// String returns the code, "" for zero and "Answer(77)" for what is out of range.
func (a Answer) String() string { return answers.text(a) }

// AppendText appends the code; it fails if a is out of range.
func (a Answer) AppendText(b []byte) ([]byte, error) { return answers.appendTo(b, a) }

// MarshalText returns the code; it fails if a is out of range.
func (a Answer) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText accepts codes only; empty text gives the zero Answer.
func (a *Answer) UnmarshalText(text []byte) error { return answers.unmarshal(a, text) }

// MarshalJSON returns true, false, or null for the zero Answer.
func (a Answer) MarshalJSON() ([]byte, error) {
	switch a {
	case 0:
		return []byte("null"), nil
	case Yes:
		return []byte("true"), nil
	case No:
		return []byte("false"), nil
	}
	return nil, answers.error(a.String(), ErrUnknown)
}

// UnmarshalJSON accepts true, false and null, which gives the zero Answer.
func (a *Answer) UnmarshalJSON(data []byte) error {
	switch string(data) {
	case "null":
		*a = 0
	case "true":
		*a = Yes
	case "false":
		*a = No
	default:
		return answers.error(string(data), ErrSyntax)
	}
	return nil
}
