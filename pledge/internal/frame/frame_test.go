package frame

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// split runs a splitter over the input in chunks of n bytes (0: all at once)
// and writes down what came out, a line a record.
func split(in string, l Limits, n int) string {
	var out strings.Builder
	s := Splitter{Limits: l}
	rest := []byte(in)
	for {
		r, err := s.Next()
		switch {
		case err == nil:
			fmt.Fprintf(&out, "%d @%d %s%q\n", r.Index, r.Offset, r.Fault, r.Bytes)
		case err == ErrMore && len(rest) > 0:
			c := len(rest)
			if n > 0 {
				c = min(n, c)
			}
			s.Push(rest[:c])
			rest = rest[c:]
		case err == ErrMore:
			s.End()
		case err == ErrEnd:
			if s.form == Feed {
				fmt.Fprintf(&out, "head %s\n", s.Head())
			}
			return out.String()
		default:
			var e *Error
			if !errors.As(err, &e) {
				panic(err)
			}
			fmt.Fprintf(&out, "error: %v\n", e)
			if _, again := s.Next(); again != err {
				panic("the error did not stay")
			}
			return out.String()
		}
	}
}

var cases = []struct {
	name, in string
	limits   Limits
	want     string
}{
	{"array", ` [ {"a":1} , {"b":"]"},3,"x" ]` + "\n", Limits{},
		"0 @3 \"{\\\"a\\\":1}\"\n1 @13 \"{\\\"b\\\":\\\"]\\\"}\"\n2 @23 \"3\"\n3 @25 \"\\\"x\\\"\"\n"},
	{"empty array", "[]", Limits{}, ""},
	{"feed", `{"feed":"u","pledges":[{"a":1},{"b":2}],"as_of":"t"}`, Limits{},
		"0 @23 \"{\\\"a\\\":1}\"\n1 @31 \"{\\\"b\\\":2}\"\nhead {\"feed\":\"u\",\"pledges\":[],\"as_of\":\"t\"}\n"},
	{"feed with blanks, a byte order mark and an array before the pledges", "\ufeff{\"x\":[1],\n\"pledges\" : [\n] }", Limits{},
		"head {\"x\":[1],\n\"pledges\" : [] }\n"},
	{"a key that only ends in pledges isn't it", `{"\"pledges":[1]}`, Limits{}, "0 @0 \"{\\\"\\\\\\\"pledges\\\":[1]}\"\n"},
	{"pledges deeper inside aren't it", `{"a":{"pledges":[1]}}`, Limits{}, "0 @0 \"{\\\"a\\\":{\\\"pledges\\\":[1]}}\"\n"},
	{"a second array of pledges is left in the head", `{"pledges":[1],"pledges":[2]}`, Limits{},
		"0 @12 \"1\"\nhead {\"pledges\":[],\"pledges\":[2]}\n"},
	{"lines", "{\"a\":1}\n\n {\"b\":2} \r\n3", Limits{},
		"0 @0 \"{\\\"a\\\":1}\"\n1 @10 \"{\\\"b\\\":2}\"\n2 @20 \"3\"\n"},
	{"one record over several lines", "{\n\"a\":[\n1]}\n", Limits{}, "0 @0 \"{\\n\\\"a\\\":[\\n1]}\"\n"},
	{"a broken first line costs itself", "{\"a\":\"x}\n{\"b\":2}\n", Limits{}, "0 @0 broken\"\"\n1 @9 \"{\\\"b\\\":2}\"\n"},
	{"crossed brackets on the first line cost it", "{\"a\":[1}\n{\"b\":2}\n", Limits{}, "0 @0 broken\"\"\n1 @9 \"{\\\"b\\\":2}\"\n"},
	{"a broken later line is its reader's affair", "{}\n{\"a\n{}", Limits{}, "0 @0 \"{}\"\n1 @3 \"{\\\"a\"\n2 @7 \"{}\"\n"},
	{"crossed brackets end an array", `[{},{"a":[1},{}]`, Limits{}, "0 @1 \"{}\"\nerror: brackets that don't pair up at byte 11, after 1 records\n"},
	{"too large a record costs itself", `[{"a":"xxxxxxxxxxxx"},{}]`, Limits{Record: 8}, "0 @1 too-large\"\"\n1 @22 \"{}\"\n"},
	{"too large a line costs itself", "{}\n{\"a\":\"xxxxxxxxxxxx\"}\n{}", Limits{Record: 8}, "0 @0 \"{}\"\n1 @3 too-large\"\"\n2 @24 \"{}\"\n"},
	{"too deep a record costs itself", `[[[[[1]]]],[]]`, Limits{Depth: 2}, "0 @1 too-deep\"\"\n1 @11 \"[]\"\n"},
	{"a backslash doesn't carry a string over the end of its line", "{\"a\":\"\\\n{\"b\":2}\n{}\n", Limits{}, "0 @0 broken\"\"\n1 @8 \"{\\\"b\\\":2}\"\n2 @16 \"{}\"\n"},
	{"too large before it is too deep", `["xxxxxx[[[",["xxxxxx",[[1]]],[]]`, Limits{Record: 8, Depth: 2}, "0 @1 too-large\"\"\n1 @13 too-large\"\"\n2 @30 \"[]\"\n"},
	{"too deep before it is too large", `[[[[1]],"xxxxxx"],[]]`, Limits{Record: 8, Depth: 2}, "0 @1 too-deep\"\"\n1 @18 \"[]\"\n"},
	{"one record too many, which is too large", `[1,"xxxxxxxxxx"]`, Limits{Records: 1, Record: 8}, "0 @1 \"1\"\nerror: more than 1 records at byte 3, after 1 records\n"},
	{"a word in the place of a name behind the records", `{"pledges":[],true":1}`, Limits{}, "error: unexpected end at byte 22, after 0 records\n"},
	{"too many records", `[1,2,3]`, Limits{Records: 2}, "0 @1 \"1\"\n1 @3 \"2\"\nerror: more than 2 records at byte 5, after 2 records\n"},
	{"too large a stream", `[1,2,3]`, Limits{Total: 6}, ""},
	{"truncated feed", `{"pledges":[{"a":1},{"a"`, Limits{}, "0 @12 \"{\\\"a\\\":1}\"\nerror: unexpected end at byte 24, after 1 records\n"},
	{"truncated tail", `{"pledges":[]`, Limits{}, "error: unexpected end at byte 13, after 0 records\n"},
	{"a first object over the limit of records may have arrays in it", `{"counts":{},"items":[1],"a":[2]}`, Limits{Record: 8, Snapshot: 40}, "0 @0 too-large\"{\\\"counts\\\":{},\\\"items\\\":[1],\\\"a\\\":[2]}\"\n"},
	{"a header over the limit of records", `{"title":"xxxxxxxx","pledges":[{}]}`, Limits{Record: 8, Snapshot: 40}, "0 @0 too-large\"\"\n"},
	{"nothing", " \n", Limits{}, "error: no input at byte 2, after 0 records\n"},
	{"a page in the place of a feed", "<!doctype html>", Limits{}, "error: unexpected \"<\" at byte 0, after 0 records\n"},
	{"something behind a feed", `{"pledges":[]} {}`, Limits{}, "error: unexpected \"{\" at byte 15, after 0 records\n"},
	{"a comma before the end", `[1,]`, Limits{}, "0 @1 \"1\"\nerror: unexpected \"]\" at byte 3, after 1 records\n"},
	{"a brace in the place of a record", `{"pledges":[}`, Limits{}, "error: unexpected \"}\" at byte 12, after 0 records\n"},
	{"no comma", `[{} {}]`, Limits{}, "0 @1 \"{}\"\nerror: unexpected \"{\" at byte 4, after 1 records\n"},
}

