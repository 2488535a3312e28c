package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// table draws a table: words, numbers and bars from one axis. Bars have what room
// the text leaves, and nothing behind them: that would be read as a whole.
func (c *card) table(t *table) {
	f := font{size: textMeta}
	c.gap(space5)
	c.paragraph(words(t.caption), font{size: textBody, bold: true}, ink)
	c.y += space1
	widths, room := t.widths(f)
	if len(t.columns) > 2 { // one number alone is explained by the caption
		small := font{size: textSmall}
		c.cells(words(t.columns[0]), t.columns[1:], widths, room, small, small, muted)
	}
	first := c.y
	number := font{size: f.size, bold: t.bars}
	c.rows(t.rows, widths, room, f, number)
	if t.fold != nil && t.fold.note == "" {
		c.rows(t.fold.rows, widths, room, f, number)
	}
	if t.bars && c.y > first {
		c.rect(cardWidth-cardMargin-barWidth-lineRule, first, lineRule, c.y-first, muted)
	}
	for _, s := range [...]string{t.foldNote(), t.named} {
		if s != "" {
			c.gap(space3)
			c.paragraph(words(s), font{size: textSmall}, muted)
		}
	}
}

// foldNote says what the rows would say that aren't drawn.
func (t *table) foldNote() string {
	if t.fold == nil {
		return ""
	}
	return t.fold.note
}

func (c *card) rows(rows []row, widths []int, room int, f, number font) {
	for i := range rows {
		r := &rows[i]
		top := c.y
		heading := r.heading
		if r.key != "" {
			heading = say(locale.ObjectiveRow.In(c.lang), place{"number", words(r.key)}, place{"title", heading})
		}
		c.cells(heading, r.values, widths, room, f, number, ink)
		if r.share > 0 {
			c.bar(cardWidth-cardMargin-barWidth, top+(f.leading()-barHeight)/2+1, r.share)
		}
	}
}

// How wide and high a bar is, and what is between columns.
const (
	barWidth  = 160
	barHeight = 10
	columnGap = space4
)

// bar draws the picture of a number.
func (c *card) bar(x, y, share int) {
	c.inside(x, y, barWidth, barHeight, fill(c.look(), share, c.reverse))
}

// cells draws a row of a table: a heading in as many lines as it takes, and
// numbers that end below each other.
func (c *card) cells(heading phrase, values []string, widths []int, room int, f, number font, r role) {
	top := c.y
	for _, l := range f.wrap(spans(heading), room, 0) {
		c.y += f.leading()
		c.write(l, cardMargin, c.y-f.leading()/4, room, f, r, false)
	}
	said, separate := heading.isolated(c.reverse), ": "
	end := cardMargin + room
	for i, s := range values {
		said += separate + s
		separate = ", "
		end += columnGap + widths[i]
		for _, l := range number.wrap([]span{{id: 1, text: s}}, widths[i], 1) {
			c.write(l, end, top+f.leading()-f.leading()/4, widths[i], number, r, true)
		}
	}
	c.y = max(c.y, top+f.leading()) + space1
	c.say(said)
}

// widths returns how wide the columns of numbers are, each as wide as the widest
// of them, and what is left for the headings of rows, which is at least a quarter.
func (t *table) widths(f font) (widths []int, room int) {
	room = cardRoom
	if t.bars {
		room -= barWidth + space3 + lineRule
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
	most := room*3/8 - columnGap
	if len(widths) == 1 { // such as "1,158 of 12,158"
		most = room*5/8 - columnGap
	}
	for i, w := range widths {
		widths[i] = min(w, most)
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
