package webform

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/gcmkit/gcmkit/pledge"
)

func sample(t testing.TB) []byte {
	t.Helper()
	file, err := os.ReadFile("testdata/export.csv")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// rewrite writes a CSV file with another delimiter, or its columns in another
// order.
func rewrite(t *testing.T, file []byte, comma rune, order func(n int) []int) []byte {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	places := order(len(rows[0]))
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, from := range places {
			cells[i] = row[from]
		}
		w.Write(cells)
	}
	w.Flush()
	return b.Bytes()
}

func inOrder(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

func utf16Of(file []byte, big bool) []byte {
	out := []byte{}
	put := func(u uint16) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	put(0xfeff)
	for _, u := range utf16.Encode([]rune(strings.TrimPrefix(string(file), "\ufeff"))) {
		put(u)
	}
	return out
}

func TestFilesAreReadHoweverTheyAreWritten(t *testing.T) {
	file := sample(t)
	want, _ := importAll(t, file)
	if len(want) != 5 {
		t.Fatalf("%d pledges in the sample", len(want))
	}
	for _, test := range []struct {
		name, encoding, delimiter string
		file                      []byte
	}{
		{"as it is", "UTF-8", ",", file},
		{"no byte order mark", "UTF-8", ",", bytes.TrimPrefix(file, []byte("\ufeff"))},
		{"no CR", "UTF-8", ",", bytes.ReplaceAll(file, []byte("\r\n"), []byte("\n"))},
		{"no line end at the end", "UTF-8", ",", bytes.TrimRight(file, "\r\n")},
		{"semicolons", "UTF-8", ";", rewrite(t, file, ';', inOrder)},
		{"tabs", "UTF-8", "\t", rewrite(t, file, '\t', inOrder)},
		{"a first line that says sep=", "UTF-8", ";", append([]byte("sep=;\r\n"), rewrite(t, file, ';', inOrder)...)},
		{"UTF-16, little end first", "UTF-16LE", ",", utf16Of(file, false)},
		{"UTF-16, big end first", "UTF-16BE", ",", utf16Of(file, true)},
		{"UTF-16 with tabs, as spreadsheets have it", "UTF-16LE", "\t", utf16Of(rewrite(t, file, '\t', inOrder), false)},
		{"empty lines", "UTF-8", ",", append(bytes.Clone(file), "\r\n\r\n\n"...)},
		{"columns the other way round", "UTF-8", ",", rewrite(t, file, ',', func(n int) []int {
			all := inOrder(n)
			for i := range all {
				all[i] = n - 1 - i
			}
			return all
		})},
		{"columns anyhow", "UTF-8", ";", rewrite(t, file, ';', rand.New(rand.NewPCG(4, 4)).Perm)},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, report := importAll(t, test.file)
			sameJSON(t, got, want)
			if report.Encoding != test.encoding || report.Delimiter != test.delimiter {
				t.Errorf("taken for %s with %q", report.Encoding, report.Delimiter)
			}
		})
	}
}

func TestOneByteAtATimeIsEnough(t *testing.T) {
	want, _ := importAll(t, sample(t))
	got, _, err := Import(iotest.OneByteReader(bytes.NewReader(sample(t))), nil)
	if err != nil {
		t.Fatal(err)
	}
	sameJSON(t, got, want)
}

func TestFilesThatAreNoExportAreRefused(t *testing.T) {
	for _, test := range []struct {
		name, file string
		want       error
	}{
		{"nothing", "", ErrHeader},
		{"a byte order mark", "\ufeff", ErrHeader},
		{"another table", "name,address\nx,y\n", ErrHeader},
		{"no header", "7,Somebody Invented,somebody@example.org\n", ErrHeader},
		{"no number", "Name of the pledge,Language\nx,en\n", ErrHeader},
		{"a quotation mark that nothing closes", "\"Submission Number,Name of the pledge\n", ErrHeader},
		{"UTF-16 without a mark", "S\x00u\x00b\x00m\x00i\x00t\x00\n\x00", ErrEncoding},
	} {
		t.Run(test.name, func(t *testing.T) {
			all, report, err := Import(strings.NewReader(test.file), nil)
			var open *OpenError
			if !errors.Is(err, test.want) || !errors.As(err, &open) {
				t.Fatalf("the error is %v, want %v", err, test.want)
			}
			if len(all) != 0 || report.Rows != 0 || strings.Contains(err.Error(), "omebody") {
				t.Errorf("%d pledges, %d rows, %v", len(all), report.Rows, err)
			}
		})
	}
}

