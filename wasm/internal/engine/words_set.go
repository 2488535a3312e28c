//go:build gcmwords

package engine

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// words takes the words of a language. After what isn't a file of words of this very
// version the language is still one without words.
func (e *Engine) words(id, text string) []byte {
	lang, err := gcm.ParseLanguage(id)
	lines := strings.Split(text, "\n")
	if err != nil || lines[0] != lang.String() {
		return failure(CodeWords, "no words of "+id)
	}
	lines = lines[1:]
	of := len(gcm.Words(gcm.English))
	titles := of + len(objectives.Words(gcm.English))
	if len(lines) < titles || !gcm.SetWords(lang, lines[:of]) ||
		!objectives.SetWords(lang, lines[of:titles]) || !locale.SetWords(lang, lines[titles:]) {
		return failure(CodeWords, "words of another version: "+id)
	}
	return empty()
}
