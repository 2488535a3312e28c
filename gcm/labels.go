package gcm

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm/internal/fold"
)

// labels are those of one enumeration among [words.labels].
type labels struct{ first, count uint8 }

// key is one spelling of a value's name, folded by [fold.Key].
type key struct {
	text  string
	value uint8
}

// label is the label of e in a language; "" if there is no such value.
func label[E ~uint8](of labels, e E, lang Language) string {
	if e == 0 || uint8(e) > of.count {
		return ""
	}
	return wordsOf(lang).labels[int(of.first)+int(e-1)]
}

// parse reads a code, or a label or alias in any language. A taxonomy term
// id may follow a label, as in exports of the web form: "Financial (12)".
func parse[E ~uint8](c *codes[E], keys []key, s string) (E, error) {
	if e, ok := c.find(s); ok {
		return e, nil
	}
	if !utf8.ValidString(s) {
		return 0, c.error(s, ErrSyntax)
	}
	name := fold.Key(cutTermID(s))
	if name == "" {
		return 0, c.error(s, ErrSyntax)
	}
	if v, ok := lookup(keys, name); ok {
		return E(v), nil
	}
	return 0, c.error(s, ErrUnknown)
}

// lookup finds a folded name in keys, which are sorted by text.
func lookup(keys []key, name string) (uint8, bool) {
	i := sort.Search(len(keys), func(i int) bool { return keys[i].text >= name })
	if i == len(keys) || keys[i].text != name {
		return 0, false
	}
	return keys[i].value, true
}

// cutTermID cuts the number in brackets that exports put behind a term.
func cutTermID(s string) string {
	name, id, ok := cutBrackets(s)
	if !ok || strings.Trim(id, "0123456789") != "" {
		return s
	}
	return name
}

// cutBrackets splits "name (inner)" if s ends with a bracketed part that is
// not empty and holds no brackets.
func cutBrackets(s string) (name, inner string, ok bool) {
	s = strings.TrimSpace(s)
	i := strings.LastIndexByte(s, '(')
	if i < 0 || i+2 >= len(s) || strings.IndexByte(s[i:], ')') != len(s)-i-1 {
		return s, "", false
	}
	return s[:i], s[i+1 : len(s)-1], true
}