func TestErrorsOfTheStreamAreHandedOn(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, n := range [...]int{0, 10, 3000, len(sample(t))} {
		_, report, err := Import(io.MultiReader(bytes.NewReader(sample(t)[:n]), iotest.ErrReader(broken)), nil)
		if !errors.Is(err, broken) {
			t.Errorf("after %d bytes the error is %v", n, err)
		}
		checkTotals(t, report)
	}
}

func TestRecordsCanBeReadOnce(t *testing.T) {
	im := NewImporter(bytes.NewReader(sample(t)), nil)
	for range im.Records() {
		break
	}
	for _, err := range im.Records() {
		if err == nil {
			t.Error("a second reading gives records")
		}
	}
}

func TestRowsThatCannotBeReadCostOnlyThemselves(t *testing.T) {
	const head = "Submission Number,Name of the pledge,Email Address,Is draft\n"
	for _, test := range []struct {
		name, rows, rules       string
		pledges, drafts, lost   int
		blank                   int
		titles                  string
		unseen                  string // in no output
		lineOfTheLastThatIsLost int
	}{
		{name: "a stray quotation mark", rows: "1,5\" pipes,x,No\n2,b,x,No\n", rules: "warning quotes", pledges: 2, titles: "5\" pipes|b"},
		{name: "a cell too many", rows: "1,a, b@example.org,x,No\n2,b,x,No\n", rules: "error cells", pledges: 1, lost: 1, titles: "b", unseen: "@", lineOfTheLastThatIsLost: 2},
		{name: "an empty cell too many", rows: "1,a,Officer, a@example.org,\n2,b,x,No\n", rules: "error cells", pledges: 1, lost: 1, titles: "b", unseen: "@", lineOfTheLastThatIsLost: 2},
		{name: "cells too few", rows: "1,a\nb,c@example.org,No\n2,b,x,No\n", rules: "error cells", pledges: 1, lost: 2, titles: "b", unseen: "@", lineOfTheLastThatIsLost: 3},
		{name: "stray quotation marks in a cell", rows: "1,\"say \"so\" twice\",x,No\n", rules: "warning quotes", pledges: 1, titles: "say \"so\" twice"},
		{name: "a stray quotation mark that takes the next cells", rows: "1,\"a\"b,x@example.org,No\n\",b,x\n2,b,x,No\n", rules: "error quotes", lost: 1, unseen: "@", pledges: 1, titles: "b", lineOfTheLastThatIsLost: 2},
		{name: "a quotation mark that nothing closes", rows: "1,a,x,No\n2,\"b,x,No\n3,c,x,No\n", rules: "error quotes", pledges: 1, lost: 1, titles: "a", lineOfTheLastThatIsLost: 3},
		{name: "no number", rows: ",a,x,No\n", rules: "error required", lost: 1, lineOfTheLastThatIsLost: 2},
		{name: "drafts", rows: "1,a,x,Yes\n2,b,x,1\n,c,x,true\n4,d,x,0\n", pledges: 1, drafts: 3, titles: "d"},
		{name: "perhaps a draft", rows: "1,a,x,perhaps\n", rules: "error draft", lost: 1, lineOfTheLastThatIsLost: 2},
		{name: "blank rows", rows: ",,,\n, ,\"\n\",\n\n1,a,x,No\n", pledges: 1, blank: 2, titles: "a"},
		{name: "line breaks in a cell", rows: "1,\"a\nb\nc\",x,No\n2,d,x,No\n,e,x,No\n", rules: "error required", pledges: 2, lost: 1, titles: "a b c|d", lineOfTheLastThatIsLost: 6},
		{name: "too large", rows: "1,\"" + strings.Repeat("a\n", maxRecord/2) + "\",x,No\n2,b,x,No\n", rules: "error too-large", pledges: 1, lost: 1, titles: "b", lineOfTheLastThatIsLost: 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			all, r := importAll(t, []byte(head+test.rows))
			var titles []string
			for _, p := range all {
				titles = append(titles, p.Title)
			}
			if got := strings.Join(titles, "|"); got != test.titles || r.Pledges != test.pledges || r.Drafts != test.drafts || r.Lost != test.lost || r.Blank != test.blank {
				t.Errorf("titles %q, %d pledges, %d drafts, %d lost, %d blank", got, r.Pledges, r.Drafts, r.Lost, r.Blank)
			}
			if got := rules(r); got != test.rules {
				t.Errorf("the report says %q, want %q", got, test.rules)
			}
			line := 0
			for _, p := range r.Problems {
				if p.Lost {
					line = p.Line
				}
			}
			if line != test.lineOfTheLastThatIsLost {
				t.Errorf("the last row that is lost begins on line %d, want %d", line, test.lineOfTheLastThatIsLost)
			}
			if out := outputs(t, all, r); test.unseen != "" && strings.Contains(out, test.unseen) {
				t.Errorf("%q is in the output\n%s", test.unseen, out)
			}
		})
	}
}

