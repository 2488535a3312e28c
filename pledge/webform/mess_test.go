package webform

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
)

// sheet is an export as rows of cells, the first of which are labels.
type sheet [][]string

func (s sheet) clone() sheet {
	all := make(sheet, len(s))
	for i, row := range s {
		all[i] = slices.Clone(row)
	}
	return all
}

// column returns where the column of a field is, or -1.
func (s sheet) column(f field) int {
	return slices.IndexFunc(s[0], func(label string) bool { return headingOf(label) == heading{field: f} })
}

// each changes every cell below the labels.
func (s sheet) each(change func(row, column int, cell string) string) {
	for i, row := range s[1:] {
		for j := range row {
			row[j] = change(i+1, j, row[j])
		}
	}
}

// mess is something that happens to an export between the form and the importer.
type mess struct {
	name string
	do   func(r *rand.Rand, s sheet) sheet
}

// listFields are those whose cells hold several values.
var listFields = []field{natures, objectivesField, principles, otherCountries}

var messes = []mess{
	{"columns in another order", func(r *rand.Rand, s sheet) sheet {
		order := r.Perm(len(s[0]))
		for i, row := range s {
			moved := make([]string, len(row))
			for to, from := range order {
				moved[to] = row[from]
			}
			s[i] = moved
		}
		return s
	}},
	{"entities", func(r *rand.Rand, s sheet) sheet {
		s.each(func(_, _ int, c string) string { return html.EscapeString(c) })
		return s
	}},
	{"entities of entities", func(r *rand.Rand, s sheet) sheet {
		s.each(func(_, _ int, c string) string { return html.EscapeString(html.EscapeString(c)) })
		return s
	}},
	{"another separator", func(r *rand.Rand, s sheet) sheet {
		sep := []string{"|", " ;", ";", "\n", ", ", ","}[r.IntN(6)]
		for _, f := range listFields {
			if at := s.column(f); at >= 0 {
				for _, row := range s[1:] {
					row[at] = strings.ReplaceAll(row[at], "; ", sep)
				}
			}
		}
		return s
	}},
	{"labels in capitals", func(r *rand.Rand, s sheet) sheet {
		for i := range s[0] {
			s[0][i] = strings.ToUpper(s[0][i]) + ":"
		}
		return s
	}},
	{"a column that nobody knows", func(r *rand.Rand, s sheet) sheet {
		at := r.IntN(len(s[0]) + 1)
		for i, row := range s {
			s[i] = slices.Insert(row, at, fmt.Sprintf("Canary Bird%03d", i))
		}
		return s
	}},
	{"rows above the labels", func(r *rand.Rand, s sheet) sheet {
		above := make([]string, len(s[0]))
		above[0] = "Canary"
		return slices.Insert(s, 0, above)
	}},
	{"labels once more", func(r *rand.Rand, s sheet) sheet {
		if s.column(number) < 0 { // they aren't the first row any more
			return s
		}
		return slices.Insert(s, 1+r.IntN(len(s)), slices.Clone(s[0]))
	}},
	{"a row of totals", func(r *rand.Rand, s sheet) sheet {
		totals := make([]string, len(s[0]))
		totals[0] = "Total"
		return append(s, totals)
	}},
	{"a line below", func(r *rand.Rand, s sheet) sheet {
		line := make([]string, len(s[0]))
		line[max(s.column(number), 0)] = "Made by Canary Bird"
		return append(s, line)
	}},
	{"blank rows", func(r *rand.Rand, s sheet) sheet {
		return slices.Insert(s, 1+r.IntN(len(s)), make([]string, len(s[0])))
	}},
	{"numbers with a fraction", func(r *rand.Rand, s sheet) sheet {
		if at := s.column(number); at >= 0 {
			for _, row := range s[1:] {
				if row[at] != "" && strings.Trim(row[at], "0123456789") == "" {
					row[at] += ".0"
				}
			}
		}
		return s
	}},
	{"rows there twice", func(r *rand.Rand, s sheet) sheet {
		at := 1 + r.IntN(len(s)-1)
		return slices.Insert(s, at+1, slices.Clone(s[at]))
	}},
	{"empty cells in words", func(r *rand.Rand, s sheet) sheet {
		word := []string{"{Empty}", "{Vide}", "{Vacío}", " "}[r.IntN(4)]
		s.each(func(row, _ int, c string) string {
			if c == "" && !isBlankRow(s[row]) && s[row][0] != "Total" {
				return word
			}
			return c
		})
		return s
	}},
	{"dates with the day in front", func(r *rand.Rand, s sheet) sheet {
		for _, f := range []field{created, completed, changed} {
			if at := s.column(f); at >= 0 {
				for _, row := range s[1:] {
					if st, ok := parseStamp(row[at]); ok && st.fixed == AnyOrder {
						t, _ := st.in(MonthFirst, DefaultZone())
						row[at] = [...]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"}[t.Weekday()] + t.Format(" 02/01/2006 - 15:04")
					}
				}
			}
		}
		return s
	}},
	{"dates as a spreadsheet's numbers", func(r *rand.Rand, s sheet) sheet {
		for _, f := range []field{created, completed, changed} {
			if at := s.column(f); at >= 0 {
				for _, row := range s[1:] {
					if st, ok := parseStamp(row[at]); ok && st.fixed == AnyOrder {
						t, _ := st.in(MonthFirst, DefaultZone())
						row[at] = fmt.Sprintf("%.10f", float64(t.Unix()+8*60*60)/86400+25569)
					}
				}
			}
		}
		return s
	}},
}

