package tally

import (
	"slices"
	"strings"
	"testing"
)

// Values are what a query can be parsed of, and a wrong one is told them.
func TestFilterValuesAreThoseOfQueries(t *testing.T) {
	for name, n := range map[string]int{
		"objective": 23, "principle": 10, "region": 5, "state": 197, "implementing": 197, "category": 16, "type": 4, "nature": 4,
		"status": 4, "mirror": 2, "forum": 3, "since": 0, "until": 0, "withdrawn": 2, "topic": 0, "": 0, "States": 0,
	} {
		seen := map[Query]bool{}
		for value := range FilterValues(name) {
			q, err := ParseQuery(func(asked string) string {
				if asked == name {
					return value
				}
				return ""
			})
			if err != nil {
				t.Errorf("%s=%s: %v", name, value, err)
			}
			seen[q] = true
		}
		if len(seen) != n {
			t.Errorf("%d values of %s, want %d", len(seen), name, n)
		}
		for range FilterValues(name) { // and no more are asked for
			break
		}
	}
	for name, want := range map[string]string{
		"region":       `tally: "Europe" is not a value of region; there are africa, americas, asia, europe, oceania`,
		"withdrawn":    `tally: "Europe" is not a value of withdrawn; there are true, false`,
		"implementing": `tally: "Europe" is not a value of implementing, an ISO 3166-1 alpha-3 code`,
		"forum":        `tally: "Europe" is not a value of forum, or has other dates beside it; there are 2022, 2026, 2030`,
		"since":        `tally: "Europe" is not a value of since, a date such as 2022, 2022-05 or 2022-05-21`,
		"topic":        `tally: "Europe" is not a value of topic`, // of a feed that hasn't got it
	} {
		if got := (&QueryError{Name: name, Value: "Europe"}).Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	if all := slices.Collect(FilterValues("state")); !slices.IsSortedFunc(all, strings.Compare) || all[0] != "AFG" {
		t.Errorf("States are %v", all[:5])
	}
}
