package view

import "strings"

// tree writes what stays in sight: the number, what is chosen, and what can be done
// with it.
func (b *bar) tree(h *head, name string, line node) node {
	chips := part("p", "chips")
	for i := range b.chips {
		chips.add(b.chips[i].chip(b.remove), text(" "))
	}
	clear := part("button", "clear", text(b.clear)).with("type", "button").with("name", "")
	if len(b.chips) == 0 {
		clear = clear.with("disabled", "")
	}
	chips.add(clear)
	return part("div", name, line,
		paragraph("filter", b.own), paragraph("none", words(h.zero)), paragraph("illustrative", words(h.illustrative)),
		chips, b.tools.tree())
}

// chip returns the button that takes a choice back. Its mark is for the eye only.
func (c *choice) chip(remove string) node {
	return part("button", "chip", append(c.label.tree(), part("span", "remove", text(" "+remove)))...).
		with("type", "button").with("name", c.name).with("value", c.value)
}

// tree writes the tools. What they say once they have done it stands beside them.
func (t *tools) tree() node {
	if t == nil {
		return nil
	}
	button := func(name, value, words string) node {
		return part("button", "tool", text(words)).with("type", "button").with("name", name).with("value", value)
	}
	return part("p", "tools", button("share", t.copied, t.share), text(" "),
		part("span", "download", text(t.download)), text(" "),
		button("take", "csv", "CSV"), text(" "), button("take", "json", "JSON"))
}

// tree writes the board. Where there is no column for what can be chosen, it is a
// sheet in front of the page.
func (b *board) tree(c *content) node {
	show := func(action string, children ...node) node {
		return element("button", children...).with("type", "button").with("name", "facets").with("popovertarget", "facets").with("popovertargetaction", action)
	}
	sheet := part("div", "facets").with("id", "facets").with("popover", "")
	reverse := c.lang.RightToLeft()
	for i := range b.facets {
		sheet.add(b.facets[i].tree(reverse))
	}
	sheet.add(part("p", "note", text(b.note)), part("p", "done", show("hide", text(b.done))))
	main := part("div", "main", part("div", "told", paragraph("member-states", words(c.head.memberStates)),
		paragraph("missing", words(c.head.missing)), paragraph("unread", words(c.head.unread))))
	for _, s := range b.main {
		main.add(c.section(s))
	}
	return part("div", "board", b.search.tree(),
		part("div", "panel", show("show", text(b.filters+" "), part("span", "chosen", text(b.chosen))), sheet), main)
}

// tree writes the box, and the button that does what typing does.
func (s *searchBox) tree() node {
	if s == nil {
		return nil
	}
	typed := inAttribute(s.text)
	return part("div", "search", box("query", s.label, typed), text(" "),
		part("button", "go", text(s.button)).with("type", "button").with("name", "search").with("value", typed))
}

// box returns a box to type in. Its label is for those who don't see what it says inside.
func box(name, label, value string) node {
	return element("label", part("span", "box-label", text(label)),
		part("input", name).with("type", "search").with("placeholder", inAttribute(label)).with("value", value))
}

// inAttribute returns a text with blanks for what browsers write differently in
// attributes; see html.go.
func inAttribute(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("<>&\"\u00a0", r) {
			return ' '
		}
		return r
	}, clean(s, mostOfTitle))
}

// tree writes a facet: always the same elements, as it may be open. Rows without a
// pledge stand among the others; the style sheet shows them where the last one, which
// has nothing in it, is open.
func (f *facet) tree(reverse bool) node {
	list := func(rows []row) node {
		if len(rows) == 0 {
			return part("ol", "rows")
		}
		return rowsTree(rows, reverse)
	}
	folded := func(name string, fold bool, words string, children ...node) node {
		if !fold {
			name += " nothing"
		}
		return part("details", name, append([]node{part("summary", "summary", text(words))}, children...)...)
	}
	n := part("details", "facet",
		part("summary", "summary", text(f.caption+" "), part("span", "of", f.about.tree()...)))
	if f.find != "" {
		n.add(box("find", f.find, ""))
	}
	n.add(list(f.rows))
	if f.open {
		n = n.with("open", "")
	}
	if f.fold != nil {
		n.add(folded("fold", len(f.fold.rows) > 0, f.fold.summary, list(f.fold.rows)))
	} else {
		n.add(folded("zeros", f.zeros, f.none))
	}
	return n
}

// tree writes what stands beside each other.
func (b beside) tree(c *content) node {
	n := part("div", "beside")
	for _, sections := range b {
		var nodes []node
		for _, s := range sections {
			nodes = append(nodes, c.section(s))
		}
		n.add(element("div", nodes...))
	}
	return n
}

func (e *empty) tree() node {
	n := part("div", "empty", part("p", "caption", text(e.heading)))
	if len(e.exits) > 0 {
		n.add(part("p", "note", text(e.without)))
	}
	for i := range e.exits {
		x := &e.exits[i]
		n.add(element("p", x.chip.chip(""), text(" "+x.words)))
	}
	return n
}
