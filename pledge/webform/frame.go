package webform

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
)

// maxRecord is the size, in bytes, above which a record is lost. The form
// takes a description of 3,000 characters; a quotation mark that nothing
// closes takes the rest of the file.
const maxRecord = 1 << 20

// framer cuts a stream into the records of a CSV file, so that what is wrong
// with one record costs no other, and no record costs more than maxRecord.
// Quotation marks are taken as encoding/csv takes them with LazyQuotes: they
// open a cell only at its start and close it only at its end.
type framer struct {
	in    *bufio.Reader
	comma byte
	buf   []byte
	line  int // lines read

	stray     bool // in a cell that holds a quotation mark which should have been two
	swallowed bool // and behind that a delimiter or a line end: perhaps that of the cell
}

// frame is one record as it stands in the file.
type frame struct {
	raw  []byte // valid until the next record
	line int    // of its first line, from 1
	rule string // why it can't be read: RuleTooLarge, RuleQuotes
}

// quoting is where in a cell the framer is.
type quoting uint8

const (
	atStart    quoting = iota // of a cell
	plain                     // in a cell without quotation marks
	quoted                    // between quotation marks
	quote                     // behind one: the end of the cell, or the first of two
	quoteStrip                // behind one and a carriage return
)

// next returns the next record that isn't an empty line; io.EOF at the end.
func (f *framer) next() (frame, error) {
	for {
		r, err := f.record()
		if err != nil || !isEmptyLine(r.raw) || r.rule != "" {
			return r, err
		}
	}
}

func isEmptyLine(raw []byte) bool {
	switch string(raw) {
	case "\n", "\r\n", "\r":
		return true
	}
	return false
}

func (f *framer) record() (frame, error) {
	r := frame{line: f.line + 1}
	f.buf, f.stray, f.swallowed = f.buf[:0], false, false
	state, read := atStart, false
	for {
		chunk, err := f.in.ReadSlice('\n')
		read = read || len(chunk) > 0
		if len(f.buf)+len(chunk) > maxRecord {
			r.rule = RuleTooLarge
		} else if r.rule == "" {
			f.buf = append(f.buf, chunk...)
		}
		state = f.scan(state, chunk)
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == io.EOF && read {
			if len(chunk) > 0 { // a line that nothing ends
				f.line++
			}
			return f.framed(r, state), nil
		}
		if err != nil {
			return frame{}, err
		}
		f.line++
		if state != quoted {
			return f.framed(r, state), nil
		}
	}
}

// framed completes a record.
func (f *framer) framed(r frame, s quoting) frame {
	r.raw = f.buf
	if r.rule == "" && (s == quoted || f.swallowed) {
		r.rule = RuleQuotes
	}
	return r
}

// scan returns the state behind a chunk.
func (f *framer) scan(s quoting, chunk []byte) quoting {
	for _, c := range chunk {
		switch {
		case s == quoted:
			if c == '"' {
				s = quote
			} else if f.stray && (c == f.comma || c == '\n') {
				f.swallowed = true
			}
		case s == plain || s == atStart:
			switch {
			case c == f.comma:
				s = atStart
			case c == '"' && s == atStart:
				s = quoted
			default:
				s = plain
			}
		case s == quote && c == '"':
			s = quoted
		case c == f.comma && s == quote:
			s, f.stray = atStart, false
		case c == '\r' && s == quote:
			s = quoteStrip
		case c == '\n':
			s = atStart
		case c == '"': // behind a carriage return
			s = quote
		default: // a quotation mark inside of a cell
			s, f.stray = quoted, true
		}
	}
	return s
}

// cutter cuts records into cells.
type cutter struct {
	comma rune
	src   bytes.Reader
	csv   *csv.Reader
}

// cells returns the cells of a record, valid until the next one, and whether
// the record is as CSV should be. If not, its quotation marks are taken as
// they come; ok is false if even that makes no sense of it.
func (c *cutter) cells(raw []byte) (cells []string, strict, ok bool) {
	c.src.Reset(raw)
	if c.csv == nil {
		c.csv = c.reader(false)
	}
	start := c.csv.InputOffset()
	cells, err := c.csv.Read()
	if err == nil && c.csv.InputOffset()-start == int64(len(raw)) {
		return cells, true, true
	}
	c.csv = nil // it may hold the rest of the record
	c.src.Reset(raw)
	lazy := c.reader(true)
	cells, err = lazy.Read()
	return cells, false, err == nil && lazy.InputOffset() == int64(len(raw))
}

func (c *cutter) reader(lazy bool) *csv.Reader {
	r := csv.NewReader(&c.src)
	r.Comma = c.comma
	r.FieldsPerRecord = -1
	r.LazyQuotes = lazy
	r.ReuseRecord = true
	return r
}
