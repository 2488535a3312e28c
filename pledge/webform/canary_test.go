package webform

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
)

// canaries are values that may be in no output, of every kind there is.
func canaries(n int) []string {
	return []string{
		fmt.Sprintf("Canary Bird%03d", n), fmt.Sprintf("canary%03d@example.org", n),
		fmt.Sprintf("+41 22 555 %04d", n), fmt.Sprintf("192.0.2.%d", n), fmt.Sprintf("2001:db8::%x:1", 0xc000+n),
		fmt.Sprintf("=Canary%03d", n), fmt.Sprintf("canary%03d, canary\ncanary%03d;", n, n),
	}
}

// personalLabels are the labels of the columns with personal data, and of some
// that nobody knows.
func personalLabels() (all []string) {
	for cells := range rows(labelsTSV) {
		if cells[0] == "personal" {
			all = append(all, cells[2], strings.ToUpper(cells[2]), "  "+cells[2]+":")
		}
	}
	return append(all, "Mother's name", "Passport number", "", "Contacto", "Anschrift")
}

func TestPersonalDataNeverLeaves(t *testing.T) {
	labels := personalLabels()
	if len(labels) < 60 {
		t.Fatalf("only %d labels", len(labels))
	}
	header := []string{"Submission Number", "Name of the pledge", "Is draft"}
	first := len(header)
	header = append(header, labels...)
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	w.Write(header)
	planted := 0
	for kind := range canaries(0) {
		row := []string{fmt.Sprint(kind), "A pledge", "No"}
		for i := range labels {
			row = append(row, canaries(first + i)[kind])
			planted++
		}
		w.Write(row)
	}
	w.Flush()

	for name, file := range map[string][]byte{"UTF-8": file.Bytes(), "UTF-16": utf16Of(file.Bytes(), true)} {
		t.Run(name, func(t *testing.T) {
			all, report := importAll(t, file)
			if len(all) != len(canaries(0)) {
				t.Fatalf("%d pledges", len(all))
			}
			searchCanaries(t, outputs(t, all, report))
			for i, c := range report.Columns {
				if want := i >= first; want == (c.Use == Imported) {
					t.Errorf("column %q is %v", c.Label, c.Use)
				}
				if c.Use == Personal && c.Filled != 0 {
					t.Errorf("somebody looked into column %q", c.Label)
				}
			}
		})
	}
	if planted < 500 {
		t.Errorf("only %d canaries", planted)
	}
}

// In cells that are read, addresses and numbers are taken out of names, and
// never repeated by the report.
func TestPersonalDataInNamesAndListsNeverLeaves(t *testing.T) {
	row := map[string]string{"Submission Number": "1", "Is draft": "No"}
	for _, label := range []string{
		"Name of entity submitting the pledge", "Through", "Participating States and Actors", "Country", "Country of implementation",
		"Other country of implementation", "Pledging entity", "Type of pledge", "Nature of the pledge", "Objectives", "Guiding principles",
		"Language", "Created", "Completed", "Changed", "Is this a mirror pledge?", "Status", "Level of implementation",
		"Announced", "Deadline", "Contributions", "Links", "Is the country of the pledging entity a GCM Champion country?",
	} {
		row[label] = "Sample canary@example.org; +41 22 555 0123 canary2@example.org"
	}
	actors := map[string]string{"Submission Number": "2",
		"Participating States and Actors": "Name of state/actor: Sample; Country: Kenya; E-mail address of the contact person: canary@example.org\n" +
			"Contact person: Canary Bird\nName of state/actor: Sample Two Telephone: 022 555 01 23 Position: Canary"}
	inBlocks := map[string]string{"Submission Number": "3",
		"Participating States and Actors": "Nombre del Estado o agente: Sample; País: Kenya; Correo electrónico de la persona de contacto: canary@example.org; Nom complet : Canary Bird"}
	all, report := importAll(t, sheetOf(row, actors, inBlocks))
	if len(all) != 3 {
		t.Fatalf("%d pledges", len(all))
	}
	searchCanaries(t, outputs(t, all, report))
	if len(all[1].Pledgers) != 2 || len(all[2].Pledgers) != 1 {
		t.Errorf("pledgers %v and %v", all[1].Pledgers, all[2].Pledgers)
	}
}

