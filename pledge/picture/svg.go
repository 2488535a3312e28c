package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// A node is an element of a card, or a text in it.
type node struct {
	tag      string // empty for a text
	text     string
	attrs    map[string]string
	children []*node
}

// parse reads a card.
func parse(card []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(card))
	top := &node{}
	open := []*node{top}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{tag: t.Name.Local, attrs: map[string]string{}}
			for _, a := range t.Attr {
				n.attrs[a.Name.Local] = a.Value
			}
			last.children = append(last.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.children = append(last.children, &node{text: string(t)})
		}
	}
	for _, n := range top.children {
		if n.tag == "svg" {
			return n, nil
		}
	}
	return nil, &CardError{"a file without a picture"}
}

// length reads a length: a number, or a share of a whole. What isn't stated is some
// other length.
func (n *node) length(name string, whole, other float64) (float64, error) {
	text, ok := n.attrs[name]
	if !ok {
		return other, nil
	}
	number, share := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || v != v || v > 1e6 || v < -1e6 {
		return 0, &CardError{n.tag + " with " + name + "=" + strconv.Quote(text)}
	}
	if share {
		v = v / 100 * whole
	}
	return v, nil
}

// lengths reads several lengths, of which the name is behind a whole that they may be
// shares of.
func (n *node) lengths(err *error, whole float64, name string, other float64) float64 {
	v, wrong := n.length(name, whole, other)
	if wrong != nil && *err == nil {
		*err = wrong
	}
	return v
}

// numbers reads a list of numbers.
func numbers(text string) (all []float64, err error) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' }) {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}
