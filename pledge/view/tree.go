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
	name := "view " + c.kind.String()
	if c.kind == Counter && c.size != Standard {
		name += " " + c.size.String()
	}
	var children []node
	if c.kind == Counter && c.size == Inline {
		children = []node{c.inline()}
	} else {
		children = []node{c.head.tree()}
		for _, s := range c.body {
			children = append(children, c.section(s))
		}
		children = append(children, c.foot.tree())
	}
	return part("div", name, children...).
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

// inline writes a counter that stands within a line of text: it is dated, too, but
// nothing is to be unfolded.
func (c *content) inline() node {
	h := &c.head
	label := h.label.tree()
	if h.selection != nil {
		label = append(append(label, text(separator)), h.selection.tree()...)
	}
	line := part("p", "total", part("strong", "number", text(h.number)), text(h.blank), part("span", "label", label...))
	line.behind("date "+c.foot.dating, c.foot.month)
	line.behind("illustrative", words(h.madeUp))
	line.behind("missing", words(h.missing))
	line.behind("unread", words(h.unread))
	return line
}

func (h *head) tree() node {
	name := "head"
	if h.zero != "" {
		name = "head zero"
	}
	line := part("p", "total",
		part("strong", "number", text(h.number)), text(h.blank), part("span", "label", h.label.tree()...))
	if h.bar != nil {
		return h.bar.tree(h, name, line)
	}
	return part("div", name, line,
		paragraph("filter", h.selection),
		paragraph("member-states", words(h.memberStates)),
		paragraph("none", words(h.zero)),
		paragraph("illustrative", words(h.illustrative)),
		paragraph("missing", words(h.missing)),
		paragraph("unread", words(h.unread)))
}

