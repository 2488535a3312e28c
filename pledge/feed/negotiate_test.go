package feed

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestCodingThatARequestPrefers(t *testing.T) {
	for _, test := range []struct {
		fields string // those of Accept-Encoding, with | between them
		want   coding
		ok     bool
	}{
		{"", identity, true},
		{"gzip", gzipped, true},
		{"br", brotlied, true},
		{"gzip, deflate, br, zstd", brotlied, true}, // of browsers
		{"gzip|br", brotlied, true},
		{"br;q=0.5, gzip", gzipped, true},
		{"br;q=0.5, gzip;q=0.5", brotlied, true},
		{"BR ; Q=0.5", brotlied, true},
		{"x-gzip", gzipped, true},
		{"identity, gzip;q=0.5", identity, true},
		{"gzip;q=0", identity, true},
		{"gzip;q=0, *", brotlied, true},
		{"*;q=0", 0, false},
		{"identity;q=0", 0, false},
		{"*;q=0, gzip", gzipped, true},
		{"identity;q=0, br", brotlied, true},
		{"identity;q=0, *", brotlied, true},
		{"*;q=0, identity", identity, true},
		{"*", brotlied, true},
		{"zstd", identity, true},
		{"gzip;q=2", identity, true}, // a weight that makes no sense
		{"gzip;q=0.1234", identity, true},
		{"gzip;q=x", identity, true},
		{"gzip;q=1.001", identity, true},
		{"gzip;q=0.001", gzipped, true}, // any is better than none, for it was asked for
		{",,;q=1, ,", identity, true},
		{"gzip;level=9;q=0", identity, true},
	} {
		var fields []string
		if test.fields != "" {
			fields = strings.Split(test.fields, "|")
		}
		got, ok := codingFor(fields)
		if ok != test.ok || ok && got != test.want {
			t.Errorf("%q: %v %v, want %v %v", test.fields, got, ok, test.want, test.ok)
		}
	}
}

func TestTypesThatARequestAccepts(t *testing.T) {
	for fields, want := range map[string]bool{
		"":                              true,
		"application/json":              true,
		"APPLICATION/JSON":              true,
		"application/json;charset=utf8": true,
		"*/*":                           true,
		"*":                             true,
		"application/*":                 true,
		"text/html|*/*;q=0.1":           true,
		"text/html":                     false,
		"text/html, application/xml":    false,
		"*/*, application/json;q=0":     false,
		"*/*;q=0":                       false,
		"application/*;q=0, */*":        false,
		"application/json;q=0.001":      true,
		"application/jso":               false,
	} {
		var list []string
		if fields != "" {
			list = strings.Split(fields, "|")
		}
		if got := accepts(list, "application/json"); got != want {
			t.Errorf("%q: %v", fields, got)
		}
	}
	if !accepts([]string{"application/ld+json"}, "application/csvm+json", "application/ld+json") {
		t.Error("the second type is one, too")
	}
}

// What is said before rendering is what [http.ServeContent] says after it, and
// no range goes to it that it would refuse though it could pass it over.
func FuzzConditionsAreThoseOfServeContent(f *testing.F) {
	const tag = `"3-abc"`
	for _, seed := range [][3]string{
		{tag, "", "bytes=0-3"}, {"*", "", ""}, {`W/"3-abc", "x"`, "", "bytes=-5"}, {`"a,"3-abc"`, tag, "bytes=5-"}, {`"x" "3-abc"`, "*", "bytes=9-3"},
		{"", `"x"`, "bytes=0-1,2-3"}, {`,, "3-abc"`, "", "lines=1-2"}, {`"3-abc`, "", "bytes= 1-2"}, {"", "", "bytes=99999999999999999999-"}, {"", "", "bytes=+1-2"},
		{"", "", "bytes=--1"}, {"", "", "BYTES=1-"}, {"", "", "bytes=-0"}, {"", "", "bytes=500-"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	body := bytes.Repeat([]byte("0123456789"), 10)
	f.Fuzz(func(t *testing.T, ifNoneMatch, ifMatch, field string) {
		r := httptest.NewRequest("GET", "/", nil)
		for name, value := range map[string]string{"If-None-Match": ifNoneMatch, "If-Match": ifMatch, "Range": field} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		w := httptest.NewRecorder()
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "text/plain")
		http.ServeContent(&problemWriter{ResponseWriter: w, request: r}, withRange(r), "", time.Time{}, bytes.NewReader(body))
		if names(r, tag) && w.Code != http.StatusNotModified {
			t.Errorf("not modified, and then %d", w.Code)
		}
		got := w.Body.String()
		switch w.Code {
		case 200:
			if got != string(body) {
				t.Errorf("%q", got)
			}
		case 206:
			first, length := 0, 0
			span := strings.TrimPrefix(w.Header().Get("Content-Range"), "bytes ")
			from, rest, _ := strings.Cut(span, "-")
			to, _, _ := strings.Cut(rest, "/")
			first, _ = strconv.Atoi(from)
			last, _ := strconv.Atoi(to)
			if length = last - first + 1; got != string(body[first:first+length]) {
				t.Errorf("%s: %q", span, got)
			}
		case 416:
			if w.Header().Get("Content-Range") != "bytes */100" || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%v %s", w.Header(), got)
			}
		case 412:
			if ifMatch == "" || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%q: %v", ifMatch, w.Header())
			}
		case 304:
			if got != "" {
				t.Error(got)
			}
		default:
			t.Errorf("%d %s", w.Code, got)
		}
	})
}

