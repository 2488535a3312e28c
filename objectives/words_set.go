//go:build gcmwords

package objectives

import "github.com/gcmkit/gcmkit/gcm"

// tables are the words of the languages, in the order of gcm.Language.
var tables = [6]*words{&wordsEnglish}

// SetWords takes what [Words] has returned for a language in a program of the same
// version, and reports whether it can be that. Nothing else may run at the same time.
func SetWords(lang gcm.Language, texts []string) bool {
	if len(texts) != 2*Count || !lang.IsValid() {
		return false
	}
	w := new(words)
	copy(w.titles[1:], texts[:Count])
	copy(w.shorts[1:], texts[Count:])
	tables[lang-gcm.English] = w
	return true
}
