package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/feed"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// writeTimeout is how long the server of the measurement waits for a reader. It
// is shorter than the default, so that one needn't wait for that.
const writeTimeout = 2 * time.Second

// An order is what the process that measures asks of the process that serves,
// a line of JSON each, and a report is the answer.
type order struct {
	Write int // so many revisions, each as soon as the last one is out
	Long  bool
	Look  bool // with all memory given back first
}

type report struct {
	Address  string  // of the server, in the first report
	Sequence uint64  // of the last revision
	At       int64   // when it was written, in nanoseconds since 1970
	Resident int64   // memory of the process, in bytes; 0 where the system doesn't say
	InUse    int64   // memory of heap and stacks
	CPU      float64 // seconds that the process has used
	Stats    feed.Stats
}

// serve serves so many pledges on loopback and obeys orders until there are no
// more.
func serve(pledges int, in io.Reader, out io.Writer) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	book := new(pledge.Book)
	for n := range pledges {
		if _, err := book.Put(made(n, 0)); err != nil {
			return err
		}
	}
	s := feed.New(book, feed.Options{
		Header:       tally.Header{Title: "Made up for a measurement", Illustrative: true},
		MaxReaders:   1 << 20,
		WriteTimeout: writeTimeout,
	})
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	answer := json.NewEncoder(out)
	answer.Encode(report{Address: "http://" + listener.Addr().String() + "/"})
	lines := bufio.NewScanner(in)
	revision := 0
	for lines.Scan() {
		var o order
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			return err
		}
		r := report{}
		for range o.Write {
			revision++
			p := made(revision%pledges, revision)
			if o.Long {
				for range 40 {
					p.Pledgers = append(p.Pledgers, pledge.Pledger{Name: strings.Repeat("one of many ", 10)})
				}
			}
			r.At = time.Now().UnixNano()
			if r.Sequence, _, err = s.Put(p); err != nil {
				return err
			}
		}
		if o.Look {
			debug.FreeOSMemory()
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		r.Resident, r.InUse, r.CPU, r.Stats = resident(), int64(m.HeapInuse+m.StackInuse), cpu(), s.Stats()
		if err := answer.Encode(r); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*writeTimeout)
	defer cancel()
	s.Shutdown(ctx)
	server.Close()
	if err := <-ended; err != http.ErrServerClosed {
		return err
	}
	return lines.Err()
}

// resident returns how much memory the process has in the machine.
func resident() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, pages int64
	fmt.Sscan(string(text), &size, &pages)
	return pages * int64(os.Getpagesize())
}
