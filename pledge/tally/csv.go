package tally

import (
	"math/bits"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
)

// columns are the head of the table: names as in the tables of package feed, of what an
// index knows.
const columns = "\ufeffid,updated,title,language,announced,pledger,more_pledgers,link," +
	"type,status,reported,evidence,objectives,principles,natures,pledger_categories,pledger_regions,mirror,pledger_states,themes,implementation_states\r\n"

// tabled are the dimensions that have a column, behind what a list shows.
var tabled = [...]Dimension{ByType, ByStatus, ByReported, ByEvidence, ByObjective, ByPrinciple, ByNature, ByCategory, ByRegion, ByMirror}

// A sheet is a table on its way.
type sheet struct{ b []byte }

// AppendCSV appends items of the index as a table (RFC 4180): UTF-8 with a byte order
// mark, a head, and a line for each item, with its facets as they are now. Different
// values of a list have "; " between them, and stand as codes. What a spreadsheet would
// take for a formula has an apostrophe in front.
func (x *Index) AppendCSV(b []byte, items []Item) []byte {
	t := sheet{append(b, columns...)}
	for i := range items {
		t.line(x, &items[i])
	}
	return t.b
}

func (t *sheet) line(x *Index, item *Item) {
	f, _ := x.Get(item.ID)
	more, pledger := "", item.Pledger
	if item.More > 0 {
		more = strconv.Itoa(item.More)
	}
	if pledger == "" {
		pledger = item.State.Alpha3()
	}
	for _, text := range [...]string{item.ID.String(), item.Updated.String(), item.Title, item.Language, item.Announced.String(), pledger, more, item.Link} {
		t.cell(text)
	}
	var own facts
	f.facts(&own)
	values := own.values()
	states := ""
	for i := range f.Pledgers {
		p := &f.Pledgers[i]
		values.add(kindOf(p))
		states = joined(states, p.State.Alpha3())
	}
	for _, d := range tabled {
		list := ""
		for set := values[d]; set != 0; set &= set - 1 {
			list = joined(list, d.Code(bits.TrailingZeros32(set)))
		}
		t.cell(list)
	}
	t.cell(states)
	themes, places := "", ""
	for _, theme := range f.Themes {
		themes = joined(themes, theme)
	}
	for _, s := range f.Implementing {
		places = joined(places, s.Alpha3())
	}
	t.cell(themes)
	t.cell(places)
	t.b[len(t.b)-1] = '\r'
	t.b = append(t.b, '\n')
}

// joined adds a value to a list, unless there is none.
//
//go:noinline
func joined(list, value string) string {
	if list != "" && value != "" {
		list += "; "
	}
	return list + value
}

// cell appends a cell, and a comma behind it.
//
//go:noinline
func (t *sheet) cell(s string) {
	s = spreadsheet.Protect(s)
	quoted := strings.ContainsAny(s, "\",\r\n")
	if quoted {
		t.b = append(t.b, '"')
	}
	for i := range len(s) {
		if s[i] == '"' {
			t.b = append(t.b, '"')
		}
		t.b = append(t.b, s[i])
	}
	if quoted {
		t.b = append(t.b, '"')
	}
	t.b = append(t.b, ',')
}