func TestStreamIsCutIntoItsRecords(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.limits.Total > 0 {
				if got := split(c.in, c.limits, 1); !strings.Contains(got, "more than 6 bytes") {
					t.Errorf("got %s", got)
				}
				return
			}
			if got := split(c.in, c.limits, 0); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestChunkBordersDoNotMatter(t *testing.T) {
	for _, c := range cases {
		if c.limits.Total > 0 {
			continue
		}
		for n := 1; n < 9; n++ {
			if got := split(c.in, c.limits, n); got != c.want {
				t.Errorf("%s, chunks of %d: got\n%swant\n%s", c.name, n, got, c.want)
			}
		}
	}
}

func TestDroppedRecordIsNotHeld(t *testing.T) {
	s := Splitter{Limits: Limits{Record: 1000}}
	s.Push([]byte(`[{"a":"`))
	chunk := bytes.Repeat([]byte("x"), 4096)
	for range 10_000 {
		if _, err := s.Next(); err != ErrMore {
			t.Fatal(err)
		}
		s.Push(chunk)
	}
	if cap(s.buf) > 64<<10 {
		t.Errorf("a 40 MB record made the splitter hold %d bytes", cap(s.buf))
	}
}

// FuzzSplit checks that chunk borders never matter and that a JSON array is
// cut where encoding/json cuts it.
func FuzzSplit(f *testing.F) {
	for _, c := range cases {
		f.Add(c.in, 3)
	}
	f.Fuzz(func(t *testing.T, in string, n int) {
		l := Limits{Record: 64, Depth: 8, Records: 100}
		whole := split(in, l, 0)
		if got := split(in, l, 1+(n&7)); got != whole {
			t.Fatalf("in chunks of %d:\n%s\nat once:\n%s", 1+(n&7), got, whole)
		}
		var records []json.RawMessage
		if !strings.HasPrefix(strings.TrimLeft(in, " \n\r\t"), "[") || json.Unmarshal([]byte(in), &records) != nil {
			return
		}
		s := Splitter{}
		s.Push([]byte(in))
		s.End()
		for i, want := range records {
			if r, err := s.Next(); err != nil || r.Fault == "" && !bytes.Equal(r.Bytes, want) {
				t.Fatalf("record %d: %q %v, want %q", i, r.Bytes, err, want)
			}
		}
		if _, err := s.Next(); err != ErrEnd {
			t.Fatalf("after the last record: %v", err)
		}
	})
}
