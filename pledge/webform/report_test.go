package webform

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// golden compares with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := "testdata/" + name
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is now\n%s", name, got)
	}
}

// The sample holds one row for each thing that real exports do; what becomes
// of them is in readable files.
func TestReportOfTheSample(t *testing.T) {
	all, report := importAll(t, sample(t))
	var text, object, pledges bytes.Buffer
	if err := report.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	e := json.NewEncoder(&object)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(report); err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		pledges.Write(append(p.AppendJSON(nil), '\n'))
	}
	golden(t, "report.txt", text.Bytes())
	golden(t, "report.json", object.Bytes())
	golden(t, "pledges.jsonl", pledges.Bytes())

	var again Report
	if err := json.Unmarshal(object.Bytes(), &again); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&again, report) {
		t.Error("a report isn't the same after it was JSON")
	}
}

func TestReportsAreCappedAndCountAll(t *testing.T) {
	file := "Submission Number,Name of the pledge,Type of pledge,Language\n"
	for i := range 5000 {
		file += fmt.Sprintf("%d,,Solidarity,Klingonese\n", i)
	}
	for _, test := range []struct{ max, listed int }{{0, DefaultMaxProblems}, {7, 7}, {-1, 0}, {20000, 10000}} {
		_, report, err := Import(strings.NewReader(file), &Options{MaxProblems: test.max})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Problems) != test.listed || report.Number(Error) != 10000 || len(report.Counts) != 2 {
			t.Errorf("MaxProblems %d: %d listed, %d errors", test.max, len(report.Problems), report.Number(Error))
		}
	}
}

func TestReportIsCleanWithNotesOnly(t *testing.T) {
	for cell, want := range map[string]bool{"1": true, "General": true, "8. Rescue people": false, "99": false} {
		if _, r := importOne(t, map[string]string{"Objectives": cell}); r.Clean() != want {
			t.Errorf("%q: clean is %v", cell, !want)
		}
	}
}

func TestValuesInReportsAreShort(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		" a\n b ":                     "a b",
		strings.Repeat("é", 32):       strings.Repeat("é", 32),
		strings.Repeat("é", 33):       strings.Repeat("é", 32) + "…",
		"x" + strings.Repeat("é", 33): "x" + strings.Repeat("é", 31) + "…",
		"someone@example.org":         "",
		"call 192.0.2.7":              "",
	} {
		if got := shown(in); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
}

func TestCodesAreReadAsTheyAreWritten(t *testing.T) {
	for u := Unknown; u <= Personal; u++ {
		var v Use
		if err := v.UnmarshalText([]byte(u.String())); err != nil || v != u {
			t.Errorf("%v is read as %v, %v", u, v, err)
		}
	}
	for s := Error; s <= Note; s++ {
		var v Severity
		if err := v.UnmarshalText([]byte(s.String())); err != nil || v != s {
			t.Errorf("%v is read as %v, %v", s, v, err)
		}
	}
	var s Severity
	if s.UnmarshalText([]byte("fatal")) == nil || Severity(77).String() != "Severity(77)" {
		t.Error("a severity that isn't one is taken for one")
	}
}

// What a rule says must not be missing.
func TestEveryRuleHasItsSentences(t *testing.T) {
	source, err := os.ReadFile("report.go")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`\bRule\w+\s*= "([^"]+)"`).FindAllSubmatch(source, -1)
	if len(found) != len(sentences) {
		t.Errorf("%d rules, %d of them with sentences", len(found), len(sentences))
	}
	for _, rule := range found {
		s := sentences[string(rule[1])]
		if s.title == "" || s.many == "" && s.lost == "" {
			t.Errorf("%s has no sentence", rule[1])
		}
	}
}
