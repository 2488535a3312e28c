package webform

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
	"github.com/google/uuid"
)

// reader turns the cells of a row into a pledge.
type reader struct {
	source    string
	room      int // for problems that are listed
	maxRecord int
	clock     clock
	report    Report
	seen      map[uuid.UUID]sighting
	json      []byte // of the last pledge

	headings []heading         // of the columns
	columns  [fieldCount][]int // where a field is; the first cell that says something counts
	lists    [fieldCount][]int // where its options or parts are

	number int // of the row
	line   int
	cells  []string

	texts [fieldCount]string // of the row, once they are asked for
	said  [fieldCount]int    // 0 before that; the column that the text is from, and 1; -1 if it has none
}

// setHeader finds the columns that are read.
func (r *reader) setHeader(header []string) error {
	var numbers [fieldCount][]int // of terms: they count where no column names the term
	for i, label := range header {
		h := headingOf(label)
		column := Column{Label: shownLabel(label), Use: h.field.use()}
		if column.Use == Imported {
			column.Field = fieldNames[h.field]
			switch h.role {
			case whole:
				r.columns[h.field] = append(r.columns[h.field], i)
			case termNumber:
				numbers[h.field] = append(numbers[h.field], i)
			default:
				r.lists[h.field] = append(r.lists[h.field], i)
			}
		}
		r.report.Columns = append(r.report.Columns, column)
		r.headings = append(r.headings, h)
	}
	for f, all := range numbers {
		r.columns[f] = append(r.columns[f], all...)
	}
	if !slices.ContainsFunc([]field{entity, title, objectivesField}, r.has) {
		return r.unusable("no column that is known with the entity, the title or the objectives")
	}
	if !slices.ContainsFunc([]field{number, submissionID, uuidField, pledgeID}, r.has) {
		return r.unusable("no column with the Submission Number, the UUID or the Submission ID")
	}
	return nil
}

// unusable says what the file's columns are instead of what is missing.
func (r *reader) unusable(missing string) error {
	const most = 12
	var known, others []string
	for i, c := range r.report.Columns {
		place := strconv.Itoa(i + 1)
		switch {
		case c.Use != Unknown && len(known) < most:
			known = append(known, "“"+shown(c.Label)+"” ("+place+")")
		case c.Use == Unknown && len(others) < most:
			others = append(others, place)
		}
	}
	what := missing + ". Of " + counted(len(r.report.Columns), "column", "columns") + " these are known: " + strings.Join(known, ", ")
	if len(others) > 0 {
		what += "; these aren't: " + strings.Join(others, ", ")
	}
	return &OpenError{What: what, Err: ErrHeader}
}

// has reports whether the file has a column of f.
func (r *reader) has(f field) bool { return r.columns[f] != nil || r.lists[f] != nil }

// count counts the cells that say something, but for personal ones.
func (r *reader) count() {
	for i, c := range r.cells {
		if r.headings[i].field != personal && !isEmpty(c) {
			r.report.Columns[i].Filled++
		}
	}
}

// text returns what the row says of a field, without blanks around it; "" if
// it says nothing.
func (r *reader) text(f field) string {
	if r.said[f] == 0 {
		r.said[f] = -1
		r.texts[f] = r.find(f)
	}
	return r.texts[f]
}

// find is text for the first time. Of several columns the first that says
// something counts; options and parts that have columns of their own are put
// together as they are in a column for all.
func (r *reader) find(f field) (found string) {
	for _, i := range r.columns[f] {
		s := r.cell(f, i)
		switch {
		case s == "" || s == found:
		case found == "":
			found = s
			r.said[f] = i + 1
		case r.headings[i].role == whole:
			r.problemAt(i, Problem{Rule: RuleSecond, Severity: Warning})
		}
	}
	if found != "" {
		return found
	}
	var all []string
	for _, i := range r.lists[f] {
		s := r.cell(f, i)
		if s == "" {
			continue
		}
		switch h := r.headings[i]; h.role {
		case part:
			all = append(all, strings.ReplaceAll(h.value, "_", " ")+": "+s)
		case option:
			if chosen, ok := isChosen(s, h.value); !ok {
				r.problemAt(i, Problem{Rule: RuleUnknown, Value: s})
			} else if chosen {
				all = append(all, h.value)
			}
		}
		if len(all) > 0 && r.said[f] < 0 {
			r.said[f] = i + 1
		}
	}
	return strings.Join(all, "\n")
}

// cell returns what a cell says, as text that people read.
func (r *reader) cell(f field, i int) string {
	if i >= len(r.cells) || isEmpty(r.cells[i]) {
		return ""
	}
	s := r.unprotect(r.cells[i])
	if !utf8.ValidString(s) {
		r.problemAt(i, Problem{Rule: RuleEncoding, Severity: Warning})
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if f != other {
		s = unescape(s)
	}
	if s = strings.TrimSpace(s); isEmpty(s) {
		return ""
	}
	if f != draft && isFailed(s) { // a row that may be a draft is lost
		r.problemAt(i, Problem{Rule: RuleMalformed, Value: s})
		return ""
	}
	return s
}

// isFailed reports whether a spreadsheet has written that it found no value, as
// for a text that begins with a hyphen: "#NAME?".
func isFailed(s string) bool {
	switch s {
	case "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA",
		"#NUL!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#N/D", "#PROPAGATION!", "#CALCUL!",
		"#¡NULO!", "#¡DIV/0!", "#¡VALOR!", "#¡REF!", "#¿NOMBRE?", "#¡NUM!", "#¡DESBORDAMIENTO!", "#¡CALC!":
		return true
	}
	return len(s) > 2 && strings.Trim(s, "#") == "" // a column that was too narrow
}

// isChosen reads a cell below the label of an option: a cross, the option's
// place among those that were chosen, a yes or a no, or the option once more.
func isChosen(cell, value string) (chosen, ok bool) {
	if fold(cell) == "x" || cell == "✓" || cell == "✔" || fold(cell) == fold(value) {
		return true, true
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(cell, ".0")); err == nil {
		return n > 0, true
	}
	a, ok := answer(cell)
	return a == gcm.Yes, ok
}

func (r *reader) problem(f field, p Problem) {
	switch {
	case f == noField:
		r.problemAt(-1, p)
	case r.said[f] > 0:
		r.problemAt(r.said[f]-1, p)
	case r.columns[f] != nil:
		r.problemAt(r.columns[f][0], p)
	case r.lists[f] != nil:
		r.problemAt(r.lists[f][0], p)
	default:
		r.problemAt(-1, p)
	}
}

// problemAt adds a problem of a column, or of the row as a whole if i is -1.
func (r *reader) problemAt(i int, p Problem) {
	p.Row, p.Line = r.number, r.line
	if i >= 0 {
		p.Column, p.Place = r.report.Columns[i].Label, i+1
	}
	r.report.add(p, r.room)
}

func (r *reader) lose(f field, rule, value string) outcome {
	r.problem(f, Problem{Rule: rule, Value: value, Lost: true})
	return isLost
}

// unprotect takes off the apostrophes that keep spreadsheets from finding
// formulas: all in a file of Export, which has a column of its own, and otherwise
// one at the beginning.
func (r *reader) unprotect(cell string) string {
	if r.has(pledgeID) {
		return spreadsheet.Unprotect(cell)
	}
	return spreadsheet.UnprotectFirst(cell)
}
