package feed

import (
	"net/http"
	"strconv"
	"strings"
)

// mark tells what is in a book. Records whose histories have branched, such as one
// that was restored from a backup and went on, have the same sequences for other
// revisions; but where sequence and mark are the same, so are the pledges, and
// whoever goes on from there misses nothing.
type mark uint64

// cursor is what a reader has seen: the id of an event.
type cursor struct {
	sequence uint64
	mark     mark
	marked   bool // a number alone isn't
}

// append appends the cursor as an id, "43-00c0ffee00c0ffee".
func (c cursor) append(b []byte) []byte {
	b = append(strconv.AppendUint(b, c.sequence, 10), '-')
	digits := strconv.FormatUint(uint64(c.mark), 16)
	b = append(b, "0000000000000000"[len(digits):]...)
	return append(b, digits...)
}

// parseCursor reads the id of an event, a sequence alone, or the entity tag of an
// answer, which begins with such an id.
func parseCursor(text string) (c cursor, ok bool) {
	text = strings.Trim(strings.TrimPrefix(text, "W/"), `"`)
	number, rest, marked := strings.Cut(text, "-")
	n, err := strconv.ParseUint(number, 10, 64)
	if err != nil || number[0] == '+' {
		return cursor{}, false
	}
	if !marked {
		return cursor{sequence: n}, true
	}
	digits, _, _ := strings.Cut(rest, "-")
	m, err := strconv.ParseUint(digits, 16, 64)
	if err != nil || len(digits) != 16 {
		return cursor{}, false
	}
	return cursor{n, mark(m), true}, true
}

// seenBy returns what a reader of the stream says that it has seen, by the header
// Last-Event-ID, or by the parameter of that name in which those send it who can't
// send headers, or else by after. What isn't a cursor is none.
func seenBy(r *http.Request) cursor {
	last := r.Header.Get("Last-Event-ID")
	values := r.URL.Query()
	for name, all := range values {
		if last == "" && strings.EqualFold(name, "lastEventId") {
			last = all[0]
		}
	}
	if last == "" {
		last = values.Get(nameAfter)
	}
	c, _ := parseCursor(last)
	return c
}

// Seen returns the sequence that a reader of the stream says it has seen; 0 if it
// says none.
func Seen(r *http.Request) uint64 { return seenBy(r).sequence }
