package webform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

// A file of which nothing can be made says what it has instead, and nothing of
// what its cells hold.
func TestFilesWithoutAnEntityATitleOrObjectivesAreOfNoUse(t *testing.T) {
	for name, file := range map[string]string{
		"only numbers":               "Submission Number,Created,Full name\n1,x,Canary Bird\n",
		"labels in another language": "Submission Number,Wer verpflichtet sich,Titel,Ziele,Canary Bird\n1,a,b,7,Canary Bird\n",
		"no header":                  "7,Canary Bird,canary@example.org,Country\n8,Canary Two,c@example.org,x\n",
		"no number":                  "Name of the pledge,Canary Bird\nCanary,Canary\n",
		"data above and below":       "Canary Bird,Created\nCanary,Submission Number\n",
	} {
		for _, lines := range [...]string{"\n", "\r", "\r\n"} {
			all, report, err := Import(strings.NewReader(strings.ReplaceAll(file, "\n", lines)), nil)
			var open *OpenError
			if !errors.As(err, &open) || !errors.Is(err, ErrHeader) || len(all) > 0 {
				t.Errorf("%s: %d pledges, %v", name, len(all), err)
				continue
			}
			searchCanaries(t, err.Error()+outputs(t, nil, report))
		}
	}
	_, _, err := Import(strings.NewReader("Submission Number,Wer,Full name,Canary\n1,2,3,4\n"), nil)
	const want = "webform: not an export of the form: no column that is known with the entity, the title or the objectives." +
		" Of 4 columns these are known: “Submission Number” (1), “Full name” (3); these aren't: 2, 4"
	if err == nil || err.Error() != want {
		t.Errorf("it says %v", err)
	}
}

// Where the header is broken, people's names stand in it.
func TestLabelsThatAreNotKnownAreNotShown(t *testing.T) {
	file := "Submission Number,Name of the pledge,Canary Bird,canary@example.org,Canary: pledge,Full name: Canary,Objectives: Canary,Nature of the pledge: Financial (Canary),Country of the canary,Name of the country\n" +
		"1,Canaries aside,a,b,c,d,e,f,g,\n"
	_, report := importAll(t, []byte(file))
	var b bytes.Buffer
	_ = report.WriteText(&b)
	_ = json.NewEncoder(&b).Encode(report)
	searchCanaries(t, b.String())
	if !strings.Contains(b.String(), "column 10, “Name of the country”") || !strings.Contains(b.String(), "column 3: 1\n") {
		t.Errorf("the report is %s", b.String())
	}
}

func TestNumbersThatAreThereTwiceAreSaid(t *testing.T) {
	const head = "Submission Number,Name of the pledge,Changed\n"
	for _, test := range []struct {
		name, rows, rules string
		titles            string
		revisions         int
	}{
		{"the same", "1,a,2022-06-02\n1,a,2022-06-02\n", "note repeated", "a", 0},
		{"another pledge", "1,a,2022-06-02\n1,b,2022-06-02\n", "error duplicate", "a", 0},
		{"an earlier revision", "1,a,2022-06-02\n1,b,2022-06-01\n", "error duplicate", "a", 0},
		{"a later revision", "1,a,2022-06-02\n1,b,2022-06-03\n", "note revision", "a b", 1},
		{"without a date", "1,a,\n1,b,\n", "error duplicate", "a", 0},
		{"as a spreadsheet has it", "1,a,2022-06-02\n1.0,a,2022-06-02\n", "note repeated", "a", 0},
		{"rounded", "1.65929E+09,a,\n2,b,\n", "error rounded", "b", 0},
		{"with an exponent", "2.278E3,a,\n2278,a,\n2.278E+03,a,\n2.278000E3,a,\n", "note repeated", "a", 0},
	} {
		all, report := importAll(t, []byte(head+test.rows))
		var titles []string
		for _, p := range all {
			titles = append(titles, p.Title)
		}
		if got := strings.Join(titles, " "); got != test.titles || rules(report) != test.rules || report.Revisions != test.revisions {
			t.Errorf("%s: %s; %s, %d revisions", test.name, got, rules(report), report.Revisions)
		}
	}
	_, report := importAll(t, []byte(head+"1,a,2022-06-02\n2,b,2022-06-02\n1,c,2022-06-02\n"))
	const want = "Row 3 (line 4), column 1, “Submission Number”: error: Row 1 has the same number, says something else, and isn't older: " +
		"which of them is right nobody can tell. Row 1 is kept; delete one, or give it a number of its own. The row is lost."
	if got := report.Problems[0].String(); got != want {
		t.Errorf("it says %s", got)
	}
}

