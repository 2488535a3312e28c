package view

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The fonts of a picture are those of the reader's system, so how wide a text
// is can only be estimated. Lines are broken by the estimate, and set to it
// where they could be too wide.

const fontFamily = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"

// A font is a size in pixels.
type font struct {
	size int
	bold bool
}

// set returns a text in the font.
func (f font) set(n node) node {
	n = n.with("font-size", strconv.Itoa(f.size))
	if f.bold {
		n = n.with("font-weight", "600")
	}
	return n
}

// width estimates how wide a text is, rounded up.
func (f font) width(s string) int {
	sum := 0
	for _, r := range s {
		sum += advance(r)
	}
	return f.pixels(sum)
}

// pixels returns the width of what advance gives.
func (f font) pixels(sum int) int {
	if f.bold {
		sum += sum / 12
	}
	return (sum*f.size + 99) / 100
}

// latin is how wide the characters from blank to ~ are in Noto Sans, in
// hundredths of the size of the font, a font that is neither narrow nor wide.
var latin = [...]uint8{
	26, 27, 41, 65, 57, 83, 73, 22, 30, 30, 55, 57, 27, 32, 27, 37, // blank to /
	57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 27, 27, 57, 57, 57, 43, // 0 to ?
	90, 64, 65, 63, 73, 56, 52, 73, 74, 34, 28, 62, 52, 91, 76, 78, // @ to O
	60, 78, 62, 55, 56, 73, 60, 93, 58, 57, 57, 33, 37, 33, 57, 44, // P to _
	28, 56, 61, 48, 61, 56, 34, 61, 62, 26, 26, 53, 26, 93, 62, 60, // ` to o
	61, 61, 41, 48, 36, 62, 51, 79, 53, 51, 47, 38, 55, 38, 57, // p to ~
}

// advance estimates how wide a character is, in hundredths of the size of the
// font: Latin one by one, and others by what script they are of.
func advance(r rune) int {
	switch {
	case ' ' <= r && r <= '~':
		return int(latin[r-' '])
	case r < ' ', r == '\u200c', r == '\u200d', '\u2066' <= r && r <= '\u2069', unicode.Is(unicode.Mn, r):
		return 0
	case r == '\u202f', r == '’', r == '‘', r == '·', r == '\u00a0':
		return 27
	case r == '—', r == '…':
		return 100
	case isWide(r):
		return 100
	case r >= 0x1f000: // emoji
		return 130
	case strings.ContainsRune("ЖМФШЩЫЮжмфшщыю", r):
		return 82
	case 'А' <= r && r <= 'Я':
		return 66
	case 'а' <= r && r <= 'я':
		return 56
	case 0x0590 <= r && r <= 0x08ff || 0xfb1d <= r && r <= 0xfefc: // Hebrew, Arabic
		return 52
	}
	return 62 // Latin with accents, Greek; all others
}

// isWide reports whether r is as wide as high, as Chinese is. Lines break
// before and after such a character.
func isWide(r rune) bool {
	return 0x1100 <= r && r <= 0x115f || 0x2e80 <= r && r <= 0xa4cf || 0xac00 <= r && r <= 0xd7a3 ||
		0xf900 <= r && r <= 0xfaff || 0xfe30 <= r && r <= 0xfe6f || 0xff00 <= r && r <= 0xff60 ||
		0x20000 <= r && r <= 0x3fffd
}

// mayBreak reports whether a line may end between two characters without a
// blank between them.
func mayBreak(a, b rune) bool {
	return (isWide(a) || isWide(b)) && !strings.ContainsRune("（《「『【“‘", a) &&
		!strings.ContainsRune("，。、；：？！）》」』】”’·%", b)
}

// A span is text in one language.
type span struct {
	id     int    // of the text that it is a piece of
	text   string //
	lang   string // other than that of the picture, if it is marked
	marked bool
	bold   bool // set apart from what stands beside it
	apart  bool // its direction must not depend on what stands beside it
}

// spans returns the text in a phrase. The official titles of objectives are left
// out, as the short ones stand in front of them.
func spans(p phrase) (all []span) {
	for i := range p {
		piece := &p[i]
		if piece.kind != official {
			all = append(all, span{id: i + 1, text: piece.text, lang: piece.lang, marked: piece.marked, bold: piece.kind == noun, apart: piece.isApart()})
		}
	}
	return all
}

// words returns the span's text, isolated from what stands beside it where that
// matters; reverse says that the picture is written from right to left.
func (s *span) words(reverse bool) string { return isolated(s.text, s.apart, reverse) }