// Whatever a request says, the answer is one that the standards know, and what
// it holds is the content, in the coding that it names.
func FuzzWhateverIsAskedHasAnAnswer(f *testing.F) {
	f.Add("/pledges.json", "gzip;q=0.5, br", "*/*", "", "")
	f.Add("/snapshot.json?region=africa&objective=7", "identity;q=0", "application/json", "bytes=1-2", "3")
	f.Add("/card.svg?view=timeline&lang=ar&theme=dark", "*;q=0.1", "image/*", "x", "-1")
	f.Add("/events?after=1", ";;;q=", "text/event-stream", "bytes=", "99999999999999999999999")
	f.Add("/events", ",", ",", ",", "\x80")
	s := newServerOf(3)
	f.Fuzz(func(t *testing.T, target, coding, accept, span, last string) {
		r, err := http.NewRequest("GET", "http://example.org", nil)
		if err != nil {
			t.Fatal(err)
		}
		path, query, _ := strings.Cut(target, "?")
		r.URL.Path, r.URL.RawQuery = path, query
		for name, value := range map[string]string{"Accept-Encoding": coding, "Accept": accept, "Range": span, "Last-Event-ID": last} {
			r.Header.Set(name, value)
		}
		if strings.HasSuffix(path, string(Events)) {
			r.Method = "HEAD" // the stream itself doesn't end
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		switch w.Code {
		case 200, 206, 304, 400, 404, 406, 414, 416:
		default:
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w.Code >= 400 != (w.Header().Get("Content-Type") == "application/problem+json") || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		if used := w.Header().Get("Content-Encoding"); used != "" && !strings.Contains(strings.ToLower(coding), used) && !strings.Contains(coding, "*") {
			t.Errorf("%q for %q", used, coding)
		}
	})
}

func TestEventsComeInPartsOfAtMostSoManyBytes(t *testing.T) {
	h := newHistory(5, 1<<20, 0)
	for sequence := range uint64(4) {
		h.add(event{sequence + 1, make([]byte, 10)})
	}
	// One comes in any case, or a reader would wait for ever.
	for most, want := range map[int]int{0: 1, 9: 1, 10: 1, 19: 1, 20: 2, 29: 2, 30: 3, 40: 4, 100: 4} {
		if events, _, ok := h.after(0, nil, most); !ok || len(events) != want {
			t.Errorf("of at most %d bytes: %d events, want %d", most, len(events), want)
		}
	}
}

// The cursor of a reader is whatever it sends.
func FuzzCursorHasItsPlace(f *testing.F) {
	f.Add("", "5", uint8(3))
	f.Add("7", "", uint8(20))
	f.Add("18446744073709551616", "0", uint8(1))
	f.Add("-1", "1", uint8(9))
	f.Add("0x5", " 5", uint8(9))
	f.Fuzz(func(t *testing.T, last, after string, n uint8) {
		h := newHistory(5, 1<<20, 0)
		rnd := rand.New(rand.NewPCG(uint64(n), 1))
		var all []uint64
		sequence := uint64(0)
		for range n {
			sequence += 1 + rnd.Uint64N(3)
			all = append(all, sequence)
			h.add(event{sequence, make([]byte, 10)})
		}
		cursor := cursorOf(last)
		if last == "" {
			cursor = cursorOf(after)
		}
		where, _ := h.place(cursor)
		events, _, ok := h.after(cursor, nil, 25)
		kept := all[max(0, len(all)-5):]
		switch {
		case where == ahead && cursor <= sequence, where != ahead && where != lost && cursor > sequence:
			t.Errorf("%d of %d is %v", cursor, sequence, where)
		case where == within && len(all) > 5 && cursor < kept[0]-3:
			t.Errorf("%d of %v is %v", cursor, kept, where)
		case where == within && !ok, len(events) > 3:
			t.Errorf("%d: %v, %d", cursor, ok, len(events))
		}
		if where == within {
			i := 0
			for _, sequence := range all {
				if sequence > cursor && i < len(events) {
					if events[i].sequence != sequence {
						t.Errorf("after %d comes %d, not %d", cursor, events[i].sequence, sequence)
					}
					i++
				}
			}
			if i != len(events) {
				t.Errorf("%d events", len(events))
			}
		}
	})
}
