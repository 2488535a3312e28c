package frame

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
)

// Splitter cuts a stream into records. It is fed by [Splitter.Push] and
// [Splitter.End] and read by [Splitter.Next], so that it serves an io.Reader
// and a page that receives chunks alike. The zero value is ready and has the
// default limits. It must not be copied after first use and isn't safe for
// concurrent use.
type Splitter struct {
	Limits Limits // not to be changed after first use
	limits Limits // with defaults

	// IsRecord reports whether an object is a record by what it begins with, though
	// it has an array of pledges; nil means never. Not to be changed after first use.
	IsRecord func(begin []byte) bool
	record   bool // the first object is one

	buf   []byte // the input not yet done with, from offset base on
	base  int64
	start int // where the value under the scanner begins
	pos   int // the next byte to look at
	ended bool

	state state
	form  Form
	index int
	head  []byte
	first int   // how much of head is in front of the records
	from  int64 // the offset of head
	gap   int64 // how much farther on what is behind the records stands in the stream than in head
	err   error
	scan  scanner
}

// state is what the splitter stands in front of.
type state uint8

const (
	atStart  state = iota // the stream's first byte
	inFirst               // inside an object: a feed, or the first record
	atFirst               // after '[': a record or the end of the array
	atRecord              // after ',': a record
	inRecord              // inside an element of the array
	atComma               // after a record: ',' or ']'
	inTail                // inside what follows a feed object's records
	atLine                // between lines
	inLine                // inside a line
	atEnd                 // nothing but blanks may follow
)

// Form reports what the stream has turned out to be.
func (s *Splitter) Form() Form { return s.form }

// Head returns the feed object with an empty array in the place of its
// records: JSON if the feed is. It is whole once Next has returned [ErrEnd],
// and empty where the stream isn't a feed object.
func (s *Splitter) Head() []byte { return s.head }

// HeadOffset returns where in the stream an offset in [Splitter.Head] is.
func (s *Splitter) HeadOffset(offset int64) int64 {
	if offset <= int64(s.first) {
		return s.from + offset
	}
	return s.gap + offset
}

// Push adds input. The bytes are copied.
func (s *Splitter) Push(p []byte) { s.Wrote(copy(s.Space(len(p)), p)) }

// Space returns room for n bytes of input, for who can write them there
// without a copy; see [Splitter.Wrote].
func (s *Splitter) Space(n int) []byte {
	if s.start > 0 {
		s.Exchange(s.buf)
	}
	if len(s.buf)+n > cap(s.buf) {
		s.buf = slices.Grow(s.buf, max(n, len(s.buf))) // twice as much, so that little is copied
	}
	return s.buf[len(s.buf) : len(s.buf)+n]
}

// Wrote says that the next n bytes of input have been written to what
// [Splitter.Space] returned last.
func (s *Splitter) Wrote(n int) { s.buf = s.buf[:len(s.buf)+n] }

// Exchange has the splitter go on with another buffer, of which the content
// doesn't matter. It returns the one so far, so that the records that were cut
// from it stay valid.
func (s *Splitter) Exchange(buf []byte) []byte {
	old := s.buf
	s.buf = append(buf[:0], old[s.start:]...)
	s.base += int64(s.start)
	s.pos -= s.start
	s.start = 0
	return old
}

// End says that no more input comes.
func (s *Splitter) End() { s.ended = true }

// Ahead returns the input from the first byte of the next record on, for who finds
// out where the record ends while he reads it: see [Splitter.Pass]. It is empty
// where Next has to look first.
func (s *Splitter) Ahead() []byte {
	if s.state != atLine && s.state != atFirst && s.state != atRecord && s.state != atComma || s.index >= s.limits.Records || s.beyond() {
		return nil
	}
	c, ok := s.skipBlanks()
	if s.state == atComma {
		if c != ',' {
			return nil
		}
		s.pos++
		s.state = atRecord
		_, ok = s.skipBlanks()
	}
	if !ok {
		return nil
	}
	return s.buf[s.pos:]
}

// Position returns the index of the next record, and once Ahead has returned what
// begins with it, its offset in bytes from the start of the stream: what Back
// takes.
func (s *Splitter) Position() (index int, offset int64) { return s.index, s.base + int64(s.pos) }

// Pass moves behind a record that is the first n bytes of what Ahead has returned:
// an object that is JSON, within Limits.Depth and, in lines, has no line break. It
// reports false where Next has to cut out the record, as there is more to say
// about it.
func (s *Splitter) Pass(n int) bool {
	if n > s.limits.Record {
		return false
	}
	end := s.pos + n
	if s.state != atLine {
		s.state = atComma
	} else if end >= len(s.buf) || s.buf[end] != '\n' {
		return false
	} else {
		end++
	}
	s.index++
	s.pos, s.start = end, end
	return true
}

