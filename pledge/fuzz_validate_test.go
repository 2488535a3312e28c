package pledge

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// Whatever a record holds, validating it never panics, gives the same report
// again, in order, and names only rules and fields of the table.
func FuzzValidate(f *testing.F) {
	s := newSource(8)
	for i := range 5 {
		p := s.pledge()
		f.Add(p.AppendJSON(nil), uint8(i%2), uint8(i))
	}
	for i, c := range ruleCases {
		p := soundPledge()
		c.change(&p)
		f.Add(p.AppendJSON(nil), uint8(i%2), uint8(i%8))
	}
	fields := map[string]bool{}
	for r := range Rules() {
		fields[r.Rule+" "+r.Field] = true
	}
	f.Fuzz(func(t *testing.T, record []byte, profile, lang uint8) {
		var p Pledge
		_ = p.UnmarshalJSON(record) // what could be taken is in p
		o := &ValidateOptions{Profile: Profile(profile), Language: gcm.Language(lang)}
		r := p.Validate(o)
		if again := p.Validate(o); !reflect.DeepEqual(r, again) {
			t.Fatalf("once\n%v\nand then\n%v", r, again)
		}
		if !slices.IsSortedFunc(r.Problems, compareProblems) || r.Errors()+r.Warnings() != len(r.Problems) {
			t.Fatalf("order or count: %v", r.Problems)
		}
		for _, q := range r.Problems {
			if q.Message == "" || !fields[q.Rule+" "+genericPath(q.Path)] {
				t.Errorf("%+v", q)
			}
		}
		if !json.Valid(r.AppendJSON(nil)) {
			t.Errorf("not JSON: %s", r.AppendJSON(nil))
		}
		feed := ValidateFeed(slices.Values([]Pledge{p, p}), o)
		if feed.Pledges != 2 || len(feed.Problems) < 2*len(r.Problems) {
			t.Errorf("alone %v, in a feed %v", r.Problems, feed.Problems)
		}
	})
}
