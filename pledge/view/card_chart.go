package view

// chart draws the picture of a timeline, and below it what its marks mean.
func (c *card) chart(parts []node) {
	for _, n := range parts {
		switch {
		case is(n, "caption"):
			c.gap(12)
			c.paragraph(n, font{size: 14, bold: true}, ink)
			c.y += 6
		case is(n, "plot"):
			c.plot(n.children, 150)
			c.rect(cardMargin, c.y, cardRoom, 1, ink)
			c.y += 4
		case is(n, "axis"):
			c.plot(n.children, 16)
		case is(n, "forum"):
			c.notice(n, font{size: 12}, ink, 2)
		}
	}
}

// plot draws what is in a picture of the view, which is laid out in shares of
// the width that it is given, from the left in every language.
func (c *card) plot(children []node, height int) {
	var drawn []node
	for _, n := range children {
		drawn = append(drawn, c.drawn(n))
	}
	c.inside(cardMargin, c.y, cardRoom, height, drawn...)
	c.y += height
}

// drawn returns a node of a picture of the view with the colours and sizes that
// it has by a style sheet there.
func (c *card) drawn(n node) node {
	if n.tag == "" {
		return n
	}
	drawn := element(n.tag)
	for _, a := range n.attrs {
		if a.name != "part" && a.name != "aria-hidden" {
			drawn = drawn.with(a.name, a.value)
		}
	}
	for _, child := range n.children {
		drawn.children = append(drawn.children, c.drawn(child))
	}
	switch {
	case is(n, "area"), is(n, "fill"):
		return c.color(drawn, accent)
	case is(n, "year"):
		drawn = drawn.with("text-anchor", "middle")
		fallthrough
	case is(n, "most"):
		drawn = font{size: 12}.set(drawn)
		fallthrough
	case is(n, "mark"):
		return c.color(drawn, ink)
	}
	return drawn
}
