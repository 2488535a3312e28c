package webform

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// phrases are words of values.tsv to be found in a text, in any case and with any
// blanks between them, the longest first. It does what a pattern of package regexp
// would, and looks at few of them where one could begin.
type phrases [1 << 8][]string // by the first byte of either case

// phrasesOf reads the phrases that mean something to a field when they are first needed.
func phrasesOf(field string, meanings ...string) func() *phrases {
	return sync.OnceValue(func() *phrases {
		var all []string
		for cells := range rows(valuesTSV) {
			if cells[0] == field && slices.Contains(meanings, cells[1]) {
				all = append(all, cells[2])
			}
		}
		slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
		p := new(phrases)
		for _, s := range all {
			first, _ := utf8.DecodeRuneInString(s)
			for r, again := first, false; r != first || !again; r, again = unicode.SimpleFold(r), true {
				b := string(r)[0]
				if !slices.Contains(p[b], s) {
					p[b] = append(p[b], s)
				}
			}
		}
		return p
	})
}

// at returns how long the phrase is that text[i:] begins with and behind which may
// follow what does; 0 if there is none.
func (p *phrases) at(text string, i int, follows func(end int) bool) (size int) {
	if i == len(text) {
		return 0
	}
	for _, s := range p[text[i]] {
		if n := begins(text[i:], s); n > 0 && follows(i+n) {
			return n
		}
	}
	return 0
}

// begins returns how long the phrase is where a text begins with it, else 0.
func begins(text, phrase string) int {
	rest := text
	for _, want := range phrase {
		if want == ' ' {
			trimmed := strings.TrimLeft(rest, blanks)
			if trimmed == rest {
				return 0
			}
			rest = trimmed
			continue
		}
		r, n := utf8.DecodeRuneInString(rest)
		if n == 0 || !isSame(r, want) && (want != '’' || r != '\'') {
			return 0
		}
		rest = rest[n:]
	}
	return len(text) - len(rest)
}

// blanks are what may stand between words.
const blanks = " \t\n\f\r"

// isSame reports whether two letters are the same but for their case.
func isSame(a, b rune) bool {
	if a|0x20 == b|0x20 && 'a' <= a|0x20 && a|0x20 <= 'z' {
		return true
	}
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return a == b
}

// endsWord reports whether a word in ASCII begins or ends at text[i].
func endsWord(text string, i int) bool {
	return (i > 0 && isWord(text[i-1])) != (i < len(text) && isWord(text[i]))
}

func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_'
}
