package tally

import (
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func asking(values map[string]string) (Query, error) {
	return ParseQuery(func(name string) string { return values[name] })
}

// What is asked for is written in one way, whatever the order and the blanks.
func TestSeveralValuesAreWrittenInOrder(t *testing.T) {
	q, err := asking(map[string]string{"objective": " 23,7 , 7,", "region": "europe,africa", "topic": "b, a\\,c ,b,x\\\\", "state": "KEN"})
	if want := `objective=7,23 region=africa,europe state=KEN topic=a\,c,b,x\\`; err != nil || q.String() != want {
		t.Errorf("%v is\n%s, want\n%s", err, q, want)
	}
	if got := slices.Collect(q.Theme.All()); !slices.Equal(got, []string{"a,c", "b", `x\`}) || !q.Theme.Has("a,c") || q.Theme.Has("a") {
		t.Errorf("topics are %q", got)
	}
	if got := slices.Collect(q.Region.All()); !slices.Equal(got, []gcm.Region{gcm.Africa, gcm.Europe}) {
		t.Errorf("regions are %v", got)
	}
	again := map[string]string{}
	for name, value := range q.All() {
		again[name] = value
	}
	if read, err := asking(again); err != nil || read != q {
		t.Errorf("%v: read again it is %s", err, read)
	}
	if q, err := asking(map[string]string{"objective": " , ", "topic": ","}); err != nil || q != (Query{}) {
		t.Errorf("nothing is %s, %v", q, err)
	}
	if AnyOf[gcm.Region](0) != (Any[gcm.Region]{}) || AnyThemeOf("") != (AnyTheme{}) {
		t.Error("no value is one")
	}
}

// Of several values the one that is wrong is named.
func TestWrongValueOfSeveralIsNamed(t *testing.T) {
	for _, test := range []struct{ name, value, wrong string }{
		{"region", "africa,Europe", "Europe"},
		{"state", "KEN, DE", "DE"},
		{"since", "2022-13", "2022-13"},
		{"until", "May", "May"},
		{"forum", "2023", "2023"},
		{"forum", "2034", "2034"},
		{"withdrawn", "true,false", "true,false"},
	} {
		_, err := asking(map[string]string{test.name: test.value})
		if e, ok := err.(*QueryError); !ok || *e != (QueryError{test.name, test.wrong}) {
			t.Errorf("%s=%s: %v", test.name, test.value, err)
		}
	}
	if _, err := asking(map[string]string{"forum": "2022", "until": "2022"}); err == nil {
		t.Error("a forum beside other bounds")
	}
	q, err := asking(map[string]string{"forum": "2026"})
	if want := "since=2022-05-21 until=2026-05-08 forum=2026"; err != nil || q.String() != want {
		t.Errorf("%v, it is %s, want %s", err, q, want)
	}
}

// A pledge is between the bounds if all days of its date are, and of a review forum if
// it was announced after the one before it, until its last day.
func TestBoundsAreOfWholeDates(t *testing.T) {
	var x Index
	dates := []string{"", "2021", "2022", "2022-04", "2022-05", "2022-05-20", "2022-05-21", "2022-06", "2026-05-08", "2026-05-09", "2027"}
	for i, d := range dates {
		announced, _ := gcm.ParseDate(d)
		x.Put(Facets{ID: numbered(i), Announced: announced})
	}
	for _, test := range []struct {
		asked map[string]string
		want  []string
	}{
		{map[string]string{"since": "2022-05"}, []string{"2022-05", "2022-05-20", "2022-05-21", "2022-06", "2026-05-08", "2026-05-09", "2027"}},
		{map[string]string{"until": "2022"}, []string{"2021", "2022", "2022-04", "2022-05", "2022-05-20", "2022-05-21", "2022-06"}},
		{map[string]string{"since": "2022", "until": "2022-05"}, []string{"2022-04", "2022-05", "2022-05-20", "2022-05-21"}},
		{map[string]string{"since": "2023", "until": "2022"}, nil},
		{map[string]string{"forum": "2022"}, []string{"2021", "2022-04", "2022-05-20"}},
		{map[string]string{"forum": "2026"}, []string{"2022-05-21", "2022-06", "2026-05-08"}},
		{map[string]string{"forum": "2030"}, []string{"2026-05-09", "2027"}},
	} {
		q, err := asking(test.asked)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for f := range x.All() {
			if q.Matches(&f) {
				got = append(got, f.Announced.String())
			}
		}
		slices.Sort(got)
		if n := x.Count(q).Total; n != len(test.want) || !slices.Equal(got, test.want) {
			t.Errorf("%v: %d are %q, want %q", test.asked, n, got, test.want)
		}
	}
}
