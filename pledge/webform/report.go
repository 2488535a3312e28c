package webform

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Report says what became of every row and every column of a file. It holds
// nothing of columns that aren't read, and of others only values that are
// missing from a list, shortened: no text that somebody wrote freely, nothing
// that looks like an e-mail address, a telephone number or an IP address.
//
// Rows is always the sum of Pledges, Drafts, Repeated, NoEntries, Lost and Blank.
type Report struct {
	Source    string    `json:"source"`
	Encoding  string    `json:"encoding"`            // UTF-8, UTF-16LE, UTF-16BE, Windows-1252, Macintosh, spreadsheet
	Delimiter string    `json:"delimiter,omitempty"` // what parts the cells: a comma, a semicolon, a tab ...
	Zone      string    `json:"zone"`                // in which dates without one are read
	Dates     DateOrder `json:"dates"`               // the order of those that may be either; any if nothing says which

	Rows      int `json:"rows"`       // below the header; empty lines aren't rows
	Pledges   int `json:"pledges"`    // rows that became a pledge
	Revisions int `json:"revisions"`  // of these: later revisions of the pledge of a row above
	Drafts    int `json:"drafts"`     // rows that are drafts
	Repeated  int `json:"repeated"`   // rows that say the same as one above
	NoEntries int `json:"no_entries"` // rows with labels or totals
	Lost      int `json:"lost"`       // rows of which no pledge could be made; each has a problem that says why
	Blank     int `json:"blank"`      // rows without anything in any cell
	Above     int `json:"above"`      // rows above the header, which aren't read and none of the others

	Columns []Column `json:"columns"` // in the order of the file
	Counts  []Count  `json:"counts"`  // of all problems, by rule and column
	// Problems are the first of all: see [Options].MaxProblems.
	Problems []Problem `json:"problems"`
}

// Column is one column of the file.
type Column struct {
	Label  string `json:"label"` // as in the file; shortened where nobody knows it
	Use    Use    `json:"use"`
	Field  string `json:"field,omitempty"` // what it holds, if it is read: see the package's table
	Filled int    `json:"filled"`          // cells that say something; not counted where it is personal
}

// Problem is something that a reader of the export should know about a row.
type Problem struct {
	Row      int      `json:"row"`              // 1 is the one below the header
	Line     int      `json:"line"`             // of the file on which the row begins, from 1
	Column   string   `json:"column,omitempty"` // its label; "" for the row as a whole
	Place    int      `json:"place,omitempty"`  // of the column, from 1; 0 for the row as a whole
	Rule     string   `json:"rule"`
	Value    string   `json:"value,omitempty"` // what was found, where it may be shown
	Found    int      `json:"found,omitempty"` // how many, of quotation marks lines; of what is there twice, the row above
	Severity Severity `json:"severity"`
	Lost     bool     `json:"lost,omitempty"` // the row has become nothing
	Message  string   `json:"message"`        // what it is and what to do, in English
}

// Count is how many problems of a rule a column has.
type Count struct {
	Rule     string   `json:"rule"`
	Column   string   `json:"column,omitempty"`
	Severity Severity `json:"severity"`
	Problems int      `json:"problems"`
}

