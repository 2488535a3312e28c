package gcm

// words are what one language has for the values of this package.
type words struct {
	states string // the names of the States, one after another
	sizes  string // how many bytes the name of each takes: a third of what offsets would take on a page
	labels [labelCount]string
}

// wordsOf returns the words of a language; those of English if there are none.
func wordsOf(lang Language) *words {
	if w := tables[lang.column()]; w != nil {
		return w
	}
	return &wordsEnglish
}

// Words returns the words of this package in a language: the names of the States,
// and then all labels and titles; "" where a title isn't known. Their number is the
// same in each language; the order may change with a version.
//
// A program for a page can leave out the words that it doesn't show. With the build tag
// gcmwords it contains the English words only. SetWords, a function that exists only
// with this tag, gives it the words of other languages.
func Words(lang Language) []string {
	w := wordsOf(lang)
	texts := make([]string, 0, stateCount+labelCount)
	for s := range States() {
		texts = append(texts, s.Name(lang))
	}
	return append(texts, w.labels[:]...)
}