// outputs returns everything that comes out of an import, and of an export of
// that.
func outputs(t testing.TB, all []pledge.Pledge, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	e := pledge.NewEncoder(&b)
	for i := range all {
		if err := e.Encode(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(&b).Encode(r); err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		b.WriteString(p.String())
	}
	if err := Export(&b, func(yield func(pledge.Pledge) bool) {
		for _, p := range all {
			if !yield(p) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestImportingAgainUpdates(t *testing.T) {
	var book pledge.Book
	put := func(file []byte, o *Options) {
		all, _, err := Import(bytes.NewReader(file), o)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			if _, err := book.Put(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(sample(t), nil)
	later := bytes.ReplaceAll(sample(t), []byte("Fri, 06/03/2022 - 08:30"), []byte("Sat, 06/04/2022 - 08:30"))
	later = bytes.ReplaceAll(later, []byte("Cities welcome"), []byte("Cities welcome all"))
	put(later, nil)
	put(sample(t), nil)
	if book.Len() != 5 {
		t.Errorf("%d pledges, want 5", book.Len())
	}
	if p, ok := book.Get(pledge.IDFromRef(DefaultSource, "3")); !ok || p.Title != "Cities welcome all" {
		t.Errorf("the later revision isn't there: %q", p.Title)
	}
	put(sample(t), &Options{Source: "https://example.org/other"})
	if book.Len() != 10 {
		t.Errorf("%d pledges, want 10 of two sources", book.Len())
	}
}

func TestWhatAPledgeIsKnownBy(t *testing.T) {
	const id = "0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"
	for _, test := range []struct {
		cells map[string]string
		ref   string
		want  string // what the ID is made of
	}{
		{map[string]string{"Submission Number": "12", "Submission ID": "9012", "UUID": id}, "12", "12"},
		{map[string]string{"Submission Number": "", "Submission ID": "9012", "UUID": strings.ToUpper(id)}, id, id},
		{map[string]string{"Submission Number": "{Empty}", "Submission ID": "9012"}, "sid:9012", "sid:9012"},
	} {
		p, _ := importOne(t, test.cells)
		if p.Ref != test.ref || p.ID != pledge.IDFromRef(DefaultSource, test.want) {
			t.Errorf("%v: ref %q, id %v", test.cells, p.Ref, p.ID)
		}
	}
	p, _ := importOne(t, map[string]string{"Submission Number": "12", "Pledge ID": id})
	if p.Ref != "12" || p.ID.String() != id {
		t.Errorf("with an ID of its own: ref %q, id %v", p.Ref, p.ID)
	}
}

func TestTheFirstColumnOfAFieldThatSaysSomethingCounts(t *testing.T) {
	file := "Submission Number,Name of the pledge,Título del compromiso\n1,,Datos\n2,Data,Datos\n"
	all, _ := importAll(t, []byte(file))
	if all[0].Title != "Datos" || all[1].Title != "Data" {
		t.Errorf("titles %q and %q", all[0].Title, all[1].Title)
	}
}
