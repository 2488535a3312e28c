package view

import "strconv"

// tiles draws the map: a shape for all tiles of a shade.
func (c *card) tiles(m *tileMap) {
	c.gap(12)
	c.paragraph(words(m.caption), font{size: 14, bold: true}, ink)
	c.paragraph(words(m.why), font{size: 12}, muted)
	c.gap(10)
	var shapes [len(stepNames)]tileShape
	for i := range m.tiles {
		t := &m.tiles[i]
		column, row := tilePlace(t.state)
		shapes[t.step].add(10*column, 10*row)
		if t.step > 0 {
			c.say(t.words)
		}
	}
	const height = cardRoom * mapHeight / mapWidth
	var nodes []node
	for step := range shapes {
		nodes = append(nodes, c.shade(shapes[step], step)...)
	}
	c.nodes = append(c.nodes, boxed(element("svg", nodes...), cardMargin, c.y, cardRoom, height).with("viewBox", mapBox))
	for i := range m.regions {
		g, at := &m.regions[i], regionPlaces[i+1]
		x, y := cardMargin+at.x*cardRoom/mapWidth, c.y+at.y*height/mapHeight
		words := g.name + " " + g.number
		n := font{size: 12}.set(element("text", text(words))).with("text-anchor", "middle").
			with("x", strconv.Itoa(x)).with("y", strconv.Itoa(y))
		c.nodes = append(c.nodes, c.color(n, ink))
		c.say(g.name + ": " + g.number)
	}
	c.y += height
	c.keys(m)
}

// keys draws what the shades mean, in one line or more.
func (c *card) keys(m *tileMap) {
	const size, line = 12, 20
	f := font{size: size}
	c.gap(4)
	c.y += line
	x := cardMargin
	c.write(setting{spans: []span{{text: m.heading}}, width: f.width(m.heading)}, x, c.y, cardRoom, f, muted, false)
	x += f.width(m.heading) + 12
	for _, k := range m.keys {
		width := f.width(k.words)
		if end := x + size + 6 + width; x > cardMargin && end > cardWidth-cardMargin {
			x, c.y = cardMargin, c.y+line
		}
		var shape tileShape
		shape.add(0, 0)
		left := x
		if c.reverse {
			left = cardWidth - x - size
		}
		c.nodes = append(c.nodes, boxed(element("svg", c.shade(shape, k.step)...), left, c.y-size+2, size, size).with("viewBox", "0 0 9 9"))
		x += size + 6
		c.write(setting{spans: []span{{text: k.words, apart: k.step > 0}}, width: width}, x, c.y, cardWidth, f, ink, false)
		x += width + 14
	}
}

// A tileShape is the outlines of some tiles.
type tileShape string

func (s *tileShape) add(x, y int) {
	*s += tileShape("M" + strconv.Itoa(x) + " " + strconv.Itoa(y) + "h9v9h-9z")
}

// shade returns tiles in the shade of a step: the accent on the ground, more of it
// with each step, and at last some of the ink on it. The pale ones have an edge, as
// the ground may be as pale.
func (c *card) shade(s tileShape, step int) (nodes []node) {
	if s == "" {
		return nil
	}
	shape := func(edge, opacity string) node {
		n := element("path").with("d", string(s))
		if opacity != "" {
			n = n.with(edge+"-opacity", opacity)
		}
		return n
	}
	if step > 0 {
		nodes = append(nodes, c.color(shape("fill", [...]string{1: ".22", 2: ".48", 3: ".74", 5: ""}[step]), accent))
	}
	switch step {
	case 0:
		nodes = append(nodes, c.outline(shape("stroke", ".4").with("stroke-width", ".4"), ink))
	case 1, 2, 3:
		nodes = append(nodes, c.outline(shape("", "").with("stroke-width", ".4"), accent))
	case 5:
		nodes = append(nodes, c.color(shape("fill", ".45"), ink))
	}
	return nodes
}
