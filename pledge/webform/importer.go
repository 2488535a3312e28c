package webform

import (
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
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

	// MaxRecord is how large, in bytes, the JSON of a pledge may be:
	// [DefaultMaxRecord] if it is 0. A row that makes a larger one is lost.
	MaxRecord int

	// Zone is the time zone of the dates in the file: [DefaultZone] if it is
	// nil.
	Zone *time.Location

	// Dates is the order of dates such as 06/02/2022. If it is [AnyOrder]
	// it is that of the dates which can be read in one order only.
	Dates DateOrder
}

// DefaultMaxRecord is how large a pledge may be unless [Options] say otherwise:
// as large as what reads feeds takes.
const DefaultMaxRecord = tally.MaxRecord

// Record is a row that became a pledge.
type Record struct {
	Row    int // 1 is the row below the header
	Line   int // of the file on which the row begins
	Pledge pledge.Pledge
}

// Importer reads an export from a stream, one row at a time: beside some 100
// bytes for each row, by which it knows a number that is there twice, what it
// holds doesn't grow with the file. It must not be copied and isn't safe for
// concurrent use.
//
// An importer stops with the error of its stream. So a stream whose Read fails when a
// context is done, or when a client is gone, stops the importer.
type Importer struct {
	in     io.Reader
	table  *Table
	reader reader
	held   []record // read ahead
	begun  bool
}

// NewImporter returns an importer that reads a CSV export from r.
func NewImporter(r io.Reader, o *Options) *Importer {
	im := &Importer{in: r}
	im.reader.set(o)
	return im
}

// NewTableImporter returns an importer that reads a sheet of a spreadsheet.
// A row may have fewer cells than there are labels, as a spreadsheet doesn't
// store empty ones.
func NewTableImporter(t Table, o *Options) *Importer {
	im := &Importer{table: &t}
	im.reader.set(o)
	im.reader.clock.is1904 = t.Date1904
	im.reader.report.Encoding = "spreadsheet"
	return im
}

// set sets what a reader does to what the options say.
func (r *reader) set(o *Options) {
	if o == nil {
		o = new(Options)
	}
	r.source, r.room, r.maxRecord = o.Source, o.MaxProblems, o.MaxRecord
	r.clock.zone, r.clock.order = o.Zone, o.Dates
	if r.source == "" {
		r.source = DefaultSource
	}
	if r.room == 0 {
		r.room = DefaultMaxProblems
	}
	if r.maxRecord <= 0 {
		r.maxRecord = DefaultMaxRecord
	}
	if r.clock.zone == nil {
		r.clock.zone = DefaultZone()
	}
	r.report.Source, r.report.Zone = r.source, r.clock.zone.String()
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
//
// If two rows have the same number, the second one is yielded only if it is a later
// revision of the pledge.
func (im *Importer) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if im.begun {
			yield(Record{}, errTwice)
			return
		}
		im.begun = true
		var s recordSource
		var err error
		if im.table != nil {
			t := &tableSource{}
			t.pull, t.stop = iter.Pull2(im.table.Rows)
			defer t.stop()
			s = t
		} else {
			s, err = open(im.in, &im.reader.report)
		}
		if err == nil {
			err = im.begin(s)
		}
		for i := 0; i < len(im.held); i++ {
			p, ok := im.row(im.held[i])
			im.held[i] = record{}
			if ok && !yield(Record{im.reader.number, im.reader.line, p}, nil) {
				return
			}
		}
		im.held = nil
		for err == nil {
			var r record
			if r, err = s.next(); err != nil {
				break
			}
			p, ok := im.row(r)
			if ok && !yield(Record{im.reader.number, im.reader.line, p}, nil) {
				return
			}
		}
		if err != io.EOF {
			yield(Record{}, err)
		}
	}
}

// maxHeld is how much of a file, in bytes, is read ahead to find out the order
// of its dates.
const maxHeld = 1 << 20

