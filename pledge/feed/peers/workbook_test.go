package peers

import (
	"encoding/csv"
	"io"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/tealeg/xlsx/v3"
	"github.com/xuri/excelize/v2"
)

// What two libraries read of the workbook is what the CSV has. None of the texts is a
// formula to them, though some look like one.
func TestWorkbookIsReadByOthers(t *testing.T) {
	s := newServer(t, 30)
	p := numbered(7)
	p.Updated = gcm.InstantOfUnix(1_700_000_000, 0)
	p.Title, p.Description, p.Themes = `=HYPERLINK("https://example.org")`, "Первая\nвторая, \"x\"; _x0041_ 中文 😀", []string{"-b", "c"}
	if _, err := s.Apply(99, p); err != nil {
		t.Fatal(err)
	}
	get := func(path string) string {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != 200 {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		return w.Body.String()
	}
	text := strings.TrimPrefix(get("/pledges.csv?lang=zh"), "\ufeff")
	want, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(want) != 31 {
		t.Fatalf("%d rows, %v", len(want), err)
	}
	for _, row := range want {
		for i := range row {
			row[i] = strings.ReplaceAll(strings.TrimPrefix(row[i], "'"), "; '-", "; -")
		}
	}
	file := get("/pledges.xlsx?lang=zh")
	same := func(name string, got [][]string) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("%s reads %d rows, want %d", name, len(got), len(want))
		}
		for i, row := range got {
			for len(row) < len(want[i]) {
				row = append(row, "") // cells that are empty at the end of a row
			}
			if !slices.Equal(row, want[i]) {
				t.Errorf("%s, row %d:\ngot  %q\nwant %q", name, i, row, want[i])
			}
		}
	}

	book, err := excelize.OpenReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := book.GetSheetList(); !slices.Equal(got, []string{"Pledges", "About"}) {
		t.Errorf("excelize has the sheets %q", got)
	}
	rows, err := book.GetRows("Pledges")
	if err != nil {
		t.Fatal(err)
	}
	same("excelize", rows)
	if formula, err := book.GetCellFormula("Pledges", "E2"); formula != "" || err != nil {
		t.Errorf("excelize has the formula %q, %v", formula, err)
	}
	panes, err := book.GetPanes("Pledges")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head isn't frozen: %+v, %v", panes, err)
	}

	other, err := xlsx.OpenBinary([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	rows = nil
	err = other.Sheets[0].ForEachRow(func(r *xlsx.Row) error {
		var cells []string
		err := r.ForEachCell(func(c *xlsx.Cell) error {
			if c.Formula() != "" {
				t.Errorf("tealeg/xlsx has the formula %q", c.Formula())
			}
			cells = append(cells, strings.ReplaceAll(c.Value, "_x005F_", "_")) // which this library leaves as it is
			return nil
		})
		rows = append(rows, cells)
		return err
	})
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	same("tealeg/xlsx", rows)
}