// In titles and descriptions the report counts them, and doesn't repeat them.
func TestReportsNeverRepeatWhatTheyFlag(t *testing.T) {
	text := "Write to canary@example.org, canary [at] example.org or call +41 22 555 0123"
	_, report := importOne(t, map[string]string{"Name of the pledge": text, "Description of the pledge": text, "Name of the matched pledge": text})
	if got := report.Number(Warning); got != 6 {
		t.Errorf("%d warnings, want 6", got)
	}
	for _, p := range report.Problems {
		if want := map[string]int{RuleEmail: 2, RulePhone: 1}[p.Rule]; p.Found != want || p.Value != "" {
			t.Errorf("%+v", p)
		}
	}
	searchCanaries(t, outputs(t, nil, report))
}

func searchCanaries(t *testing.T, out string) {
	t.Helper()
	low := strings.ToLower(out)
	for _, bird := range []string{"canary", "555 0", "555 01", "192.0.2.", "2001:db8", "@example"} {
		if i := strings.Index(low, bird); i >= 0 {
			t.Errorf("%q has got out: %q", bird, out[max(i-80, 0):min(i+80, len(out))])
		}
	}
}

// What is taken out of a name leaves the rest of it, in whatever characters.
func TestNamesKeepWhatIsNoAddress(t *testing.T) {
	for text, want := range map[string]string{
		"City of Sample – North":                                   "City of Sample – North",
		"City of Sample\u00a0+41\u00a022\u00a0555\u00a001\u00a099": "City of Sample",
		"City of Sample, a [at] example [dot] org":                 "City of Sample",
		"Ville n° \u0661\u0662 a\ufe6bexample.org":                 "Ville n° 12",
		"Sample a%40example.org":                                   "Sample",
	} {
		if got := withoutContacts(text); got != want {
			t.Errorf("%q has become %q, want %q", text, got, want)
		}
	}
}

func TestAddressesAndNumbersAreFound(t *testing.T) {
	for _, test := range []struct {
		text           string
		emails, phones int
	}{
		{"", 0, 0},
		{"a@example.org", 1, 0},
		{"<a.b+c@mail.example.org>, d@example.org", 2, 0},
		{"a (at) example.org", 1, 0},
		{"élan@exemple.example", 1, 0},
		{"meet at 5 (at noon) in example.org", 0, 0},
		{"@sample", 0, 0},
		{"+41 22 555 01 99", 0, 1},
		{"+1 (202) 555-0199", 0, 1},
		{"0041225550199", 0, 1},
		{"tel. 555 0199", 0, 1},
		{"Teléfono: 5550199", 0, 1},
		{"022 555 01 99 or 202-555-0199", 0, 2},
		{"2022-2026", 0, 0},
		{"17-20 May 2022, 2022-05-17, 06/02/2022", 0, 0},
		{"A/RES/73/195 and A/RES/76/266", 0, 0},
		{"EUR 200.000,00; 1,000,000 people; 10 000 000", 0, 0},
		{"objectives 2, 5, 6, 12, 18", 0, 0},
		{"+20 % by 2030", 0, 0},
		{"+41\u00a022\u202f555\u00a001\u00a099", 0, 1},
		{"+41\u201122\u2013555\u201101\u201199", 0, 1},
		{"\uff0b41 22 555 01 99", 0, 1},
		{"\u0660\u0662\u0662 \u0665\u0665\u0665 \u0660\u0661 \u0669\u0669", 0, 1},
		{"a\ufe6bexample.org, a\uff20example.org", 2, 0},
		{"a%40example.org", 1, 0},
		{"a [at] example [dot] org, a(at)mail.example (dot) org", 2, 0},
		{"a at example dot org", 1, 0},
		{"100 %40, look at a dot of ink", 0, 0},
		{"2022\u20132026 or 10\u00a0000\u00a0000", 0, 0},
	} {
		if e, p := contacts(test.text); e != test.emails || p != test.phones {
			t.Errorf("%q: %d e-mail addresses and %d telephone numbers, want %d and %d", test.text, e, p, test.emails, test.phones)
		}
	}
}
