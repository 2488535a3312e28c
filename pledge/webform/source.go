package webform

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// What an [OpenError] unwraps to.
var (
	// ErrHeader says that no row holds the labels of an export.
	ErrHeader = errors.New("not an export of the form")

	// ErrEncoding says that the file is no text in an encoding that is read.
	ErrEncoding = errors.New("not a text file, or UTF-16 without a byte order mark")
)

// OpenError says why a file can't be imported at all. It repeats nothing of
// the file but labels that are known, for it may hold personal data anywhere.
type OpenError struct {
	What string // what was found, in English
	Err  error  // [ErrHeader] or [ErrEncoding]
}

func (e *OpenError) Error() string { return "webform: " + e.Err.Error() + ": " + e.What }

// Unwrap returns e.Err.
func (e *OpenError) Unwrap() error { return e.Err }

// maxHeader is how much of a file the delimiter is looked for in. The form has
// some 40 labels of less than 200 characters.
const maxHeader = 64 << 10

// maxPreamble is how many rows may be there before the labels, and one.
const maxPreamble = 20

// record is one row as it is in the file.
type record struct {
	cells  []string // valid until the next record
	line   int      // on which it begins, or the number of a spreadsheet's row
	last   int      // on which it ends, where it is of a file
	rule   string   // why it can't be read: RuleTooLarge, RuleQuotes
	stray  bool     // its quotation marks had to be guessed at
	hidden bool
}

// recordSource yields the records of a file, and io.EOF at its end.
type recordSource interface{ next() (record, error) }

// csvSource reads a file in which characters part the cells.
type csvSource struct {
	frames framer
	cut    cutter
}

func (c *csvSource) next() (record, error) {
	f, err := c.frames.next()
	if err != nil {
		return record{}, err
	}
	r := record{line: f.line, last: c.frames.line, rule: f.rule}
	if r.rule != "" {
		return r, nil
	}
	cells, strict, ok := c.cut.cells(f.raw)
	if r.cells, r.stray = cells, !strict; !ok {
		r.rule = RuleQuotes
	}
	return r, nil
}

// Row is a row of a spreadsheet.
type Row struct {
	Number int  // in the sheet, from 1
	Hidden bool // by whoever saved it
	Cells  []string
}

// Table is a sheet of a spreadsheet, for [NewTableImporter]. A cell holds what
// was typed or stored: of a date the number of days, as the format in which it
// is shown isn't needed to read it.
type Table struct {
	Rows     iter.Seq2[Row, error]
	Date1904 bool // days are counted from 1904-01-01 instead of 1899-12-30
}

// tableSource reads a table.
type tableSource struct {
	pull func() (Row, error, bool)
	stop func()
}

func (t *tableSource) next() (record, error) {
	row, err, ok := t.pull()
	if !ok {
		return record{}, io.EOF
	}
	return record{cells: row.Cells, line: row.Number, hidden: row.Hidden}, err
}