// written writes a sheet as CSV, in one of the ways of those who write it.
func (s sheet) written(r *rand.Rand) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = rune(",;\t|"[r.IntN(4)])
	_ = w.WriteAll(s)
	ends := []string{"\n", "\r\n", "\r"}[r.IntN(3)]
	file := bytes.ReplaceAll(b.Bytes(), []byte("\n"), []byte(ends))
	switch r.IntN(4) {
	case 0:
		return append([]byte("\ufeff"), file...)
	case 1:
		return utf16Of(file, r.IntN(2) == 0)
	}
	return file
}

// messy imports a clean export and what seed makes of it, and checks that the
// pledges are the same, or that the report names each row that differs.
func messy(t *testing.T, file []byte, seed uint64) {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	clean, _ := importAll(t, file)
	r := rand.New(rand.NewPCG(seed, 18))
	s := sheet(rows).clone()
	var done []string
	for range 1 + r.IntN(4) {
		m := messes[r.IntN(len(messes))]
		if slices.Contains(done, m.name) {
			continue
		}
		s = m.do(r, s)
		done = append(done, m.name)
	}
	im := NewImporter(bytes.NewReader(s.written(r)), nil)
	var got []Record
	for record, err := range im.Records() {
		if err != nil {
			t.Fatalf("%q: %v", done, err)
		}
		got = append(got, record)
	}
	report := im.Report()
	checkTotals(t, report)
	named := map[int]bool{}
	for _, p := range report.Problems {
		if p.Severity != Note || p.Rule == RuleRepeated {
			named[p.Row] = true
		}
	}
	byID := map[string]Record{}
	for _, record := range got {
		byID[record.Pledge.ID.String()] = record
	}
	for i, p := range clean {
		record, ok := byID[p.ID.String()]
		if same := ok && bytes.Equal(record.Pledge.AppendJSON(nil), p.AppendJSON(nil)); !same && !named[record.Row] {
			t.Fatalf("after %q pledge %d is\n%s\nwant\n%s", done, i, record.Pledge.AppendJSON(nil), p.AppendJSON(nil))
		}
	}
	if len(got) != len(clean) && report.Lost == 0 {
		t.Fatalf("after %q (seed %d) there are %d pledges, want %d: %v", done, seed, len(got), len(clean), report.Problems)
	}
	var all []pledge.Pledge
	searchCanaries(t, outputs(t, all, report))
}

func TestMessesChangeNoPledge(t *testing.T) {
	file := tidy(t)
	n := uint64(150)
	if testing.Short() || slowly {
		n = 60
	}
	for seed := range n {
		messy(t, file, seed)
	}
}

// tidy is the sample without the row that has no number, for rows are told
// apart by it, and without canaries of its own.
func tidy(t testing.TB) []byte {
	file := sample(t)
	return bytes.ReplaceAll(file[:bytes.LastIndex(file, []byte("\n,,,"))+1], []byte("@example"), []byte("@sample"))
}

// FuzzMess turns a clean export into what becomes of one on its way.
func FuzzMess(f *testing.F) {
	file := tidy(f)
	f.Add(uint64(1), "Data", "Kenya; Ghana", "7; 13")
	f.Add(uint64(2), "A & B <c> \"d\"", "Congo, Rep.; Côte d'Ivoire", "24. General; 1")
	f.Fuzz(func(t *testing.T, seed uint64, title, where, objectives string) {
		if len(title)+len(where)+len(objectives) > 2000 {
			t.Skip("longer ones have only more of the same")
		}
		var rows bytes.Buffer
		w := csv.NewWriter(&rows)
		clean := func(s string) string { // what a cell of the form may hold
			return strings.TrimSpace(strings.Map(func(r rune) rune {
				if r < ' ' || r == 0xfffd || r == '\ufeff' {
					return ' '
				}
				return r
			}, strings.NewReplacer("&", "+", "canary", "", "@", "", "{", "", "}", "").Replace(strings.ToValidUTF8(s, ""))))
		}
		_ = w.WriteAll([][]string{
			{"Submission Number", "Name of the pledge", "Other country of implementation", "Objectives", "Created", "Changed"},
			{"1", clean(title), clean(where), clean(objectives), "Wed, 06/01/2022 - 10:05", "Thu, 06/02/2022 - 23:57"},
			{"2", "Another", "Global", "1", "Wed, 06/01/2022 - 10:05", "Mon, 06/13/2022 - 23:57"},
		})
		if strings.Contains(strings.ToLower(rows.String()), "canary") {
			return
		}
		messy(t, rows.Bytes(), seed)
		messy(t, file, seed)
	})
}