func TestRowsThatAreNoEntriesAreNoPledges(t *testing.T) {
	file := "Pledges of 2022,,\n,,\nSubmission Number,Name of the pledge,Objectives\nserial,name_of_the_pledge,gcm_objective_support\n" +
		"1,a,7\nSubmission Number,Name of the pledge,Objectives\n2,b,8\nTotal,,2\n,,\n"
	all, report := importAll(t, []byte(file))
	if len(all) != 2 || report.NoEntries != 3 || report.Above != 2 || report.Blank != 1 || rules(report) != "note labels, note totals" {
		t.Errorf("%d pledges, %+v", len(all), report)
	}
}

func TestSecondColumnsOfAFieldAreSaid(t *testing.T) {
	all, report := importAll(t, []byte("Submission Number,Name of the pledge,Título del compromiso\n1,Data,Datos\n2,Data,Data\n3,Data,\n"))
	if len(all) != 3 || rules(report) != "warning second" || report.Number(Warning) != 1 || report.Problems[0].Place != 3 {
		t.Errorf("%+v", report)
	}
}

func TestRecordsOverTheLimitCostOnlyThemselves(t *testing.T) {
	file := fmt.Sprintf("Submission Number,Description of the pledge,Objectives\n1,a,7\n2,%s,7\n3,b,7\n", strings.Repeat("a", 2000))
	all, report, err := Import(strings.NewReader(file), &Options{MaxRecord: 2000})
	checkTotals(t, report)
	if err != nil || len(all) != 2 || all[1].Ref != "3" || rules(report) != "error too-large" || report.Problems[0].Row != 2 {
		t.Errorf("%d pledges, %s, %v", len(all), rules(report), err)
	}
}

// gone is a stream whose client leaves, and that counts what is asked of it.
type gone struct {
	after, asked int
	err          error
	rows         []byte
}

func (g *gone) Read(b []byte) (int, error) {
	if g.asked++; g.after <= 0 {
		return 0, g.err
	}
	g.after--
	if g.asked == 1 {
		return copy(b, "Submission Number,Name of the pledge\n"), nil
	}
	row := fmt.Sprintf("%d,%s\n", g.asked, strings.Repeat("(", 4000))
	g.rows = append(g.rows, row...)
	n := copy(b, g.rows)
	g.rows = g.rows[n:]
	return n, nil
}

func TestAnImportStopsWithItsStream(t *testing.T) {
	left := errors.New("the client has left")
	g := &gone{after: 50, err: left}
	all, report, err := Import(g, nil)
	if !errors.Is(err, left) || len(all) < 25 || report.Rows < len(all) || g.asked > 55 {
		t.Errorf("%d pledges of %d rows, %v; read %d times", len(all), report.Rows, err, g.asked)
	}
	if _, _, err = Import(iotest.TimeoutReader(strings.NewReader(strings.Repeat("x", 1<<20))), nil); err == nil {
		t.Error("a broken stream is no error")
	}
}

