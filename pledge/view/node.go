package view

// A node is a text, or an element with attributes and children. nil is nothing, and
// is left out wherever a child is expected.
//
// Nodes are made by the functions below and never changed once they are in a tree,
// so views can share them and be used from many goroutines. They are pointers, as
// these functions are called so often that copies would be a part of the engine.
type node = *markup

type markup struct {
	tag      string // "" for a text
	text     string
	attrs    []attribute
	children []node
	key      string // what it is of: a node doesn't become one of another key
}

type attribute struct{ name, value string }

// text returns a text.
//
//go:noinline
func text(s string) node { return &markup{text: s} }

// element returns an element. No text among its children is empty, and no two
// texts are neighbours, because an HTML parser makes one text of them.
//
//go:noinline
func element(tag string, children ...node) node {
	return &markup{tag: tag, children: merge(children)}
}

// part returns an element that can be styled by a name.
//
//go:noinline
func part(tag, name string, children ...node) node {
	return element(tag, children...).with("part", name)
}

// with adds an attribute to an element that was made just now, and that doesn't have
// it yet, and returns the element.
//
//go:noinline
func (n *markup) with(name, value string) node {
	n.attrs = append(n.attrs, attribute{name, value})
	return n
}

// add adds children to an element that was made just now, none of them a text next to
// another.
//
//go:noinline
func (n *markup) add(children ...node) { n.children = append(n.children, children...) }

// behind adds a phrase as a part, and a blank before it if it isn't the first child;
// nothing for no phrase.
func (n *markup) behind(name string, p phrase) {
	if p != nil {
		n.apart()
		n.add(part("span", name, p.tree()...))
	}
}

// apart adds a blank, unless there is nothing yet.
func (n *markup) apart() {
	if len(n.children) > 0 {
		n.add(text(" "))
	}
}

// isNothing reports whether n is nil or an empty text.
func (n *markup) isNothing() bool { return n == nil || n.tag == "" && n.text == "" }

// merge returns nodes without nothings, and with neighbouring texts made one.
func merge(nodes []node) []node {
	var merged []node
	for _, n := range nodes {
		last := len(merged) - 1
		switch {
		case n.isNothing():
		case n.tag == "" && last >= 0 && merged[last].tag == "":
			merged[last] = text(merged[last].text + n.text)
		default:
			merged = append(merged, n)
		}
	}
	return merged
}