// paragraph returns a phrase as a paragraph, nothing for no phrase.
func paragraph(name string, p phrase) node {
	if p == nil {
		return nil
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
	switch {
	case p.kind == foreign:
		n = element("bdi", p.marks()...)
	case p.kind == given || p.found != nil:
		n = element("span", p.marks()...)
	}
	switch p.kind {
	case official:
		n = part("span", "official", n)
	case membership:
		n = part("span", "membership", n)
	case dated:
		n = element("time", n).with("datetime", p.data)
	case aged:
		n = part("span", p.data, n)
	case noun:
		n = part("span", "noun", n)
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

// marks writes the text, with what is to be marked.
func (p *piece) marks() (nodes []node) {
	from := 0
	for _, s := range p.found {
		nodes = append(nodes, text(p.text[from:s.start]), element("mark", text(p.text[s.start:s.end])))
		from = s.end
	}
	return append(nodes, text(p.text[from:]))
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
	case data:
		var below node
		if s.below != nil {
			below = c.section(s.below)
		}
		return part("details", "data", part("summary", "summary", text(s.summary)), c.section(s.table), below)
	case *table:
		return s.tree(c.lang.RightToLeft())
	case *board:
		return s.tree(c)
	case beside:
		return s.tree(c)
	case *empty:
		return s.tree()
	case facts:
		return s.tree()
	case strip:
		return s.tree(c.lang.RightToLeft())
	case *amounts:
		return s.tree()
	case *chart:
		return s.tree()
	case *tileMap:
		return s.tree()
	case *list:
		return s.tree()
	}
	return nil
}

// tree writes a table. One with a single column of numbers is a list, whose rows
// can stand in columns. The bars are for the eye only: each has its number beside
// it.
func (t *table) tree(reverse bool) node {
	if len(t.columns) > 2 {
		return t.columnsTree()
	}
	children := []node{part("figcaption", "caption", text(t.caption))}
	children = append(children, sortTree(t.sortBy, t.sort))
	children = append(children, paragraph("named", words(t.named)))
	half := len(t.rows)
	if half > mostRows {
		half = (half + 1) / 2
	}
	children = append(children, rowsTree(t.rows[:half], reverse), rowsTree(t.rows[half:], reverse))
	if f := t.fold; f != nil {
		children = append(children, part("details", "fold", part("summary", "summary", text(f.summary)), rowsTree(f.rows, reverse)))
	}
	return part("figure", "table", children...)
}

// mostRows is how many rows stand in one list. More are in two, which stand side by
// side where there is room.
const mostRows = 8

func rowsTree(rows []row, reverse bool) node {
	if len(rows) == 0 {
		return nil
	}
	var items []node
	for i := range rows {
		items = append(items, rows[i].tree(reverse))
	}
	name := "rows"
	if rows[0].key != "" {
		name = "rows keyed"
	}
	return part("ol", name, items...)
}

// button returns what is clicked on.
func (c *choice) button(name string, children ...node) node {
	return part("button", name, children...).
		with("type", "button").
		with("name", c.name).
		with("value", c.value).
		with("aria-pressed", strconv.FormatBool(c.pressed))
}

func (r *row) tree(reverse bool) node {
	var cells []node
	if r.key != "" {
		cells = append(cells, part("span", "key", text(r.key)), text(" "))
	}
	cells = append(cells, part("span", "heading", r.heading.tree()...))
	for _, s := range r.values {
		cells = append(cells, text(" "), part("span", "value", text(s)))
	}
	if r.share != noBar {
		cells = append(cells, part("svg", "bar", fill(inPage, r.share, reverse)).
			with("width", "100%").with("height", "12").with("aria-hidden", "true"))
	}
	name := "row"
	if r.none {
		name += " none"
	}
	if r.zero {
		name += " zero"
	}
	switch {
	case r.choice != nil:
		return element("li", r.choice.button(name+" choice", cells...))
	case r.about != nil:
		about := []node{part("summary", name, cells...)}
		for _, p := range r.about {
			about = append(about, paragraph("about", p))
		}
		n := element("li", part("details", "titles", about...))
		n.key = r.key
		return n
	}
	return part("li", name, cells...)
}

// columnsTree writes a table with several columns of numbers.
func (t *table) columnsTree() node {
	var rows []node
	for i := range t.rows {
		r := &t.rows[i]
		cells := []node{part("th", "heading", r.heading.tree()...).with("scope", "row")}
		for _, s := range r.values {
			cells = append(cells, part("td", "value", text(s)))
		}
		rows = append(rows, element("tr", cells...))
	}
	return tableOf("table", t.caption, t.columns, rows)
}

func tableOf(name, caption string, columns []string, rows []node) node {
	var heads []node
	for _, s := range columns {
		heads = append(heads, element("th", text(s)).with("scope", "col"))
	}
	return part("table", name,
		part("caption", "caption", text(caption)),
		part("thead", "columns", element("tr", heads...)),
		part("tbody", "lines", rows...))
}

// tree writes the table of money. In a narrow column each amount is on a line of
// its own, and stands behind its stage.
func (a *amounts) tree() node {
	var rows []node
	for _, r := range a.rows {
		cells := []node{part("th", "heading", text(r.currency)).with("scope", "row")}
		for i, c := range r.cells {
			if c.sum == "" {
				cells = append(cells, part("td", "value zero", text("–")))
				continue
			}
			cells = append(cells, part("td", "value",
				part("span", "stage", text(a.stages[i])),
				text(" "), part("span", "sum", text(c.sum)), text(" "), part("span", "by", text(c.pledges))))
		}
		rows = append(rows, element("tr", cells...))
	}
	return tableOf("table amounts", a.caption, append([]string{a.currency}, a.stages...), rows)
}

func (f facts) tree() node {
	var nodes []node
	for _, f := range f {
		nodes = append(nodes, part("li", "fact", part("span", "of", text(f.label)), text(" "), part("span", "sum", f.words.tree()...)))
	}
	return part("ol", "facts", nodes...)
}

// tree writes a strip, for the eye only, and its key.
func (s strip) tree(reverse bool) node {
	picture := part("svg", "strip").with("width", "100%").with("height", "12").with("aria-hidden", "true")
	key := part("ol", "shares")
	total, from := 0, 0
	for i := range s.parts {
		total += s.parts[i].n
	}
	for i := range s.parts {
		p := &s.parts[i]
		begin := permille(from, total)
		if from += p.n; p.n > 0 {
			if begin > 0 {
				begin += 4 // a gap
			}
			width := max(permille(from, total)-begin, 1)
			if reverse {
				begin = 1000 - begin - width
			}
			picture.add(part("rect", p.name).with("x", percent(begin)).with("width", percent(width)).with("height", "100%"))
		}
		key.add(part("li", "share "+p.name, part("span", "value", text(p.value)), text(" "), part("span", "heading", text(p.label))))
	}
	if s.caption == "" {
		return part("div", "statuses", picture, key)
	}
	return part("figure", "table", part("figcaption", "caption", text(s.caption)), paragraph("named", words(s.named)), picture, key)
}

func (c *chart) tree() node {
	if c.area == "" {
		return part("div", "chart")
	}
	return part("div", "chart",
		part("p", "caption", text(c.caption)),
		part("svg", "plot", c.plot(inPage)...).with("width", "100%").with("height", "208").with("aria-hidden", "true"),
		part("svg", "axis", c.axis(inPage)...).with("width", "100%").with("height", "26").with("aria-hidden", "true"))
}

func (l *list) tree() node {
	if l.note != "" {
		return part("div", "newest", part("p", "note", text(l.note)))
	}
	var items []node
	for _, i := range l.items {
		about := []node{part("span", "state "+i.state, text(i.status))}
		if len(i.numbers) > 0 {
			numbers := []node{part("span", "of", text(i.objectives))}
			for _, n := range i.numbers {
				numbers = append(numbers, text(" "), part("span", "objective", text(n)))
			}
			about = append(about, text(" "), part("span", "supports", numbers...))
		}
		items = append(items, part("li", "item", paragraph("title", i.title), paragraph("by", i.by), part("p", "progress", about...)))
	}
	return part("div", "newest", part("p", "caption", text(l.caption)), sortTree(l.sortBy, l.sort), part("ol", "items", items...), l.pager.tree())
}

// sortTree writes the orders.
func sortTree(sortBy string, orders []choice) node {
	if len(orders) == 0 {
		return nil
	}
	buttons := []node{part("span", "sort-by", text(sortBy))}
	for i := range orders {
		c := &orders[i]
		buttons = append(buttons, text(" "), c.button("order", text(c.words)))
	}
	return part("p", "sort", buttons...)
}

// tree writes a pager.
func (p *pager) tree() node {
	if p == nil {
		return nil
	}
	button := func(c *choice) node {
		n := part("button", "page", text(c.words)).with("type", "button").with("name", c.name).with("value", c.value)
		if c.pressed {
			n = n.with("disabled", "")
		}
		return n
	}
	return part("p", "pager", part("span", "of", text(p.words)), text(" "), button(&p.previous), text(" "), button(&p.next))
}

// tree writes the line at the foot, and what it unfolds.
func (f *foot) tree() node {
	line := part("summary", "summary")
	line.behind("source", f.source)
	line.behind("date "+f.dating, f.dated)
	line.apart()
	line.add(part("span", "info", element("span", text(f.summary))))
	d := &f.definition
	behind := []node{element("p", text(d.short)), element("p", text(d.exact)), paragraph("publisher", d.publisher)}
	for _, p := range f.sources {
		behind = append(behind, paragraph("source", p))
	}
	return part("details", "foot",
		line,
		part("div", "definition", append(behind, paragraph("cite", f.cite))...))
}
