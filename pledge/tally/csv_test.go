package tally

import (
	"strings"
	"testing"
)

func TestTableHasWhatAnIndexKnows(t *testing.T) {
	r := Reader{Items: true}
	r.Write([]byte(`[{"id":"` + id1 + `","title":"=Data, \"all\" of it","language":"en","updated":"2022-05-20T00:00:00Z","announced":"2022-05","type":"common","status":"planned","reports":[{"date":"2022","status":"in-progress","links":["https://example.org"]}],
"objectives":[7,10],"principles":["rule-of-law"],"natures":["policy","financial"],"mirror":false,"themes":["climate","a; b"],"links":["https://example.org/1"],
"pledgers":[{"name":"Deutschland","category":"member-state","state":"DEU"},{"name":"City","category":"local-authority","state":"KEN"}],"implementation":{"states":["SLE","KEN"]}},
{"id":"` + id2 + `","pledgers":[{"state":"FRA"}]}]`))
	f, err := r.Close()
	if err != nil || f.ProblemCount > 0 {
		t.Fatal(err, f.Problems)
	}
	got := string(f.Index.AppendCSV([]byte("> "), f.Index.Newest(Query{}, 5)))
	want := "> " + columns +
		id1 + `,2022-05-20T00:00:00Z,"'=Data, ""all"" of it",en,2022-05,Deutschland,1,https://example.org/1,` +
		"common,planned,in-progress,linked,7; 10,rule-of-law,financial; policy,member-state; local-authority,africa; europe,false,DEU; KEN,climate; a; b,SLE; KEN\r\n" +
		id2 + ",,,,,FRA,,,,,,nothing-reported,,,,,europe,,FRA,,\r\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for line := range strings.Lines(want) {
		if n := strings.Count(line, ",") - strings.Count(line, "Data,"); n != strings.Count(columns, ",") {
			t.Errorf("%d commas: %s", n, line)
		}
	}
	if got := string(new(Index).AppendCSV(nil, nil)); got != columns {
		t.Errorf("of nothing: %q", got)
	}
}
