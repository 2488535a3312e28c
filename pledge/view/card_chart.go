package view

import "strings"

// chart draws the picture of a timeline, and below it what its marks mean.
func (c *card) chart(t *chart) {
	if t.area == "" {
		return
	}
	c.gap(12)
	c.paragraph(words(t.caption), font{size: 14, bold: true}, ink)
	c.gap(6)
	c.plot(plotHeight, t.plot(c.look()))
	c.rect(cardMargin, c.y, cardRoom, 1, ink)
	c.gap(1)
	c.plot(axisHeight, t.axis(c.look()))
	for _, m := range t.marks {
		c.say(m.words)
	}
}

// How high a chart is, and the line with its ticks.
const (
	plotHeight = 180
	axisHeight = 24
)

// plot draws what is in a picture, which is laid out in shares of the width that
// it is given, from the left in every language.
func (c *card) plot(height int, nodes []node) {
	c.nodes = append(c.nodes, boxed(element("svg", nodes...), cardMargin, c.y, cardRoom, height).with("overflow", "visible"))
	c.y += height
}

// look is that of a picture in a card: the colours and sizes that style sheets
// give it in a page.
func (c *card) look() look {
	small := font{size: 12}
	return look{
		begin: func(tag, _ string) node { return element(tag) },
		end: func(n node, name string) node {
			name, place, _ := strings.Cut(name, " ")
			stroke := func(width string, r role) node {
				return c.outline(n.with("stroke-width", width).with("vector-effect", "non-scaling-stroke"), r)
			}
			anchor := func(n node) node {
				switch {
				case strings.Contains(place, "last"):
					return n.with("text-anchor", "end")
				case !strings.Contains(place, "first"):
					return n.with("text-anchor", "middle")
				}
				return n
			}
			switch name {
			case "graph":
				return n.with("overflow", "visible")
			case "fill":
				return c.color(n, accent)
			case "area":
				return c.color(n.with("fill-opacity", ".14"), accent)
			case "line":
				return stroke("2.5", accent)
			case "end":
				return stroke("9", accent).with("stroke-linecap", "round")
			case "mark":
				return stroke("1", ink).with("stroke-dasharray", "3 3")
			case "grid":
				return c.color(n, line)
			case "notch":
				return c.color(n, ink)
			case "scale":
				return c.color(small.set(n), muted)
			case "tick":
				return c.color(anchor(small.set(n)).with("dy", "18"), muted)
			case "event":
				return c.color(anchor(small.set(n)), ink)
			}
			return c.color(font{size: 14, bold: true}.set(n).with("text-anchor", "end"), ink)
		},
	}
}
