package main

import (
	"bytes"
	"io"
	"iter"
	"runtime"
	"sync"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

// records holds the latest revision of each pledge, as a [pledge.Book] does, but
// counts nothing.
type records struct {
	mu     sync.Mutex
	latest map[uuid.UUID]*record
}

func (all *records) put(some []*record) {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, r := range some {
		if old := all.latest[r.ID]; old == nil || r.Updated.Compare(old.Updated) > 0 {
			all.latest[r.ID] = r
		}
	}
}

// pledges yields the pledges, in no particular order.
func (all *records) pledges() iter.Seq2[pledge.Pledge, error] {
	return func(yield func(pledge.Pledge, error) bool) {
		for _, r := range all.latest {
			if !yield(r.pledge()) {
				return
			}
		}
	}
}

// chunk is how many bytes are read at once.
const chunk = 256 << 10

// load decodes a pledge a line in as many goroutines as there are processors.
func load(src io.Reader, unmarshal func([]byte, any) error) (*records, error) {
	all := &records{latest: map[uuid.UUID]*record{}}
	work := make(chan []byte)
	errs := make(chan error, runtime.GOMAXPROCS(0))
	for range cap(errs) {
		go func() {
			var failed error
			for lines := range work {
				some, err := decode(lines, unmarshal)
				if all.put(some); failed == nil {
					failed = err
				}
			}
			errs <- failed
		}()
	}
	failed := chunks(src, work)
	close(work)
	for range cap(errs) {
		if err := <-errs; failed == nil {
			failed = err
		}
	}
	return all, failed
}

// chunks sends what is read in pieces of whole lines.
func chunks(src io.Reader, work chan<- []byte) error {
	var rest []byte
	for {
		buf := make([]byte, len(rest)+chunk)
		n, err := io.ReadFull(src, buf[copy(buf, rest):])
		buf = buf[:len(rest)+n]
		end := bytes.LastIndexByte(buf, '\n') + 1
		if err != nil {
			end = len(buf)
		}
		work <- buf[:end]
		switch rest = buf[end:]; err {
		case nil:
		case io.EOF, io.ErrUnexpectedEOF:
			return nil
		default:
			return err
		}
	}
}

func decode(lines []byte, unmarshal func([]byte, any) error) (some []*record, err error) {
	for line := range bytes.Lines(lines) {
		r := new(record)
		if err := unmarshal(line, r); err != nil {
			return some, err
		}
		some = append(some, r)
	}
	return some, nil
}
