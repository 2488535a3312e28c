package task

import (
	"errors"
	"maps"
	"strings"
	"testing"
)

func TestDiffNamesTheFirstDifference(t *testing.T) {
	right := Result{Total: 3, Pledgers: 2, Months: map[string]int{"2022-05": 1, "2022-06": 2}}
	right.Objectives[7], right.Regions[1] = 3, 3
	right.Newest = []Item{{ID: "a", Title: "A"}, {ID: "b"}}
	for want, change := range map[string]func(*Result){
		"":                                  func(r *Result) {},
		"total is 4, want 3":                func(r *Result) { r.Total, r.Pledgers = 4, 9 },
		"objectives[7] is 2, want 3":        func(r *Result) { r.Objectives[7] = 2 },
		"objectives[23] is 1, want 0":       func(r *Result) { r.Objectives[23] = 1 },
		"regions[0] is 1, want 0":           func(r *Result) { r.Regions[0] = 1 },
		"pledgers is 1, want 2":             func(r *Result) { r.Pledgers = 1 },
		`months["2022-05"] is 0, want 1`:    func(r *Result) { delete(r.Months, "2022-05") },
		`months["2022-06"] is 1, want 2`:    func(r *Result) { r.Months["2022-06"] = 1 },
		"number of the newest is 1, want 2": func(r *Result) { r.Newest = r.Newest[:1] },
		"newest[1] is {ID:b Title: Pledger: Announced: Link:x}, want {ID:b Title: Pledger: Announced: Link:}": func(r *Result) {
			r.Newest = []Item{r.Newest[0], {ID: "b", Link: "x"}}
		},
		`months["2022-07"] is 0, want 0`: func(r *Result) { r.Months["2022-07"] = 0 },
	} {
		other := right
		other.Months = maps.Clone(right.Months)
		change(&other)
		if have := other.Diff(&right); have != want {
			t.Errorf("%q, want %q", have, want)
		}
	}
}

// counts returns a tool that finds as many pledges as next says, click after
// click.
func counts(next func(Filter) int) LoadFunc {
	return func(Job) (CountFunc, error) {
		return func(f Filter) (func() Result, error) {
			n := next(f)
			return func() Result { return Result{Total: n} }, nil
		}, nil
	}
}

func TestClicksAlternate(t *testing.T) {
	var clicked []int
	load := counts(func(f Filter) int {
		clicked = append(clicked, f.Objective)
		return f.Objective
	})
	a, err := Job{Task: Count, Clicks: Clicks()}.run(load)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Results) != 3 || a.Results[0].Total != 7 || a.Results[1].Total != 8 || a.Results[2].Total != 23 {
		t.Errorf("the results are %+v", a.Results)
	}
	if len(a.Seconds) != len(clicked) || len(clicked) < 3*leastRounds || len(clicked) > 3*mostRounds {
		t.Errorf("%d measurements of %d clicks", len(a.Seconds), len(clicked))
	}
	for i := 1; i < len(clicked); i++ {
		if clicked[i] == clicked[i-1] {
			t.Fatalf("clicks %d and %d are the same", i-1, i)
		}
	}
}

func TestAToolThatChangesItsMindFails(t *testing.T) {
	n := 0
	load := counts(func(Filter) int { n++; return n })
	if _, err := (Job{Task: Count, Clicks: Clicks()}).run(load); err == nil || !strings.Contains(err.Error(), "total is 4, want 1") {
		t.Error(err)
	}
}

func TestAToolThatFailsIsNotMeasured(t *testing.T) {
	broken := errors.New("broken")
	for _, what := range []string{Read, Count} {
		job := Job{Task: what, Clicks: Clicks()}
		if _, err := job.run(func(Job) (CountFunc, error) { return nil, broken }); err != broken {
			t.Errorf("%s: loading: %v", what, err)
		}
		count := func(Filter) (func() Result, error) { return nil, broken }
		if _, err := job.run(func(Job) (CountFunc, error) { return count, nil }); err != broken {
			t.Errorf("%s: counting: %v", what, err)
		}
	}
}
