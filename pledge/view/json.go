package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// AppendJSON appends the view's tree as JSON: a string is a text, an element
// is ["tag", {"attribute": "value"}, child, child]. The attributes are in the
// order in which HTML has them. The zero View gives "".
func (v *View) AppendJSON(b []byte) []byte { return v.root.appendJSON(b) }

func (n *markup) appendJSON(b []byte) []byte {
	if n == nil {
		return append(b, `""`...)
	}
	if n.tag == "" {
		return tally.AppendText(b, n.text)
	}
	b = append(tally.AppendText(append(b, '['), n.tag), ",{"...)
	for i, a := range n.attrs {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(tally.AppendText(b, a.name), ':')
		b = tally.AppendText(b, a.value)
	}
	b = append(b, '}')
	for i := range n.children {
		b = n.children[i].appendJSON(append(b, ','))
	}
	return append(b, ']')
}

// AppendChanges appends changes as a JSON array of what [Change.AppendJSON]
// gives, "[]" if there are none.
func AppendChanges(b []byte, changes []Change) []byte {
	b = append(b, '[')
	for i := range changes {
		if i > 0 {
			b = append(b, ',')
		}
		b = changes[i].AppendJSON(b)
	}
	return append(b, ']')
}

// AppendJSON appends the change as a JSON array. A path is an array of indexes
// of children, beginning at the view's root element.
//
//	["root", tree]                     the root element is another one
//	["text", path, "text"]             a text is another one
//	["attr", path, "name", "value"]    an attribute has another value, or is new; null: is gone
//	["node", path, tree]               a text or an element is another one
func (c Change) AppendJSON(b []byte) []byte {
	b = append(append(append(b, `["`...), c.op...), '"')
	if c.op != opRoot {
		b = append(b, ',', '[')
		for i, step := range c.path {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(step), 10)
		}
		b = append(b, ']')
	}
	b = append(b, ',')
	switch c.op {
	case opText:
		b = tally.AppendText(b, c.value)
	case opAttr:
		b = append(tally.AppendText(b, c.name), ',')
		if c.removed {
			b = append(b, "null"...)
		} else {
			b = tally.AppendText(b, c.value)
		}
	default:
		b = c.tree.appendJSON(b)
	}
	return append(b, ']')
}

// String returns the change as JSON.
func (c Change) String() string { return string(c.AppendJSON(nil)) }
