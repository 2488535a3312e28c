package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/gcmkit/gcmkit/pledge/webform"
	"github.com/xuri/excelize/v2"
)

// zipped is how a workbook begins, as it is a ZIP file.
const zipped = "PK\x03\x04"

// How large a workbook may be, and how large what it has in it. What is smaller
// is unpacked in memory, and never into a file that somebody could find.
const (
	maxWorkbook = 64 << 20
	maxUnpacked = 256 << 20
)

// cellSize is what a cell costs beside its text. The cells of a sheet may hold no
// more than maxUnpacked either: a small one can repeat a long text in each row, and
// leave thousands of cells empty.
const cellSize = 16

// workbook is an .xlsx file that has been opened.
type workbook struct {
	*excelize.File
	ctx    context.Context
	sheets []string // that hold cells, hidden ones too
	is1904 bool
}

func openWorkbook(ctx context.Context, in io.Reader) (*workbook, error) {
	in = io.LimitReader(in, maxWorkbook+1)
	n := &counter{in: in}
	file, err := excelize.OpenReader(n, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked})
	switch {
	case ctx.Err() != nil:
		return nil, errStopped
	case n.read > maxWorkbook:
		return nil, fmt.Errorf("the workbook has more than %d MiB; save its sheet as CSV UTF-8", maxWorkbook>>20)
	case err != nil: // which may quote from the file
		return nil, errors.New("a ZIP file that is no .xlsx workbook, or one that is broken or too large; save its sheet as CSV UTF-8")
	}
	if err := sound(file); err != nil {
		file.Close()
		return nil, err
	}
	b := &workbook{File: file, ctx: ctx, sheets: file.GetSheetList()}
	if props, err := file.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		b.is1904 = *props.Date1904
	}
	return b, nil
}

// importer returns an importer of the sheet that is asked for, or of the first
// that is an export. The names of sheets are nowhere shown: they may be people's.
func (b *workbook) importer(o options, s *summary) (*webform.Importer, error) {
	s.Sheets = len(b.sheets)
	if o.sheet > len(b.sheets) {
		return nil, fmt.Errorf("there is no sheet %d: the workbook has %d", o.sheet, len(b.sheets))
	}
	s.Sheet = o.sheet
	var first error
	for i := range b.sheets {
		if o.sheet > 0 {
			break
		}
		err := b.try(i, o)
		switch {
		case err == nil && s.Sheet == 0:
			s.Sheet = i + 1
		case err == nil:
			s.OtherSheets = append(s.OtherSheets, i+1)
		case first == nil:
			first = err
		}
	}
	if s.Sheet == 0 {
		return nil, fmt.Errorf("none of the workbook's sheets is an export (it has %d); of the first: %w", len(b.sheets), first)
	}
	return webform.NewTableImporter(b.table(s.Sheet-1), &o.importing), nil
}

// try returns why a sheet is no export, nil if it is one.
func (b *workbook) try(sheet int, o options) error {
	for _, err := range webform.NewTableImporter(b.table(sheet), &o.importing).Records() {
		return err
	}
	return nil
}

// table returns a sheet's rows.
func (b *workbook) table(sheet int) webform.Table {
	return webform.Table{Date1904: b.is1904, Rows: b.rows(b.sheets[sheet])}
}

func (b *workbook) rows(sheet string) iter.Seq2[webform.Row, error] {
	return func(yield func(webform.Row, error) bool) {
		rows, err := b.Rows(sheet)
		if err != nil {
			yield(webform.Row{}, errors.New("the sheet can't be read"))
			return
		}
		defer rows.Close()
		size := 0
		for n := 1; rows.Next(); n++ {
			if b.ctx.Err() != nil {
				yield(webform.Row{}, errStopped)
				return
			}
			cells, err := rows.Columns()
			if err != nil {
				yield(webform.Row{}, fmt.Errorf("row %d of the sheet can't be read", n))
				return
			}
			for _, c := range cells {
				size += cellSize + len(c)
			}
			if size > maxUnpacked {
				yield(webform.Row{}, fmt.Errorf("up to row %d the cells of the sheet hold more than %d MiB, empty ones and repeated texts included; save it as CSV UTF-8", n, maxUnpacked>>20))
				return
			}
			if !yield(webform.Row{Number: n, Hidden: rows.GetRowOpts().Hidden, Cells: cells}, nil) {
				return
			}
		}
		if rows.Error() != nil {
			yield(webform.Row{}, errors.New("the sheet breaks off"))
		}
	}
}

// counter counts the bytes that are read.
type counter struct {
	in   io.Reader
	read int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.read += int64(n)
	return n, err
}
