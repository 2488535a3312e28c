package view

import (
	"strconv"
	"unicode/utf8"
)

// A Theme is the colours of a card. The zero Theme is [Auto].
type Theme uint8

const (
	// Auto is [Light] or [Dark], as the reader prefers where the picture is
	// shown. It comes first because it suits most pages. Where style sheets in
	// pictures aren't read it is light.
	Auto Theme = iota
	// Light is dark text on white.
	Light
	// Dark is light text on nearly black.
	Dark
)

var themeNames = [...]string{"auto", "light", "dark"}

// IsValid reports whether t is one of the constants. Others count as [Auto].
func (t Theme) IsValid() bool { return int(t) < len(themeNames) }

// String returns the name, "Theme(77)" for what is out of range.
func (t Theme) String() string {
	if !t.IsValid() {
		return "Theme(" + strconv.Itoa(int(t)) + ")"
	}
	return themeNames[t]
}

// A drawing is a picture that is being drawn from top to bottom. Places are in
// pixels from where the language begins to write, which may be the right.
type drawing struct {
	width   int
	y       int // of the lower edge of what is drawn
	theme   Theme
	reverse bool // whether the language is written from right to left
	nodes   []node
	said    string // all that is written, for readers who don't see it

	filled, drawn [roles]bool // what there is of each colour
}

// color returns a node in the colour of a role. It is an attribute, so that it
// is there under a policy that forbids style sheets, too.
func (d *drawing) color(n node, r role) node {
	d.filled[r] = true
	return d.paint(n, "fill", roleNames[r], r)
}

// outline returns a node with nothing in it, and a line of a role's colour around it.
func (d *drawing) outline(n node, r role) node {
	d.drawn[r] = true
	return d.paint(n.with("fill", "none"), "stroke", roleNames[r]+"-line", r)
}

func (d *drawing) paint(n node, attribute, class string, r role) node {
	switch d.theme {
	case Dark:
		return n.with(attribute, darkColors[r])
	case Light:
		return n.with(attribute, lightColors[r])
	}
	return n.with("class", class).with(attribute, lightColors[r])
}

// style returns the style sheet with the dark colours of [Auto], of those that
// are there.
func (d *drawing) style() node {
	rules := "@media (prefers-color-scheme: dark) {"
	for r, name := range roleNames {
		if d.filled[r] {
			rules += " ." + name + " { fill: " + darkColors[r] + " }"
		}
		if d.drawn[r] {
			rules += " ." + name + "-line { stroke: " + darkColors[r] + " }"
		}
	}
	return element("style", text(rules+" }"))
}

// rect draws a rectangle whose first upper corner is at x and y.
func (d *drawing) rect(x, y, width, height int, r role) {
	if d.reverse {
		x = d.width - x - width
	}
	d.nodes = append(d.nodes, d.color(boxed(element("rect"), x, y, width, height), r))
}

// frame draws a line around a rectangle, inside its edges.
func (d *drawing) frame(x, y, width, height, radius int, r role) node {
	if d.reverse {
		x = d.width - x - width
	}
	n := element("rect").with("x", strconv.Itoa(x)+".5").with("y", strconv.Itoa(y)+".5").
		with("width", strconv.Itoa(width-1)).with("height", strconv.Itoa(height-1)).with("rx", strconv.Itoa(radius))
	return d.outline(n, r)
}

// inside draws what is in a picture in a rectangle, which it is laid out for.
func (d *drawing) inside(x, y, width, height int, children ...node) {
	if d.reverse {
		x = d.width - x - width
	}
	d.nodes = append(d.nodes, boxed(element("svg", children...), x, y, width, height))
}

func boxed(n node, x, y, width, height int) node {
	return n.with("x", strconv.Itoa(x)).with("y", strconv.Itoa(y)).
		with("width", strconv.Itoa(width)).with("height", strconv.Itoa(height))
}

// write draws a line of text on the base line y. It begins at x, or ends there.
// If it could be wider than room, it is set exactly as wide as is estimated.
func (d *drawing) write(l setting, x, y, room int, f font, r role, ends bool) {
	n := f.set(element("text", l.nodes(d.reverse)...))
	if ends {
		n = n.with("text-anchor", "end")
	}
	d.put(n, l.width, x, y, room, r)
}

// put draws a text as write does.
func (d *drawing) put(n node, width, x, y, room int, r role) {
	if d.reverse {
		x = d.width - x
	}
	n = n.with("x", strconv.Itoa(x)).with("y", strconv.Itoa(y))
	if width*9/8 > room {
		n = n.with("textLength", strconv.Itoa(min(width, room))).with("lengthAdjust", "spacingAndGlyphs")
	}
	d.nodes = append(d.nodes, d.color(n, r))
}

// say adds a sentence to what the drawing says.
func (d *drawing) say(sentence string) {
	if d.said != "" {
		d.said += "\n"
	}
	d.said += sentence
}

// picture returns a root element of its own that is called by a title.
func picture(width, height int, title, lang string, reverse bool, children ...node) node {
	direction := "ltr"
	if reverse {
		direction = "rtl"
	}
	return element("svg", append([]node{element("title", text(title))}, children...)...).
		with("xmlns", "http://www.w3.org/2000/svg").
		with("viewBox", "0 0 "+strconv.Itoa(width)+" "+strconv.Itoa(height)).
		with("width", strconv.Itoa(width)).
		with("height", strconv.Itoa(height)).
		with("role", "img").
		with("lang", lang).
		with("direction", direction).
		with("font-family", fontFamily)
}

// What writes XML and makes pictures are functions and no methods of node and
// View: the names of methods would be in the engine.

// appendSVG appends a picture as a file, with a line for each of its children.
func appendSVG(b []byte, n node) []byte {
	b = appendTag(b, n, ">")
	for _, child := range n.children {
		b = appendXML(append(b, '\n'), child)
	}
	return append(append(append(b, "\n</"...), n.tag...), ">\n"...)
}

// appendXML appends a node as XML, which has no entities like those of HTML.
func appendXML(b []byte, n node) []byte {
	if n.tag == "" {
		return appendXMLText(b, n.text)
	}
	if len(n.children) == 0 {
		return appendTag(b, n, "/>")
	}
	b = appendTag(b, n, ">")
	for _, child := range n.children {
		b = appendXML(b, child)
	}
	return append(append(append(b, "</"...), n.tag...), '>')
}

func appendTag(b []byte, n node, end string) []byte {
	b = append(append(b, '<'), n.tag...)
	for _, a := range n.attrs {
		b = append(append(append(b, ' '), a.name...), `="`...)
		b = append(appendXMLText(b, a.value), '"')
	}
	return append(b, end...)
}

// appendXMLText appends text without what XML can't hold.
func appendXMLText(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '"':
			b = append(b, "&quot;"...)
		case r < ' ' && r != '\n' || r == 0xfffe || r == 0xffff:
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
