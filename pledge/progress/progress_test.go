package progress

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

const id1 = "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"

func instant(s string) gcm.Instant {
	t, err := gcm.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return t
}

func read(t *testing.T, table string) Sheet {
	t.Helper()
	s, err := Read(strings.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// book returns two pledges, the second of which has a report.
func book() []pledge.Pledge {
	return []pledge.Pledge{
		{ID: uuid.MustParse(id1), Ref: "217", Updated: instant("2022-05-20T00:00:00Z"), Title: "A"},
		{ID: uuid.UUID{6: 0x70, 8: 0x80, 15: 2}, Ref: "12", Updated: instant("2022-05-20T00:00:00Z"), Title: "B",
			Reports: []pledge.ProgressReport{{Date: gcm.DateOf(2024, 5, 0), Status: gcm.Planned}}},
	}
}

func TestTemplateIsATableThatCanBeRead(t *testing.T) {
	s := read(t, string(AppendTemplate(nil))+id1+",,2024-05-20,En cours,37.5%,OECD,\"Two,\nlines\",fr,KEN SLE,https://example.org/1 https://example.org/2,people,%,1,5000,-0.5\r\n")
	if len(s.Rows) != 1 || len(s.Problems) > 0 || len(s.Ignored) > 0 {
		t.Fatalf("%+v", s)
	}
	p := pledge.Pledge{Reports: []pledge.ProgressReport{s.Rows[0].Report}}
	want := `{"reports":[{"date":"2024-05-20","status":"in-progress","share":"37.5","indicators":[{"name":"people","unit":"%","baseline":"1","target":"5000","actual":"-0.5"}],` +
		`"states":["KEN","SLE"],"links":["https://example.org/1","https://example.org/2"],"by":"OECD","summary":"Two,\nlines","language":"fr"}]}`
	if got := string(p.AppendJSON(nil)); got != want || s.Rows[0].ID.String() != id1 || s.Rows[0].Line != 2 {
		t.Errorf("%s", got)
	}
}

func TestProblemsNameThePlaceAndCostNoMoreThanTheyMust(t *testing.T) {
	s := read(t, "Date;REF;share;contact e-mail;indicator;actual;states\n"+
		"2024;217;40;me@example.org;trained;10;KEN\n"+
		"2024;217;;;employed;2;\n"+ // another indicator
		";;;;;;\n"+
		"May;217;;;;;\n"+
		"2024;;;;;;\n"+
		"2024;218;lots;;;5;KEN XXX\n"+
		"2024;219;1;;;;;;\n"+
		"2024;'=1+1;;;;;\n")
	var got []string
	for _, p := range s.Problems {
		got = append(got, p.String()+fmt.Sprint(" ", p.Lost))
	}
	want := []string{
		`line 5, date "May": not a date such as 2024, 2024-05 or 2024-05-31 true`, `line 6, id: of which pledge? true`,
		`line 7, share "lots": not a number such as 40 or 37.5 false`, `line 7, states "KEN XXX": gcm: code of a State "XXX": unknown false`, `line 7, indicator: its values have no name false`,
		`line 8: more cells than columns true`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if len(s.Rows) != 3 || len(s.Rows[0].Report.Indicators) != 2 || s.Rows[2].Ref != "=1+1" || !slices.Equal(s.Ignored, []string{"contact e-mail"}) {
		t.Errorf("%+v", s)
	}
	for _, table := range []string{"", "\ufeff", "a,b\n1,2\n", "date,status\n2024,planned", "date,ref,Date\n", "date,ref\n\"2024,1\n", "date,ref\n\xff,1"} {
		if s, err := Read(strings.NewReader(table)); !errors.Is(err, ErrTable) || len(s.Rows) > 0 {
			t.Errorf("%q: %v", table, err)
		}
	}
}

func TestPlanChangesNothingAndCanBeMadeAgain(t *testing.T) {
	table := "ref,id,date,status,by,links\n" +
		"217,,2025,fulfilled,,\n" +
		",\"" + id1 + "\",2024,planned,,\n" + // before it
		"12,,2024-05,in-progress,,https://example.org/2\n" + // in place of the one that is there
		"12,,2024-05,in-progress,OECD,\n" + // which is another's
		"99,,2024,planned,,\n" +
		"12,,2030,fulfilled,,\n" + // foretold
		"12,,2024,planned,,http://example.org\n"
	all := book()
	before := fmt.Sprint(all)
	plan := PlanFor(slices.Values(all), read(t, table).Rows, instant("2026-01-01T00:00:00Z"))
	if fmt.Sprint(all) != before {
		t.Error("a dry run changes pledges")
	}
	if plan.Added != 3 || plan.Replaced != 1 || plan.Known != 0 || len(plan.Revised) != 2 {
		t.Fatalf("%+v", plan)
	}
	var said []string
	for _, p := range plan.Problems {
		said = append(said, p.String())
	}
	if want := []string{"line 6: there is no such pledge",
		"line 7: Date of the report: is after the day of this revision (2026-01-01), so that the report isn’t counted",
		"line 8: Link of the report: give a complete address that begins with https://"}; !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
	first, second := plan.Revised[0], plan.Revised[1]
	if first.Reports[0].Status != gcm.Planned || first.Reports[1].Status != gcm.Fulfilled || first.Updated != instant("2026-01-01T00:00:00Z") {
		t.Errorf("%+v", first.Reports)
	}
	if f := second.Facets(); len(second.Reports) != 2 || f.Progress.Status != gcm.InProgress || f.Progress.Evidence != gcm.Confirmed {
		t.Errorf("%+v", second.Reports)
	}
	again := PlanFor(slices.Values(plan.Revised), read(t, table).Rows, instant("2026-02-01T00:00:00Z"))
	if again.Known != 4 || again.Added+again.Replaced+len(again.Revised) != 0 {
		t.Errorf("again: %+v", again)
	}
	if late := PlanFor(slices.Values(plan.Revised), read(t, "ref,date\n12,2023\n").Rows, instant("2024-01-01T00:00:00Z")); len(late.Revised) > 0 || len(late.Problems) != 1 {
		t.Errorf("a pledge is revised before its latest revision: %+v", late)
	}
	// Neither of two rows of one date and body is put over the other.
	twice := "ref,date,status,by\n217,2025,planned,\n217,2025,fulfilled,\n217,2025,fulfilled,IOM\n"
	if plan := PlanFor(slices.Values(book()), read(t, twice).Rows, instant("2026-01-01T00:00:00Z")); plan.Added != 2 || plan.Replaced != 0 ||
		len(plan.Problems) != 1 || plan.Problems[0].String() != "line 3, date: line 2 has a report of that date by the same body" {
		t.Errorf("%+v", plan)
	}
	all[1].Ref = "217"
	if twice := PlanFor(slices.Values(all), read(t, "ref,date\n217,2023\n").Rows, instant("2026-01-01T00:00:00Z")); len(twice.Revised) > 0 || len(twice.Problems) != 1 {
		t.Errorf("which of two pledges is guessed: %+v", twice)
	}
}

func TestNoPledgeGetsMoreReportsThanThereMayBe(t *testing.T) {
	table := "ref,date\n"
	for n := range tally.MaxReports + 1 {
		table += "217," + gcm.DateOf(1900+n, 0, 0).String() + "\n"
	}
	plan := PlanFor(slices.Values(book()), read(t, table).Rows, instant("2026-01-01T00:00:00Z"))
	if plan.Added != tally.MaxReports || len(plan.Problems) != 1 || plan.Problems[0].Line != tally.MaxReports+2 {
		t.Errorf("%d added, %v", plan.Added, plan.Problems)
	}
}
