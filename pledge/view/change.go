package view

import "slices"

// A Change is one step from a view to the next one, as [Changes] gives it. See
// [Change.AppendJSON] for what there is. The zero Change changes nothing.
type Change struct {
	op      string // one of the constants
	path    []int
	name    string // of an attribute
	value   string // of an attribute, or the text
	removed bool   // the attribute is gone
	tree    node   // the new root or node
}

const (
	opRoot = "root"
	opText = "text"
	opAttr = "attr"
	opNode = "node"
)

// Changes returns what has to be done to old, in this order, for its HTML to be
// that of new; nothing if they are the same. If old is nil or the zero View it
// is the whole of new. What is the same in both isn't touched: a details
// element that a reader has opened stays open.
func Changes(old, new *View) []Change {
	if new == nil {
		return nil
	}
	if old == nil {
		old = &View{}
	}
	return diff(nil, nil, old.root, new.root)
}

// diff appends the changes from old to new, which are at the end of path.
func diff(changes []Change, path []int, old, new node) []Change {
	if old == nil || new == nil {
		if old != new {
			changes = append(changes, replacement(path, new))
		}
		return changes
	}
	if old.tag == "" && new.tag == "" && len(path) > 0 {
		if old.text != new.text {
			changes = append(changes, Change{op: opText, path: slices.Clone(path), value: new.text})
		}
		return changes
	}
	if old.tag != new.tag || old.key != new.key || len(old.children) != len(new.children) || !sameOrder(old.attrs, new.attrs) {
		return append(changes, replacement(path, new))
	}
	changes = diffAttributes(changes, path, old.attrs, new.attrs)
	for i := range new.children {
		changes = diff(changes, append(path, i), old.children[i], new.children[i])
	}
	return changes
}

func replacement(path []int, new node) Change {
	if len(path) == 0 {
		return Change{op: opRoot, tree: new}
	}
	return Change{op: opNode, path: slices.Clone(path), tree: new}
}

// sameOrder reports whether setting and removing attributes of old can lead to
// new with its attributes in their order: a new attribute comes last in HTML.
func sameOrder(old, new []attribute) bool {
	next := 0
	for _, a := range old {
		if i := find(new, a.name); i == next {
			next++
		} else if i >= 0 {
			return false
		}
	}
	return true
}

func diffAttributes(changes []Change, path []int, old, new []attribute) []Change {
	change := func(a attribute, removed bool) {
		changes = append(changes, Change{op: opAttr, path: slices.Clone(path), name: a.name, value: a.value, removed: removed})
	}
	for _, a := range old {
		if find(new, a.name) < 0 {
			change(attribute{name: a.name}, true)
		}
	}
	for _, a := range new {
		if i := find(old, a.name); i < 0 || old[i].value != a.value {
			change(a, false)
		}
	}
	return changes
}

func find(attrs []attribute, name string) int {
	return slices.IndexFunc(attrs, func(a attribute) bool { return a.name == name })
}
