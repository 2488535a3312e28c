// Package progress reads progress reports of pledges from a table with a row a report,
// such as a secretariat collects in a spreadsheet, and says what they would change
// before they change it.
//
//	sheet, err := progress.Read(file)
//	plan := progress.PlanFor(book.All(), sheet.Rows, now)
//	for _, p := range append(sheet.Problems, plan.Problems...) {
//		fmt.Fprintln(os.Stderr, p)
//	}
//	for _, p := range plan.Revised { // nothing has been changed until here
//		book.Put(p)
//	}
//
// [AppendTemplate] writes the head of such a table. Columns may be in any order, and
// all but date and one of id and ref may be missing. A column that isn't known is left
// out and named, as it may hold personal data.
package progress

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
	"github.com/google/uuid"
)

// columns are those of a table, in the order of the template.
var columns = [...]string{
	"id", "ref", "date", "status", "share", "by", "summary", "language", "states", "links",
	"indicator", "unit", "baseline", "target", "actual",
}

// AppendTemplate appends the head of a table, to be filled in: UTF-8 with a byte order
// mark, so that spreadsheets know. States and links may be several, with blanks between
// them. A row that says nothing but another indicator of the report above it, of the
// same pledge, date and body, adds that to it.
func AppendTemplate(b []byte) []byte {
	return append(append(b, "\ufeff"+strings.Join(columns[:], ",")...), "\r\n"...)
}

// MaxBytes is how large a table may be: 64 MiB.
const MaxBytes = 64 << 20

// ErrTable is what every error of [Read] wraps that isn't one of its reader.
var ErrTable = errors.New("progress: not a table of reports")

// A Sheet is what a table has. It is a value, but for its slices.
type Sheet struct {
	Rows     []Row
	Problems []Problem
	Ignored  []string // heads of columns that aren't known, as they are written
}

// A Row is a report, and of which pledge.
type Row struct {
	Line   int       // in the table, from 1, which is the head
	ID     uuid.UUID // or else Ref
	Ref    string
	Report pledge.ProgressReport
}

// A Problem is what is wrong with a row, or with one cell of it.
type Problem struct {
	Line   int
	Column string // "" for the row
	Value  string // as it is written, quoted and shortened
	What   string
	Lost   bool // the row isn't read
}

// String returns the problem as one line, "line 3, share "lots": not a
// number such as 40 or 37.5".
func (p Problem) String() string {
	s := "line " + strconv.Itoa(p.Line)
	if p.Column != "" {
		s += ", " + p.Column
	}
	if p.Value != "" {
		s += " " + p.Value
	}
	return s + ": " + p.What
}

