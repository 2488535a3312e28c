package tally

import (
	"io"
	"runtime"
	"sync"

	"github.com/gcmkit/gcmkit/pledge/internal/frame"
)

const (
	chunkSize = 256 << 10 // of what is read at once
	pieceSize = 64 << 10  // of the records that a worker takes at once
)

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
		return r.readFrom(src, r.take)
	}
	c := crew{index: r.feed.Index, feed: &r.feed, free: make(chan *piece, 2*workers), work: make(chan *piece, 2*workers)}
	for range cap(c.free) {
		c.free <- new(piece)
	}
	for range workers {
		c.wait.Go(c.run)
	}
	defer c.end()
	return r.readFrom(src, c.take)
}

// readFrom hands the records of src to take.
func (r *Reader) readFrom(src io.Reader, take func(frame.Record)) (total int64, err error) {
	for err == nil {
		var n int
		n, err = src.Read(r.split.Space(chunkSize))
		r.split.Wrote(n)
		total += int64(n)
		if e := r.proceed(take); e != nil {
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
	mu    sync.Mutex
	wait  sync.WaitGroup

	filling    *piece
	free, work chan *piece
}

// piece is a number of records.
type piece struct {
	records []frame.Record // without Bytes
	ends    []int          // where each one ends in bytes
	bytes   []byte
}

// take puts a record into the piece that is being filled.
func (c *crew) take(record frame.Record) {
	if c.filling == nil {
		c.filling = <-c.free
	}
	b := c.filling
	b.bytes = append(b.bytes, record.Bytes...)
	b.ends = append(b.ends, len(b.bytes))
	record.Bytes = nil
	b.records = append(b.records, record)
	if len(b.bytes) >= pieceSize {
		c.work <- b
		c.filling = nil
	}
}

// end has the last piece read, and waits until all are.
func (c *crew) end() {
	if c.filling != nil {
		c.work <- c.filling
	}
	close(c.work)
	c.wait.Wait()
}

// run decodes pieces until there are no more.
func (c *crew) run() {
	d := newDecoder(c.index, c.feed.items)
	defer d.end()
	for b := range c.work {
		start := 0
		for i, record := range b.records {
			record.Bytes = b.bytes[start:b.ends[i]]
			start = b.ends[i]
			if problems, ok := d.take(record); len(problems) > 0 || !ok {
				c.mu.Lock()
				c.feed.note(problems, ok)
				c.mu.Unlock()
			}
		}
		b.records, b.ends, b.bytes = b.records[:0], b.ends[:0], b.bytes[:0]
		c.free <- b
	}
}