// Back moves back to a record that was passed, of which the input is still there.
func (s *Splitter) Back(index int, offset int64) {
	s.index, s.pos = index, int(offset-s.base)
	if s.start = s.pos; s.state != atLine {
		s.state = atRecord
	}
}

// Next returns the next record, [ErrMore] where it needs a Push or an End,
// [ErrEnd] after the last record, or an [*Error]. The last two stay: every
// further call returns them again.
func (s *Splitter) Next() (Record, error) {
	if s.err != nil {
		return Record{}, s.err
	}
	if s.limits.Records == 0 {
		s.limits = s.Limits.WithDefaults()
	}
	r, err := s.next()
	if err != nil && err != ErrMore {
		s.err = err
	}
	return r, err
}

func (s *Splitter) next() (Record, error) {
	if s.beyond() {
		return Record{}, &Error{s.limits.Total, s.index, "more than " + strconv.FormatInt(s.limits.Total, 10) + " bytes"}
	}
	if s.state == atLine {
		if r, ok := s.plainLine(); ok {
			return r, nil
		}
	}
	for {
		switch s.state {
		case inFirst, inRecord, inTail:
			more, err := s.advance()
			if err != nil {
				return Record{}, err
			}
			if more {
				continue
			}
			if s.state == inTail {
				s.head = append(s.head, s.buf[s.start:s.pos]...)
				s.start, s.state = s.pos, atEnd
				continue
			}
			if s.state = atComma; s.form != Array && s.form != Feed {
				s.form, s.state = Lines, atLine
			}
			return s.cut(s.pos)
		case inLine:
			end, found := s.line()
			if !found && !s.ended {
				return Record{}, ErrMore
			}
			s.pos, s.state = end, atLine
			for end > s.start && isBlank(s.buf[end-1]) {
				end--
			}
			return s.cut(end)
		}

		c, ok := s.skipBlanks()
		if !ok {
			return Record{}, s.starved()
		}
		if err := s.enter(c); err != nil {
			return Record{}, err
		}
	}
}

// beyond reports whether the input is larger than it may be.
func (s *Splitter) beyond() bool {
	return s.limits.Total > 0 && s.base+int64(len(s.buf)) > s.limits.Total
}

// enter takes the first byte that isn't blank between two values.
func (s *Splitter) enter(c byte) error {
	switch {
	case s.state == atStart && c == '[':
		s.form, s.state = Array, atFirst
	case s.state == atStart && c == '{':
		s.state, s.scan = inFirst, scanner{offset: s.base + int64(s.pos)}
		return nil
	case s.state == atFirst && c == ']', s.state == atComma && c == ']':
		s.state = atEnd
		if s.form == Feed {
			// The tail begins with this bracket, which closes the empty
			// array that stands for the records.
			s.state, s.scan = inTail, scanner{stack: []byte("}]"), begun: true}
			s.gap = s.base + int64(s.pos) - int64(len(s.head))
			return nil
		}
	case s.state == atComma && c == ',':
		s.state = atRecord
	case (s.state == atFirst || s.state == atRecord) && c != ',' && c != ']' && c != '}':
		s.state, s.scan = inRecord, scanner{offset: s.base + int64(s.pos)}
		return nil
	case s.state == atLine:
		s.state, s.scan = inLine, scanner{offset: s.base + int64(s.pos)}
		return nil
	default:
		return s.unexpected(c)
	}
	s.pos++
	s.start = s.pos
	return nil
}

// advance moves the scanner on. It reports whether the value goes on, after
// the first object has turned out to be a feed; ErrMore where input lacks.
func (s *Splitter) advance() (more bool, err error) {
	s.scan.lines = s.state == inFirst
	for {
		most := s.limits.Record
		if s.state == inFirst {
			most = max(most, s.limits.Snapshot)
		}
		b := s.buf[s.pos:]
		if left := most + 1 - (s.pos - s.start); s.scan.fault == "" && len(b) > left {
			b = b[:left] // what comes first is its fault, however the input comes
		}
		n, stop := s.scan.run(b, s.limits.Depth)
		s.pos += n
		if s.pos-s.start > most {
			s.scan.drop(TooLarge)
		}
		if s.scan.fault != "" {
			if s.state == inTail {
				return false, &Error{s.base + int64(s.start), s.index, "a feed object that is " + string(s.scan.fault)}
			}
			s.start = s.pos // not held
		}
		switch stop {
		case stopMore:
			if s.pos < len(s.buf) {
				continue
			}
			if s.ended {
				return false, s.starved()
			}
			return false, ErrMore
		case stopEnd:
			return false, nil
		case stopArray:
			if s.state != inFirst || s.record || s.scan.fault != "" || !endsInKey(s.buf[s.start:s.pos-1], `"pledges"`) {
				continue
			}
			if s.record = s.IsRecord != nil && s.IsRecord(s.buf[s.start:s.pos-1]); s.record {
				continue
			}
			if s.pos-s.start > s.limits.Record {
				s.scan.drop(TooLarge)
				s.start = s.pos
				continue
			}
			s.form, s.state = Feed, atFirst
			s.head = append(s.head, s.buf[s.start:s.pos]...)
			s.first, s.from = len(s.head), s.scan.offset
			s.start = s.pos
			return true, nil
		case stopBroken:
			if s.state != inFirst {
				return false, &Error{s.base + int64(s.pos), s.index, "brackets that don't pair up"}
			}
			// It may be the first of many lines: pass over this one only.
			s.form, s.state, s.scan.fault = Lines, inLine, Broken
			return true, nil
		}
	}
}

