package webform

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed values.tsv
var valuesTSV string

// words is what values.tsv says: by field, the meaning of folded words.
var words = sync.OnceValue(func() map[string]map[string]string {
	all := make(map[string]map[string]string)
	for cells := range rows(valuesTSV) {
		if all[cells[0]] == nil {
			all[cells[0]] = make(map[string]string)
		}
		all[cells[0]][fold(cells[2])] = cells[1]
	}
	return all
})

// meaning returns what a word means in a cell of a field, or "".
func meaning(field, word string) string { return words()[field][fold(word)] }

// phrases returns a pattern for the words of values.tsv that mean something
// to a field, the longest first, in any case and with any blanks.
func phrases(field string, meanings ...string) string {
	var all []string
	for cells := range rows(valuesTSV) {
		if cells[0] == field && slices.Contains(meanings, cells[1]) {
			all = append(all, cells[2])
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	for i, s := range all {
		s = strings.ReplaceAll(regexp.QuoteMeta(s), " ", `\s+`)
		all[i] = strings.ReplaceAll(s, "’", "['’]")
	}
	return "(?:" + strings.Join(all, "|") + ")"
}

// pattern compiles a pattern when it is first needed.
func pattern(expr func() string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr()) })
}
