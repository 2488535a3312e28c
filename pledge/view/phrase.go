package view

import (
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A phrase is a line of text. No piece of it is empty, and of two neighbours at
// most one is plain.
type phrase []piece

// A piece of a phrase is in one language, and of one kind.
type piece struct {
	_    [0]func() // without a function that compares two, which would be in the page
	text string
	kind pieceKind
	lang string // with marked
	data string // of a dated piece the date as machines read it, of an aged one its part
	link string // where it leads, "" if nowhere

	found []stretch // what of the text is to be marked, in order

	marked bool // whether its language is said: it isn't that of the view, or isn't known
	ltr    bool // it is written from the left, in a view that is written from the right
}

// A stretch is a part of a text, in bytes.
type stretch struct{ start, end int }

type pieceKind uint8

const (
	plain      pieceKind = iota // in the language of the view
	given                       // in another one
	foreign                     // text of a feed, isolated from what stands beside it
	official                    // the title of an objective in the Compact
	membership                  // what a State is to the United Nations
	dated                       // a date
	aged                        // how old that is
	noun                        // what is counted
)

// words returns a phrase of plain words.
//
//go:noinline
func words(s string) phrase {
	if s == "" {
		return nil
	}
	return phrase{{text: s}}
}

// add appends pieces to a phrase.
//
//go:noinline
func (p phrase) add(pieces ...piece) phrase {
	for _, next := range pieces {
		last := len(p) - 1
		switch {
		case next.text == "":
		case last >= 0 && next.isPlain() && p[last].isPlain():
			p[last].text += next.text
		default:
			p = append(p, next)
		}
	}
	return p
}

func (p *piece) isPlain() bool { return p.kind == plain && p.link == "" && p.found == nil }

// linked returns the phrase, of one piece, as a link.
func (p phrase) linked(href string) phrase {
	p[0].link = href
	return p
}

// String returns the text.
func (p phrase) String() string {
	s := ""
	for i := range p {
		s += p[i].text
	}
	return s
}

// isolated returns the text without the official titles of objectives, as the
// short ones stand in front of them. Pieces whose direction must not depend on what
// stands beside them are between the isolates U+2068 and U+2069. The view is
// written from right to left if reverse is set.
func (p phrase) isolated(reverse bool) string {
	s := ""
	for i := range p {
		if p[i].kind != official {
			s += isolated(p[i].text, p[i].isApart(), reverse)
		}
	}
	return strings.TrimSpace(s)
}

func (p *piece) isApart() bool { return p.kind == foreign || p.ltr }

// isolated returns a text that is apart from what stands beside it, between
// isolates where that matters.
func isolated(s string, apart, reverse bool) string {
	ascii := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
	if apart && (reverse || !ascii) {
		return "\u2068" + s + "\u2069"
	}
	return s
}

// A place is what goes into one place of a message.
type place struct {
	name   string
	phrase phrase
}

// say returns a message with phrases in its places.
func say(t locale.Template, places ...place) (said phrase) {
	for words, name := range t.Pieces() {
		if name == "" {
			said = said.add(piece{text: words})
			continue
		}
		for _, p := range places {
			if p.name == name {
				said = said.add(p.phrase...)
			}
		}
	}
	return said
}

// given returns a text that is in the language of the view, or else says in
// which it is.
func (r *renderer) given(text string, lang gcm.Language) phrase {
	p := piece{text: text}
	if lang != r.lang {
		p.kind = given
	}
	return phrase{r.mark(p, lang)}
}

// mark says of a piece in which language it is, and in which direction that one
// is written, if these aren't those of the view.
func (r *renderer) mark(p piece, lang gcm.Language) piece {
	if lang != r.lang {
		p.lang, p.marked = lang.String(), true
		p.ltr = r.lang.RightToLeft() && !lang.RightToLeft()
	}
	return p
}
