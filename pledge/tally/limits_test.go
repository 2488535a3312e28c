package tally_test

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Nobody reads a list of so many links, and nobody takes a title for one.
func TestWhoListsPledgesReadsTheSameOnes(t *testing.T) {
	list := "[" + strings.Repeat(`"a",`, tally.MaxLinks) + `"a"]`
	for _, c := range []struct {
		record string
		unread int
	}{{`"title":` + list, 0}, {`"language":` + list, 0}, {`"links":` + list, 1}} {
		for _, items := range []bool{false, true} {
			r := tally.Reader{Items: items}
			r.Write([]byte(`[{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6010"},{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6011",` + c.record + `}]`))
			if f, err := r.Close(); err != nil || f.Unread != c.unread || f.Index.Len() != 2-c.unread {
				t.Errorf("%.20s, items %v: %+v %v", c.record, items, f, err)
			}
		}
	}
}

// What is the second time written as it was the first time is as deep.
func TestDepthIsHeldForWhatHasBeenReadBefore(t *testing.T) {
	for _, c := range []struct {
		depth  int
		member string
	}{
		{1, `"natures":["policy"]`}, {1, `"objectives":[7]`}, {2, `"pledgers":[{"name":"A"}]`}, {2, `"implementation":{"states":["KEN"]}`},
		{0, `"pledgers":[{"name":"A","x":` + strings.Repeat("[", 30) + strings.Repeat("]", 30) + `}]`},
		{0, `"implementation":{"states":["KEN"],"x":` + strings.Repeat("[", 31) + strings.Repeat("]", 31) + `}`},
	} {
		record := `{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6010",` + c.member + "}\n"
		r := tally.Reader{Limits: tally.Limits{Depth: c.depth}}
		r.Write([]byte(`{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6011"}` + "\n" + record + record + record))
		f, err := r.Close()
		if err != nil || f.Unread != 3 || f.Index.Len() != 1 {
			t.Errorf("%.60s: %+v %v", c.member, f, err)
		}
	}
}
