package tally

import (
	"math"
	"testing"
)

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