// begin reads the header, and so many rows ahead as it takes to find out the
// order of the dates. An error of the stream comes behind those rows.
func (im *Importer) begin(s recordSource) (err error) {
	r := &im.reader
	labels, above, behind, err := header(s)
	if err != nil {
		return err
	}
	r.report.Above = above
	if err := r.setHeader(labels); err != nil {
		return err
	}
	var seen orders
	see := func(cells []string) {
		var dates []string
		for _, f := range [...]field{created, completed, changed} {
			for _, i := range r.columns[f] {
				if i < len(cells) {
					dates = append(dates, strings.TrimSpace(cells[i]))
				}
			}
		}
		seen.see(dates)
	}
	size := 0
	for _, rec := range behind {
		see(rec.cells)
	}
	im.held = behind
	for size < maxHeld {
		var rec record
		if rec, err = s.next(); err != nil {
			break
		}
		rec.cells = slices.Clone(rec.cells)
		for i, c := range rec.cells {
			size += len(c) + 16 // and where it is
			rec.cells[i] = strings.Clone(c)
		}
		see(rec.cells)
		im.held = append(im.held, rec)
	}
	if r.clock.order == AnyOrder {
		r.clock.order = seen.order()
	}
	r.report.Dates = r.clock.order
	return err
}

// Report returns what became of the rows that have been read. It is whole when
// the records are. It is the importer's own, which goes on writing to it.
func (im *Importer) Report() *Report { return &im.reader.report }

// row reads one row, and counts what becomes of it.
func (im *Importer) row(rec record) (p pledge.Pledge, ok bool) {
	r := &im.reader
	r.number++
	r.line = rec.line
	r.report.Rows++
	switch im.outcome(rec, &p) {
	case isPledge:
		r.report.Pledges++
		return p, true
	case isDraft:
		r.report.Drafts++
	case isBlank:
		r.report.Blank++
	case isRepeated:
		r.report.Repeated++
	case isNoEntry:
		r.report.NoEntries++
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
	isRepeated
	isNoEntry // labels once more, or totals
)

func (im *Importer) outcome(rec record, p *pledge.Pledge) outcome {
	r := &im.reader
	if rec.rule != "" {
		p := Problem{Rule: rec.rule, Lost: true}
		if rec.rule == RuleQuotes {
			p.Found = rec.last - rec.line + 1
		}
		r.problem(noField, p)
		return isLost
	}
	cells := rec.cells
	if isBlankRow(cells) {
		return isBlank
	}
	if im.table != nil {
		cells = fitted(cells, len(r.report.Columns))
	}
	// A cell too many or too few moves others under labels that aren't
	// theirs: e-mail addresses under titles.
	if len(cells) != len(r.report.Columns) {
		r.problem(noField, Problem{Rule: RuleCells, Found: len(cells), Lost: true})
		return isLost
	}
	if areLabels(cells) {
		r.problem(noField, Problem{Rule: RuleLabels, Severity: Note})
		return isNoEntry
	}
	if r.areTotals(cells) {
		r.problem(noField, Problem{Rule: RuleTotals, Severity: Note})
		return isNoEntry
	}
	if rec.stray {
		r.problem(noField, Problem{Rule: RuleQuotes, Severity: Warning})
	}
	if rec.hidden {
		r.problem(noField, Problem{Rule: RuleHidden, Severity: Warning})
	}
	if o := r.read(cells, p); o != isPledge {
		return o
	}
	return r.compare(p)
}

// fitted returns cells with empty ones behind them as there are n labels, or
// without those that are beyond them and empty.
func fitted(cells []string, n int) []string {
	for len(cells) > n && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if missing := n - len(cells); missing > 0 {
		cells = append(slices.Clip(cells), make([]string, missing)...)
	}
	return cells
}

func isBlankRow(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// areLabels reports whether a row holds labels once more: the keys below the
// labels, or the header of a file that was put behind another.
func areLabels(cells []string) bool {
	filled, labelled := 0, 0
	for _, c := range cells {
		if strings.TrimSpace(c) == "" {
			continue
		}
		filled++
		if len(c) <= maxLabel && labels().fields[fold(c)] != noField {
			labelled++
		} else if labelled == 0 {
			return false // the first is a value
		}
	}
	return labelled > 1 && 2*labelled > filled
}

// areTotals reports whether a row is the totals below the others.
func (r *reader) areTotals(cells []string) bool {
	for _, f := range [...]field{title, entity, uuidField} {
		for _, i := range r.columns[f] {
			if !isEmpty(cells[i]) && meaning("rows", cells[i]) != "totals" {
				return false
			}
		}
	}
	for _, c := range cells {
		if !isEmpty(c) {
			return len(c) < maxShown && meaning("rows", c) == "totals"
		}
	}
	return false
}
