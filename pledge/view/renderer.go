package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A renderer is a snapshot on its way to becoming a view.
type renderer struct {
	s    *tally.Snapshot
	lang gcm.Language
	o    Options
}

// A place is what goes into one place of a message.
type place struct {
	name string
	node node
}

// say returns a message with nodes in its places.
func say(t locale.Template, places ...place) []node {
	var nodes []node
	for words, name := range t.Pieces() {
		if name == "" {
			nodes = append(nodes, text(words))
			continue
		}
		for _, p := range places {
			if p.name == name {
				nodes = append(nodes, p.node)
			}
		}
	}
	return nodes
}

// words returns a message without places.
func (r *renderer) words(m locale.Message) node { return text(string(m.In(r.lang))) }

// number returns a number as the language writes it.
func (r *renderer) number(n int) node { return text(locale.Number(r.lang, n)) }

// given returns a text that is in the language of the view, or else says in
// which it is, and in which direction that one is written.
func (r *renderer) given(words string, lang gcm.Language) node {
	return r.mark(text(words), lang)
}

// mark returns a node as given does.
func (r *renderer) mark(n node, lang gcm.Language) node {
	if lang == r.lang {
		return n
	}
	if n.tag == "" {
		n = element("span", n)
	}
	n = n.with("lang", lang.String())
	if r.lang.RightToLeft() && !lang.RightToLeft() {
		n = n.with("dir", "ltr")
	}
	return n
}
