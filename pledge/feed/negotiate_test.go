package feed

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"sort"
	"strings"
	"testing"
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
		if used := w.Header().Get("Content-Encoding"); used != "" && used != "identity" && !strings.Contains(strings.ToLower(coding), used) && !strings.Contains(coding, "*") {
			t.Errorf("%q for %q", used, coding)
		}
	})
}

func TestEventsComeInPartsOfAtMostSoManyBytes(t *testing.T) {
	h := newHistory(5, 1<<20, 0, 0)
	for sequence := range uint64(4) {
		h.add(event{sequence + 1, 0, make([]byte, 10), undo{}})
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
		h := newHistory(5, 1<<20, 0, 0)
		rnd := rand.New(rand.NewPCG(uint64(n), 1))
		var all []uint64
		sequence := uint64(0)
		for range n {
			sequence += 1 + rnd.Uint64N(3)
			all = append(all, sequence)
			h.add(event{sequence, mark(sequence), make([]byte, 10), undo{}})
		}
		c, _ := parseCursor(last)
		if last == "" {
			c, _ = parseCursor(after)
		}
		if !c.marked { // as one of this record
			at := sort.Search(len(all), func(i int) bool { return all[i] > c.sequence })
			if c.marked = true; at > 0 {
				c.mark = mark(all[at-1])
			}
		} else if where, _ := h.place(c); where == within && !slices.Contains(all, uint64(c.mark)) && c.mark != 0 {
			t.Errorf("%v is within", c)
		} else if where == lost {
			return
		}
		where, _ := h.place(c)
		cursor := c.sequence
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
