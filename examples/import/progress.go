package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// errStopped is what a signal ends the reading with.
var errStopped = errors.New("stopped before the end of the file; no feed is written")

// progress counts the bytes that are read, and says now and then how far the
// reading is. Reading ends when the context does.
type progress struct {
	ctx   context.Context
	in    io.Reader
	size  int64 // 0 if it isn't known
	read  int64
	out   io.Writer  // nil if nothing is to be said
	every int        // rows
	tail  string     // behind each line
	last  int        // row that was told
	rows  func() int // how many there were; nil before the first
}

func (p *progress) Read(b []byte) (int, error) {
	if p.ctx.Err() != nil {
		return 0, errStopped
	}
	p.tell()
	n, err := p.in.Read(b)
	p.read += int64(n)
	return n, err
}

// show has the progress told to w: on a terminal in one line that changes, and
// elsewhere seldom.
func (p *progress) show(w io.Writer) {
	p.out, p.every, p.tail = w, 100_000, "\n"
	if file, ok := w.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.every, p.tail = 1_000, "\r"
		}
	}
}

// tell says how far the reading is if it is far enough since the last time.
func (p *progress) tell() {
	if p.out == nil || p.rows == nil {
		return
	}
	n := p.rows()
	if n-p.last < p.every {
		return
	}
	p.last = n
	of := ""
	if p.size > 0 {
		of = fmt.Sprintf(" of %s, %d %%", megabytes(p.size), min(p.read*100/p.size, 100))
	}
	fmt.Fprintf(p.out, "%d rows, %s%s%s", n, megabytes(p.read), of, p.tail)
}

// end leaves the line that changed.
func (p *progress) end() {
	if p.last > 0 && p.tail == "\r" {
		fmt.Fprintln(p.out)
	}
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
