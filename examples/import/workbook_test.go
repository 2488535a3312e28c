package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// workbookOf writes rows into a sheet, numbers as numbers.
func workbookOf(t *testing.T, sheets map[string][][]any, edit func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			cell, _ := excelize.CoordinatesToCellName(1, i+1)
			if err := f.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if edit != nil {
		edit(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAWorkbookGivesThePledgesOfItsCSV(t *testing.T) {
	file, err := os.ReadFile(export)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cells [][]any
	for _, row := range rows {
		var all []any
		for _, c := range row {
			all = append(all, c)
		}
		cells = append(cells, all)
	}
	book := workbookOf(t, map[string][][]any{"Canary Bird": cells}, nil)
	status, want, _ := runs(t, nil, export)
	again, got, stderr := runs(t, bytes.NewReader(book), "-")
	if status != again || got != want {
		t.Errorf("status %d and %d; the feed is\n%s\nwant\n%s", again, status, got, want)
	}
	if !strings.Contains(stderr, "Sheet 2 of the workbook's 2 is read.") || strings.Contains(strings.ToLower(stderr), "canary") {
		t.Errorf("it says %s", stderr)
	}
}

// What people do to a sheet: a title above, two rows of labels, dates and numbers
// as numbers, a hidden row, a row of totals, another sheet, a comment.
func TestAWorkbookAsPeopleKeepIt(t *testing.T) {
	rows := [][]any{
		{"Canary's list of pledges"},
		nil,
		{"Submission Number", "Name of the pledge", "Full name", "Email Address", "Changed", "Created", "Is draft", "Objectives", "Canary Bird"},
		{"serial", "name_of_the_pledge", "full_name", "confirm_email", "changed", "created", "in_draft", "gcm_objective_support", "x"},
		{2278, "First", "Canary Bird", "canary@example.org", 44773.915972222, 44772, false, 7, "Canary"},
		{2279.0, "Second", "Canary Bird", "canary@example.org", "dim 31/07/2022 - 21:59", 1659285309, true, "7; 13"},
		{2280, "Third", "Canary Bird", "canary@example.org", "dim 31/07/2022 - 21:59", "", 0, "7; 13"},
		nil,
		{"Total", nil, nil, nil, nil, nil, nil, 3},
	}
	book := workbookOf(t, map[string][][]any{"Pledges": rows, "Canary": {{"Canary", "Bird"}, {"canary@example.org"}}}, func(f *excelize.File) {
		_ = f.SetRowVisible("Pledges", 7, false)
		_ = f.AddComment("Pledges", excelize.Comment{Cell: "A5", Author: "Canary", Text: "Canary"})
		_ = f.SetColVisible("Pledges", "C", false)
		style, _ := f.NewStyle(&excelize.Style{NumFmt: 22})
		_ = f.SetCellStyle("Pledges", "E5", "F5", style)
		_ = f.SetSheetVisible("Canary", false)
	})
	file := filepath.Join(t.TempDir(), "pledges.xlsx")
	if err := os.WriteFile(file, book, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, report := range [...]string{"text", "json"} {
		status, stdout, stderr := runs(t, nil, file, "-report", report)
		if status != problems {
			t.Errorf("status %d", status)
		}
		if strings.Contains(strings.ToLower(stdout+stderr), "canary") || strings.Contains(stdout+stderr, "@") {
			t.Errorf("a name has got out:\n%s\n%s", stdout, stderr)
		}
		for _, want := range [...]string{`"ref":"2278","updated":"2022-07-31T13:59:00Z"`, `"ref":"2280","updated":"2022-07-31T13:59:00Z"`, `"announced":"2022-07-29"`} {
			if !strings.Contains(stdout, want) {
				t.Errorf("no %s in %s", want, stdout)
			}
		}
		for _, want := range [...]string{"hidden in the sheet", "labels once more", "holds totals", "rows 6, pledges 2, drafts 1, lost 0, others 3"} {
			if !strings.Contains(stderr, want) {
				t.Errorf("it doesn't say %q:\n%s", want, stderr)
			}
		}
	}
}

func TestWorkbooksThatAreNoUse(t *testing.T) {
	export := [][]any{{"Submission Number", "Objectives"}, {1, 7}}
	date := true
	for _, test := range []struct {
		name string
		book []byte
		args []string
		want int
		says string
	}{
		{"no export", workbookOf(t, map[string][][]any{"Canary": {{"Canary", "Bird"}, {1, 2}}}, nil), nil, unusable, "none of the workbook's sheets"},
		{"no such sheet", workbookOf(t, nil, nil), []string{"-sheet", "3"}, unusable, "no sheet 3"},
		{"a sheet that is no export", workbookOf(t, map[string][][]any{"A": export}, nil), []string{"-sheet", "1"}, unusable, "none of its first rows"},
		{"two exports", workbookOf(t, map[string][][]any{"A": export, "B": export}, nil), nil, problems, "is an export as well"},
		{"the one that is asked for", workbookOf(t, map[string][][]any{"A": export, "B": export}, nil), []string{"-sheet", "3"}, clean, "Sheet 3"},
		{"days from 1904", workbookOf(t, map[string][][]any{"A": {{"Submission Number", "Objectives", "Changed"}, {1, 7, 43311.9}}}, func(f *excelize.File) {
			_ = f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &date})
		}), nil, clean, "Sheet 2"},
		{"cut off", workbookOf(t, map[string][][]any{"A": export}, nil)[:2000], nil, unusable, "broken"},
	} {
		status, stdout, stderr := runs(t, bytes.NewReader(test.book), append(test.args, "-")...)
		if status != test.want || !strings.Contains(stderr, test.says) || strings.Contains(strings.ToLower(stdout+stderr), "canary") {
			t.Errorf("%s: status %d; it says %s", test.name, status, stderr)
		}
		if test.name == "days from 1904" && !strings.Contains(stdout, `"updated":"2022-07-31T13:36:00Z"`) {
			t.Errorf("%s: %s", test.name, stdout)
		}
	}
}
