package view

// chart draws the picture of a timeline, and below it what its marks mean.
func (c *card) chart(t *chart) {
	if t.area == "" {
		return
	}
	c.gap(12)
	c.paragraph(words(t.caption), font{size: 14, bold: true}, ink)
	c.y += 6
	c.plot(150, t.plot(c.look()))
	c.rect(cardMargin, c.y, cardRoom, 1, ink)
	c.y += 4
	c.plot(16, t.axis(c.look()))
	for _, m := range t.marks {
		c.notice(m.words, font{size: 12}, ink, 2)
	}
}

// plot draws what is in a picture, which is laid out in shares of the width that
// it is given, from the left in every language.
func (c *card) plot(height int, nodes []node) {
	c.inside(cardMargin, c.y, cardRoom, height, nodes...)
	c.y += height
}

// look is that of a picture in a card: the colours and sizes that style sheets
// give it in a page.
func (c *card) look() look {
	return look{
		begin: func(tag, _ string) node { return element(tag) },
		end: func(n node, name string) node {
			switch name {
			case "area", "fill":
				return c.color(n, accent)
			case "year":
				n = n.with("text-anchor", "middle")
			}
			if name != "mark" {
				n = font{size: 12}.set(n)
			}
			return c.color(n, ink)
		},
	}
}
