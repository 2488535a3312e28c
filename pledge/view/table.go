package view

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A table is of numbers of pledges, for each of some things that pledges have
// in common.
type table struct {
	caption locale.Message
	columns []locale.Message // headings of all columns but that of the bars
	rows    []row
	bars    bool   // whether each row has a picture of its number
	name    string // of its part, beside "table"; none if it is empty
}

// A row is a line of a table.
type row struct {
	heading []node
	between []node // what stands in the columns between heading and number
	n       int
	none    bool // it is about pledges that state nothing of the kind
	apart   bool // its number is another sort of number, and has no bar
}

// table returns a table, a note in its place if it has no rows. The bars are for
// the eye only: each has its number beside it.
func (r *renderer) table(t table) node {
	if len(t.rows) == 0 {
		return part("p", "note", r.words(locale.NotStated))
	}
	greatest := 0
	for i := range t.rows {
		if !t.rows[i].apart {
			greatest = max(greatest, t.rows[i].n)
		}
	}
	var heads, rows []node
	for _, m := range t.columns {
		heads = append(heads, element("th", r.words(m)).with("scope", "col"))
	}
	if t.bars {
		heads = append(heads, element("td").with("aria-hidden", "true"))
	}
	for i := range t.rows {
		rows = append(rows, r.row(&t.rows[i], t.bars, greatest))
	}
	return part("table", strings.TrimSpace("table "+t.name),
		part("caption", "caption", r.words(t.caption)),
		part("thead", "columns", element("tr", heads...)),
		part("tbody", "rows", rows...))
}

func (r *renderer) row(line *row, bar bool, greatest int) node {
	cells := []node{part("th", "heading", line.heading...).with("scope", "row")}
	for _, n := range line.between {
		cells = append(cells, part("td", "value", n))
	}
	cells = append(cells, part("td", "value", r.number(line.n)))
	if bar {
		picture := node{}
		if !line.apart {
			picture = r.bar(line.n, greatest)
		}
		cells = append(cells, part("td", "bar", picture).with("aria-hidden", "true"))
	}
	name := "row"
	if line.none {
		name = "row none"
	}
	return part("tr", name, cells...)
}

// bar returns a picture of n, as wide as its share of the greatest number. It
// begins where the language begins to write.
func (r *renderer) bar(n, greatest int) node {
	share := permille(n, greatest)
	fill := part("rect", "fill").with("width", percent(share)).with("height", "100%")
	if r.lang.RightToLeft() {
		fill = fill.with("x", percent(1000-share))
	}
	return part("svg", "track", fill).with("width", "100%").with("height", "12")
}

// permille returns the rounded share of n in the greatest number, 0 to 1000; at
// least 1 if n isn't 0. With whole numbers it is the same on every platform.
func permille(n, greatest int) int {
	if n <= 0 || greatest <= 0 {
		return 0
	}
	for n > 1<<40 { // leave room to multiply
		n, greatest = n>>1, greatest>>1
	}
	return min(max(1, int((int64(n)*2000+int64(greatest))/(2*int64(greatest)))), 1000)
}

// percent writes 435 as "43.5%".
func percent(permille int) string {
	s := strconv.Itoa(permille / 10)
	if tenths := permille % 10; tenths != 0 {
		s += "." + strconv.Itoa(tenths)
	}
	return s + "%"
}
