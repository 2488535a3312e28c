package webform

import (
	"errors"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
)

// DefaultSource is where exports come from unless [Options] say otherwise: the
// site of the United Nations Network on Migration, whose web form it is.
const DefaultSource = "https://migrationnetwork.un.org/"

// DefaultMaxProblems is how many problems a report lists by default.
const DefaultMaxProblems = 1000

// Options say how a file is imported. Nil and the zero value mean the
// defaults.
type Options struct {
	// Source is the URI of where the export comes from: [DefaultSource] if
	// it is empty. It is the pledges' Source, and their IDs are made from it
	// and their submission numbers (see [pledge.IDFromRef]), so that a later
	// export of the same source updates the same pledges.
	Source string

	// MaxProblems is how many problems the report lists, while it counts
	// all: [DefaultMaxProblems] if it is 0, none if it is negative.
	MaxProblems int
}

// Record is a row that became a pledge.
type Record struct {
	Row    int // 1 is the row below the header
	Line   int // of the file on which the row begins
	Pledge pledge.Pledge
}

// Importer reads an export from a stream, one row at a time: what it holds
// doesn't grow with the file. It must not be copied and isn't safe for
// concurrent use.
type Importer struct {
	in     io.Reader
	reader reader
	cut    cutter
	begun  bool
}

// NewImporter returns an importer that reads a CSV export from r.
func NewImporter(r io.Reader, o *Options) *Importer {
	im := &Importer{in: r}
	im.reader.source = DefaultSource
	im.reader.room = DefaultMaxProblems
	if o != nil && o.Source != "" {
		im.reader.source = o.Source
	}
	if o != nil && o.MaxProblems != 0 {
		im.reader.room = max(o.MaxProblems, 0)
	}
	im.reader.report.Source = im.reader.source
	return im
}

// Import reads a whole export. Use an [Importer] for large ones. The report is
// never nil; it says what was read before the error.
func Import(r io.Reader, o *Options) ([]pledge.Pledge, *Report, error) {
	im := NewImporter(r, o)
	var all []pledge.Pledge
	for record, err := range im.Records() {
		if err != nil {
			return all, im.Report(), err
		}
		all = append(all, record.Pledge)
	}
	return all, im.Report(), nil
}

// errTwice is what a second reading of one stream gets.
var errTwice = errors.New("webform: the records have been read")

// Records yields the rows that became pledges, in the order of the file. It
// can be ranged over once. An error is the last that it yields: an
// [*OpenError] if the file isn't an export, or the stream's own.
func (im *Importer) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if im.begun {
			yield(Record{}, errTwice)
			return
		}
		im.begun = true
		s, err := open(im.in)
		if err == nil {
			im.cut.comma = rune(s.comma)
			im.reader.report.Encoding = s.encoding
			im.reader.report.Delimiter = string(s.comma)
			err = im.reader.setHeader(s.header)
		}
		for err == nil {
			var f frame
			if f, err = s.frames.next(); err != nil {
				break
			}
			p, ok := im.row(f)
			if ok && !yield(Record{im.reader.number, im.reader.line, p}, nil) {
				return
			}
		}
		if err != io.EOF {
			yield(Record{}, err)
		}
	}
}

// Report returns what became of the rows that have been read. It is whole when
// the records are. It is the importer's own, which goes on writing to it.
func (im *Importer) Report() *Report { return &im.reader.report }

// row reads one row, and counts what becomes of it.
func (im *Importer) row(f frame) (p pledge.Pledge, ok bool) {
	r := &im.reader
	r.number++
	r.line = f.line
	r.report.Rows++
	switch im.outcome(f, &p) {
	case isPledge:
		r.report.Pledges++
		return p, true
	case isDraft:
		r.report.Drafts++
	case isBlank:
		r.report.Blank++
	default:
		r.report.Lost++
	}
	return p, false
}

// outcome is what becomes of a row. Whatever returns isLost says why first.
type outcome uint8

const (
	isLost outcome = iota
	isPledge
	isDraft
	isBlank
)

func (im *Importer) outcome(f frame, p *pledge.Pledge) outcome {
	r := &im.reader
	if f.rule != "" {
		return r.lose(noField, f.rule, "")
	}
	cells, strict, ok := im.cut.cells(f.raw)
	if !ok {
		return r.lose(noField, RuleQuotes, "")
	}
	if isBlankRow(cells) {
		return isBlank
	}
	// A cell too many or too few moves others under labels that aren't
	// theirs: e-mail addresses under titles.
	if len(cells) != len(r.report.Columns) {
		return r.lose(noField, RuleCells, "")
	}
	if !strict {
		r.problem(noField, Problem{Rule: RuleQuotes, Severity: Warning})
	}
	return r.read(cells, p)
}

func isBlankRow(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// reader turns the cells of a row into a pledge.
type reader struct {
	source string
	room   int // for problems that are listed
	report Report

	columns [fieldCount][]int // where a field is; the first cell that says something counts
	fields  []field           // of the columns

	number int // of the row
	line   int
	cells  []string

	said [fieldCount]int // the column of the row that a field's text is from, and 1
}

// setHeader finds the columns that are read.
func (r *reader) setHeader(header []string) error {
	for i, label := range header {
		f := labels().fields[fold(label)]
		column := Column{Label: oneLine(label), Use: f.use()}
		switch column.Use {
		case Unknown: // it may be anything
			column.Label = shown(label)
		case Imported:
			column.Field = fieldNames[f]
			r.columns[f] = append(r.columns[f], i)
		}
		r.report.Columns = append(r.report.Columns, column)
		r.fields = append(r.fields, f)
	}
	for _, f := range [...]field{number, submissionID, uuidField, pledgeID} {
		if r.columns[f] != nil {
			return nil
		}
	}
	return &OpenError{What: "no column with the Submission Number", Err: ErrHeader}
}

// has reports whether the file has a column of f.
func (r *reader) has(f field) bool { return r.columns[f] != nil }

// count counts the cells that say something, but for personal ones.
func (r *reader) count() {
	for i, c := range r.cells {
		if r.fields[i] != personal && !isEmpty(c) {
			r.report.Columns[i].Filled++
		}
	}
}

// text returns what the row says of a field, without blanks around it; "" if
// it says nothing.
func (r *reader) text(f field) string {
	for _, i := range r.columns[f] {
		if i >= len(r.cells) || isEmpty(r.cells[i]) {
			continue
		}
		s := r.unprotect(r.cells[i])
		if !utf8.ValidString(s) {
			r.problem(f, Problem{Rule: RuleEncoding, Severity: Warning})
			s = strings.ToValidUTF8(s, "\uFFFD")
		}
		if s = strings.TrimSpace(s); !isEmpty(s) {
			r.said[f] = i + 1
			return s
		}
	}
	return ""
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

// label returns the label of the column that the row's value of f is from, or
// of the first that it could be from.
func (r *reader) label(f field) string {
	switch {
	case f == noField || r.columns[f] == nil:
		return ""
	case r.said[f] > 0:
		return r.report.Columns[r.said[f]-1].Label
	}
	return r.report.Columns[r.columns[f][0]].Label
}

func (r *reader) problem(f field, p Problem) {
	p.Row, p.Line, p.Column = r.number, r.line, r.label(f)
	r.report.add(p, r.room)
}

func (r *reader) lose(f field, rule, value string) outcome {
	r.problem(f, Problem{Rule: rule, Value: value, Lost: true})
	return isLost
}
