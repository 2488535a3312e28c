package webform

import "io"

// lineReader reads a text whose lines end with CR, with LF or with both as one
// whose lines end with LF, within cells as well.
type lineReader struct {
	in io.Reader
	cr bool // the last byte was a CR, for which an LF has been given
}

func (l *lineReader) Read(b []byte) (int, error) {
	for {
		n, err := l.in.Read(b)
		kept := 0
		for _, c := range b[:n] {
			after := l.cr
			l.cr = c == '\r'
			switch {
			case c == '\n' && after:
				continue
			case c == '\r':
				c = '\n'
			}
			b[kept] = c
			kept++
		}
		if kept > 0 || err != nil || len(b) == 0 {
			return kept, err
		}
	}
}
