package main

import (
	"fmt"
	"io"
	"os"
)

// progress counts the bytes that are read, and says now and then how far the
// reading is.
type progress struct {
	in    io.Reader
	size  int64 // 0 if it isn't known
	read  int64
	out   io.Writer // nil if nothing is to be said
	every int       // rows
	tail  string    // behind each line
	last  int       // row that was told
}

func (p *progress) Read(b []byte) (int, error) {
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

func (p *progress) row(n int) {
	if p.out == nil || n-p.last < p.every {
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