// open finds out how a file is written: its encoding and what parts its cells.
func open(in io.Reader, report *Report) (recordSource, error) {
	raw := bufio.NewReaderSize(in, maxHeader)
	name, decoder, err := encodingOf(raw)
	if err != nil {
		return nil, err
	}
	text := bufio.NewReaderSize(&lineReader{in: transform.NewReader(raw, decoder)}, maxHeader)
	head, err := text.Peek(maxHeader)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(head) == 0 {
		return nil, &OpenError{What: "the file is empty", Err: ErrHeader}
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	if bytes.IndexByte(first, 0) >= 0 {
		return nil, &OpenError{What: "zero bytes in the first line", Err: ErrEncoding}
	}
	c := &csvSource{frames: framer{in: text}}
	if line := bytes.TrimSpace(first); len(line) == len("sep=,") && bytes.EqualFold(line[:4], []byte("sep=")) {
		text.Discard(min(len(first)+1, len(head))) // it has been peeked at
		c.frames.line++
		head = head[min(len(first)+1, len(head)):]
	}
	comma, _ := delimiter(head)
	if comma == 0 {
		return nil, &OpenError{What: "none of its first rows has a label of the form", Err: ErrHeader}
	}
	c.frames.comma, c.cut.comma = comma, rune(comma)
	report.Encoding, report.Delimiter = name, string(comma)
	return c, nil
}

// encodingOf finds out the encoding of a text. What is neither marked nor UTF-8
// is in that of an old spreadsheet, Windows' or Macintosh's: the one in which
// more labels are known, for they have accents, or the one of its line ends.
func encodingOf(in *bufio.Reader) (name string, d transform.Transformer, err error) {
	head, err := in.Peek(maxHeader)
	if err != nil && err != io.EOF {
		return "", nil, err
	}
	for _, start := range [...]string{"PK\x03\x04", "\xd0\xcf\x11\xe0", "%PDF"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return "", nil, &OpenError{What: "a workbook or a document; save its sheet as CSV UTF-8", Err: ErrEncoding}
		}
	}
	whole := err == io.EOF
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		name = "UTF-16LE"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		name = "UTF-16BE"
	case isUTF8(head, whole) || bytes.IndexByte(head, 0) >= 0:
		name = "UTF-8"
	}
	if name != "" {
		return name, unicode.BOMOverride(transform.Nop), nil
	}
	labels := func(e encoding.Encoding) int {
		text, _ := e.NewDecoder().Bytes(head) // any byte is a character of both
		_, n := delimiter(bytes.ReplaceAll(text, []byte("\r"), []byte("\n")))
		return n
	}
	mac, windows := labels(charmap.Macintosh), labels(charmap.Windows1252)
	if mac > windows || mac == windows && bytes.IndexByte(head, '\n') < 0 {
		return "Macintosh", charmap.Macintosh.NewDecoder(), nil
	}
	return "Windows-1252", charmap.Windows1252.NewDecoder(), nil
}

// isUTF8 reports whether the beginning of a file, or all of it, is UTF-8.
func isUTF8(head []byte, whole bool) bool {
	if !whole { // it may end within a character
		for n := 0; n < utf8.UTFMax && len(head) > 0 && !utf8.Valid(head); n++ {
			head = head[:len(head)-1]
		}
	}
	return utf8.Valid(head)
}

// delimiter returns which delimiter makes the most labels of one of the first
// rows, and how many; 0 if none makes any.
func delimiter(head []byte) (comma byte, most int) {
	for _, c := range []byte(",;\t|:. ") {
		s := csvSource{frames: framer{in: bufio.NewReader(bytes.NewReader(head)), comma: c}, cut: cutter{comma: rune(c)}}
		for range maxPreamble {
			r, err := s.next()
			if err != nil {
				break
			}
			if known := known(r.cells); known > most {
				comma, most = c, known
			}
		}
	}
	return comma, most
}

// known returns how many fields the labels in a row name. Those of options and
// parts aren't counted: there is none without the label of a number beside it.
func known(cells []string) (n int) {
	var seen [personal + 1]bool
	for _, c := range cells {
		if len(c) > maxLabel {
			continue
		}
		if f := labels().fields[fold(unescape(c))]; f != noField && !seen[f] {
			seen[f] = true
			n++
		}
	}
	return n
}

// maxLabel is how long, in bytes, a label may be.
const maxLabel = 300

// header finds the row with the labels among the first of a file, and returns
// the records behind it that have been read.
func header(s recordSource) (labels []string, above int, behind []record, err error) {
	var all []record
	best, most := 0, 0
	for len(all) < maxPreamble {
		var r record
		if r, err = s.next(); err != nil {
			break
		}
		r.cells = slices.Clone(r.cells)
		if n := known(r.cells); n > most {
			best, most = len(all), n
		}
		all = append(all, r)
	}
	if err != nil && err != io.EOF {
		return nil, 0, nil, err
	}
	if most == 0 {
		return nil, 0, nil, &OpenError{What: "none of its first rows has a label of the form", Err: ErrHeader}
	}
	return all[best].cells, best, all[best+1:], nil
}
