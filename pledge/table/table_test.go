package table

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// some are pledges of all kinds: published ones, and one with everything in it.
func some(t testing.TB) []pledge.Pledge {
	t.Helper()
	file, err := os.Open("../../examples/data/pledges.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []pledge.Pledge
	for r, err := range pledge.NewDecoder(file).Records() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r.Pledge)
	}
	full := pledge.Pledge{
		ID: pledge.IDFromRef("x", "1"), Ref: "=1+1", Updated: gcm.InstantOfUnix(1_653_004_800, 0), Title: `=HYPERLINK("https://example.org")`, Language: "fr",
		Description: "Первая строка\r\nsecond line, \"quoted\"; _x0041_ \x01 \t 中文 😀", Type: gcm.Matching, Matches: pledge.Match{ID: all[0].ID, Ref: "-3", Title: "@x"},
		Mirror: gcm.No, Champion: gcm.Yes, Natures: gcm.NatureSetOf(gcm.Financial, gcm.Process), Status: gcm.InProgress,
		Pledgers:   []pledge.Pledger{{Name: "Kenya; and others", Category: gcm.MemberState, State: state(t, "KEN")}, {Name: "+City", Category: gcm.LocalAuthority, Via: "=x"}, {}},
		Objectives: objectives.SetOf(1, 23), Principles: gcm.PrincipleSetOf(1, 10), Themes: []string{"a", "=b", "c;d"},
		Announced: gcm.DateOf(2022, 5, 0), Deadline: gcm.DateOf(2030, 0, 0), Links: []string{"https://example.org/a", "https://example.org/b"}, Source: "-x",
	}
	full.Implementation = pledge.Implementation{States: []gcm.State{state(t, "PER"), state(t, "FRA")}, Global: true, Level: gcm.Local}
	eur, _ := gcm.CurrencyFromCode("EUR")
	full.Contributions = []pledge.Contribution{{Money: gcm.MoneyOf(20000050, eur), Stage: gcm.StagePledged, To: "Migration MPTF"}, {Money: gcm.MoneyOf(1, eur)}}
	full.Reports = []pledge.ProgressReport{{Date: gcm.DateOf(2024, 0, 0), Status: gcm.Planned, By: "=x; y"}, {Date: gcm.DateOf(2024, 5, 0), Share: gcm.NumberOf(-5)}}
	return append(all, full, pledge.Pledge{ID: pledge.IDFromRef("x", "2")})
}

func state(t testing.TB, code string) gcm.State {
	s, ok := gcm.StateFromAlpha3(code)
	if !ok {
		t.Fatal(code)
	}
	return s
}

