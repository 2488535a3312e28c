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
	for _, n := range v.root.children {
		switch {
		case is(n, "head"):
			c.head(n.children)
		case is(n, "named"), is(n, "note"):
			c.gap(12)
			c.paragraph(n, font{size: 14}, ink)
		case is(n, "newest"):
			c.newest(n.children)
		case n.tag == "table":
			c.table(n)
		case is(n, "chart"):
			c.chart(n.children)
		case is(n, "notes"):
			c.small(n.children)
		case is(n, "foot"):
			c.foot(n.children)
		}
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
	children := []node{element("desc", text(c.said))}
	if c.theme != Light && c.theme != Dark {
		children = append(children, style())
	}
	frame := boxed(element("rect"), 0, 0, cardWidth, height).with("rx", "8")
	inner := boxed(element("rect"), 1, 1, cardWidth-2, height-2).with("rx", "7")
	children = append(children, c.color(frame, line), c.color(inner, ground))
	return picture(cardWidth, height, c.text, c.lang.String(), c.reverse, append(children, c.nodes...)...)
}

// gap leaves room below what is drawn.
func (c *card) gap(height int) {
	if len(c.nodes) > 0 {
		c.y += height
	}
}

// head draws the number and what must be known to read it right.
func (c *card) head(paragraphs []node) {
	for _, n := range paragraphs {
		switch {
		case is(n, "total"):
			c.total(n)
		case is(n, "illustrative"), is(n, "unread"), is(n, "missing"):
			c.notice(n, font{size: 14}, accent, 4)
		case is(n, "filter"):
			c.gap(4)
			c.paragraph(n, font{size: 14, bold: true}, ink)
		default:
			c.gap(4)
			c.paragraph(n, font{size: 14}, ink)
		}
	}
}

// total draws the number, and what it counts beside it.
func (c *card) total(n node) {
	number, label := font{size: 44, bold: true}, font{size: 18}
	width := 0
	var nodes []node
	for _, s := range n.children {
		f := label
		if is(s, "number") {
			f = number
		}
		width += f.width(s.textContent())
		nodes = append(nodes, f.set(element("tspan", text(s.textContent()))))
	}
	c.y += 40
	c.put(element("text", nodes...), width, cardMargin, c.y, cardRoom, ink)
	c.y += 8
	c.say(n.textContent())
}

// paragraph draws text below what is drawn, in as many lines as it takes.
func (c *card) paragraph(n node, f font, r role) { c.lines(n, f, r, cardMargin) }

func (c *card) lines(n node, f font, r role, x int) {
	all := spans(n)
	for _, l := range f.wrap(all, cardWidth-cardMargin-x, 0) {
		c.y += f.leading()
		c.write(l, x, c.y-f.leading()/4, cardWidth-cardMargin-x, f, r, false)
	}
	c.say(plain(all, c.reverse))
}

// leading is how high a line of text is.
func (f font) leading() int { return f.size * 3 / 2 }

// notice draws text with a bar at its side.
func (c *card) notice(n node, f font, bar role, width int) {
	c.gap(6)
	top := c.y
	c.lines(n, f, ink, cardMargin+12)
	c.rect(cardMargin, top, width, c.y-top, bar)
}

// small draws paragraphs that matter less.
func (c *card) small(paragraphs []node) {
	c.gap(8)
	for _, n := range paragraphs {
		c.paragraph(n, font{size: 12}, muted)
	}
}

// foot draws of when the numbers are, and where from. In the page it may stay
// open of when they are; a picture is carried elsewhere.
func (c *card) foot(paragraphs []node) {
	c.gap(8)
	dated := false
	for _, n := range paragraphs {
		dated = dated || is(n, "date")
	}
	if !dated {
		c.paragraph(text(string(locale.NoDate.In(c.lang))), font{size: 12}, muted)
	}
	for _, n := range paragraphs {
		f, r := font{size: 12}, muted
		if is(n, stale) {
			f, r = font{size: 12, bold: true}, ink
		}
		c.paragraph(n, f, r)
	}
}

// newest draws a list of pledges.
func (c *card) newest(parts []node) {
	c.gap(12)
	for _, n := range parts {
		if n.tag != "ol" {
			c.paragraph(n, font{size: 14, bold: is(n, "caption")}, ink)
			continue
		}
		for _, item := range n.children {
			c.gap(6)
			for _, line := range item.children {
				if is(line, "title") {
					c.paragraph(line, font{size: 14}, ink)
				} else {
					c.paragraph(line, font{size: 12}, muted)
				}
			}
		}
	}
}
