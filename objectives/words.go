package objectives

import "github.com/gcmkit/gcmkit/gcm"

// words are the titles in one language; "" where none is verified.
type words struct{ titles, shorts [Count + 1]string }

// noWords are those of a language in which no title is verified.
var noWords words

// wordsOf returns the words of a language; none if lang isn't stated.
func wordsOf(lang gcm.Language) *words {
	if lang.IsValid() {
		if w := tables[lang-gcm.English]; w != nil {
			return w
		}
	}
	return &noWords
}

// Words returns the titles and then the short titles in a language, in the order of
// the objectives; "" where none is verified. [gcm.Words] says what it is for.
func Words(lang gcm.Language) []string {
	w := wordsOf(lang)
	return append(append([]string(nil), w.titles[1:]...), w.shorts[1:]...)
}
