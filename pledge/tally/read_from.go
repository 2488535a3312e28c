package tally

import (
	"io"
	"runtime"
	"sync"

	"github.com/gcmkit/gcmkit/pledge/internal/frame"
)

const (
	chunkSize = 256 << 10 // of what is read at once
	batchSize = 64 << 10  // of the records that a worker takes at once

	batchRecords = 64 // that are counted at once
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
	c := crew{index: r.feed.Index, feed: &r.feed, free: make(chan *batch, 2*workers), work: make(chan *batch, 2*workers)}
	for range cap(c.free) {
		c.free <- new(batch)
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

// crew decodes the records of a feed in several goroutines. Which batch comes
// first doesn't matter to an index.
type crew struct {
	index *Index
	feed  *Feed // what it notes in there is guarded by mu
	mu    sync.Mutex
	wait  sync.WaitGroup

	filling    *batch
	free, work chan *batch
}

// batch is a number of records.
type batch struct {
	records []frame.Record // without Bytes
	ends    []int          // where each one ends in bytes
	bytes   []byte
	entries []entry // that could be read
}

// take puts a record into the batch that is being filled.
func (c *crew) take(record frame.Record) {
	if c.filling == nil {
		c.filling = <-c.free
	}
	b := c.filling
	b.bytes = append(b.bytes, record.Bytes...)
	b.ends = append(b.ends, len(b.bytes))
	record.Bytes = nil
	b.records = append(b.records, record)
	if len(b.bytes) >= batchSize {
		c.work <- b
		c.filling = nil
	}
}

// end has the last batch read, and waits until all are.
func (c *crew) end() {
	if c.filling != nil {
		c.work <- c.filling
	}
	close(c.work)
	c.wait.Wait()
}

// run decodes batches until there are no more.
func (c *crew) run() {
	d := newDecoder(c.index, c.feed.items)
	defer d.names.forget()
	for b := range c.work {
		n, start := 0, 0
		for i, record := range b.records {
			record.Bytes = b.bytes[start:b.ends[i]]
			start = b.ends[i]
			if n == len(b.entries) {
				b.entries = append(b.entries, entry{})
			}
			problems, ok := d.take(record, &b.entries[n])
			if ok {
				n++
			}
			if len(problems) > 0 || !ok {
				c.mu.Lock()
				c.feed.note(problems, ok)
				c.mu.Unlock()
			}
		}
		c.index.putAll(b.entries[:n])
		d.names.trim()
		b.records, b.ends, b.bytes = b.records[:0], b.ends[:0], b.bytes[:0]
		c.free <- b
	}
}
