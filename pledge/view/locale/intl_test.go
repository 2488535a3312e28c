package locale_test

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

const intlTable = "testdata/intl.tsv"

// What browsers with the same edition of CLDR say is what we say, character by
// character.
func TestAgreesWithIntl(t *testing.T) {
	ordered := map[gcm.Language][]gcm.State{}
	for lang := range gcm.Languages() {
		ordered[lang] = slices.SortedFunc(gcm.States(), func(a, b gcm.State) int {
			return strings.Compare(locale.StateOrder(lang, a), locale.StateOrder(lang, b))
		})
	}
	say := map[string]func(lang gcm.Language, value string) (string, error){
		"number": func(lang gcm.Language, value string) (string, error) {
			n, err := strconv.Atoi(value)
			return locale.Number(lang, n), err
		},
		"plural": func(lang gcm.Language, value string) (string, error) {
			n, err := strconv.Atoi(value)
			return locale.Plural(lang, n).String(), err
		},
		"date": func(lang gcm.Language, value string) (string, error) {
			d, err := gcm.ParseDate(value)
			return locale.Date(lang, d), err
		},
		"money": func(lang gcm.Language, value string) (string, error) {
			sum, c, err := sumOf(value)
			return locale.Money(lang, sum, c), err
		},
		"order": func(lang gcm.Language, value string) (string, error) {
			i, err := strconv.Atoi(value)
			return ordered[lang][i].Alpha3(), err
		},
	}
	rows := intlRows(t)
	if len(rows) < 800 {
		t.Fatalf("%s has only %d rows", intlTable, len(rows))
	}
	languages := slices.Collect(gcm.Languages())
	for _, cells := range rows {
		kind, value := cells[0], cells[1]
		for i, want := range cells[2:] {
			got, err := say[kind](languages[i], value)
			if err != nil {
				t.Fatalf("%s %q: %v", kind, value, err)
			}
			if kind == "date" && languages[i] == gcm.French && strings.HasPrefix(want, "1 ") {
				want = "1er" + want[1:] // as everybody writes, and the United Nations
			}
			if got != want {
				t.Errorf("%s %s in %v = %+q, Intl says %+q", kind, value, languages[i], got, want)
			}
		}
	}
}

// sumOf reads "EUR -1234.50"; no total of pledges is negative, but a [gcm.Sum]
// can be.
func sumOf(value string) (sum gcm.Sum, c gcm.Currency, err error) {
	code, amount, _ := strings.Cut(value, " ")
	if c, err = gcm.ParseCurrency(code); err != nil {
		return sum, c, err
	}
	amount, negative := strings.CutPrefix(amount, "-")
	if !negative {
		sum, err = gcm.ParseSum(amount, c)
		return sum, c, err
	}
	m, err := gcm.ParseMoney(amount, c)
	return sum.Sub(m), c, err
}

// The table is what the script prints, wherever there is a Node with the
// edition of CLDR that the table was made with.
func TestTableIsWhatTheScriptPrints(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("starting Node takes an operating system")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no Node")
	}
	got, err := exec.Command(node, "testdata/intl.mjs").Output()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(intlTable)
	if err != nil {
		t.Fatal(err)
	}
	gotHead, _, _ := bytes.Cut(got, []byte("\n"))
	wantHead, _, _ := bytes.Cut(want, []byte("\n"))
	if !bytes.Equal(gotHead, wantHead) {
		t.Skipf("Node has another edition: %s; the table: %s", gotHead, wantHead)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what intl.mjs prints; run it again", intlTable)
	}
}

// intlRows returns the rows of the table: kind, value, and what Intl says in
// the six languages.
func intlRows(t *testing.T) (rows [][]string) {
	content, err := os.ReadFile(intlTable)
	if err != nil {
		t.Fatal(err)
	}
	header := true
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if header {
			header = false
			for i, want := range slices.Collect(gcm.Languages()) {
				if cells[2+i] != want.String() {
					t.Fatalf("columns %q are not the six languages in order", cells)
				}
			}
			continue
		}
		rows = append(rows, cells)
	}
	return rows
}
