package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// The measures of a card in pixels. It may be shown at any size.
const (
	cardWidth  = 520
	cardMargin = space6
	cardRoom   = cardWidth - 2*cardMargin
)

// AppendCard appends a view as a card: a picture for pages that allow no scripts, for
// e-mails and for documents. It says what the HTML says, in the same words and figures.
// It leaves out buttons, and what only a click unfolds. If the numbers have no date,
// the card says so.
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
	behind := c.color(boxed(element("rect"), 0, 0, cardWidth, height).with("rx", strconv.Itoa(lineRadius)), ground)
	around := c.frame(0, 0, cardWidth, height, lineRadius, line)
	children := []node{element("desc", text(c.said))}
	if c.theme != Light && c.theme != Dark {
		children = append(children, c.style())
	}
	children = append(children, behind, around)
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
		c.gap(space5)
		c.paragraph(words(string(s)), font{size: textMeta}, ink)
	case note:
		c.gap(space5)
		c.paragraph(words(string(s)), font{size: textMeta}, ink)
	case notes:
		c.gap(space3)
		for _, note := range s {
			c.paragraph(words(note), font{size: textSmall}, muted)
		}
	case *table:
		c.table(s)
	case *board:
		for _, section := range s.main {
			c.section(section)
		}
	case beside:
		for _, sections := range s {
			for _, section := range sections {
				c.section(section)
			}
		}
	case *empty:
		c.gap(space5)
		c.paragraph(words(s.heading), font{size: textBody, bold: true}, ink)
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
		c.gap(space3)
		c.paragraph(h.selection, font{size: textBody, bold: true}, ink)
	}
	if h.zero != "" {
		c.gap(space1)
		c.paragraph(words(h.zero), font{size: textBody}, muted)
	}
	if h.memberStates != "" {
		c.gap(space1)
		c.paragraph(words(h.memberStates), font{size: textBody}, ink)
	}
	for _, s := range [...]string{h.missing, h.unread} {
		if s != "" {
			c.notice(s, font{size: textMeta}, warn, lineMark)
		}
	}
	if h.illustrative != "" {
		c.tag(h.illustrative)
	}
}

// hero is the size of a number that stands alone on its picture.
const hero = 64

// total draws the number, and beside it what it counts in two lines, the last of
// which is level with it. Below it where there is no room beside.
func (c *card) total(h *head) {
	large := font{size: hero, bold: true}
	width := large.width(h.number)
	c.y += hero * 3 / 4 // as high as digits are
	c.put(large.set(element("text", text(h.number))), width, cardMargin, c.y, cardRoom, ink)
	x := cardMargin + width*9/8 + space4 // fonts are wider than the estimate
	f, lines := c.label(h.label, cardWidth-cardMargin-x)
	if len(lines) > 2 {
		x = cardMargin
		f, lines = c.label(h.label, cardRoom)
		c.y += space3 + len(lines)*f.size*5/4
	}
	for i, l := range lines {
		c.write(l, x, c.y-(len(lines)-1-i)*f.size*5/4, cardWidth-cardMargin-x, f, ink, false)
	}
	c.y += space2
	c.say(h.number + h.blank + h.label.String())
}

// label breaks what is counted into two lines, as large as there is room for.
func (c *card) label(p phrase, room int) (f font, lines []setting) {
	for _, size := range [...]int{textTitle, textLead, textBody} {
		f = font{size: size}
		if lines = f.balanced(spans(p), room); len(lines) <= 2 {
			break
		}
	}
	return f, lines
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

// notice draws text with a line at its side.
func (c *card) notice(s string, f font, bar role, width int) {
	c.gap(space3)
	top := c.y
	c.lines(words(s), f, ink, cardMargin+space4)
	c.rect(cardMargin, top, width, c.y-top, bar)
}

// tag draws text in a dashed frame: it goes along with the number wherever the
// picture goes.
func (c *card) tag(s string) {
	c.gap(space3)
	f := font{size: textSmall}
	top, width := c.y, 0
	for _, l := range f.wrap(spans(words(s)), cardRoom-2*space3, 0) {
		c.y += f.leading()
		c.write(l, cardMargin+space3, c.y-f.leading()/4+1, cardRoom-2*space3, f, ink, false)
		width = max(width, l.width)
	}
	c.y += lineMark
	// Fonts are wider than the estimate.
	frame := c.frame(cardMargin, top, min(width*9/8+2*space3, cardRoom), c.y-top, lineFocus, muted)
	c.nodes = append(c.nodes, frame.with("stroke-dasharray", "3 2"))
	c.say(s)
}

// foot draws where the numbers are from and of when, in one quiet line below a
// rule. In the page it may stay open of when they are; a picture is carried
// elsewhere.
func (c *card) foot(f *foot) {
	c.gap(space4)
	c.rect(cardMargin, c.y, cardRoom, lineRule, line)
	c.gap(space2)
	var said phrase
	part := func(p phrase) {
		if len(said) > 0 {
			said = said.add(piece{text: separator})
		}
		said = said.add(p...)
	}
	for _, p := range f.sources {
		part(p)
	}
	if f.dated == nil {
		part(words(string(locale.NoDate.In(c.lang))))
	} else {
		part(f.dated)
	}
	c.paragraph(said, font{size: textSmall}, muted)
}

// list draws a list of pledges.
func (c *card) list(l *list) {
	c.gap(space5)
	if l.note != "" {
		c.paragraph(words(l.note), font{size: textMeta}, ink)
		return
	}
	c.paragraph(words(l.caption), font{size: textBody, bold: true}, ink)
	for _, i := range l.items {
		c.gap(space3)
		c.rect(cardMargin, c.y, cardRoom, lineRule, line)
		c.gap(space1)
		c.paragraph(i.title, font{size: textBody}, ink)
		if i.by != nil {
			c.paragraph(i.by, font{size: textSmall}, muted)
		}
		status := i.status
		for at, n := range i.numbers {
			status += [...]string{separator + i.objectives + " ", ", "}[min(at, 1)] + n
		}
		c.paragraph(words(status), font{size: textSmall}, muted)
	}
}