// Read reads a table (RFC 4180) in UTF-8, with commas, semicolons or tabs between its
// cells. A cell that can't be read is a problem, and the rest of its row counts; but
// that of a report without a date, or of no pledge, doesn't. The error is that of r, or
// wraps [ErrTable].
func Read(r io.Reader) (Sheet, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	switch {
	case err != nil:
		return Sheet{}, err
	case len(text) > MaxBytes:
		return Sheet{}, wrong("more than 64 MiB")
	case !utf8.Valid(text):
		return Sheet{}, wrong("not UTF-8")
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	first, _, _ := bytes.Cut(text, []byte("\n"))
	c := csv.NewReader(bytes.NewReader(text))
	c.FieldsPerRecord, c.LazyQuotes = -1, false
	for _, comma := range ";\t" {
		if bytes.ContainsRune(first, comma) && !bytes.ContainsRune(first, ',') {
			c.Comma = comma
		}
	}
	var s Sheet
	var heads []string // names of columns, "" for one that isn't known
	for {
		cells, err := c.Read()
		if err == io.EOF {
			break
		} else if err != nil {
			return Sheet{}, wrong(err.Error())
		}
		line, _ := c.FieldPos(0)
		if heads == nil {
			if heads, err = s.heads(cells); err != nil {
				return Sheet{}, err
			}
			continue
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			s.row(line, heads, cells)
		}
	}
	if heads == nil {
		return Sheet{}, wrong("it is empty")
	}
	return s, nil
}

func wrong(what string) error { return &tableError{what} }

type tableError struct{ what string }

func (e *tableError) Error() string { return ErrTable.Error() + ": " + e.what }
func (e *tableError) Unwrap() error { return ErrTable }

// heads reads the head of the table.
func (s *Sheet) heads(cells []string) (heads []string, err error) {
	for _, cell := range cells {
		name := strings.ToLower(strings.TrimSpace(cell))
		if !slices.Contains(columns[:], name) {
			if name != "" {
				s.Ignored = append(s.Ignored, cell)
			}
			name = ""
		} else if slices.Contains(heads, name) {
			return nil, wrong("the column " + name + " is there twice")
		}
		heads = append(heads, name)
	}
	if !slices.Contains(heads, "date") || !slices.Contains(heads, "id") && !slices.Contains(heads, "ref") {
		return nil, wrong("it needs a column date, and id or ref")
	}
	return heads, nil
}

// row reads a row. One with more cells than there are columns is lost, for its cells may
// stand under names that aren't theirs.
func (s *Sheet) row(line int, heads, cells []string) {
	if len(cells) > len(heads) {
		s.lost(line, "", "", "more cells than columns")
		return
	}
	row := Row{Line: line}
	var indicator pledge.Indicator
	problems := len(s.Problems)
	undated := "" // the cell of a date that can't be read
	for i, cell := range cells {
		if cell = strings.TrimSpace(spreadsheet.Unprotect(cell)); cell != "" && heads[i] != "" {
			err := row.set(heads[i], cell, &indicator)
			switch {
			case err == nil:
			case heads[i] == "date":
				undated = cell
			default:
				s.Problems = append(s.Problems, Problem{Line: line, Column: heads[i], Value: gcm.Quote(cell), What: explain(heads[i], err)})
			}
		}
	}
	r := &row.Report
	switch {
	case row.ID == uuid.Nil && row.Ref == "":
		s.lost(line, "id", "", "of which pledge?")
		return
	case undated != "":
		s.lost(line, "date", gcm.Quote(undated), "not a date such as 2024, 2024-05 or 2024-05-31")
		return
	case !r.Date.IsValid():
		s.lost(line, "date", "", "a report needs one")
		return
	case indicator.Name != "":
		r.Indicators = []pledge.Indicator{indicator}
	case indicator != pledge.Indicator{}:
		s.Problems = append(s.Problems, Problem{Line: line, Column: "indicator", What: "its values have no name"})
	}
	if last := len(s.Rows) - 1; last >= 0 && problems == len(s.Problems) && row.adds(&s.Rows[last]) {
		s.Rows[last].Report.Indicators = append(s.Rows[last].Report.Indicators, r.Indicators...)
		return
	}
	s.Rows = append(s.Rows, row)
}

// explain says what is wrong with a cell. Which cell it is stands beside that.
func explain(column string, err error) string {
	var parse *gcm.ParseError
	switch {
	case column == "status":
		list := ""
		for s := range gcm.Statuses() {
			list += ", " + s.String()
		}
		return "unknown; there are" + list[1:]
	case column == "states" || !errors.As(err, &parse):
		return err.Error()
	case errors.Is(err, gcm.ErrSyntax):
		return "not a number such as 40 or 37.5"
	}
	return parse.Err.Error()
}

func (s *Sheet) lost(line int, column, value, what string) {
	s.Problems = append(s.Problems, Problem{line, column, value, what, true})
}

// adds reports whether a row only adds an indicator to the one before it.
func (r *Row) adds(before *Row) bool {
	a, b := &r.Report, &before.Report
	return len(a.Indicators) == 1 && r.ID == before.ID && r.Ref == before.Ref && a.Date == b.Date && a.By == b.By &&
		a.Status == 0 && !a.Share.IsValid() && a.Summary == "" && a.Language == "" && len(a.States) == 0 && len(a.Links) == 0
}

// errUUID says that an ID isn't one.
var errUUID = errors.New("not a UUID of 36 characters")

// set sets what a cell says.
func (r *Row) set(column, cell string, i *pledge.Indicator) (err error) {
	p := &r.Report
	switch column {
	case "id":
		if len(cell) != 36 {
			return errUUID
		}
		r.ID, err = uuid.Parse(cell)
	case "ref":
		r.Ref = cell
	case "date":
		p.Date, err = gcm.ParseDate(cell)
	case "status":
		p.Status, err = gcm.ParseStatus(cell)
	case "share":
		p.Share, err = gcm.ParseNumber(strings.TrimSpace(strings.TrimSuffix(cell, "%")))
	case "by":
		p.By = cell
	case "summary":
		p.Summary = cell
	case "language":
		p.Language = cell
	case "states":
		for _, name := range strings.Fields(cell) {
			state, ok := gcm.StateFromAlpha3(name)
			if !ok {
				err = &gcm.ParseError{What: "code of a State", Input: name, Err: gcm.ErrUnknown}
				continue
			}
			p.States = append(p.States, state)
		}
	case "links":
		p.Links = strings.Fields(cell)
	case "indicator":
		i.Name = cell
	case "unit":
		i.Unit = cell
	case "baseline":
		i.Baseline, err = gcm.ParseNumber(cell)
	case "target":
		i.Target, err = gcm.ParseNumber(cell)
	case "actual":
		i.Actual, err = gcm.ParseNumber(cell)
	}
	return err
}
