// Package crew has the records of a stream decoded in as many goroutines as there
// are processors, by whoever doesn't care which record comes first.
package crew

import (
	"io"
	"sync"

	"github.com/gcmkit/gcmkit/pledge/internal/frame"
)

// Hand decodes records, in one goroutine.
type Hand interface {
	Take(frame.Record) // of which the bytes stay until Settle
	Settle()
	End() // no more come
}

// How many bytes are read at once: few at first, so that a small stream takes
// little memory, and twice as many each time.
const (
	leastChunk = 16 << 10
	mostChunk  = 256 << 10
)

// Decode reads src to its end, gives it to split, and has hands take every record that
// next returns: as [frame.Splitter.Next] does, with errors of its own if it has any. It
// returns how many bytes it has read. A stream that is read in one piece takes one hand
// and no goroutine. All hands have ended when it returns. The error is that of src or of
// next; every record before it has been taken.
func Decode(src io.Reader, split *frame.Splitter, next func() (frame.Record, error), hands []Hand) (total int64, err error) {
	c := crew{next: next, hands: hands}
	defer c.end()
	for size := leastChunk; ; size = min(2*size, mostChunk) {
		n, failed := src.Read(split.Space(size))
		split.Wrote(n)
		total += int64(n)
		err := c.cut(split)
		switch {
		case err == frame.ErrEnd, err == frame.ErrMore && failed == io.EOF:
			return total, nil
		case err != frame.ErrMore:
			return total, err
		case failed != nil:
			return total, failed
		}
	}
}

type crew struct {
	next       func() (frame.Record, error)
	hands      []Hand
	begun      bool // there has been a piece
	wait       sync.WaitGroup
	free, work chan *piece // nil while there are no goroutines
	records    []frame.Record
}

// piece is some records, and the buffer that they are in.
type piece struct {
	records []frame.Record
	buf     []byte
}

// cut has the records that are whole by now decoded. It returns why there are no
// more.
func (c *crew) cut(split *frame.Splitter) error {
	for {
		record, err := c.next()
		if err == nil {
			c.records = append(c.records, record)
			continue
		}
		if len(c.records) > 0 {
			c.hand(split)
		}
		return err
	}
}

// hand gives the records so far to who is free.
func (c *crew) hand(split *frame.Splitter) {
	if !c.begun || len(c.hands) == 1 {
		c.begun = true
		decode(c.hands[0], c.records)
		c.records = c.records[:0]
		return
	}
	if c.work == nil {
		c.start()
	}
	p := <-c.free
	p.buf = split.Exchange(p.buf)
	p.records, c.records = c.records, p.records[:0]
	c.work <- p
}

func (c *crew) start() {
	c.free, c.work = make(chan *piece, 2*len(c.hands)), make(chan *piece, 2*len(c.hands))
	for range cap(c.free) {
		c.free <- new(piece)
	}
	for _, h := range c.hands {
		c.wait.Go(func() {
			for p := range c.work {
				decode(h, p.records)
				c.free <- p
			}
		})
	}
}

func decode(h Hand, records []frame.Record) {
	for _, r := range records {
		h.Take(r)
	}
	h.Settle()
}

// end waits until all records are decoded.
func (c *crew) end() {
	if c.work != nil {
		close(c.work)
		c.wait.Wait()
	}
	for _, h := range c.hands {
		h.End()
	}
}