// plainLine cuts the next line in one go, if it is whole, without blanks around
// it and within the limits.
func (s *Splitter) plainLine() (r Record, ok bool) {
	start := s.pos
	if start < len(s.buf) && s.buf[start] == '\n' {
		start++
	}
	if start == len(s.buf) || s.buf[start] <= ' ' || s.index >= s.limits.Records {
		return r, false
	}
	n := bytes.IndexByte(s.buf[start:], '\n')
	if n < 0 || n > s.limits.Record || isBlank(s.buf[start+n-1]) {
		return r, false
	}
	r = Record{Index: s.index, Offset: s.base + int64(start), Bytes: s.buf[start : start+n]}
	s.index++
	s.pos = start + n
	s.start = s.pos
	return r, true
}

// line looks for the end of the line from pos on.
func (s *Splitter) line() (end int, found bool) {
	n := bytes.IndexByte(s.buf[s.pos:], '\n')
	if found = n >= 0; !found {
		n = len(s.buf) - s.pos
	}
	s.pos += n
	if s.pos-s.start > s.limits.Record {
		s.scan.drop(TooLarge)
	}
	if s.scan.fault != "" {
		s.start = s.pos // not held
	}
	return s.pos, found
}

// cut hands out the value that ends before end.
func (s *Splitter) cut(end int) (Record, error) {
	if s.index >= s.limits.Records {
		return Record{}, &Error{s.scan.offset, s.index, "more than " + strconv.Itoa(s.limits.Records) + " records"}
	}
	r := Record{Index: s.index, Offset: s.scan.offset, Fault: s.scan.fault}
	if r.Fault == "" {
		r.Bytes = s.buf[s.start:end]
		if len(r.Bytes) > s.limits.Record {
			r.Fault = TooLarge
		}
	}
	s.index++
	s.start = s.pos
	return r, nil
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// skipBlanks moves to the next byte that isn't blank, and reports it.
func (s *Splitter) skipBlanks() (byte, bool) {
	if s.pos < len(s.buf) && ' ' < s.buf[s.pos] && s.buf[s.pos] < utf8.RuneSelf {
		s.start = s.pos
		return s.buf[s.pos], true
	}
	if s.state == atStart && s.base == 0 && s.pos == 0 {
		const mark = "\ufeff" // the byte order mark that some editors write
		if len(s.buf) < len(mark) && !s.ended && bytes.HasPrefix([]byte(mark), s.buf) {
			return 0, false
		}
		if bytes.HasPrefix(s.buf, []byte(mark)) {
			s.pos = len(mark)
		}
	}
	for s.pos < len(s.buf) {
		switch c := s.buf[s.pos]; c {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			s.start = s.pos
			return c, true
		}
	}
	s.start = s.pos
	return 0, false
}

// starved says what it means that the input is used up.
func (s *Splitter) starved() error {
	switch {
	case !s.ended:
		return ErrMore
	case s.state == atEnd, s.state == atLine:
		return ErrEnd
	case s.state == atStart:
		return &Error{s.base + int64(s.pos), s.index, "no input"}
	}
	return &Error{s.base + int64(s.pos), s.index, "unexpected end"}
}

func (s *Splitter) unexpected(c byte) error {
	return &Error{s.base + int64(s.pos), s.index, "unexpected " + gcm.Quote(string([]byte{c}))}
}

// endsInKey reports whether b ends in the member name key and a colon.
func endsInKey(b []byte, key string) bool {
	b = bytes.TrimRight(b, " \t\r\n")
	if !bytes.HasSuffix(b, []byte(":")) {
		return false
	}
	b, ok := bytes.CutSuffix(bytes.TrimRight(b[:len(b)-1], " \t\r\n"), []byte(key))
	return ok && !bytes.HasSuffix(b, []byte(`\`))
}