func write(t testing.TB, all []pledge.Pledge, w interface {
	Write(*pledge.Pledge) error
	Close() error
}) {
	t.Helper()
	for i := range all {
		before := string(all[i].AppendJSON(nil))
		if err := w.Write(&all[i]); err != nil {
			t.Fatal(err)
		}
		if string(all[i].AppendJSON(nil)) != before {
			t.Fatal("the pledge has changed")
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// read returns the rows of a CSV by their columns.
func read(t testing.TB, text string) []map[string]string {
	t.Helper()
	text, ok := strings.CutPrefix(text, "\ufeff")
	if !ok {
		t.Fatalf("without a BOM: %.20q", text)
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, cell := range r {
			row[records[0][i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

// What stands in the table is what stands in the pledge's JSON, which other code
// writes.
func TestTableHasWhatThePledgeHas(t *testing.T) {
	all := some(t)
	var b bytes.Buffer
	write(t, all, NewCSV(&b, Options{Language: gcm.French}))
	rows := read(t, b.String())
	if len(rows) != len(all) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows {
		var p struct {
			ID, Ref, Updated, Title, Description, Language, Type, Announced, Deadline, Status, Source string
			Matches                                                                                   struct{ ID, Ref, Title string }
			Mirror, Champion                                                                          *bool
			Natures, Principles, Themes, Links                                                        []string
			Objectives                                                                                []int
			Pledgers                                                                                  []struct{ Name, Category, State, Via string }
			Implementation                                                                            struct {
				States []string
				Global bool
				Level  string
			}
			Contributions []struct{ Amount, Currency, Stage, To string }
			Reports       []struct{ Date, Status, Share, By string }
		}
		if err := json.Unmarshal(all[i].AppendJSON(nil), &p); err != nil {
			t.Fatal(err)
		}
		bit := func(v *bool) string {
			if v == nil {
				return ""
			}
			return strconv.FormatBool(*v)
		}
		joined := func(n int, at func(int) string) string {
			var parts []string
			for i := range n {
				parts = append(parts, strings.ReplaceAll(at(i), ";", ","))
			}
			return strings.Join(parts, "; ")
		}
		text := func(all []string) string { return joined(len(all), func(i int) string { return all[i] }) }
		by := func(at func(i int) string) string { return joined(len(p.Pledgers), at) }
		give := func(at func(i int) string) string { return joined(len(p.Contributions), at) }
		said := func(at func(i int) string) string { return joined(len(p.Reports), at) }
		for name, want := range map[string]string{
			"report_dates": said(func(i int) string { return p.Reports[i].Date }), "report_statuses": said(func(i int) string { return p.Reports[i].Status }),
			"report_shares": said(func(i int) string { return p.Reports[i].Share }), "report_by": said(func(i int) string { return p.Reports[i].By }),
			"id": p.ID, "ref": p.Ref, "updated": p.Updated, "title": p.Title, "description": strings.ReplaceAll(p.Description, "\r\n", "\n"), "language": p.Language, "type": p.Type,
			"announced": p.Announced, "deadline": p.Deadline, "status": p.Status, "source": p.Source, "matches_id": p.Matches.ID, "matches_ref": p.Matches.Ref, "matches_title": p.Matches.Title,
			"mirror": bit(p.Mirror), "champion": bit(p.Champion), "natures": text(p.Natures), "principles": text(p.Principles), "themes": text(p.Themes), "links": text(p.Links),
			"objectives":            joined(len(p.Objectives), func(i int) string { return strconv.Itoa(p.Objectives[i]) }),
			"pledgers":              by(func(i int) string { return p.Pledgers[i].Name }),
			"pledger_via":           by(func(i int) string { return p.Pledgers[i].Via }),
			"pledger_states":        by(func(i int) string { return p.Pledgers[i].State }),
			"pledger_categories":    by(func(i int) string { return p.Pledgers[i].Category }),
			"pledger_roles":         by(func(i int) string { return []string{"submitting", "participating"}[min(i, 1)] }),
			"implementation_states": text(p.Implementation.States), "implementation_global": strconv.FormatBool(p.Implementation.Global), "implementation_level": p.Implementation.Level,
			"contribution_amounts": give(func(i int) string { return p.Contributions[i].Amount }), "contribution_currencies": give(func(i int) string { return p.Contributions[i].Currency }),
			"contribution_stages": give(func(i int) string { return p.Contributions[i].Stage }), "contribution_to": give(func(i int) string { return p.Contributions[i].To }),
		} {
			if got := strings.ReplaceAll(spreadsheet.Unprotect(row[name]), "\r\n", "\n"); got != want {
				t.Errorf("pledge %d: %s is %q, want %q", i, name, got, want)
			}
		}
	}
	full := rows[len(rows)-2]
	for name, want := range map[string]string{"status_label": "En cours", "pledger_state_names": "Kenya; ; ", "implementation_state_names": "Pérou; France", "type_label": "De contrepartie",
		"pledger_regions": "africa; ; ", "report_status_labels": "Prévu; ", "report_evidence": "confirmed; stated", "criteria": "linked; time-bound; in-partnership; resourced; scope-stated"} {
		if full[name] != want {
			t.Errorf("%s is %q, want %q", name, full[name], want)
		}
	}
	for name, cell := range full {
		for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";,\t\n\r|", r) }) {
			if part = strings.TrimLeft(part, " "); part != "" && strings.ContainsAny(part[:1], "=+-@") {
				t.Errorf("%s is a formula: %q", name, cell)
			}
		}
	}
}

// What a validator of CSV on the Web demands: the Model for Tabular Data and
// Metadata, sections 6 and 8, and the Metadata Vocabulary for Tabular Data.
func TestMetadataDescribesTheTable(t *testing.T) {
	all := some(t)
	var b bytes.Buffer
	write(t, all, NewCSV(&b, Options{}))
	h := tally.Header{Feed: "https://example.org/pledges.json", Title: "Pledges", License: "CC0-1.0", AsOf: gcm.InstantOfUnix(1_653_004_800, 0)}
	q := tally.Query{Region: tally.AnyOf(gcm.Africa)}
	if err := validate(PledgesMetadata("pledges.csv?region=africa", h, gcm.Instant{}, q, gcm.English).AppendJSON(nil), b.Bytes()); err != nil {
		t.Error(err)
	}
	// A table that isn't described is noticed.
	good := b.String()
	for name, bad := range map[string]string{
		"another head": strings.Replace(good, "pledger_via", "pledgers_via", 1), "no number": strings.Replace(good, "2022-05-20T00:00:00Z", "yesterday", 1),
		"a row twice": good + good[strings.LastIndex(strings.TrimSuffix(good, "\r\n"), "\r\n")+2:], "no answer": strings.Replace(good, ",true,", ",perhaps,", 1),
	} {
		if bad == good {
			t.Errorf("%s: nothing has changed", name)
		} else if validate(PledgesMetadata("x", h, gcm.Instant{}, q, 0).AppendJSON(nil), []byte(bad)) == nil {
			t.Errorf("%s isn't noticed", name)
		}
	}
}

func validate(metadata, table []byte) error {
	var m struct {
		Context []any  `json:"@context"`
		Type    string `json:"@type"`
		URL     string
		Dialect struct {
			Encoding        string
			Header          bool
			LineTerminators []string
		}
		TableSchema struct {
			Columns []struct {
				Name, Titles, Datatype, Separator string
			}
			PrimaryKey []string
		}
	}
	if err := json.Unmarshal(metadata, &m); err != nil {
		return err
	}
	if len(m.Context) == 0 || m.Context[0] != "http://www.w3.org/ns/csvw" || m.Type != "Table" || m.Dialect.Encoding != "utf-8" || !m.Dialect.Header {
		return fmt.Errorf("no description of a table: %s", metadata)
	}
	if u, err := url.Parse(m.URL); err != nil || u.IsAbs() {
		return fmt.Errorf("the address is %q", m.URL)
	}
	text := strings.TrimPrefix(string(table), "\ufeff") // as decoding UTF-8 does (WHATWG Encoding)
	if end := m.Dialect.LineTerminators[0]; !strings.HasSuffix(text, end) {
		return errors.New("the last line doesn't end")
	}
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return err
	}
	if len(records[0]) != len(m.TableSchema.Columns) {
		return fmt.Errorf("%d columns, and %d are described", len(records[0]), len(m.TableSchema.Columns))
	}
	names := map[string]int{}
	for i, c := range m.TableSchema.Columns {
		if _, twice := names[c.Name]; twice || c.Titles != records[0][i] || strings.HasPrefix(c.Name, "_") || strings.Trim(c.Name, "abcdefghijklmnopqrstuvwxyz_") != "" {
			return fmt.Errorf("column %d is %q, and %q is described", i, records[0][i], c.Name)
		}
		names[c.Name] = i
	}
	keys := map[string]bool{}
	for _, r := range records[1:] {
		key := ""
		for _, name := range m.TableSchema.PrimaryKey {
			i, ok := names[name]
			if !ok {
				return fmt.Errorf("the key is %s", name)
			}
			key += r[i] + "\n"
		}
		if keys[key] {
			return fmt.Errorf("the key %q is there twice", key)
		}
		keys[key] = true
		for i, c := range m.TableSchema.Columns {
			values := []string{r[i]}
			if c.Separator != "" {
				values = strings.Split(r[i], c.Separator)
			}
			for _, v := range values {
				if v == "" {
					continue // null
				}
				var err error
				switch c.Datatype {
				case "string":
				case "anyURI":
					_, err = url.Parse(v)
				case "boolean":
					if v != "true" && v != "false" && v != "0" && v != "1" {
						err = errors.New("no boolean")
					}
				case "dateTime":
					_, err = time.Parse(time.RFC3339, v)
				default:
					err = errors.New("another datatype")
				}
				if err != nil {
					return fmt.Errorf("%s is %q: %w", c.Name, v, err)
				}
			}
		}
	}
	return nil
}

// sheets returns the texts of a workbook's sheets by cell, as a reader of ECMA-376
// that knows no more than this has them.
func sheets(t testing.TB, file []byte) (names []string, all []map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	part := func(name string, v any) {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := xml.NewDecoder(f).Decode(v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	var types struct {
		Override []struct {
			PartName string `xml:",attr"`
		}
	}
	part("[Content_Types].xml", &types)
	for _, o := range types.Override {
		if _, err := z.Open(strings.TrimPrefix(o.PartName, "/")); err != nil {
			t.Error(err)
		}
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	part("xl/workbook.xml", &book)
	var related struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:",attr"`
		}
	}
	part("xl/_rels/workbook.xml.rels", &related)
	for _, s := range book.Sheets {
		names = append(names, s.Name)
		i := slices.IndexFunc(related.Relationship, func(r struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:",attr"`
		}) bool {
			return r.ID == s.ID
		})
		var sheet struct {
			Rows []struct {
				Cells []struct {
					At   string  `xml:"r,attr"`
					Kind string  `xml:"t,attr"`
					Text string  `xml:"is>t"`
					F    *string `xml:"f"`
				} `xml:"c"`
			} `xml:"sheetData>row"`
		}
		part("xl/"+related.Relationship[i].Target, &sheet)
		cells := map[string]string{}
		for _, r := range sheet.Rows {
			for _, c := range r.Cells {
				if c.Kind != "inlineStr" || c.F != nil {
					t.Errorf("%s is no text", c.At)
				}
				cells[c.At] = unescape(c.Text)
			}
		}
		all = append(all, cells)
	}
	return names, all
}

// unescape takes _x0001_ for what it stands for.
func unescape(text string) string {
	var b strings.Builder
	for text != "" {
		if len(text) >= 7 && text[:2] == "_x" && text[6] == '_' {
			if n, err := strconv.ParseUint(text[2:6], 16, 16); err == nil {
				b.WriteRune(rune(n))
				text = text[7:]
				continue
			}
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return b.String()
}

func TestWorkbookHasWhatTheCSVHas(t *testing.T) {
	all := some(t)
	var text, file, again bytes.Buffer
	o := Options{Language: gcm.Arabic, Page: func(p *pledge.Pledge) string { return "https://example.org/" + p.ID.String() }}
	write(t, all, NewCSV(&text, o))
	for _, out := range []*bytes.Buffer{&file, &again} {
		w := NewWorkbook(out, o)
		w.Header, w.Query = tally.Header{Title: "=Pledges", Sequence: 7, Illustrative: true}, tally.Query{Region: tally.AnyOf(gcm.Africa)}
		write(t, all, w)
	}
	if !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Error("written twice it is another file")
	}
	names, cells := sheets(t, file.Bytes())
	if !reflect.DeepEqual(names, []string{"Pledges", "About"}) || cells[1]["B1"] != "=Pledges" || cells[1]["B3"] != "region=africa" {
		t.Errorf("%v %v", names, cells[1])
	}
	for n, row := range read(t, text.String()) {
		i := 0
		for c := range Columns() {
			got := strings.ReplaceAll(cells[0][letters(i)+strconv.Itoa(n+2)], "\r\n", "\n")
			if want := strings.ReplaceAll(spreadsheet.Unprotect(row[c.Name]), "\r\n", "\n"); got != want || cells[0][letters(i)+"1"] != c.Name {
				t.Errorf("row %d, %s: %q, want %q", n, c.Name, got, want)
			}
			i++
		}
	}
}

func TestWorkbookGoesOnWhereASheetIsFull(t *testing.T) {
	var file bytes.Buffer
	w := NewWorkbook(&file, Options{})
	w.most = 4
	write(t, some(t)[:8], w)
	names, cells := sheets(t, file.Bytes())
	if !reflect.DeepEqual(names, []string{"Pledges", "Pledges 2", "Pledges 3", "About"}) || cells[2]["A1"] != "id" || cells[2]["A3"] == "" || cells[2]["A4"] != "" {
		t.Errorf("%v %v", names, cells[2])
	}
}

func TestTextIsCutToWhatACellHolds(t *testing.T) {
	for _, text := range []string{"", "x", strings.Repeat("x", mostText), strings.Repeat("x", mostText+1), strings.Repeat("é", mostText), strings.Repeat("é", mostText+1), strings.Repeat("😀", mostText/2), strings.Repeat("😀", mostText/2+1), strings.Repeat("😀", mostText) + "x"} {
		units := func(s string) int { return len(utf16.Encode([]rune(s))) }
		got := shortened(text)
		kept, cut := strings.CutSuffix(got, "…")
		if units(got) > mostText || cut != (units(text) > mostText) || !strings.HasPrefix(text, kept) || cut && units(got) < mostText-1 {
			t.Errorf("%.20q of %d units: %d", text, units(text), units(got))
		}
	}
}

// What breaks off is an error, wherever that is.
func TestErrorsOfTheWriterStay(t *testing.T) {
	all := some(t)
	for most := range 40 {
		c, b := NewCSV(&broken{most * 300}, Options{}), NewWorkbook(&broken{most * 300}, Options{})
		for i := range all {
			c.Write(&all[i])
			b.Write(&all[i])
		}
		for range 2 { // the first error stays
			if err := c.Close(); most*300 < 8000 && !errors.Is(err, io.ErrShortWrite) {
				t.Errorf("after %d bytes: %v", most*300, err)
			}
		}
		for range 2 {
			if err := b.Close(); most*300 < 5000 && !errors.Is(err, io.ErrShortWrite) {
				t.Errorf("after %d bytes: %v", most*300, err)
			}
		}
	}
	b := NewWorkbook(io.Discard, Options{})
	if err := errors.Join(b.Close(), b.Close()); err != nil || b.Write(&all[0]) == nil {
		t.Errorf("closed: %v, and written to", err)
	}
}

type broken struct{ most int }

func (b *broken) Write(p []byte) (int, error) {
	if b.most -= len(p); b.most < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func FuzzTextsOfCellsAreReadBack(f *testing.F) {
	f.Add("_x0041_\x00\ufffe\x1f")
	f.Add("_x005F_x0041_")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		if got := unescape(escaped(text)); got != text {
			t.Errorf("%q is %q", text, got)
		}
		for _, r := range escaped(text) {
			if !holds(r) {
				t.Errorf("%q has %q", escaped(text), r)
			}
		}
	})
}

// The time for a row doesn't depend on how many there are: nothing is kept.
func BenchmarkTables(b *testing.B) {
	all := some(b)
	b.Run("CSV", func(b *testing.B) {
		w := NewCSV(io.Discard, Options{})
		b.ReportAllocs()
		for i := range b.N {
			w.Write(&all[i%len(all)])
		}
	})
	b.Run("Workbook", func(b *testing.B) {
		w := NewWorkbook(io.Discard, Options{})
		b.ReportAllocs()
		for i := range b.N {
			w.Write(&all[i%len(all)])
		}
	})
}
