package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// inPage is the look of a picture in a page: its parts.
var inPage = look{
	begin: func(tag, name string) node { return part(tag, name) },
	end:   func(n node, _ string) node { return n },
}

// tree writes the content as the tree of a page.
func (c *content) tree() node {
	children := []node{c.head.tree()}
	for _, s := range c.body {
		children = append(children, c.section(s))
	}
	return part("div", "view "+c.kind.String(), append(children, c.foot.tree(), c.definition.tree())...).
		with("lang", c.lang.String()).
		with("dir", direction(c.lang))
}

// direction returns the direction of writing.
func direction(lang gcm.Language) string {
	if lang.RightToLeft() {
		return "rtl"
	}
	return "ltr"
}

func (h *head) tree() node {
	return part("div", "head",
		part("p", "total",
			part("strong", "number", text(h.number)), text(h.blank), part("span", "label", text(h.label))),
		paragraph("filter", h.selection),
		paragraph("member-states", words(h.memberStates)),
		paragraph("illustrative", words(h.illustrative)),
		paragraph("missing", words(h.missing)),
		paragraph("unread", words(h.unread)))
}

// paragraph returns a phrase as a paragraph, nothing for no phrase.
func paragraph(name string, p phrase) node {
	if p == nil {
		return node{}
	}
	return part("p", name, p.tree()...)
}

// tree writes a phrase.
func (p phrase) tree() (nodes []node) {
	for i := range p {
		nodes = append(nodes, p[i].tree())
	}
	return nodes
}

func (p *piece) tree() node {
	n := text(p.text)
	switch p.kind {
	case given:
		n = element("span", n)
	case foreign:
		n = element("bdi", n)
	case official:
		n = part("span", "official", n)
	case membership:
		n = part("span", "membership", n)
	case dated:
		n = element("time", n).with("datetime", p.date)
	}
	if p.marked {
		n = n.with("lang", p.lang)
	}
	if p.ltr {
		n = n.with("dir", "ltr")
	}
	if p.link != "" {
		n = element("a", n).with("href", p.link)
	}
	return n
}

// section writes what stands between head and foot.
func (c *content) section(s section) node {
	switch s := s.(type) {
	case coverage:
		return part("p", "named", text(string(s)))
	case note:
		return part("p", "note", text(string(s)))
	case notes:
		var paragraphs []node
		for _, words := range s {
			paragraphs = append(paragraphs, part("p", "note", text(words)))
		}
		return part("div", "notes", paragraphs...)
	case clearing:
		button := part("button", "clear", text(s.words)).with("type", "button").with("name", "")
		if s.disabled {
			button = button.with("disabled", "")
		}
		return button
	case data:
		return part("details", "data", part("summary", "summary", text(s.summary)), c.section(s.table))
	case *table:
		return s.tree(c.lang.RightToLeft())
	case *chart:
		return s.tree()
	case *list:
		return s.tree()
	}
	return node{}
}

// tree writes a table. The bars are for the eye only: each has its number beside
// it.
func (t *table) tree(reverse bool) node {
	var heads, rows []node
	for _, s := range t.columns {
		heads = append(heads, element("th", text(s)).with("scope", "col"))
	}
	if t.bars {
		heads = append(heads, element("td").with("aria-hidden", "true"))
	}
	for i := range t.rows {
		rows = append(rows, t.rows[i].tree(t.bars, reverse))
	}
	name := "table"
	if t.amounts {
		name = "table amounts"
	}
	return part("table", name,
		part("caption", "caption", text(t.caption)),
		part("thead", "columns", element("tr", heads...)),
		part("tbody", "rows", rows...))
}

func (r *row) tree(bars, reverse bool) node {
	heading := r.heading.tree()
	if c := r.choice; c != nil {
		heading = []node{part("button", "choice", heading...).
			with("type", "button").
			with("name", c.name).
			with("value", c.value).
			with("aria-pressed", strconv.FormatBool(c.pressed))}
	}
	cells := []node{part("th", "heading", heading...).with("scope", "row")}
	for _, s := range r.values {
		cells = append(cells, part("td", "value", text(s)))
	}
	if bars {
		picture := node{}
		if r.share != noBar {
			picture = part("svg", "track", fill(inPage, r.share, reverse)).with("width", "100%").with("height", "12")
		}
		cells = append(cells, part("td", "bar", picture).with("aria-hidden", "true"))
	}
	name := "row"
	if r.none {
		name = "row none"
	}
	return part("tr", name, cells...)
}

func (c *chart) tree() node {
	if c.area == "" {
		return part("div", "chart")
	}
	nodes := []node{
		part("p", "caption", text(c.caption)),
		part("svg", "plot", c.plot(inPage)...).with("width", "100%").with("height", "160").with("aria-hidden", "true"),
		part("svg", "axis", c.axis(inPage)...).with("width", "100%").with("height", "20").with("aria-hidden", "true"),
	}
	for _, m := range c.marks {
		nodes = append(nodes, part("p", "forum", text(m.words)))
	}
	return part("div", "chart", nodes...)
}

func (l *list) tree() node {
	if l.note != "" {
		return part("div", "newest", part("p", "note", text(l.note)))
	}
	var items []node
	for _, i := range l.items {
		items = append(items, part("li", "item", paragraph("title", i.title), paragraph("by", i.by)))
	}
	return part("div", "newest", part("p", "caption", text(l.caption)), part("ol", "items", items...))
}

func (f *foot) tree() node {
	nodes := []node{paragraph("date "+f.dating, f.date)}
	if f.fresh != "" {
		nodes = append(nodes, part("p", "fresh "+f.freshness, text(f.fresh)))
	}
	for _, p := range f.sources {
		nodes = append(nodes, paragraph("source", p))
	}
	return part("div", "foot", nodes...)
}

func (d *definition) tree() node {
	nodes := []node{part("summary", "summary", text(d.summary)), element("p", text(d.words))}
	if d.publisher != nil {
		nodes = append(nodes, element("p", d.publisher.tree()...))
	}
	return part("details", "definition", nodes...)
}
