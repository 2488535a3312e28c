package webform

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// What an [OpenError] unwraps to.
var (
	// ErrHeader says that the first row doesn't hold the labels of an export.
	ErrHeader = errors.New("not the header of an export")

	// ErrEncoding says that the file is neither UTF-8, nor UTF-16 with a
	// byte order mark.
	ErrEncoding = errors.New("not UTF-8, and no byte order mark")
)

// OpenError says why a file can't be imported at all. It repeats nothing of
// the file, which may hold personal data anywhere.
type OpenError struct {
	What string // in English
	Err  error  // [ErrHeader] or [ErrEncoding]
}

func (e *OpenError) Error() string { return "webform: " + e.Err.Error() + ": " + e.What }

// Unwrap returns e.Err.
func (e *OpenError) Unwrap() error { return e.Err }

// maxHeader is how much of a file the delimiter is looked for in. The form has
// some 40 labels of less than 100 characters.
const maxHeader = 64 << 10

// sheet is a file that has been opened: what stands in front of its first row.
type sheet struct {
	encoding string
	comma    byte
	header   []string
	frames   framer
}

// open finds out how a file is written and reads its header.
func open(r io.Reader) (*sheet, error) {
	in := bufio.NewReaderSize(r, maxHeader)
	s := &sheet{encoding: "UTF-8"}
	mark, err := in.Peek(2)
	switch {
	case err != nil && err != io.EOF:
		return nil, err
	case bytes.Equal(mark, []byte{0xff, 0xfe}):
		s.encoding = "UTF-16LE"
	case bytes.Equal(mark, []byte{0xfe, 0xff}):
		s.encoding = "UTF-16BE"
	}
	text := bufio.NewReaderSize(transform.NewReader(in, unicode.BOMOverride(transform.Nop)), maxHeader)
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
	s.frames.in = text
	if line := bytes.TrimSpace(first); len(line) == len("sep=,") && bytes.EqualFold(line[:4], []byte("sep=")) {
		text.Discard(min(len(first)+1, len(head))) // it has been peeked at
		s.frames.line++
		head = head[min(len(first)+1, len(head)):]
	}
	if s.comma = delimiter(head); s.comma == 0 {
		return nil, &OpenError{What: "the first row has no label of the form", Err: ErrHeader}
	}
	s.frames.comma = s.comma
	s.header, err = s.readHeader()
	return s, err
}

// delimiter returns which delimiter makes the most labels of a header, or 0 if
// none makes any.
func delimiter(head []byte) (comma byte) {
	most := 0
	for _, c := range []byte(",;\t") {
		f := framer{in: bufio.NewReader(bytes.NewReader(head)), comma: c}
		r, err := f.next()
		if err != nil {
			continue
		}
		cells, _, _ := (&cutter{comma: rune(c)}).cells(r.raw)
		known := 0
		for _, label := range cells {
			if labels().fields[fold(label)] != noField {
				known++
			}
		}
		if known > most {
			comma, most = c, known
		}
	}
	return comma
}

func (s *sheet) readHeader() ([]string, error) {
	r, err := s.frames.next()
	if err != nil {
		return nil, err
	}
	cells, _, ok := (&cutter{comma: rune(s.comma)}).cells(r.raw)
	if !ok || r.rule != "" {
		return nil, &OpenError{What: "the quotation marks of the first row don't pair up", Err: ErrHeader}
	}
	return cells, nil
}