// A setting is a line of text.
type setting struct {
	spans []span
	width int // as estimated
}

// nodes returns what is in the text element of a line.
func (l *setting) nodes(reverse bool) (nodes []node) {
	for i := range l.spans {
		s := &l.spans[i]
		n := text(s.words(reverse))
		if s.marked {
			n = element("tspan", n).with("lang", s.lang)
		}
		if s.bold {
			n = element("tspan", n).with("font-weight", "600")
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// A word is a piece of a span that isn't broken.
type word struct {
	span
	width int
	blank bool // stands in front of it
	fixed bool // a line can't end in front of it
}

// split returns the words of a text, none wider than room.
func (f font) split(all []span, room int) (words []word) {
	blank, last, sum := false, rune(0), 0
	for _, s := range all {
		fresh := true // whether the next character begins a word
		for _, r := range s.text {
			if r == ' ' {
				blank, fresh = len(words) > 0, true
				continue
			}
			breaks := last != 0 && mayBreak(last, r)
			if fresh || breaks || f.pixels(sum+advance(r)) > room {
				w := word{span: s, blank: blank, fixed: fresh && !blank && !breaks}
				w.text, sum = "", 0
				words = append(words, w)
			}
			at := &words[len(words)-1]
			at.text += string(r)
			sum += advance(r)
			at.width = f.pixels(sum)
			blank, fresh, last = false, false, r
		}
	}
	return words
}

// wrap breaks a text into lines that are estimated to be no wider than room. If
// most isn't 0 it returns no more than that, and the last one ends in "…" if
// there would be more.
func (f font) wrap(all []span, room, most int) (lines []setting) {
	words := f.split(all, room)
	var rows [][]word
	width := 0
	for len(words) > 0 {
		n, unit := 1, words[0].width
		for n < len(words) && words[n].fixed && unit+words[n].width <= room {
			unit += words[n].width
			n++
		}
		gap := 0
		if words[0].blank {
			gap = f.width(" ")
		}
		if len(rows) == 0 || width+gap+unit > room {
			rows, width, gap = append(rows, nil), 0, 0
		}
		last := len(rows) - 1
		rows[last], width, words = append(rows[last], words[:n]...), width+gap+unit, words[n:]
	}
	if most > 0 && len(rows) > most {
		rows = rows[:most]
		rows[most-1] = f.cut(rows[most-1], room)
	}
	for _, row := range rows {
		lines = append(lines, f.join(row))
	}
	return lines
}

// balanced breaks a text into two lines that are about as wide, rather than one; into
// more where there isn't the room.
func (f font) balanced(all []span, room int) []setting {
	lines := f.wrap(all, room, 0)
	if len(lines) > 2 {
		return lines
	}
	narrow := 0
	for _, l := range lines {
		narrow += l.width / 2
	}
	for _, w := range f.split(all, room) {
		narrow = max(narrow, w.width) // which isn't broken
	}
	for ; narrow < room; narrow += f.size / 2 {
		if lines := f.wrap(all, narrow, 0); len(lines) <= 2 {
			return lines
		}
	}
	return lines
}

// cut returns a line that ends in "…", with as much of it as there is room for.
// A number isn't cut in two.
func (f font) cut(row []word, room int) []word {
	row = slices.Clone(row)
	for {
		last := &row[len(row)-1]
		with := *last
		with.text += "…"
		ended := append(slices.Clone(row[:len(row)-1]), with)
		if l := f.join(ended); l.width <= room || last.text == "" {
			return ended
		}
		if len(row) > 1 {
			row = row[:len(row)-1]
			continue
		}
		runes := []rune(last.text)
		for len(runes) > 1 && unicode.IsDigit(runes[len(runes)-1]) && unicode.IsDigit(runes[len(runes)-2]) {
			runes = runes[:len(runes)-1]
		}
		last.text = string(runes[:len(runes)-1])
	}
}

// join makes a line of words.
func (f font) join(row []word) (l setting) {
	for i, w := range row {
		if w.blank && i > 0 {
			w.text = " " + w.text
		}
		if n := len(l.spans); n > 0 && l.spans[n-1].id == w.id {
			l.spans[n-1].text += w.text
		} else {
			if n > 0 && strings.HasPrefix(w.text, " ") { // keep the blank out of an isolate
				l.spans = append(l.spans, span{text: " "})
				w.text = w.text[1:]
			}
			l.spans = append(l.spans, w.span)
		}
	}
	all := ""
	for _, s := range l.spans {
		all += s.text
	}
	l.width = f.width(all)
	return l
}
