// Package objectives names the 23 objectives of the Global Compact for Safe,
// Orderly and Regular Migration (resolution A/RES/73/195, annex, paragraphs
// 17 to 39), and sets of them.
//
// An [Objective] is one byte and a [Set] is four; both are plain comparable
// values, safe to copy and to share between goroutines. [Parse] reads what
// people and web forms write ("13 – Alternatives à la rétention"). The text
// form of an objective is its number, and so is the JSON form.
//
// There are titles in English, French and Spanish. For another language,
// [Objective.Title] and [Objective.Short] return the English title, and say that
// it is English: a wrong official title would be worse.
// titles.tsv takes titles in Arabic, Russian and Chinese with their sources.
package objectives

import (
	"iter"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

//go:generate go run gen.go

// Count is the number of objectives. The first is 1, the last is Count.
const Count = 23

// An Objective is the number of one of the Compact's objectives, 1 to [Count].
//
// The zero value is no objective: it means "not stated", its text form is
// empty and its JSON form is null. Every accessor of a value that isn't valid
// gives the zero value of its result.
type Objective uint8

// All returns the objectives in the order of their numbers.
func All() iter.Seq[Objective] {
	return func(yield func(Objective) bool) {
		for o := Objective(1); o <= Count; o++ {
			if !yield(o) {
				return
			}
		}
	}
}

// FromCode returns the objective with exactly this text form: "1" to "23",
// without blanks, signs or leading zeros. Unlike [Parse] it doesn't compare
// titles: a program that only calls FromCode doesn't contain them.
func FromCode(s string) (o Objective, ok bool) {
	if len(s) < 1 || len(s) > 2 || s[0] == '0' || !isDigits(s) {
		return 0, false
	}
	return number(s)
}

// number returns the objective that one or two digits name.
func number(s string) (o Objective, ok bool) {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	if n < 1 || n > Count {
		return 0, false
	}
	return Objective(n), true
}

const digits = "0123456789"

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// IsValid reports whether o is one of the 23 objectives.
func (o Objective) IsValid() bool { return o >= 1 && o <= Count }

// Number returns the number of the objective, 1 to [Count].
func (o Objective) Number() int { return int(o.index()) }

// Paragraph returns the paragraph of the Compact that states the objective,
// 17 to 39.
func (o Objective) Paragraph() int {
	if !o.IsValid() {
		return 0
	}
	return int(o) + 16
}

// RoundTable returns the round table of the International Migration Review
// Forum that reviews the objective, 1 to 4 (resolution A/RES/73/326).
func (o Objective) RoundTable() int { return int(roundTables[o.index()]) }

// Slug returns the objective's name in addresses and files: lower-case ASCII
// letters with hyphens between the words, such as "reduce-vulnerabilities".
// Slugs come from the English short titles and never change, even if a title
// is corrected. [Parse] accepts them.
func (o Objective) Slug() string { return slugs[o.index()] }

// SupportsAllSDGs reports whether the objective is linked to all Sustainable
// Development Goals rather than to targets, as objectives 2 and 19 are.
func (o Objective) SupportsAllSDGs() bool { return sdgTargets[o.index()] == allSDGs }

// SDGTargets returns the targets of the Sustainable Development Goals that the
// objective is linked to, such as "10.7" (UN Network on Migration, guidance of
// April 2022): by goal, and numbers before letters. It yields nothing if
// [Objective.SupportsAllSDGs].
func (o Objective) SDGTargets() iter.Seq[string] {
	targets := sdgTargets[o.index()]
	if targets == allSDGs {
		targets = ""
	}
	return strings.FieldsSeq(targets)
}

// Title returns the objective's official title in a language, and the language
// that the title is really in: there are titles in English, French and Spanish,
// and the English one stands in for others. Both results are zero if o isn't
// valid.
func (o Objective) Title(lang gcm.Language) (text string, given gcm.Language) {
	if w := wordsOf(lang); w.titles[o.index()] != "" {
		return w.titles[o], lang
	}
	return inEnglish(wordsEnglish.titles[o.index()])
}

// Short returns the objective's short title, as the UN Network on Migration's
// site uses it: "Alternatives to detention". Languages are as for
// [Objective.Title].
func (o Objective) Short(lang gcm.Language) (text string, given gcm.Language) {
	if w := wordsOf(lang); w.shorts[o.index()] != "" {
		return w.shorts[o], lang
	}
	return inEnglish(wordsEnglish.shorts[o.index()])
}

// inEnglish returns a title and its language; both zero if there is none.
func inEnglish(title string) (text string, given gcm.Language) {
	if title == "" {
		return "", 0
	}
	return title, gcm.English
}

// index returns o as an index in the tables, whose first entry is empty.
func (o Objective) index() Objective {
	if !o.IsValid() {
		return 0
	}
	return o
}

// String returns the number of the objective, "7"; for a value that isn't
// valid, "Objective(77)".
func (o Objective) String() string {
	if !o.IsValid() {
		return "Objective(" + strconv.Itoa(int(o)) + ")"
	}
	return strconv.Itoa(int(o))
}

// AppendText appends the text form to b: the number, "7"; nothing for the
// zero value. Any other value that isn't valid is an error.
func (o Objective) AppendText(b []byte) ([]byte, error) {
	if o == 0 {
		return b, nil
	}
	if !o.IsValid() {
		return b, &ParseError{Input: o.String(), Reason: wantNumber, Err: ErrUnknown}
	}
	return strconv.AppendUint(b, uint64(o), 10), nil
}

// MarshalText returns the text form. See [Objective.AppendText].
func (o Objective) MarshalText() ([]byte, error) { return o.AppendText(nil) }

// UnmarshalText reads the text form, and no other way to write an objective:
// for those there is [Parse]. An empty text gives the zero value. The error is
// a [*ParseError], and leaves the value as it was.
func (o *Objective) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*o = 0
		return nil
	}
	return o.setCode(string(text))
}

// MarshalJSON returns the JSON form: a number, null for the zero value. Any
// other value that isn't valid is an error.
func (o Objective) MarshalJSON() ([]byte, error) {
	if o == 0 {
		return []byte("null"), nil
	}
	return o.MarshalText()
}

// UnmarshalJSON reads a JSON number, 1 to 23; null gives the zero value.
// Strings, fractions and exponents are errors. The error is a [*ParseError],
// and leaves the value as it was.
func (o *Objective) UnmarshalJSON(data []byte) error {
	text := trimJSON(string(data))
	if text == "null" {
		*o = 0
		return nil
	}
	return o.setCode(text)
}

func (o *Objective) setCode(s string) error {
	v, ok := FromCode(s)
	if !ok {
		return codeError(s)
	}
	*o = v
	return nil
}

// trimJSON removes JSON's white space from both ends.
func trimJSON(s string) string { return strings.Trim(s, " \t\r\n") }
