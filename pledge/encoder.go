package pledge

import (
	"errors"
	"io"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Form is the shape of a stream of pledges.
type Form uint8

// The forms. The zero Form is the one that carries whose pledges they are and
// as of when, which a number that is shown needs.
const (
	FeedForm  Form = iota // {"feed": ..., "pledges": [...]}
	ArrayForm             // [...]
	LinesForm             // a pledge a line
)

// errClosed is what a closed encoder answers.
var errClosed = errors.New("pledge: the encoder is closed")

// Encoder writes pledges to a stream. Close it: a feed that doesn't end is an
// error to whoever reads it. It must not be copied and isn't safe for
// concurrent use.
type Encoder struct {
	// Form is the shape of the stream; [FeedForm] by default.
	Form Form
	// Header is that of a feed object. Set both before the first Encode.
	Header tally.Header

	out    io.Writer
	buf    []byte
	count  int
	closed bool
	err    error
}

// NewEncoder returns an encoder that writes a feed object to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{out: w} }

// Encode writes one pledge, on a line of its own. The error is that of the
// stream, and stays.
func (e *Encoder) Encode(p *Pledge) error {
	if e.closed {
		return errClosed
	}
	e.buf = e.begin(e.buf[:0])
	if e.count > 0 && e.Form != LinesForm {
		e.buf = append(e.buf, ",\n"...)
	}
	e.buf = p.AppendJSON(e.buf)
	if e.Form == LinesForm {
		e.buf = append(e.buf, '\n')
	}
	e.count++
	return e.flush()
}

// Close ends the stream, though not the writer below it.
func (e *Encoder) Close() error {
	if e.closed {
		return e.err
	}
	e.buf = e.begin(e.buf[:0])
	e.closed = true
	switch e.Form {
	case ArrayForm:
		e.buf = append(e.buf, "\n]\n"...)
	case FeedForm:
		e.buf = append(e.buf, "\n]}\n"...)
	}
	return e.flush()
}

// begin appends what stands in front of the first pledge.
func (e *Encoder) begin(b []byte) []byte {
	if e.count > 0 {
		return b
	}
	switch e.Form {
	case ArrayForm:
		return append(b, "[\n"...)
	case FeedForm:
		b = e.Header.AppendJSON(append(b, '{'))
		if len(b) > 1 {
			b = append(b, ',')
		}
		return append(b, "\"pledges\":[\n"...)
	}
	return b
}

func (e *Encoder) flush() error {
	if e.err == nil {
		_, e.err = e.out.Write(e.buf)
	}
	return e.err
}
