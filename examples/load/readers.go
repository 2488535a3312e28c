package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// arrival is an event at a reader.
type arrival struct {
	sequence uint64
	at       int64 // nanoseconds since 1970
}

// reader is one that reads the stream, each on a connection of its own.
type reader struct {
	conn net.Conn
	got  []arrival
	size int64 // of all events, in bytes
	err  error
}

// group is readers that follow the same stream.
type group struct {
	readers []*reader
	all     sync.WaitGroup
	arrived atomic.Int64 // events
}

// open opens so many streams, of which the readers have seen a sequence; some at
// a time, so that no queue of the system overflows.
func open(ctx context.Context, address string, n int, after uint64) (*group, error) {
	g := &group{readers: make([]*reader, n)}
	errs := make(chan error, n)
	room := make(chan struct{}, 64)
	for i := range n {
		room <- struct{}{}
		go func() {
			defer func() { <-room }()
			r := &reader{}
			in, err := r.connect(ctx, address, after)
			if g.readers[i] = r; err == nil {
				g.all.Go(func() { r.err = g.read(r, in) })
			}
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			g.close()
			return nil, fmt.Errorf("opening %d streams: %w", n, err)
		}
	}
	return g, nil
}

func (r *reader) connect(ctx context.Context, address string, after uint64) (io.Reader, error) {
	conn, err := dial(ctx, address, after)
	if err != nil {
		return nil, err
	}
	r.conn = conn
	answer, err := http.ReadResponse(bufio.NewReaderSize(conn, 1<<10), nil)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server says %s", answer.Status)
	}
	return answer.Body, nil
}

// dial asks for the stream, and reads nothing.
func dial(ctx context.Context, address string, after uint64) (net.Conn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conn, "GET %sevents HTTP/1.1\r\nHost: %s\r\nLast-Event-ID: %d\r\n\r\n", u.Path, u.Host, after)
	if err != nil {
		conn.Close()
	}
	return conn, err
}

// read reads until the stream or the connection ends. It is an error if a
// revision isn't later than the one before.
func (g *group) read(r *reader, in io.Reader) error {
	lines := bufio.NewReaderSize(in, 512)
	var last, pending uint64
	for {
		line, err := lines.ReadSlice('\n')
		r.size += int64(len(line))
		if id, ok := bytes.CutPrefix(line, []byte("id: ")); ok {
			number, _, _ := bytes.Cut(bytes.TrimSpace(id), []byte("-"))
			if pending, _ = strconv.ParseUint(string(number), 10, 64); pending <= last {
				return fmt.Errorf("an event %q after %d", id, last)
			}
		} else if string(line) == "\n" && pending != 0 { // the end of the event
			r.got = append(r.got, arrival{pending, time.Now().UnixNano()})
			last, pending = pending, 0
			g.arrived.Add(1)
		}
		if err != nil && err != bufio.ErrBufferFull { // the rest of a long line comes next
			return nil // closed by one of the two sides
		}
	}
}

// wait waits until so many events have arrived, at all readers together.
func (g *group) wait(ctx context.Context, events int, most time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for g.arrived.Load() < int64(events) {
		select {
		case <-ctx.Done():
			return fmt.Errorf("%d of %d events have arrived within %v", g.arrived.Load(), events, most)
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}

// size returns how many bytes of the stream the readers have got together, once
// they are closed.
func (g *group) size() (n int64) {
	for _, r := range g.readers {
		n += r.size
	}
	return n
}

// close ends all streams and waits for their readers, after which what they have
// got can be looked at.
func (g *group) close() {
	for _, r := range g.readers {
		if r != nil && r.conn != nil {
			r.conn.Close()
		}
	}
	g.all.Wait()
}
