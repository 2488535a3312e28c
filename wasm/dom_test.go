package wasm_test

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// A domNode is a node of a page's document: a slow and obvious stand-in for a
// browser, which knows of a view only its JSON, as the page does.
type domNode struct {
	tag, text string
	names     []string // of attributes, in the order in which they were set
	values    map[string]string
	children  []*domNode
}

// buildDOM makes what a tree in JSON stands for. The decoder keeps the order of
// attributes, as JavaScript does.
func buildDOM(tree json.RawMessage) (*domNode, error) {
	if tree[0] == '"' {
		n := &domNode{}
		return n, json.Unmarshal(tree, &n.text)
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(tree, &parts); err != nil || len(parts) < 2 {
		return nil, errors.Join(err, errors.New("not a tree"))
	}
	n := &domNode{values: map[string]string{}}
	if err := json.Unmarshal(parts[0], &n.tag); err != nil {
		return nil, err
	}
	d := json.NewDecoder(strings.NewReader(string(parts[1])))
	name := ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		s, isString := token.(string)
		switch {
		case !isString:
		case name == "":
			name = s
		default:
			n.set(name, &s)
			name = ""
		}
	}
	for _, part := range parts[2:] {
		child, err := buildDOM(part)
		if err != nil {
			return nil, err
		}
		n.children = append(n.children, child)
	}
	return n, nil
}

// set does setAttribute, or removeAttribute if there is no value.
func (n *domNode) set(name string, value *string) {
	_, has := n.values[name]
	switch {
	case value == nil:
		delete(n.values, name)
		var names []string
		for _, other := range n.names {
			if other != name {
				names = append(names, other)
			}
		}
		n.names = names
		return
	case !has:
		n.names = append(n.names, name)
	}
	n.values[name] = *value
}

// applyDOM makes changes in JSON to a document, and returns its root.
func applyDOM(root *domNode, changes []byte) (*domNode, error) {
	var list [][]json.RawMessage
	if err := json.Unmarshal(changes, &list); err != nil {
		return nil, err
	}
	for _, change := range list {
		var op string
		var path []int
		err := json.Unmarshal(change[0], &op)
		if op == "root" {
			if root, err = buildDOM(change[1]); err != nil {
				return nil, err
			}
			continue
		}
		err = errors.Join(err, json.Unmarshal(change[1], &path))
		target := &root
		for _, step := range path {
			target = &(*target).children[step]
		}
		switch op {
		case "text":
			if (*target).tag != "" {
				return nil, errors.New("a text for an element")
			}
			err = errors.Join(err, json.Unmarshal(change[2], &(*target).text))
		case "attr":
			var name string
			var set *string
			err = errors.Join(err, json.Unmarshal(change[2], &name), json.Unmarshal(change[3], &set))
			(*target).set(name, set)
		case "node":
			*target, err = buildDOM(change[2])
		default:
			err = errors.New("unknown change " + op)
		}
		if err != nil {
			return nil, err
		}
	}
	return root, nil
}

// outerHTML is what the HTML standard says of serializing fragments, as far as
// views go: there are no void elements, and no raw text.
func (n *domNode) outerHTML() string {
	escapeText := strings.NewReplacer("&", "&amp;", "\u00a0", "&nbsp;", "<", "&lt;", ">", "&gt;")
	escapeAttribute := strings.NewReplacer("&", "&amp;", "\u00a0", "&nbsp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
	if n.tag == "" {
		return escapeText.Replace(n.text)
	}
	s := "<" + n.tag
	for _, name := range n.names {
		s += " " + name + `="` + escapeAttribute.Replace(n.values[name]) + `"`
	}
	s += ">"
	for _, child := range n.children {
		s += child.outerHTML()
	}
	return s + "</" + n.tag + ">"
}

// visit calls f with n and all nodes in it, in the order of the document.
func (n *domNode) visit(f func(*domNode)) {
	f(n)
	for _, child := range n.children {
		child.visit(f)
	}
}

// textContent is all the text in n.
func (n *domNode) textContent() string {
	s := ""
	n.visit(func(n *domNode) { s += n.text })
	return s
}
