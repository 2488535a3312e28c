package table

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// What a sheet of a spreadsheet holds at most (ECMA-376, and what Excel states).
const (
	mostRows = 1 << 20
	mostText = 32767 // of a cell, in units of UTF-16
)

// Workbook writes pledges as a workbook (ECMA-376, .xlsx): a sheet with what
// [CSV] has, of which the first row stays in sight, further ones where there are more
// rows than a sheet may have, and one that says what the columns are and whose the
// pledges are. All cells are texts, and none is a formula. A text of more than 32,767
// characters is cut, with an ellipsis; the CSV has it whole.
//
// Each pledge is written as it comes, so that it takes no more memory than a pledge.
// A Workbook must not be copied and isn't safe for concurrent use.
type Workbook struct {
	// Header and Query say whose the pledges are and which ones; set them before
	// Close.
	Header tally.Header
	Query  tally.Query

	zip     *zip.Writer
	options Options
	sheet   io.Writer // that is being written; nil before the first
	sheets  int
	rows    int // of the sheet
	most    int // rows of a sheet
	cells   []string
	buf     bytes.Buffer
	closed  bool
	err     error
}

// NewWorkbook returns a writer of a workbook. Close it, because a workbook without its
// end can't be read at all.
func NewWorkbook(w io.Writer, o Options) *Workbook {
	return &Workbook{zip: zip.NewWriter(w), options: o, most: mostRows, cells: make([]string, len(columns))}
}

var errClosed = errors.New("table: the workbook is closed")

// Write writes a pledge. It returns the first error of the underlying writer, and returns
// it again each time after that.
func (b *Workbook) Write(p *pledge.Pledge) error {
	if b.closed {
		return errClosed
	}
	if b.sheet == nil || b.rows == b.most {
		b.begin()
	}
	r := b.options.row(p)
	for i := range columns {
		b.cells[i] = columns[i].cell(r)
	}
	b.row(b.cells)
	return b.err
}

// Close ends the workbook, though not the writer below it.
func (b *Workbook) Close() error {
	if b.closed {
		return b.err
	}
	if b.sheet == nil {
		b.begin()
	}
	b.end()
	b.about()
	b.closed = true
	names := make([]string, 0, b.sheets)
	for n := range b.sheets - 1 {
		name := "Pledges"
		if n > 0 {
			name += " " + strconv.Itoa(n+1)
		}
		names = append(names, name)
	}
	for _, part := range parts(append(names, "About")) {
		b.part(part.name)
		b.write(part.text)
	}
	if err := b.zip.Close(); b.err == nil {
		b.err = err
	}
	return b.err
}

// about writes the sheet that says what the others hold.
func (b *Workbook) about() {
	b.open("<cols><col min=\"1\" max=\"1\" width=\"28\" customWidth=\"1\"/><col min=\"2\" max=\"2\" width=\"100\" customWidth=\"1\"/></cols>")
	h := &b.Header
	for _, line := range [][2]string{
		{"title", h.Title}, {"publisher", h.Publisher}, {"source", h.Feed}, {"licence", h.License}, {"as of", h.AsOf.StringAt(h.AsOfOffset)},
		{"sequence", strconv.FormatUint(h.Sequence, 10)}, {"selection", b.Query.String()},
	} {
		if line[1] != "" && line[1] != "0" {
			b.row(line[:])
		}
	}
	if h.Illustrative {
		b.row([]string{"illustrative", "Made up to show how things look; nobody’s record."})
	}
	b.row([]string{"rows", "Pledges, a row each, in their latest revision. Values of a list are divided by a semicolon and a blank. A text of more than 32,767 characters is cut; the CSV has it whole."})
	for c := range Columns() {
		b.row([]string{c.Name, c.Text})
	}
	b.end()
}

// begin begins the next sheet of pledges.
func (b *Workbook) begin() {
	if b.sheet != nil {
		b.end()
	}
	b.open("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>")
	for i := range columns {
		b.cells[i] = columns[i].Name
	}
	b.row(b.cells)
}

// open begins a sheet, of which something is to be known before its rows.
func (b *Workbook) open(before string) {
	b.sheets++
	b.rows = 0
	b.part("xl/worksheets/sheet" + strconv.Itoa(b.sheets) + ".xml")
	b.write(xml.Header + "<worksheet xmlns=\"" + spreadsheetML + "\">" + before + "<sheetData>")
}

func (b *Workbook) end() {
	b.write("</sheetData></worksheet>")
	b.sheet = nil
}

// row writes a row of texts. An empty one is no cell.
func (b *Workbook) row(cells []string) {
	b.rows++
	number := strconv.Itoa(b.rows)
	b.buf.Reset()
	b.buf.WriteString("<row r=\"" + number + "\">")
	for i, text := range cells {
		if text == "" {
			continue
		}
		b.buf.WriteString("<c r=\"" + letters(i) + number + "\" t=\"inlineStr\"")
		if strings.ContainsAny(text[:1], "=+-@") {
			b.buf.WriteString(" s=\"1\"") // a text, also once somebody has edited it
		}
		b.buf.WriteString("><is><t xml:space=\"preserve\">")
		xml.EscapeText(&b.buf, []byte(escaped(shortened(text)))) // writes to memory
		b.buf.WriteString("</t></is></c>")
	}
	b.buf.WriteString("</row>")
	b.write(b.buf.String())
}

func (b *Workbook) part(name string) {
	if b.err != nil {
		return
	}
	// The same pledges are the same bytes, whenever that is: the first instant that a
	// ZIP file can have.
	b.sheet, b.err = b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func (b *Workbook) write(text string) {
	if b.err == nil {
		_, b.err = io.WriteString(b.sheet, text)
	}
}

// letters returns the name of a column: A to Z, AA and so on.
func letters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letters(i/26-1) + letters(i%26)
}

// shortened returns as much of a text as a cell holds.
func shortened(text string) string {
	if len(text) <= mostText {
		return text
	}
	units := 0
	last := 0 // where the text may end, so that there is room for an ellipsis
	for i, r := range text {
		if units <= mostText-1 {
			last = i
		}
		if units += utf16.RuneLen(r); units > mostText {
			return text[:last] + "…"
		}
	}
	return text
}

// escaped returns a text in which characters that XML can't hold are written as
// ECMA-376 has it, _x0001_, and what looks like that is, too.
func escaped(text string) string {
	plain := true
	for i, r := range text {
		if !holds(r) || r == '_' && looksEscaped(text[i:]) {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == '_' && looksEscaped(text[i:]):
			b.WriteString("_x005F_")
		case r == utf8.RuneError || holds(r):
			b.WriteRune(r)
		default:
			b.WriteString("_x" + strings.ToUpper(strconv.FormatInt(0x10000+int64(r), 16))[1:] + "_")
		}
	}
	return b.String()
}

// holds reports whether XML 1.0 can hold a character.
func holds(r rune) bool {
	return r >= ' ' && r != 0xfffe && r != 0xffff || r == '\t' || r == '\n'
}

// looksEscaped reports whether a text begins like _x0001_.
func looksEscaped(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	_, err := strconv.ParseUint(text[2:6], 16, 16)
	return err == nil
}
