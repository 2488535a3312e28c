package view

import "strings"

// table draws a table. Bars have what room the text leaves.
func (c *card) table(n node) {
	f := font{size: 12}
	t := readTable(n)
	c.gap(12)
	c.paragraph(t.caption, font{size: 14, bold: true}, ink)
	c.y += 4
	widths, room := t.widths(f)
	if len(t.columns) > 2 { // one number alone is explained by the caption
		c.cells(t.columns, widths, room, font{size: 12, bold: true})
	}
	for _, r := range t.rows {
		top := c.y
		c.cells(r.cells, widths, room, f)
		if len(r.bar.children) > 0 {
			c.bar(cardWidth-cardMargin-barWidth, top+6, r.bar.children)
		}
	}
}

// How wide a bar and what is between columns are, and the least of a heading.
const (
	barWidth  = 140
	columnGap = 12
)

// bar draws what is in the picture of a number.
func (c *card) bar(x, y int, fill []node) {
	c.rect(x, y, barWidth, 10, track)
	var drawn []node
	for _, n := range fill {
		drawn = append(drawn, c.drawn(n))
	}
	c.inside(x, y, barWidth, 10, drawn...)
}

// cells draws a row of a table: a heading in as many lines as it takes, and
// numbers that end below each other.
func (c *card) cells(cells []node, widths []int, room int, f font) {
	top := c.y
	said := ""
	for i, n := range cells {
		all := spans(n)
		separate := ""
		if i > 0 {
			separate = ": "
		}
		if i > 1 {
			separate = ", "
		}
		said += separate + plain(all, c.reverse)
		if i == 0 {
			for _, l := range f.wrap(all, room, 0) {
				c.y += f.leading()
				c.write(l, cardMargin, c.y-f.leading()/4, room, f, ink, false)
			}
			continue
		}
		end := cardMargin + room
		for _, w := range widths[:i] {
			end += columnGap + w
		}
		for _, l := range f.wrap(all, widths[i-1], 1) {
			c.write(l, end, top+f.leading()-f.leading()/4, widths[i-1], f, ink, true)
		}
	}
	c.y = max(c.y, top+f.leading()) + 4
	c.say(said)
}

// A drawnTable is a table of a view, taken apart.
type drawnTable struct {
	caption node
	columns []node
	rows    []drawnRow
	bars    bool
}

type drawnRow struct {
	cells []node
	bar   node // what it holds is the bar
}

func readTable(n node) (t drawnTable) {
	for _, part := range n.children {
		if part.tag == "caption" {
			t.caption = part
		}
		for _, line := range part.children {
			r := drawnRow{}
			for _, cell := range line.children {
				switch {
				case is(cell, "bar"):
					if t.bars = true; len(cell.children) > 0 {
						r.bar = cell.children[0]
					}
				case len(cell.children) > 0:
					r.cells = append(r.cells, cell)
				}
			}
			switch part.tag {
			case "thead":
				t.columns = r.cells
			case "tbody":
				t.rows = append(t.rows, r)
			}
		}
	}
	return t
}

// widths returns how wide the columns of numbers are, each as wide as the widest
// of them, and what is left for the headings of rows, which is at least a third.
func (t *drawnTable) widths(f font) (widths []int, room int) {
	room = cardRoom
	if t.bars {
		room -= barWidth + columnGap
	}
	rows := t.rows
	if len(t.columns) > 2 {
		rows = append(rows[:len(rows):len(rows)], drawnRow{cells: t.columns})
	}
	for _, r := range rows {
		for i, n := range r.cells {
			if i == 0 {
				continue
			}
			if len(widths) < i {
				widths = append(widths, 0)
			}
			widths[i-1] = max(widths[i-1], font{size: f.size, bold: true}.width(strings.TrimSpace(n.textContent())))
		}
	}
	for i, w := range widths {
		widths[i] = min(w, max(0, cardRoom/3-columnGap))
		room -= widths[i] + columnGap
	}
	return widths, room
}
