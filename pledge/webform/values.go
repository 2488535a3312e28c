package webform

import (
	_ "embed"
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
