package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

// withSheet returns a workbook whose sheet has other rows, and whose cells have
// one shared text.
func withSheet(t *testing.T, rows, shared string) []byte {
	t.Helper()
	in, out := zipOf(t, workbookOf(t, map[string][][]any{"S": {{"x"}}}, nil)), new(bytes.Buffer)
	w := zip.NewWriter(out)
	for _, f := range in.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(f.Name, "xl/worksheets/sheet"):
			text = []byte(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`)
		case f.Name == "xl/sharedStrings.xml":
			text = []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>` + shared + `</t></si></sst>`)
		}
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write(text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func zipOf(t *testing.T, file []byte) *zip.Reader {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

const (
	labelled = `<row r="1"><c r="A1" t="str"><v>Submission Number</v></c><c r="B1" t="str"><v>Name of the pledge</v></c><c r="C1" t="str"><v>Is draft</v></c></row>`
	pledged  = `<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c><c r="C2" t="str"><v>No</v></c></row>`
)

// The library reads these sheets, and leaves rows and texts out or puts cells
// under labels that aren't theirs.
func TestWorkbooksThatWouldLoseSomethingAreRefused(t *testing.T) {
	for _, test := range []struct {
		name, rows, shared string
		want               error
	}{
		{"whole", labelled + pledged, "A pledge", nil},
		{"rows and cells without numbers", strings.ReplaceAll(strings.ReplaceAll(labelled+pledged, ` r="1"`, ""), ` r="B2"`, ""), "A pledge", nil},
		{"rows left out", labelled + strings.ReplaceAll(pledged, `2"`, `7"`), "A pledge", nil},
		{"elements that don't pair up", labelled + `<row r="2"><c r="A2"><v>1</w></c></row>`, "A pledge", errMarkup},
		{"a character that XML can't have", labelled + strings.Replace(pledged, "No", "N&#0;o", 1), "A pledge", errMarkup},
		{"texts that break off", labelled + pledged, "A <pledge", errMarkup},
		{"rows from the last to the first", labelled + strings.ReplaceAll(pledged, `2"`, `3"`) + pledged, "A pledge", errOrder},
		{"a row that is there twice", labelled + pledged + pledged, "A pledge", errOrder},
		{"a row without a number", labelled + strings.Replace(pledged, `r="2"`, `r="x"`, 1), "A pledge", errOrder},
		{"cells from the last to the first", labelled + strings.NewReplacer("A2", "C2", "C2", "A2").Replace(pledged), "A pledge", errOrder},
		{"a cell that is there twice", labelled + strings.Replace(pledged, "C2", "B2", 1), "A pledge", errOrder},
		{"a cell of another row", labelled + strings.Replace(pledged, "C2", "C3", 1), "A pledge", errOrder},
		{"a text that isn't there", labelled + strings.Replace(pledged, "<v>0<", "<v>1<", 1), "A pledge", errTexts},
		{"a formula with its result", labelled + strings.Replace(pledged, `<v>1<`, `<f>0+1</f><v>1<`, 1), "A pledge", nil},
		{"a formula without a result", labelled + strings.Replace(pledged, `<v>1</v>`, `<f>0+1</f>`, 1), "A pledge", errTexts},
		{"a text before the first", labelled + strings.Replace(pledged, "<v>0<", "<v>-1<", 1), "A pledge", errTexts},
	} {
		status, _, stderr := runs(t, bytes.NewReader(withSheet(t, test.rows, test.shared)), "-n", "-")
		if test.want == nil && (status == unusable || !strings.Contains(stderr, "pledges 1,")) || test.want != nil && (status != unusable || !strings.Contains(stderr, test.want.Error())) {
			t.Errorf("%s: status %d\n%s", test.name, status, stderr)
		}
	}
}

// A file of 10 KB can hold gigabytes of cells.
func TestASheetThatGrowsWhenItIsReadIsRefused(t *testing.T) {
	var rows strings.Builder
	for n := 2; n < 2+maxUnpacked/cellSize/16384; n++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, n, n)
	}
	status, _, stderr := runs(t, bytes.NewReader(withSheet(t, labelled+rows.String(), "")), "-n", "-")
	if status != unusable || !strings.Contains(stderr, "up to row 1025 the cells of the sheet hold more than 256 MiB") {
		t.Errorf("status %d\n%.500s", status, stderr)
	}
}
