package view

// A node is a text, or an element with attributes and children. The zero node
// is nothing, and is left out wherever a child is expected.
//
// Nodes are made by the functions below and never changed afterwards, so views
// can share them and be used from many goroutines.
type node struct {
	tag      string // "" for a text
	text     string
	attrs    []attribute
	children []node
	key      string // what it is of: a node doesn't become one of another key
}

type attribute struct{ name, value string }

// text returns a text.
func text(s string) node { return node{text: s} }

// element returns an element. No text among its children is empty, and no two
// texts are neighbours, because an HTML parser makes one text of them.
func element(tag string, children ...node) node {
	return node{tag: tag, children: merge(children)}
}

// part returns an element that can be styled by a name.
func part(tag, name string, children ...node) node {
	return element(tag, children...).with("part", name)
}

// with returns the element with an attribute more, which it must not have yet.
func (n node) with(name, value string) node {
	n.attrs = append(n.attrs[:len(n.attrs):len(n.attrs)], attribute{name, value})
	return n
}

// isNothing reports whether n is the zero node, or an empty text.
func (n *node) isNothing() bool { return n.tag == "" && n.text == "" }

// merge returns nodes without nothings, and with neighbouring texts made one.
func merge(nodes []node) []node {
	var merged []node
	for _, n := range nodes {
		last := len(merged) - 1
		switch {
		case n.isNothing():
		case n.tag == "" && last >= 0 && merged[last].tag == "":
			merged[last].text += n.text
		default:
			merged = append(merged, n)
		}
	}
	return merged
}