// The rules that a problem can name. Those above the first blank line cost the
// row.
const (
	RuleQuotes    = "quotes"    // quotation marks that don't pair up; a warning if the row could be read nevertheless
	RuleTooLarge  = "too-large" // the row is over 1 MiB, or its pledge over Options.MaxRecord
	RuleDuplicate = "duplicate" // the number of a row above, with other content and no later date
	RuleRounded   = "rounded"   // a number without its last digits, as a spreadsheet writes it; if the row isn't lost, a date
	RuleCells     = "cells"     // more or fewer cells than labels: which is which, nobody knows
	RuleRequired  = "required"  // no number to know the pledge by; if the row isn't lost, no name of its entity
	RuleDraft     = "draft"     // whether it is a draft can't be read

	RuleUnknown   = "unknown"   // a value that isn't in the list; left out
	RuleMalformed = "malformed" // a date or a number that can't be read; left out
	RuleEncoding  = "utf-8"     // bytes that are no text; replaced
	RuleTitle     = "title"     // an objective's number with a title that none has; the number counts
	RuleUnsplit   = "actors"    // participating actors that may not be one each
	RuleEmail     = "email"     // an e-mail address in text that is kept; only their number is given
	RulePhone     = "telephone" // the same for what looks like a telephone number

	RuleOtherState = "other-state" // the form names another State than the entity's own text, which counts
	RuleDateOrder  = "date-order"  // a date of which nobody can tell the month from the day; taken with the month first
	RuleBackwards  = "backwards"   // changed before it was completed, or completed before it was created
	RuleHidden     = "hidden"      // a hidden row of a spreadsheet; read as the others
	RuleSecond     = "second"      // a second column of a field says something else; the first counts

	RuleRepeated     = "repeated"          // a note: the same as a row above; left out
	RuleRevision     = "revision"          // a note: a later revision of the pledge of a row above
	RuleLabels       = "labels"            // a note: labels once more; no entry
	RuleTotals       = "totals"            // a note: totals of the rows above; no entry
	RulePlaces       = "places"            // a note: countries taken for where the pledge is implemented
	RuleNamedState   = "named-state"       // a note: a State at the end of the entity's name moved to where it belongs
	RuleBodies       = "bodies"            // a note: an entity's name parted, as each part is a body or a State that is known
	RuleSplit        = "actors-split"      // a note: participating actors read from a sentence or list
	RuleNone         = "none"              // a note: a value that the form lists and that means nothing
	RuleEmailRemoved = "email-removed"     // a note: e-mail addresses taken out
	RulePhoneRemoved = "telephone-removed" // a note: telephone numbers taken out
	RuleLink         = "link"              // a note: a web address moved from a name to the links, or left out if it isn't https
	RuleBehalf       = "in-the-name-of"    // a note: who pledges and who submits parted
)

// Clean reports whether there is nothing but notes: no error, no warning.
func (r *Report) Clean() bool {
	for _, c := range r.Counts {
		if c.Severity != Note {
			return false
		}
	}
	return true
}

// Number returns how many problems of a severity there are, listed or not.
func (r *Report) Number(s Severity) (n int) {
	for _, c := range r.Counts {
		if c.Severity == s {
			n += c.Problems
		}
	}
	return n
}

// add counts a problem, and lists it if there is room.
func (r *Report) add(p Problem, room int) {
	p.Value = shown(p.Value)
	i, found := slices.BinarySearchFunc(r.Counts, p, func(c Count, p Problem) int {
		return compareCounts(c, Count{Rule: p.Rule, Column: p.Column, Severity: p.Severity})
	})
	if !found {
		r.Counts = slices.Insert(r.Counts, i, Count{Rule: p.Rule, Column: p.Column, Severity: p.Severity})
	}
	r.Counts[i].Problems++
	if len(r.Problems) < room {
		p.Message = p.message()
		r.Problems = append(r.Problems, p)
	}
}

// compareCounts orders counts by severity, rule and column.
func compareCounts(a, b Count) int {
	if a.Severity != b.Severity {
		return int(a.Severity) - int(b.Severity)
	}
	if c := strings.Compare(a.Rule, b.Rule); c != 0 {
		return c
	}
	return strings.Compare(a.Column, b.Column)
}

// maxShown is how long, in bytes, a value of the file may be in a report.
const maxShown = 64

// shown returns what of a value or label may stand in a report.
func shown(s string) string {
	if isPersonal(s) {
		return ""
	}
	s = strings.ToValidUTF8(oneLine(s), "\uFFFD")
	if len(s) <= maxShown {
		return s
	}
	n := maxShown
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
