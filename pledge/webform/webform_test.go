package webform

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
)

// sheetOf returns a CSV file of rows, which are cells by label.
func sheetOf(rows ...map[string]string) []byte {
	labels := map[string]bool{}
	for _, row := range rows {
		for label := range row {
			labels[label] = true
		}
	}
	header := slices.Sorted(maps.Keys(labels))
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write(header)
	for _, row := range rows {
		cells := make([]string, len(header))
		for i, label := range header {
			cells[i] = row[label]
		}
		w.Write(cells)
	}
	w.Flush()
	return b.Bytes()
}

// importOne imports one row, to which it gives a number.
func importOne(t *testing.T, cells map[string]string) (pledge.Pledge, *Report) {
	t.Helper()
	cells = maps.Clone(cells)
	if _, given := cells["Submission Number"]; !given {
		cells["Submission Number"] = "7"
	}
	if title := labels().first[title]; cells[title] == "" {
		cells[title] = ""
	}
	all, report := importAll(t, sheetOf(cells))
	if len(all) != 1 {
		var b strings.Builder
		report.WriteText(&b)
		t.Fatalf("%d pledges, want 1\n%s", len(all), b.String())
	}
	return all[0], report
}

func importAll(t *testing.T, file []byte) ([]pledge.Pledge, *Report) {
	t.Helper()
	all, report, err := Import(bytes.NewReader(file), nil)
	if err != nil {
		t.Fatal(err)
	}
	checkTotals(t, report)
	if report.Pledges != len(all) {
		t.Errorf("the report counts %d pledges of %d", report.Pledges, len(all))
	}
	return all, report
}

// checkTotals checks that every row became something, and every problem is
// counted.
func checkTotals(t *testing.T, r *Report) {
	t.Helper()
	if r.Rows != r.Pledges+r.Drafts+r.Lost+r.Blank+r.Repeated+r.NoEntries || r.Revisions > r.Pledges {
		t.Errorf("%d rows, but %d pledges, %d drafts, %d lost and %d blank", r.Rows, r.Pledges, r.Drafts, r.Lost, r.Blank)
	}
	counted := r.Number(Error) + r.Number(Warning) + r.Number(Note)
	if len(r.Problems) != min(counted, DefaultMaxProblems) {
		t.Errorf("%d problems listed, %d counted", len(r.Problems), counted)
	}
	lost := 0
	for _, p := range r.Problems {
		if p.Lost {
			lost++
		}
	}
	if counted <= DefaultMaxProblems && lost != r.Lost {
		t.Errorf("%d rows are lost, %d problems say why", r.Lost, lost)
	}
}

// rules returns the rules of a report's problems, with their severities.
func rules(r *Report) string {
	var all []string
	for _, c := range r.Counts {
		all = append(all, c.Severity.String()+" "+c.Rule)
	}
	return strings.Join(all, ", ")
}

// jsonOf returns the pledge as JSON without what a test doesn't ask for.
func jsonOf(t *testing.T, p pledge.Pledge, names ...string) string {
	t.Helper()
	all := members(&p)
	asked := map[string]json.RawMessage{}
	for _, n := range names {
		if v, ok := all[n]; ok {
			asked[n] = v
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(asked); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// sameJSON checks that two lists of pledges are the same.
func sameJSON(t *testing.T, got, want []pledge.Pledge) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d pledges, want %d", len(got), len(want))
	}
	for i := range got {
		if g, w := got[i].AppendJSON(nil), want[i].AppendJSON(nil); !bytes.Equal(g, w) {
			t.Errorf("pledge %d is\n%s\nwant\n%s", i, g, w)
		}
	}
}
