package tally_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// searched returns the pledges of search-queries.tsv.
func searched(t testing.TB) *tally.Index {
	t.Helper()
	x := new(tally.Index)
	for _, name := range []string{"testdata/search-pledges.json", "../../examples/data/pledges.json", "../../examples/data/local-actions.json", "../../examples/data/announcements.json"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r := tally.Reader{Items: true}
		if _, err := r.Write(text); err != nil {
			t.Fatal(err)
		}
		f, err := r.Close()
		if err != nil || f.ProblemCount > 0 {
			t.Fatal(name, err, f.Problems)
		}
		x.Merge(f.Index)
	}
	return x
}

func TestQueriesFindWhatPeopleWant(t *testing.T) {
	x := searched(t)
	text, err := os.ReadFile("testdata/search-queries.tsv")
	if err != nil {
		t.Fatal(err)
	}
	queries := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "query" {
			continue
		}
		if len(cells) != 5 || cells[4] == "" {
			t.Fatalf("%q has %d cells", line, len(cells))
		}
		queries++
		wanted, missed, beside := strings.Fields(cells[1]), strings.Fields(cells[2]), strings.Fields(cells[3])
		want := append(slices.DeleteFunc(wanted, func(id string) bool { return slices.Contains(missed, id) }), beside...)
		var got []string
		for _, h := range x.Search(tally.Query{}, cells[0], 1000).Hits {
			got = append(got, h.ID.String()[:8])
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %v, want %v", cells[0], got, want)
		}
	}
	if queries < 60 {
		t.Errorf("only %d queries", queries)
	}
}
