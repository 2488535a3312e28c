package view

import "github.com/gcmkit/gcmkit/pledge/view/locale"

// The measures of a card in pixels. It may be shown at any size.
const (
	cardWidth  = 520
	cardMargin = 24
	cardRoom   = cardWidth - 2*cardMargin
)

// AppendCard appends a view as a card: a picture for pages that allow no
// scripts, for e-mails and for documents. It says what the HTML says, in the
// same words and figures, but for what is clicked on and what is unfolded by a
// click; and where nobody knows of when the numbers are it says that.
//
// It is a file of its own, without scripts, links and fonts. Its title is
// [View.Text], which the alt attribute of an img element should be as well, and
// its description is all of its text. The zero View gives an empty card.
func AppendCard(b []byte, v *View, t Theme) []byte {
	c := &card{View: v, drawing: drawing{width: cardWidth, theme: t, reverse: v.lang.RightToLeft(), y: cardMargin}}
	if v.content.head.number != "" {
		c.head(&v.content.head)
		for _, s := range v.content.body {
			c.section(s)
		}
		c.foot(&v.content.foot)
	}
	return appendSVG(b, c.picture())
}

// A card is a view on its way to becoming a picture.
type card struct {
	*View
	drawing
}

// picture returns the card with what is behind and around what was drawn.
func (c *card) picture() node {
	height := c.y + cardMargin
	frame := c.color(boxed(element("rect"), 0, 0, cardWidth, height).with("rx", "8"), line)
	inner := c.color(boxed(element("rect"), 1, 1, cardWidth-2, height-2).with("rx", "7"), ground)
	children := []node{element("desc", text(c.said))}
	if c.theme != Light && c.theme != Dark {
		children = append(children, c.style())
	}
	children = append(children, frame, inner)
	return picture(cardWidth, height, c.text, c.lang.String(), c.reverse, append(children, c.nodes...)...)
}

// gap leaves room below what is drawn.
func (c *card) gap(height int) {
	if len(c.nodes) > 0 {
		c.y += height
	}
}

// section draws what stands between head and foot. What is clicked on or unfolded
// isn't drawn.
func (c *card) section(s section) {
	switch s := s.(type) {
	case coverage:
		c.gap(12)
		c.paragraph(words(string(s)), font{size: 14}, ink)
	case note:
		c.gap(12)
		c.paragraph(words(string(s)), font{size: 14}, ink)
	case notes:
		c.gap(8)
		for _, note := range s {
			c.paragraph(words(note), font{size: 12}, muted)
		}
	case *table:
		c.table(s)
	case facets:
		for _, table := range s {
			c.section(table)
		}
	case strip:
		if s.caption != "" {
			c.table(s.table)
		}
	case *amounts:
		c.table(s.table(c.lang))
	case *chart:
		c.chart(s)
	case *tileMap:
		c.tiles(s)
	case *list:
		c.list(s)
	}
}

// head draws the number and what must be known to read it right.
func (c *card) head(h *head) {
	c.total(h)
	if h.selection != nil {
		c.gap(4)
		c.paragraph(h.selection, font{size: 14, bold: true}, ink)
	}
	if h.memberStates != "" {
		c.gap(4)
		c.paragraph(words(h.memberStates), font{size: 14}, ink)
	}
	for _, s := range [...]string{h.illustrative, h.missing, h.unread} {
		if s != "" {
			c.notice(s, font{size: 14}, accent, 4)
		}
	}
}

// total draws the number, and what it counts beside it.
func (c *card) total(h *head) {
	number, label := font{size: 44, bold: true}, font{size: 18}
	width := min(number.width(h.number), cardRoom/2)
	c.y += 40
	c.put(number.set(element("text", text(h.number))), number.width(h.number), cardMargin, c.y, width, ink)
	x := cardMargin + width + 12
	lines := label.wrap(spans(h.label), cardWidth-cardMargin-x, 2)
	for i, l := range lines {
		c.write(l, x, c.y-22*(len(lines)-1-i), cardWidth-cardMargin-x, label, ink, false)
	}
	c.y += 8
	c.say(h.number + h.blank + h.label.String())
}

// paragraph draws text below what is drawn, in as many lines as it takes.
func (c *card) paragraph(p phrase, f font, r role) { c.lines(p, f, r, cardMargin) }

func (c *card) lines(p phrase, f font, r role, x int) {
	all := spans(p)
	for _, l := range f.wrap(all, cardWidth-cardMargin-x, 0) {
		c.y += f.leading()
		c.write(l, x, c.y-f.leading()/4, cardWidth-cardMargin-x, f, r, false)
	}
	c.say(p.isolated(c.reverse))
}

// leading is how high a line of text is.
func (f font) leading() int { return f.size * 3 / 2 }

// notice draws text with a bar at its side.
func (c *card) notice(s string, f font, bar role, width int) {
	c.gap(6)
	top := c.y
	c.lines(words(s), f, ink, cardMargin+12)
	c.rect(cardMargin, top, width, c.y-top, bar)
}

// foot draws of when the numbers are, and where from. In the page it may stay
// open of when they are; a picture is carried elsewhere.
func (c *card) foot(f *foot) {
	c.gap(8)
	small := font{size: 12}
	if f.dated == nil {
		c.paragraph(words(string(locale.NoDate.In(c.lang))), small, muted)
	} else {
		c.paragraph(f.dated, small, muted)
	}
	for _, p := range f.sources {
		c.paragraph(p, small, muted)
	}
}

// list draws a list of pledges.
func (c *card) list(l *list) {
	c.gap(12)
	if l.note != "" {
		c.paragraph(words(l.note), font{size: 14}, ink)
		return
	}
	c.paragraph(words(l.caption), font{size: 14, bold: true}, ink)
	for _, i := range l.items {
		c.gap(6)
		c.paragraph(i.title, font{size: 14}, ink)
		if i.by != nil {
			c.paragraph(i.by, font{size: 12}, muted)
		}
		status := i.status
		for at, n := range i.numbers {
			status += [...]string{separator + i.objectives + " ", ", "}[min(at, 1)] + n
		}
		c.paragraph(words(status), font{size: 12}, muted)
	}
}
