package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
)

const export = "testdata/export.csv"

func runs(t *testing.T, stdin io.Reader, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	status = run(t.Context(), args, stdin, &out, &err)
	return status, out.String(), err.String()
}

func TestExportBecomesAFeed(t *testing.T) {
	feed := filepath.Join(t.TempDir(), "pledges.json")
	status, stdout, stderr := runs(t, nil, export, "-o", feed, "-title", "Pledges", "-publisher", "Example", "-as-of", "2022-06-05T00:00:00Z")
	if status != problems || stdout != "" || !strings.Contains(stderr, "7 rows below the labels (UTF-8") || !strings.Contains(stderr, "The pledges break rules for records") {
		t.Errorf("status %d, on the standard output %q, on the standard error\n%s", status, stdout, stderr)
	}
	file, err := os.Open(feed)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var book pledge.Book
	loaded, err := book.Load(file)
	if err != nil || loaded.Records != 5 || len(loaded.Problems) != 0 {
		t.Errorf("%+v, %v", loaded, err)
	}
	if h := loaded.Header; h.Title != "Pledges" || h.Publisher != "Example" || h.AsOf.String() != "2022-06-05T00:00:00Z" {
		t.Errorf("the header is %+v", h)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(feed), ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReportsGoWhereThePledgesDoNot(t *testing.T) {
	feed := filepath.Join(t.TempDir(), "pledges.json")
	_, stdout, stderr := runs(t, nil, "-report", "json", "-o", feed, export)
	if !json.Valid([]byte(stdout)) || stderr != "" {
		t.Errorf("with -o: %q and %q", stdout, stderr)
	}
	_, stdout, stderr = runs(t, nil, "-report", "json", export)
	if !json.Valid([]byte(stdout)) || !json.Valid([]byte(stderr)) || !strings.Contains(stdout, `"pledges":[`) || !strings.Contains(stderr, `"rule_errors"`) {
		t.Errorf("without -o: %q and %q", stdout, stderr)
	}
	_, stdout, stderr = runs(t, nil, "-q", export)
	if !json.Valid([]byte(stdout)) || stderr != "" {
		t.Errorf("quietly: %q and %q", stdout, stderr)
	}
}

func TestExitStatus(t *testing.T) {
	dir := t.TempDir()
	const tidy = "Submission Number,Name of the pledge,Please provide a description of the pledge,Type of pledge,Name of entity submitting the pledge,Pledging entity,Objectives,Language,Changed,Full name\n"
	row := "1,Data for policy," + strings.Repeat("This pledge is made up. ", 20) + ",Individual,Sierra Leone,Member State,1,English,2022-06-02,Somebody Invented\n"
	for _, test := range []struct {
		name, stdin string
		args        []string
		want        int
		says        string
	}{
		{"clean", tidy + row, []string{"-"}, clean, "There were no problems"},
		{"problems", tidy + row + ",x,,,,,,,,\n", []string{"-"}, problems, "There is no number to know a pledge by"},
		{"not an export", "a,b\n1,2\n", []string{"-"}, unusable, "not an export of the form"},
		{"nothing", "", []string{"-"}, unusable, "empty"},
		{"only what nobody needs", "Submission Number,Full name\n1,Somebody\n", []string{"-"}, unusable, "“Submission Number” (1)"},
		{"an old workbook", "\xd0\xcf\x11\xe0Somebody", []string{"-"}, unusable, "CSV UTF-8"},
		{"another ZIP file", "PK\x03\x04Somebody", []string{"-"}, unusable, "no .xlsx workbook"},
		{"a day in front", tidy + strings.Replace(row, "2022-06-02", "02/06/2022", 1), []string{"-", "-dates", "day-first"}, clean, "day first"},
		{"nobody knows what is in front", tidy + strings.Replace(row, "2022-06-02", "02/06/2022", 1), []string{"-"}, problems, "month or the day first"},
		{"a zone", tidy + row, []string{"-", "-zone", "Europe/Paris"}, clean, "read in Europe/Paris"},
		{"a difference", tidy + row, []string{"-", "-zone", "-03:30"}, clean, "read in UTC-03:30"},
		{"no such zone", tidy + row, []string{"-", "-zone", "Mars/Olympus"}, unusable, "zone"},
		{"too large", tidy + row, []string{"-", "-max-record", "200"}, problems, "too large"},
		{"no size", tidy + row, []string{"-", "-max-record", "0"}, unusable, "-max-record"},
		{"the sum", tidy + row, []string{"-"}, clean, "import: rows 1, pledges 1, drafts 0, lost 0, others 0; errors 0, warnings 0, notes 0; written to the standard output\n"},
		{"no such file", "", []string{filepath.Join(dir, "none.csv")}, unusable, "none.csv"},
		{"no file", "", nil, unusable, "give one file"},
		{"two files", "", []string{"a", "b"}, unusable, "give one file"},
		{"no such flag", "", []string{"-x", "-"}, unusable, "-x"},
		{"no such report", "", []string{"-report", "xml", "-"}, unusable, "xml"},
		{"no such directory", tidy + row, []string{"-", "-o", filepath.Join(dir, "none", "x.json")}, unusable, "none"},
		{"help", "", []string{"-h"}, clean, "import export.csv -o pledges.json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := runs(t, strings.NewReader(test.stdin), test.args...)
			if status != test.want || !strings.Contains(stderr, test.says) {
				t.Errorf("status %d, want %d; it says\n%s", status, test.want, stderr)
			}
			if strings.Contains(stdout+stderr, "Somebody") {
				t.Error("a contact column has got out")
			}
		})
	}
}

func TestAFeedThatFailsIsNotReplaced(t *testing.T) {
	feed := filepath.Join(t.TempDir(), "pledges.json")
	if err := os.WriteFile(feed, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := runs(t, strings.NewReader("a,b\n"), "-", "-o", feed); status != unusable {
		t.Errorf("status %d", status)
	}
	if b, err := os.ReadFile(feed); err != nil || string(b) != "before" {
		t.Errorf("the feed is %q, %v", b, err)
	}
}

func TestLongFilesSayHowFarTheyAre(t *testing.T) {
	file := []byte("Submission Number,Objectives\n")
	for i := range 110_000 {
		file = fmt.Appendf(file, "%d,7\n", i)
	}
	_, _, stderr := runs(t, bytes.NewReader(file), "-n", "-")
	if !strings.HasPrefix(stderr, "10") || !strings.Contains(stderr[:min(len(stderr), 30)], " rows, 0.") {
		t.Errorf("it says %.200s", stderr)
	}
}

// What a dry run says is what becomes of the file, and nothing is written.
func TestDryRunsSayTheSame(t *testing.T) {
	dir := t.TempDir()
	feed := filepath.Join(dir, "pledges.json")
	status, stdout, dry := runs(t, nil, "-n", "-max-record", "700", "-o", feed, export)
	if left, _ := os.ReadDir(dir); len(left) != 0 || stdout != "" {
		t.Errorf("it has written %v and %q", left, stdout)
	}
	again, _, real := runs(t, nil, "-max-record", "700", "-o", feed, export)
	if status != again || strings.Replace(dry, "nothing written", "written to "+feed, 1) != real || !strings.Contains(real, "too large") {
		t.Errorf("status %d and %d; dry it says\n%s\nand else\n%s", status, again, dry, real)
	}
}

func TestASignalStopsAndWritesNothing(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	var out, errs bytes.Buffer
	in := readerFunc(func(b []byte) (int, error) {
		cancel()
		return copy(b, "Submission Number,Objectives\n1,7\n"), nil
	})
	if status := run(ctx, []string{"-", "-o", filepath.Join(dir, "x.json")}, in, &out, &errs); status != unusable || !strings.Contains(errs.String(), "stopped") {
		t.Errorf("status %d, %s", status, errs.String())
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

type readerFunc func(b []byte) (int, error)

func (f readerFunc) Read(b []byte) (int, error) { return f(b) }

// What is built keeps its exit status.
func TestTheProgramHasItsExitStatus(t *testing.T) {
	program := filepath.Join(t.TempDir(), "import")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for file, want := range map[string]int{export: problems, "go.mod": unusable} {
		command := exec.Command(program, "-q", file, "-o", filepath.Join(t.TempDir(), "x.json"))
		_ = command.Run()
		if got := command.ProcessState.ExitCode(); got != want {
			t.Errorf("%s: status %d, want %d", file, got, want)
		}
	}
}
