package view

import "slices"

// Apply returns what becomes of a view when changes are made to it, which is what the
// page does to its elements; it reports false if they can't be made, because they are
// changes of another view. The HTML and JSON of the result are those of the view that
// the changes lead to. Its Text, Language, card and badge are still those of v, because
// they aren't made of the tree. It leaves v as it was; nil counts as the zero View.
func Apply(v *View, changes []Change) (*View, bool) {
	applied := View{}
	if v != nil {
		applied = *v
	}
	for i := range changes {
		root, ok := changes[i].applied(applied.root, changes[i].path)
		if !ok {
			return nil, false
		}
		applied.root = root
	}
	return &applied, true
}

// applied returns n with the change made to what path leads to.
func (c *Change) applied(n node, path []int) (node, bool) {
	if len(path) > 0 {
		step := path[0]
		if n == nil || step < 0 || step >= len(n.children) {
			return n, false
		}
		child, ok := c.applied(n.children[step], path[1:])
		changed := *n
		changed.children = slices.Clone(n.children)
		changed.children[step] = child
		return &changed, ok
	}
	switch c.op {
	case opRoot, opNode:
		return c.tree, true
	case opText:
		return text(c.value), n != nil && n.tag == ""
	case opAttr:
		return c.setAttribute(n)
	}
	return n, false
}

func (c *Change) setAttribute(n node) (node, bool) {
	if n == nil || n.tag == "" {
		return n, false
	}
	at := find(n.attrs, c.name)
	if c.removed && at < 0 {
		return n, false
	}
	changed := *n
	changed.attrs = slices.Clone(n.attrs)
	switch {
	case c.removed:
		changed.attrs = slices.Delete(changed.attrs, at, at+1)
	case at < 0:
		changed.attrs = append(changed.attrs, attribute{c.name, c.value})
	default:
		changed.attrs[at].value = c.value
	}
	return &changed, true
}
