package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
)

const export = "testdata/export.csv"

func runs(t *testing.T, stdin io.Reader, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	status = run(args, stdin, &out, &err)
	return status, out.String(), err.String()
}

func TestExportBecomesAFeed(t *testing.T) {
	feed := filepath.Join(t.TempDir(), "pledges.json")
	status, stdout, stderr := runs(t, nil, export, "-o", feed, "-title", "Pledges", "-publisher", "Example", "-as-of", "2022-06-05T00:00:00Z")
	if status != problems || stdout != "" || !strings.Contains(stderr, "7 rows of UTF-8") || !strings.Contains(stderr, "Rules that the pledges break") {
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
		{"clean", tidy + row, []string{"-"}, clean, "No problems"},
		{"problems", tidy + row + ",x,,,,,,,,\n", []string{"-"}, problems, "required"},
		{"not an export", "a,b\n1,2\n", []string{"-"}, unusable, "not the header of an export"},
		{"nothing", "", []string{"-"}, unusable, "empty"},
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
	file := "Submission Number\n" + strings.Repeat("1\n", 250_000)
	_, _, stderr := runs(t, strings.NewReader(file), "-")
	if !strings.HasPrefix(stderr, "100000 rows, 0.") || !strings.Contains(stderr, " MB\n200000 rows, 0.") {
		t.Errorf("it says %.200s", stderr)
	}
}
