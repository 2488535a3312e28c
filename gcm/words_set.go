//go:build gcmwords

package gcm

import "strings"

// tables are the words of the languages, in the order of [Language].
var tables = [6]*words{&wordsEnglish}

// SetWords takes what [Words] has returned for a language in a program of the same
// version, and reports whether it can be that. Nothing else may run at the same time.
func SetWords(lang Language, texts []string) bool {
	if len(texts) != stateCount+labelCount || !lang.IsValid() {
		return false
	}
	w := &words{labels: [labelCount]string(texts[stateCount:])}
	var sizes [stateCount]byte
	for i, name := range texts[:stateCount] {
		if sizes[i] = byte(len(name)); int(sizes[i]) != len(name) {
			return false
		}
	}
	w.states, w.sizes = strings.Join(texts[:stateCount], ""), string(sizes[:])
	tables[lang.column()] = w
	return true
}