func TestDatesAreToldApartByAllOfThem(t *testing.T) {
	const head = "Submission Number,Name of the pledge,Created,Changed\n"
	for _, test := range []struct {
		name, rows string
		o          Options
		updated    string // of the first
		rules      string
		order      DateOrder
	}{
		{name: "a later row has a thirteenth", rows: "1,a,,02/06/2022 - 10:00\n2,b,,13/06/2022 - 10:00\n", updated: "2022-06-02T02:00:00Z", order: DayFirst},
		{name: "and one the other way", rows: "1,a,,02/06/2022 - 10:00\n2,b,,06/13/2022 - 10:00\n", updated: "2022-02-06T02:00:00Z", order: MonthFirst},
		{name: "a row's changes are not before it", rows: "1,a,05/06/2022,01/07/2022\n2,b,,02/06/2022\n", updated: "2022-06-30T16:00:00Z", order: DayFirst},
		{name: "the day of the week", rows: "1,a,,\"Thu, 06/02/2022 - 23:57\"\n", updated: "2022-06-02T15:57:00Z", order: MonthFirst},
		{name: "the day of the week in French", rows: "1,a,,dim 31/07/2022 - 21:59\n", updated: "2022-07-31T13:59:00Z", order: DayFirst},
		{name: "the language of the day of the week", rows: "1,a,,dim 02/01/2022 - 21:59\n", updated: "2022-01-02T13:59:00Z", order: DayFirst},
		{name: "the language of a day of the week that both have", rows: "1,a,,ven 07/01/2022 - 10:00\n", updated: "2022-01-07T02:00:00Z", order: DayFirst},
		{name: "and in English", rows: "1,a,,\"Fri, 07/01/2022 - 10:00\"\n", updated: "2022-07-01T02:00:00Z", order: MonthFirst},
		{name: "a row's own where the file has both", rows: "1,a,05/06/2022,01/07/2022\n2,b,,13/06/2022\n3,c,,06/13/2022\n", updated: "2022-06-30T16:00:00Z"},
		{name: "nothing says it", rows: "1,a,,02/06/2022\n2,b,,03/06/2022\n", updated: "2022-02-05T16:00:00Z", rules: "warning date-order"},
		{name: "both", rows: "1,a,,02/06/2022\n2,b,,13/06/2022\n3,c,,06/13/2022\n", updated: "2022-02-05T16:00:00Z", rules: "warning date-order"},
		{name: "the same either way", rows: "1,a,,06/06/2022\n", updated: "2022-06-05T16:00:00Z"},
		{name: "said", rows: "1,a,,02/06/2022\n", o: Options{Dates: DayFirst}, updated: "2022-06-01T16:00:00Z", order: DayFirst},
		{name: "another zone", rows: "1,a,,2022-06-02 10:00\n", o: Options{Zone: time.FixedZone("x", -3600)}, updated: "2022-06-02T11:00:00Z"},
		{name: "seconds", rows: "1,a,,7/31/2022 21:59:07\n", updated: "2022-07-31T13:59:00Z", order: MonthFirst},
		{name: "parts of seconds behind another colon", rows: "1,a,,7/31/2022 21:59:07:08\n", rules: "error malformed"},
		{name: "half days", rows: "1,a,,7/31/22 9:59 PM\n", updated: "2022-07-31T13:59:00Z", order: MonthFirst},
		{name: "a spreadsheet's number", rows: "1,a,,44773.9159722222\n", updated: "2022-07-31T13:59:00Z"},
		{name: "seconds since 1970", rows: "1,a,,1659285309\n2,b,,1659285309.0\n", updated: "2022-07-31T16:35:00Z"},
		{name: "rounded", rows: "1,a,,1.65929E+09\n", rules: "error rounded"},
		{name: "no such day", rows: "1,a,,31/31/2022\n2,b,,30/02/2022\n3,c,,yesterday\n", rules: "error malformed"},
		{name: "the wrong day of the week", rows: "1,a,,\"Mon, 06/02/2022 - 10:05\"\n", rules: "error malformed"},
		{name: "back in time", rows: "1,a,2022-06-02,2022-06-01\n", updated: "2022-05-31T16:00:00Z", rules: "warning backwards", order: AnyOrder},
	} {
		t.Run(test.name, func(t *testing.T) {
			all, report, err := Import(strings.NewReader(head+test.rows), &test.o)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if all[0].Updated.IsValid() {
				got = all[0].Updated.String()
			}
			if got != test.updated || rules(report) != test.rules {
				t.Errorf("%s, %s", got, rules(report))
			}
			if report.Dates != test.order {
				t.Errorf("the order is %v", report.Dates)
			}
		})
	}
}

func TestDatesThatGoBackAreSaid(t *testing.T) {
	for dates, want := range map[string]string{
		"2022-06-01,2022-06-02,2022-06-03": "", "2022-06-02,2022-06-01,2022-06-03": "warning backwards",
		"2022-06-01,2022-06-03,2022-06-02": "warning backwards", "2022-06-01,,2022-06-01": "", "2022-06-02,,2022-06-01": "warning backwards",
	} {
		_, report := importAll(t, []byte("Submission Number,Objectives,Created,Completed,Changed\n1,7,"+dates+"\n"))
		if rules(report) != want {
			t.Errorf("%s: %s", dates, rules(report))
		}
	}
}

func TestTheZoneOfThePagesIsTheDefault(t *testing.T) {
	all, report := importAll(t, []byte("Submission Number,Name of the pledge,Created\n1,a,\"Mon, 08/01/2022 - 00:35\"\n"))
	if want := gcm.InstantOfUnix(1659285309-9, 0); all[0].Updated != want || report.Zone != "UTC+08:00" {
		t.Errorf("%v in %s", all[0].Updated, report.Zone)
	}
}

// tableOf returns a CSV file as the table that a spreadsheet would have, without
// the empty cells at the ends of rows.
func tableOf(rows [][]string, hidden int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for i, cells := range rows {
			for len(cells) > 0 && cells[len(cells)-1] == "" {
				cells = cells[:len(cells)-1]
			}
			if !yield(Row{Number: i + 1, Hidden: i+1 == hidden, Cells: cells}, nil) {
				return
			}
		}
	}
}

