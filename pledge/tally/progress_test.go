package tally

import (
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func date(t *testing.T, s string) (d gcm.Date) {
	t.Helper()
	if err := d.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWhatIsCountedOfReports(t *testing.T) {
	revised, _ := gcm.ParseInstant("2024-06-30T23:00:00Z")
	report := func(on, status string, e gcm.Evidence) Report {
		s, _ := gcm.StatusFromCode(status)
		return Report{date(t, on), s, e}
	}
	for _, test := range []struct {
		why, deadline, status string
		reports               []Report
		want                  string // month, status, evidence and whether it is open
	}{
		{"no report", "", "", nil, "   "},
		{"no report, and a deadline", "2024", "", nil, "   open"},
		{"a deadline of a pledge that says itself that it is fulfilled", "2024", "fulfilled", nil, "   "},
		{"a withdrawn one", "2024", "withdrawn", nil, "   "},
		{"the later date counts, in whatever order", "", "", []Report{report("2024-05-02", "fulfilled", gcm.Stated), report("2024-04-30", "planned", gcm.Confirmed)}, "2024-05 fulfilled stated "},
		{"of the same date the second", "", "", []Report{report("2024-05-02", "fulfilled", gcm.Stated), report("2024-05-02", "planned", gcm.Linked)}, "2024-05 planned linked "},
		{"the latest that says a status", "", "", []Report{report("2024-03", "in-progress", gcm.Linked), report("2024-05", "", gcm.Confirmed)}, "2024-05 in-progress linked "},
		{"the strongest of those that say it", "", "", []Report{report("2023", "fulfilled", gcm.Confirmed), report("2024", "fulfilled", gcm.Stated)}, "2024 fulfilled confirmed "},
		{"no status at all", "", "", []Report{report("2023", "", gcm.Linked), report("2024", "", gcm.Stated)}, "2024  linked "},
		{"a status of its own isn't one of a report", "", "planned", []Report{report("2023", "", gcm.Stated)}, "2023  stated "},
		{"the day after the revision, as in Samoa", "", "", []Report{report("2024-07-01", "planned", gcm.Stated)}, "2024-07 planned stated "},
		{"two days after the revision", "", "", []Report{report("2024-07-02", "planned", gcm.Stated)}, "   "},
		{"a year that has begun", "", "", []Report{report("2024", "planned", gcm.Stated), report("2025", "fulfilled", gcm.Stated)}, "2024 planned stated "},
		{"before the deadline", "2024-05-31", "", []Report{report("2024-05-30", "planned", gcm.Stated)}, "2024-05 planned stated open"},
		{"on the deadline", "2024-05-31", "", []Report{report("2024-05-31", "planned", gcm.Stated)}, "2024-05 planned stated "},
		{"in its month", "2024-05-31", "", []Report{report("2024-05", "planned", gcm.Stated)}, "2024-05 planned stated "},
		{"fulfilled before the deadline", "2024-05-31", "", []Report{report("2022", "fulfilled", gcm.Stated)}, "2022 fulfilled stated "},
		{"a report of nothing known", "", "", []Report{{Date: date(t, "2024"), Status: 77}}, "2024  stated "},
		{"one without a date", "2024", "", []Report{{Status: gcm.Fulfilled}}, "   open"},
	} {
		status, _ := gcm.StatusFromCode(test.status)
		p := ProgressOf(revised, date(t, test.deadline), status, test.reports)
		got := p.Reported.String() + " " + p.Status.String() + " " + p.Evidence.String() + " "
		if p.Open {
			got += "open"
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.why, got, test.want)
		}
	}
	if Foretells(date(t, "9999"), gcm.Instant{}) || Foretells(gcm.Date{}, revised) {
		t.Error("what isn't stated foretells something")
	}
	if e := EvidenceOf(" ", []string{"http://example.org", "https://" + strings.Repeat("x", 500)}); e != gcm.Stated {
		t.Error("a blank confirms, or a link that nobody shows counts:", e)
	}
	if a, b := EvidenceOf("", []string{"x", "HTTPS://example.org"}), EvidenceOf("OECD", nil); a != gcm.Linked || b != gcm.Confirmed {
		t.Error(a, b)
	}
}

func TestReportsAndDeadlinesAreThoseOfTheDayAsked(t *testing.T) {
	var c Counts
	for i, s := range []string{"2024", "2025", "2025-05", "2025-06", "2026", "2026-05", "2026-06"} {
		c.Reports = append(c.Reports, MonthCount{date(t, s), 1 << i})
		c.Deadlines = append(c.Deadlines, MonthCount{date(t, s), 10 << i})
		c.Due = append(c.Due, MonthCount{date(t, s), 1 << i})
	}
	for at, want := range map[string][3]int{
		// The year 2025 isn't within twelve months of May 2026 as a whole; of 2026, what there has been of it is.
		"2026-05": {1<<3 + 1<<4 + 1<<5, 10 * (1 + 2 + 4 + 8), 1 + 2 + 4 + 8}, "2026-05-31": {1<<3 + 1<<4 + 1<<5, 10 * (1 + 2 + 4 + 8), 1 + 2 + 4 + 8},
		"2025-12": {1<<1 + 1<<2 + 1<<3, 10 * (1 + 4 + 8), 1 + 4 + 8}, "2025-05-01": {1<<1 + 1<<2, 10, 1}, "2024-01": {1, 0, 0}, "2030-01": {0, 10 * 127, 127},
	} {
		d := date(t, at)
		passed, due := c.DeadlinesPassed(d)
		if got := [3]int{c.ReportedWithin(12, d), passed, due}; got != want {
			t.Errorf("at %s: %v, want %v", at, got, want)
		}
	}
}

// Deadlines and reports share a dictionary of months with announcements; what isn't used
// any more is forgotten.
func TestMonthsOfReportsAreForgotten(t *testing.T) {
	var x Index
	s := newSource(31)
	for range 500 {
		x.Put(s.facets())
	}
	for n := range 41 {
		x.Remove(ID{15: byte(n)})
	}
	if n := x.months.numbers.Len(); n != 0 || x.Len() != 0 {
		t.Errorf("%d months of %d pledges", n, x.Len())
	}
}

// Ten thousand reports of a pledge are a problem, and so is one that isn't dated.
func TestRecordWithTooManyReportsIsLeftOut(t *testing.T) {
	var r Reader
	many := strings.Repeat(`{"date":"2024","status":"fulfilled"},`, 10_000)
	r.Write([]byte(`[{"id":"` + id1 + `","reports":[` + many[:len(many)-1] + `]},{"id":"` + id2 + `","reports":[{"status":"fulfilled"},{"date":"2024-13"},{"date":"2099","status":"fulfilled"}],"updated":"2024-05-01T00:00:00Z"}]`))
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, p := range f.Problems {
		rules = append(rules, p.Path+" "+p.Rule)
	}
	if want := []string{"/reports too-long", "/reports/0 required", "/reports/1/date malformed", "/reports/1 required"}; !slices.Equal(rules, want) {
		t.Errorf("%q", rules)
	}
	if c := f.Index.Count(Query{}); c.Total != 1 || c.Evidence[gcm.NothingReported] != 1 || c.Reported[gcm.Fulfilled] != 0 {
		t.Errorf("%s", c.AppendJSON(nil))
	}
}
