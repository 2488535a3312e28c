package table

import (
	"encoding/csv"
	"io"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
)

// Options say how a table is written. The zero value writes labels in English, and no
// addresses of pages.
type Options struct {
	Language gcm.Language // of labels and names; English if it isn't valid

	// Page returns the address of a pledge's page, "" if it has none. Without it none
	// has one.
	Page func(p *pledge.Pledge) string
}

// row returns a pledge as columns are asked about it.
func (o *Options) row(p *pledge.Pledge) *row {
	r := &row{p, o.Language, o.Page}
	if r.page == nil {
		r.page = func(*pledge.Pledge) string { return "" }
	}
	return r
}

// BOM is what the file begins with, U+FEFF. Without it Excel reads UTF-8 in the usual
// encoding of its country, and names are garbled. Readers that know UTF-8 skip it.
const BOM = "\ufeff"

// CSV writes pledges as a table (RFC 4180): UTF-8 with [BOM], commas, lines that end
// in CR LF, a line with the names of [Columns], and a line a pledge. Each is written as
// it comes, so that it takes no more memory than a pledge. A CSV must not be copied and
// isn't safe for concurrent use.
type CSV struct {
	out     *csv.Writer
	options Options
	cells   []string
	begun   bool
	to      io.Writer
	err     error
}

// NewCSV returns a writer of a table. Close it.
func NewCSV(w io.Writer, o Options) *CSV {
	c := &CSV{out: csv.NewWriter(w), options: o, cells: make([]string, len(columns)), to: w}
	c.out.UseCRLF = true
	return c
}

// Write writes a pledge. It returns the first error of the underlying writer, and returns
// it again each time after that.
func (c *CSV) Write(p *pledge.Pledge) error {
	c.begin()
	r := c.options.row(p)
	for i := range columns {
		c.cells[i] = spreadsheet.Protect(columns[i].cell(r))
	}
	c.write()
	return c.err
}

// Close ends the table, though not the writer below it. A table without pledges has its
// first line, too.
func (c *CSV) Close() error {
	c.begin()
	c.out.Flush()
	if c.err == nil {
		c.err = c.out.Error()
	}
	return c.err
}

func (c *CSV) begin() {
	if c.begun {
		return
	}
	c.begun = true
	if _, c.err = io.WriteString(c.to, BOM); c.err != nil {
		return
	}
	for i := range columns {
		c.cells[i] = columns[i].Name
	}
	c.write()
}

func (c *CSV) write() {
	if c.err == nil {
		c.err = c.out.Write(c.cells)
	}
}
