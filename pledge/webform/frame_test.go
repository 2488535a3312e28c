package webform

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// framed returns the records that a framer and a cutter make of a file, and
// whether all were read.
func framed(file []byte, comma byte) (records [][]string, whole bool) {
	f := framer{in: bufio.NewReaderSize(bytes.NewReader(file), 16), comma: comma}
	c := cutter{comma: rune(comma)}
	whole = true
	for {
		r, err := f.next()
		if err == io.EOF {
			return records, whole
		}
		cells, _, ok := c.cells(r.raw)
		if whole = whole && ok && r.rule == ""; ok {
			records = append(records, slices.Clone(cells))
		}
	}
}

// slow is what encoding/csv makes of the file as a whole.
func slow(file []byte, comma byte) (records [][]string, err error) {
	r := csv.NewReader(bytes.NewReader(file))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = rune(comma), -1, true
	return r.ReadAll()
}

func sameRecords(t *testing.T, file []byte, comma byte) {
	t.Helper()
	got, whole := framed(file, comma)
	if !whole {
		return
	}
	want, err := slow(file, comma)
	if err != nil || !slices.EqualFunc(got, want, slices.Equal) {
		t.Fatalf("%q is cut into %q, want %q, %v", file, got, want, err)
	}
}

func TestRecordsAreCutAsEncodingCSVCutsThem(t *testing.T) {
	for _, file := range []string{
		"", "\n", "a", "a,b\n", "a,b\r\nc,d\r\n", "\"a\nb\",c\n", "\"a\"\"b\"\n", "\"\"\"\"\n", "\"a\"\r\n\"b\"\r\n", "a\"b,c\n", "\"a\"b\",c\n",
		"\"a\r\nb\"\n", "\r\n\r\na\n", "a,\n,b\n", "\"a\"\rb\"\n", "a\rb\n", "\"a,\"\"b\n\"", "a\r", "\"a\"\r", "\"a\" \n",
	} {
		sameRecords(t, []byte(file), ',')
	}
	n := 30000
	if testing.Short() || slowly {
		n = 3000
	}
	r := rand.New(rand.NewPCG(5, 5))
	for range n {
		var b strings.Builder
		for range r.IntN(24) {
			b.WriteByte("ab,;\"\"\"\r\n\n "[r.IntN(11)])
		}
		sameRecords(t, []byte(b.String()), ",;"[r.IntN(2)])
	}
}

func TestWellFormedRecordsAreAllRead(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 2000 {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = r.IntN(2) == 0
		for range 1 + r.IntN(4) {
			row := []string{"x"}
			for range r.IntN(4) {
				row = append(row, []string{"", "a", "a\nb", "\"", "a,b", "\"a\"", ";", "\n"}[r.IntN(8)])
			}
			w.Write(row)
		}
		w.Flush()
		if _, whole := framed(b.Bytes(), ','); !whole {
			t.Fatalf("%q isn't read", b.String())
		}
		sameRecords(t, b.Bytes(), ',')
	}
}

// A quotation mark that nothing closes takes the rest of the file: the report
// says how many lines that are.
func TestTheReportSaysHowManyLinesAQuotationMarkTakes(t *testing.T) {
	file := "Submission Number,Name of the pledge\n1,a\n2,\"b\n" + strings.Repeat("3,c\n", 40)
	all, report := importAll(t, []byte(file))
	if len(all) != 1 || report.Lost != 1 || len(report.Problems) != 1 || report.Problems[0].Rule != RuleQuotes || report.Problems[0].Line != 3 || report.Problems[0].Found != 41 || !strings.Contains(report.Problems[0].String(), ": 41. ") {
		t.Errorf("%d pledges, %+v", len(all), report.Problems)
	}
}
