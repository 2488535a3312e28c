package view_test

import (
	"bytes"
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
func buildDOM(tree []byte) (*domNode, error) {
	d := json.NewDecoder(bytes.NewReader(tree))
	n, err := readDOM(d)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.Join(err, errors.New("something behind the tree"))
	}
	return n, nil
}

// readDOM reads one tree. Every byte is read once, as views are deep and large.
func readDOM(d *json.Decoder) (*domNode, error) {
	switch token, err := d.Token(); {
	case err != nil:
		return nil, err
	case token != json.Delim('['):
		text, ok := token.(string)
		if !ok {
			return nil, errors.New("neither a text nor an element")
		}
		return &domNode{text: text}, nil
	}
	n := &domNode{values: map[string]string{}}
	var err error
	if n.tag, err = readText(d); err != nil {
		return nil, err
	}
	if token, err := d.Token(); err != nil || token != json.Delim('{') {
		return nil, errors.Join(err, errors.New("an element without attributes"))
	}
	for d.More() {
		name, err1 := readText(d)
		value, err2 := readText(d)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		n.set(name, &value)
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	for d.More() {
		child, err := readDOM(d)
		if err != nil {
			return nil, err
		}
		n.children = append(n.children, child)
	}
	_, err = d.Token()
	return n, err
}

func readText(d *json.Decoder) (string, error) {
	token, err := d.Token()
	text, ok := token.(string)
	if err == nil && !ok {
		err = errors.New("not a text")
	}
	return text, err
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

// What the HTML standard says of serializing fragments.
var (
	escapeText      = strings.NewReplacer("&", "&amp;", "\u00a0", "&nbsp;", "<", "&lt;", ">", "&gt;")
	escapeAttribute = strings.NewReplacer("&", "&amp;", "\u00a0", "&nbsp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
)

// outerHTML is what the standard says, as far as views go: there are no void
// elements, and no raw text.
func (n *domNode) outerHTML() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *domNode) write(b *strings.Builder) {
	if n.tag == "" {
		escapeText.WriteString(b, n.text)
		return
	}
	b.WriteString("<" + n.tag)
	for _, name := range n.names {
		b.WriteString(" " + name + `="`)
		escapeAttribute.WriteString(b, n.values[name])
		b.WriteString(`"`)
	}
	if b.WriteString(">"); n.tag == "input" {
		return
	}
	for _, child := range n.children {
		child.write(b)
	}
	b.WriteString("</" + n.tag + ">")
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
