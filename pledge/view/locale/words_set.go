//go:build gcmwords

package locale

import "github.com/gcmkit/gcmkit/gcm"

// texts are those of the languages, in the order of gcm.Language.
var texts = [count][]string{textsEnglish[:]}

// SetWords takes what [Words] has returned for a language in a program of the same
// version, and reports whether it can be that. Nothing else may run at the same time.
func SetWords(lang gcm.Language, words []string) bool {
	if len(words) != wordCount(lang) || !lang.IsValid() {
		return false
	}
	texts[index(lang)] = words
	return true
}

// wordCount is how many [Words] a language has.
func wordCount(lang gcm.Language) int {
	return int(firstPlural) + int(messageCount-firstPlural)*len(forms[index(lang)])
}
