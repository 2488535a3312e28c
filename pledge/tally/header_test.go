package tally

import (
	"math"
	"strings"
	"testing"
)

// A day is that of the publisher, wherever the feed is read.
func TestDayIsThatOfThePublisher(t *testing.T) {
	for _, test := range []struct{ asOf, text, day string }{
		{"2022-05-20T00:00:00+02:00", "2022-05-20T00:00:00+02:00", "2022-05-20"},
		{"2022-05-20T23:30:00-05:00", "2022-05-20T23:30:00-05:00", "2022-05-20"},
		{"2022-05-20T00:00:00Z", "2022-05-20T00:00:00Z", "2022-05-20"},
		{"2022-05-20T00:00:00-00:00", "2022-05-20T00:00:00Z", "2022-05-20"},
	} {
		f := read(t, `{"as_of":"`+test.asOf+`","pledges":[{"id":"`+id1+`"}]}`)
		s, err := f.Snapshot(Query{})
		if err != nil {
			t.Fatal(err)
		}
		text := string(s.AppendJSON(nil))
		again := read(t, text)
		for _, h := range []*Header{&f.Header, &s.Header, &again.Header} {
			if h.Day().String() != test.day || !strings.Contains(text, `"as_of":"`+test.text+`"`) {
				t.Errorf("%s: %s in %s", test.asOf, h.Day(), text)
			}
		}
	}
	if f := read(t, `{"as_of":"2022-05-20T00:00:00+24:00","pledges":[]}`); f.AsOf.IsValid() || f.AsOfOffset != 0 || f.ProblemCount != 1 {
		t.Errorf("%+v", f)
	}
}

// A sequence that is no number of 64 bits is none, and isn't made the largest one:
// a stream would be asked for what comes behind that.
func TestSequenceOutOfRangeIsAProblem(t *testing.T) {
	for text, want := range map[string]uint64{
		"0": 0, "43": 43, "18446744073709551615": math.MaxUint64,
		"18446744073709551616": 0, "99999999999999999999999999": 0, "-1": 0, "1.5": 0, "1e3": 0, "1e99": 0,
	} {
		f := read(t, `{"sequence":`+text+`,"pledges":[{"id":"`+id1+`"}]}`)
		if bad := want == 0 && text != "0"; f.Sequence != want || bad != (f.ProblemCount > 0) || f.Index.Count(Query{}).Total != 1 {
			t.Errorf("%s: %d, %+v", text, f.Sequence, f.Problems)
		}
	}
}
