package view

// table draws a table. Bars have what room the text leaves.
func (c *card) table(t *table) {
	f := font{size: 12}
	c.gap(12)
	c.paragraph(words(t.caption), font{size: 14, bold: true}, ink)
	c.y += 4
	widths, room := t.widths(f)
	if len(t.columns) > 2 { // one number alone is explained by the caption
		c.cells(words(t.columns[0]), t.columns[1:], widths, room, font{size: 12, bold: true})
	}
	for i := range t.rows {
		r := &t.rows[i]
		top := c.y
		c.cells(r.heading, r.values, widths, room, f)
		if r.share != noBar {
			c.bar(cardWidth-cardMargin-barWidth, top+6, r.share)
		}
	}
}

// How wide a bar and what is between columns are.
const (
	barWidth  = 140
	columnGap = 12
)

// bar draws the picture of a number.
func (c *card) bar(x, y, share int) {
	c.rect(x, y, barWidth, 10, track)
	c.inside(x, y, barWidth, 10, fill(c.look(), share, c.reverse))
}

// cells draws a row of a table: a heading in as many lines as it takes, and
// numbers that end below each other.
func (c *card) cells(heading phrase, values []string, widths []int, room int, f font) {
	top := c.y
	for _, l := range f.wrap(spans(heading), room, 0) {
		c.y += f.leading()
		c.write(l, cardMargin, c.y-f.leading()/4, room, f, ink, false)
	}
	said, separate := heading.isolated(c.reverse), ": "
	end := cardMargin + room
	for i, s := range values {
		said += separate + s
		separate = ", "
		end += columnGap + widths[i]
		for _, l := range f.wrap([]span{{id: 1, text: s}}, widths[i], 1) {
			c.write(l, end, top+f.leading()-f.leading()/4, widths[i], f, ink, true)
		}
	}
	c.y = max(c.y, top+f.leading()) + 4
	c.say(said)
}

// widths returns how wide the columns of numbers are, each as wide as the widest
// of them, and what is left for the headings of rows, which is at least a third.
func (t *table) widths(f font) (widths []int, room int) {
	room = cardRoom
	if t.bars {
		room -= barWidth + columnGap
	}
	widen := func(values []string) {
		for i, s := range values {
			if len(widths) <= i {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], font{size: f.size, bold: true}.width(s))
		}
	}
	for i := range t.rows {
		widen(t.rows[i].values)
	}
	if len(t.columns) > 2 {
		widen(t.columns[1:])
	}
	for i, w := range widths {
		widths[i] = min(w, max(0, cardRoom/3-columnGap))
		room -= widths[i] + columnGap
	}
	return widths, room
}
