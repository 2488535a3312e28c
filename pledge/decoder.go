package pledge

import (
	"io"
	"iter"
	"slices"

	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Decoder reads pledges from a stream that holds a feed object, a JSON array
// of pledges, or one pledge a line. It holds one record at a time. It must not
// be copied and isn't safe for concurrent use.
type Decoder struct {
	// Limits bound what the stream may ask for; the zero value means the
	// defaults. Set them before reading.
	Limits tally.Limits

	in     io.Reader
	split  frame.Splitter
	record recordDecoder
	header tally.Header
	wrong  []tally.Problem // of the header
}

// Record is one record of a feed.
type Record struct {
	Index    int   // 0 for the first
	Offset   int64 // in bytes from the start of the stream
	Pledge   Pledge
	Problems []tally.Problem // what couldn't be taken as it stands

	// Lost says that no pledge could be made of the record: it isn't JSON,
	// it is over a limit, or it has no ID. Problems says why.
	Lost bool
}

// NewDecoder returns a decoder of r, with default limits.
func NewDecoder(r io.Reader) *Decoder { return &Decoder{in: r} }

// Header returns the header of the feed, as far as it has been read: what
// stands behind the pledges is known after the last record.
func (d *Decoder) Header() tally.Header { return d.header }

// HeaderProblems returns what of the header couldn't be taken as it stands; it
// is known after the last record.
func (d *Decoder) HeaderProblems() []tally.Problem { return slices.Clone(d.wrong) }

// Records yields the records in the order of the stream. A record that is lost
// is yielded too, and the next one follows. An error ends the sequence: it is
// that of the stream, or a [*tally.FeedError] where the rest can't be cut into
// records or the feed object itself isn't sound. Records can be used once.
func (d *Decoder) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		d.begin()
		chunk := make([]byte, 64<<10)
		var failed error // of the stream, behind the records that came before it
		for {
			raw, err := d.split.Next()
			switch {
			case err == nil:
				if !yield(d.decode(raw), nil) {
					return
				}
			case err == frame.ErrMore && failed == nil:
				var n int
				n, failed = d.in.Read(chunk)
				d.split.Push(chunk[:n])
				if failed == io.EOF {
					d.split.End()
					failed = nil
				}
			case err == frame.ErrMore:
				yield(Record{}, failed)
				return
			case err == frame.ErrEnd:
				if err := d.readHeader(); err != nil {
					yield(Record{}, err)
				}
				return
			default:
				yield(Record{}, feedError(err))
				return
			}
		}
	}
}

// begin sets the limits.
func (d *Decoder) begin() {
	limits := frame.Limits(d.Limits).WithDefaults()
	limits.Snapshot = limits.Record // it has no pledges
	d.split.Limits, d.split.IsRecord, d.record.depth = limits, wire.HasID, limits.Depth
}

func (d *Decoder) decode(raw frame.Record) (r Record) {
	r.Index, r.Offset = raw.Index, raw.Offset
	found, ok := d.record.decode(raw, &r.Pledge)
	r.Lost, r.Problems = !ok, problems(raw, found, ok)
	return r
}

// feedError makes a [*tally.FeedError] of the error of a splitter; others stay.
func feedError(err error) error {
	if e, ok := err.(*frame.Error); ok {
		return &tally.FeedError{Offset: e.Offset, Records: e.Record, What: e.What}
	}
	return err
}

func (d *Decoder) readHeader() error {
	if d.split.Form() != frame.Feed {
		return nil
	}
	var ok bool
	d.header, d.wrong, ok = tally.ReadHeader(d.split.Head())
	for i := range d.wrong {
		d.wrong[i].Offset = d.split.HeadOffset(d.wrong[i].Offset)
	}
	if !ok {
		records, _ := d.split.Position()
		return &tally.FeedError{Offset: d.wrong[0].Offset, Records: records, What: d.wrong[0].String()}
	}
	return nil
}

// problems places the problems of a record in its stream.
func problems(raw frame.Record, found []wire.Problem, ok bool) (all []tally.Problem) {
	for i, p := range found {
		all = append(all, tally.Problem{
			Record: raw.Index, Offset: raw.Offset + p.Offset,
			Path: p.Path, Rule: string(p.Rule), Value: p.Value, More: p.More,
			Lost: !ok && i == len(found)-1,
		})
	}
	return all
}
