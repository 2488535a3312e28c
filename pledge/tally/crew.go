package tally

import (
	"io"
	"runtime"
	"sync"

	"github.com/gcmkit/gcmkit/pledge/internal/frame"
)

// chunkSize is how much is read at once.
const chunkSize = 256 << 10

// ReadFrom reads src to its end, which may be the next piece of a feed like any
// other. It decodes records in several goroutines, see Workers; they have ended
// when it returns. The error is that of src or a [*FeedError], which stays.
func (r *Reader) ReadFrom(src io.Reader) (int64, error) {
	r.begin()
	workers := r.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	if workers == 1 {
		return r.readFrom(src, nil)
	}
	c := crew{index: r.feed.Index, feed: &r.feed, depth: r.decode.depth, free: make(chan *piece, 2*workers), work: make(chan *piece, 2*workers)}
	for range cap(c.free) {
		c.free <- new(piece)
	}
	for range workers {
		c.wait.Go(c.run)
	}
	defer c.end()
	return r.readFrom(src, &c)
}

// readFrom has the records of src decoded, by a crew if there is one.
func (r *Reader) readFrom(src io.Reader, c *crew) (total int64, err error) {
	for err == nil {
		var n int
		n, err = src.Read(r.split.Space(chunkSize))
		r.split.Wrote(n)
		total += int64(n)
		e := r.proceed(c)
		if c != nil {
			c.send(&r.split)
		} else {
			r.decode.settle()
		}
		if e != nil {
			return total, e
		}
	}
	if err == io.EOF {
		err = nil
	}
	return total, err
}

// crew decodes the records of a feed in several goroutines. Which piece comes
// first doesn't matter to an index.
type crew struct {
	index *Index
	feed  *Feed // what it notes in there is guarded by mu
	depth int
	mu    sync.Mutex
	wait  sync.WaitGroup

	filling    []frame.Record
	free, work chan *piece
}

// piece is a number of records, and the buffer that they are in.
type piece struct {
	records []frame.Record
	buf     []byte
}

func (c *crew) take(record frame.Record) { c.filling = append(c.filling, record) }

// send gives the records so far to who is free, with their buffer.
func (c *crew) send(split *frame.Splitter) {
	if len(c.filling) == 0 {
		return
	}
	p := <-c.free
	p.buf = split.Exchange(p.buf)
	p.records, c.filling = c.filling, p.records[:0]
	c.work <- p
}

// end waits until all records are decoded.
func (c *crew) end() {
	close(c.work)
	c.wait.Wait()
}

// run decodes pieces until there are no more.
func (c *crew) run() {
	d := newDecoder(c.index, c.feed.items, c.depth, func(problems []Problem, ok bool) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.feed.note(problems, ok)
	})
	defer d.end()
	for p := range c.work {
		for _, record := range p.records {
			d.take(record)
		}
		d.settle()
		c.free <- p
	}
}
