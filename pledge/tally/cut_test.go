package tally

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// A piece of a feed may end anywhere: also within a list or blanks that are longer than
// what a scanner may look at behind a record.
func TestLongListsAndBlanksMayBeCutAnywhere(t *testing.T) {
	long := strings.Repeat(" ", 100)
	record := `{"id":"00000000-0000-4000-8000-000000000002","objectives":[` + strings.Repeat("7,23,", 40) + `1],` + long +
		`"natures":[` + strings.Repeat(`"policy","process",`, 12) + `"financial"],"title":"` + strings.Repeat("é", 60) + `",` +
		`"links":["` + strings.Repeat("x", 90) + `"],"pledgers":[` + strings.Repeat(`{"name":"A"},`, 12) + `{"name":"A"}]` + long + `}`
	feed := `{"pledges":[{"id":"00000000-0000-4000-8000-000000000001","pledgers":[{"name":"A"}]},` + record + `]}`
	for cut := 0; cut < len(feed); cut += 3 {
		var r Reader
		r.Write([]byte(feed[:cut]))
		r.Write([]byte(feed[cut:]))
		f, err := r.Close()
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		c := f.Index.Count(Query{Objective: AnyOf[objectives.Objective](23)})
		if f.Records != 2 || len(f.Problems) != 0 || c.Total != 1 || c.Objectives[1] != 1 || c.Natures[gcm.Financial] != 1 || c.Pledgers != 1 {
			t.Fatalf("cut at %d: %d records, %v, %+v", cut, f.Records, f.Problems, c)
		}
	}
}