func TestTablesAreReadAsFilesAre(t *testing.T) {
	rows := [][]string{
		{"Export"}, nil,
		{"Submission Number", "Name of the pledge", "Full name", "Changed", "Is draft", "Objectives"},
		{"1.0", "a", "Canary Bird", "44773.9159722222"},
		{"2", "b", "Canary", "", "0", "7.0"},
		{"3", "c", "Canary", "", "1"},
		{"4", "d", "", "", "", "7", "", "", "Canary"},
		{},
		{"Total", "", "", "4"},
	}
	im := NewTableImporter(Table{Rows: tableOf(rows, 5)}, nil)
	var refs []string
	for record, err := range im.Records() {
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, fmt.Sprintf("%s %d %v %v", record.Pledge.Ref, record.Line, record.Pledge.Objectives, record.Pledge.Updated))
	}
	if got := strings.Join(refs, "; "); got != "1 4  2022-07-31T13:59:00Z; 2 5 7 " {
		t.Errorf("the pledges are %s", got)
	}
	r := im.Report()
	checkTotals(t, r)
	if r.Above != 2 || r.Drafts != 1 || r.Lost != 1 || r.Blank != 1 || r.NoEntries != 1 || rules(r) != "error cells, warning hidden, note totals" {
		t.Errorf("%+v", r)
	}
	searchCanaries(t, outputs(t, nil, r))
	later := NewTableImporter(Table{Rows: tableOf(rows, 0), Date1904: true}, nil)
	for record := range later.Records() {
		if got := record.Pledge.Updated.String(); got != "2026-08-01T13:59:00Z" {
			t.Errorf("counted from 1904 it is %s", got)
		}
		break
	}
	broken := errors.New("broken")
	im = NewTableImporter(Table{Rows: func(yield func(Row, error) bool) { yield(Row{}, broken) }}, nil)
	for _, err := range im.Records() {
		if !errors.Is(err, broken) {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestBodiesAreTwoWhereBothAreKnown(t *testing.T) {
	for name, want := range map[string]int{
		"IOM and UNICEF": 2, "OIM y UNICEF": 2, "IOM, UNHCR and WHO": 3, "IOM & ILO": 2, "Kenya and Ghana": 2, "IOM et HCR": 2,
		"Bosnia and Herzegovina": 1, "Trinidad and Tobago": 1, "Alliance of Peace and Justice": 1, "IOM and Friends": 1,
		"Rights and Justice": 1, "Kenya and Partners": 1, "Ministry of Labour and Social Affairs": 1, "IOM": 1,
	} {
		p, report := importOne(t, map[string]string{"Name of entity submitting the pledge": name})
		if len(p.Pledgers) != want || want > 1 && rules(report) != "note bodies" {
			t.Errorf("%q: %v, %s", name, p.Pledgers, rules(report))
		}
	}
}

func TestTheTextOfTheEntityWins(t *testing.T) {
	for _, test := range []struct{ name, category, country, want, rules string }{
		{"City of Gaziantep, Turkey", "City", "Spain", "City of Gaziantep|TUR", "warning other-state, note named-state"},
		{"City of Gaziantep (Turkey)", "City", "", "City of Gaziantep|TUR", "note named-state"},
		{"City of Sample, Congo, Rep.", "City", "Congo, Rep.", "City of Sample|COG", "note named-state"},
		{"City of Atlanta, Georgia", "City", "United States", "City of Atlanta, Georgia|USA", ""},
		{"City of Sample", "City", "Kenya", "City of Sample|KEN", ""},
		{"Kenya", "Member State", "Spain", "Kenya|KEN", "warning other-state"},
		{"Sample Body", "UN system", "Kenya", "Sample Body|", "note places"},
		{"Sample Union", "NGO", "Kenya; Ghana", "Sample Union|", "note places"},
		{"Ministry of Labour, Employment and Youth", "Government", "Kenya", "Ministry of Labour, Employment and Youth|KEN", ""},
	} {
		p, report := importOne(t, map[string]string{
			"Name of entity submitting the pledge": test.name, "Pledging entity": test.category, "Country of implementation": test.country})
		if got := p.Pledgers[0].Name + "|" + p.Pledgers[0].State.String(); got != test.want || rules(report) != test.rules {
			t.Errorf("%q: %s, %s", test.name, got, rules(report))
		}
	}
}

func TestListsEndWithAnAnd(t *testing.T) {
	for _, list := range [...]string{"7, 13 and 16", "7, 13, and 16", "7, 13 et 16", "7, 13 y 16", "7 | 13 | 16", "7 & 13 & 16", "7.13.16", "7 13 16", "7, 13 &amp; 16", "7\n13\n16", "7; 13. Alternatives to detention and 16"} {
		p, report := importOne(t, map[string]string{"Objectives": list})
		if got := p.Objectives.Len(); got != 3 || rules(report) != "" {
			t.Errorf("%q: %v, %s", list, p.Objectives, rules(report))
		}
	}
}
