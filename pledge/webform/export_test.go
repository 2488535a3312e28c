package webform

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
)

var update = flag.Bool("update", false, "write the golden files")

func exported1(t *testing.T, all ...pledge.Pledge) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Export(&b, slices.Values(all)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsExportedIsImportedTheSame(t *testing.T) {
	n := 3000
	if testing.Short() || slowly {
		n = 300
	}
	r := newRandom(1)
	var all []pledge.Pledge
	for i := range n {
		p := r.pledge()
		p.ID[1], p.ID[2] = byte(i>>8), byte(i) // else some have the same
		all = append(all, p)
	}
	got, report := importAll(t, exported1(t, all...))
	if report.Pledges != n {
		t.Fatalf("%d pledges of %d; the report says %s", report.Pledges, n, rules(report))
	}
	for i := range all {
		if !reflect.DeepEqual(got[i], all[i]) {
			t.Fatalf("pledge %d is\n%s\nwant\n%s", i, got[i].AppendJSON(nil), all[i].AppendJSON(nil))
		}
	}
}

func TestWhatIsImportedNeedsNoJSONToBeExported(t *testing.T) {
	file, err := os.ReadFile("testdata/export.csv")
	if err != nil {
		t.Fatal(err)
	}
	all, _ := importAll(t, file)
	text := exported1(t, all...)
	cells, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range cells[1:] {
		if last := row[len(row)-1]; last != "" {
			t.Errorf("%s needs %s", row[0], last)
		}
	}
	again, report := importAll(t, text)
	sameJSON(t, again, all)
	if r := rules(report); r != "warning email" { // the title that holds one
		t.Errorf("the report of our own file says %q", r)
	}
}

func TestSpreadsheetsFindNoFormula(t *testing.T) {
	p := pledge.Pledge{ID: uuid.UUID{1}}
	for _, s := range [...]string{"=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "'=1", "'''=1",
		"x;=HYPERLINK(A1)", "x,=1", "x\t@A", "x\n- y", "x\r\n+y", "x; \"=1", "x|=1", "x;'=1", "'x;=1"} {
		p.Ref, p.Title, p.Description, p.Language, p.Source = s, s, s, s, s
		p.Themes, p.Links = []string{s}, []string{s}
		p.Pledgers = []pledge.Pledger{{Name: s, Via: s}, {Name: s}}
		p.Matches = pledge.Match{Ref: s, Title: s}
		file := exported1(t, p)
		if !bytes.HasPrefix(file, []byte("\ufeff")) || !bytes.HasSuffix(file, []byte("\r\n")) {
			t.Error("no byte order mark in front, or no CR LF behind")
		}
		rows, err := csv.NewReader(bytes.NewReader(file[3:])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for i, c := range row {
				if c != "" && strings.IndexByte("=+-@\t\r\n", c[0]) >= 0 {
					t.Errorf("%q in column %q begins a formula", c, rows[0][i])
				}
				for _, part := range strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune(",;\t\r\n|", r) }) {
					if part = strings.TrimLeft(part, `" `); part != "" && strings.IndexByte("=+-@", part[0]) >= 0 {
						t.Errorf("%q in column %q begins a formula where cells are divided otherwise", c, rows[0][i])
					}
				}
			}
		}
		got, _ := importAll(t, file)
		sameJSON(t, got, []pledge.Pledge{p})
	}
}

func TestExportHoldsNoPersonalColumn(t *testing.T) {
	for _, f := range exported {
		if f.use() != Imported || labels().first[f] == "" {
			t.Errorf("column %d is of use %v with the label %q", f, f.use(), labels().first[f])
		}
	}
	seen := map[field]bool{}
	for _, f := range exported {
		seen[f] = true
	}
	// Those that are read and not written: what they say is in others.
	for _, f := range [...]field{submissionID, uuidField, created, completed, draft, country} {
		seen[f] = true
	}
	for f := noField + 1; f <= lastImported; f++ {
		if !seen[f] {
			t.Errorf("field %s is read and never written", fieldNames[f])
		}
	}
}

func TestExportWantsAnID(t *testing.T) {
	var b bytes.Buffer
	err := Export(&b, slices.Values([]pledge.Pledge{{ID: uuid.UUID{1}}, {Title: "none"}}))
	if !errors.Is(err, pledge.ErrNoID) {
		t.Errorf("the error is %v", err)
	}
}

func TestContributionsAreReadAsTheyAreWritten(t *testing.T) {
	money, err := gcm.ParseMoney("200000.00", must(gcm.ParseCurrency("EUR")))
	if err != nil {
		t.Fatal(err)
	}
	want := pledge.Contribution{Money: money, Stage: gcm.StagePledged, To: "Migration MPTF"}
	text := contributionText(want)
	if got, ok := contribution(text); !ok || got != want || text != "EUR 200000.00 pledged to Migration MPTF" {
		t.Errorf("%q is read as %v", text, got)
	}
	for _, s := range [...]string{"", "EUR", "EUR 200.000", "XXX 5", "EUR 5 given", "5 EUR", "EUR -5"} {
		if _, ok := contribution(s); ok {
			t.Errorf("%q is taken for a contribution", s)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
