package pledge

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestProblemsAreInTheOrderOfTheirPaths(t *testing.T) {
	want := []string{"", "/a", "/a/0", "/a/2/b", "/a/10/a", "/a/10/b", "/a/x", "/ab", "/b"}
	paths := slices.Clone(want)
	slices.Reverse(paths)
	slices.SortFunc(paths, comparePaths)
	if !slices.Equal(paths, want) {
		t.Errorf("%q", paths)
	}
	for i, a := range want {
		for j, b := range want {
			if got := comparePaths(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("comparePaths(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func TestReportCountsAndMarshals(t *testing.T) {
	r := Report{Problems: []Problem{{"/a", "x", "1", Error, "\"A\""}, {"/b", "y", "", Warning, "B"}, {"/c", "y", "", Warning, "C"}}, Criteria: CriterionSetOf(TimeBound, Linked)}
	if r.OK() || r.Errors() != 1 || r.Warnings() != 2 || !(Report{Problems: r.Problems[1:]}).OK() || !(Report{}).OK() {
		t.Error("counts")
	}
	got, err := json.Marshal(r)
	want := `{"problems":[{"path":"/a","rule":"x","param":"1","severity":"error","message":"\"A\""},{"path":"/b","rule":"y","severity":"warning","message":"B"},{"path":"/c","rule":"y","severity":"warning","message":"C"}],"criteria":["linked","time-bound"]}`
	if err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
	if got, _ := json.Marshal(Report{}); string(got) != `{"problems":[],"criteria":[]}` {
		t.Errorf("%s", got)
	}
	if got, _ := json.Marshal(r.Problems[1]); string(got) != `{"path":"/b","rule":"y","severity":"warning","message":"B"}` {
		t.Errorf("%s", got)
	}
	if s := r.Problems[0].String(); s != `/a: error x: "A"` {
		t.Error(s)
	}
}

func TestSeveritiesAndProfilesHaveNames(t *testing.T) {
	for s, want := range map[Severity]string{Error: "error", Warning: "warning", Off: "off", 77: "Severity(77)"} {
		if s.String() != want {
			t.Errorf("%q, want %q", s, want)
		}
	}
	if SubmissionProfile.String() != "submission" || PublicationProfile.String() != "publication" || Profile(0) != SubmissionProfile {
		t.Error("profiles")
	}
	if text, err := Warning.MarshalText(); string(text) != "warning" || err != nil {
		t.Error(text, err)
	}
}
