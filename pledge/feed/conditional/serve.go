package conditional

import (
	"math"
	"net/http"
	"strconv"
	"strings"
)

// span is a range of bytes.
type span struct{ first, length int64 }

// rangeOf returns which bytes of how many a request asks for: the status 200 for
// all, 206 for the span, and 416 if there are none of these.
//
// What a server may pass over is passed over: units that aren't bytes, fields
// that can't be read, and several ranges at once.
func rangeOf(r *http.Request, current Tag, size int64) (s span, status int) {
	all := span{0, size}
	lines := r.Header.Values("Range")
	if r.Method != http.MethodGet || len(lines) != 1 || !sameBytes(r, current) {
		return all, http.StatusOK
	}
	unit, set, ok := strings.Cut(lines[0], "=")
	if !ok || !strings.EqualFold(strings.Trim(unit, blanks), "bytes") {
		return all, http.StatusOK
	}
	specs := 0
	for spec := range strings.SplitSeq(set, ",") {
		if spec = strings.Trim(spec, blanks); spec == "" {
			continue
		}
		if s, status = oneRange(spec, size); status == http.StatusOK {
			return all, status
		}
		specs++
	}
	if specs != 1 {
		return all, http.StatusOK
	}
	return s, status
}

// sameBytes reports whether the ranges are of what there is, or else nobody has
// asked. Only a strong tag says so.
func sameBytes(r *http.Request, current Tag) bool {
	lines := r.Header.Values("If-Range")
	if len(lines) == 0 {
		return true
	}
	tag, rest, ok := cutTag(strings.Trim(lines[0], blanks))
	return ok && len(lines) == 1 && rest == "" && tag == current && !tag.Weak
}

// oneRange reads one range. The status is 200 if it isn't one.
func oneRange(spec string, size int64) (s span, status int) {
	from, to, ok := strings.Cut(spec, "-")
	first, ok1 := position(from)
	last, ok2 := position(to)
	switch {
	case !ok || !ok1 || !ok2 || from == "" && to == "":
		return s, http.StatusOK
	case from == "" && last == 0:
		return s, http.StatusRequestedRangeNotSatisfiable
	case from == "" && size == 0: // no bytes are all of these, and have no first one
		return s, http.StatusOK
	case from == "":
		last = min(last, size)
		return span{size - last, last}, http.StatusPartialContent
	case to == "":
		last = math.MaxInt64
	case last < first:
		return s, http.StatusOK
	}
	if first >= size {
		return s, http.StatusRequestedRangeNotSatisfiable
	}
	return span{first, min(last, size-1) - first + 1}, http.StatusPartialContent
}

// position reads a number of bytes. One that is too large for an int64 is larger
// than any representation, and so is the largest.
func position(digits string) (n int64, ok bool) {
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n > (math.MaxInt64-9)/10 {
			n = (math.MaxInt64 - 9) / 10 // and stays there
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// Serve answers a GET or HEAD request with a representation, which the header of
// the answer describes already: the whole, a part of it, or that it hasn't
// changed. fail answers with one of the statuses 412 and 416.
func Serve(w http.ResponseWriter, r *http.Request, current Tag, body []byte, fail func(status int)) {
	h := w.Header()
	h.Set("ETag", current.String())
	switch status := Check(r, current); status {
	case http.StatusNotModified:
		for _, name := range []string{"Content-Type", "Content-Length", "Content-Encoding"} {
			h.Del(name)
		}
		w.WriteHeader(status)
		return
	case http.StatusPreconditionFailed:
		fail(status)
		return
	}
	size := strconv.Itoa(len(body))
	s, status := rangeOf(r, current, int64(len(body)))
	switch status {
	case http.StatusRequestedRangeNotSatisfiable:
		h.Set("Content-Range", "bytes */"+size)
		fail(status)
		return
	case http.StatusPartialContent:
		h.Set("Content-Range", "bytes "+strconv.FormatInt(s.first, 10)+"-"+strconv.FormatInt(s.first+s.length-1, 10)+"/"+size)
	}
	h.Set("Accept-Ranges", "bytes")
	h.Set("Content-Length", strconv.FormatInt(s.length, 10))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body[s.first : s.first+s.length]) // an error is that of a reader who has gone
	}
}
