package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

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
	c.rows(t.rows, widths, room, f)
	if t.fold != nil && t.fold.note == "" {
		c.rows(t.fold.rows, widths, room, f)
	} else if t.fold != nil {
		c.paragraph(words(t.fold.note), f, muted)
	}
	if t.named != "" {
		c.gap(8)
		c.paragraph(words(t.named), f, muted)
	}
}

func (c *card) rows(rows []row, widths []int, room int, f font) {
	for i := range rows {
		r := &rows[i]
		top := c.y
		heading := r.heading
		if r.key != "" {
			heading = say(locale.ObjectiveRow.In(c.lang), place{"number", words(r.key)}, place{"title", heading})
		}
		c.cells(heading, r.values, widths, room, f)
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

// table returns the amounts as a table with a row for each.
func (a *amounts) table(lang gcm.Language) *table {
	t := table{caption: a.caption}
	for _, m := range [...]locale.Message{locale.StageColumn, locale.AmountColumn, locale.PledgesColumn} {
		t.columns = append(t.columns, string(m.In(lang)))
	}
	for _, r := range a.rows {
		for i, c := range r.cells {
			if c.sum != "" {
				t.rows = append(t.rows, row{heading: words(r.currency + separator + a.stages[i]), values: []string{c.sum, c.pledges}, share: noBar})
			}
		}
	}
	return &t
}
