package engine

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// WordsFile returns what the operation [Words] takes: the code of a language, and
// all that the engine says in it, a text a line. An engine takes files of its own
// version only.
func WordsFile(lang gcm.Language) string {
	lines := append([]string{lang.String()}, gcm.Words(lang)...)
	lines = append(lines, objectives.Words(lang)...)
	return strings.Join(append(lines, locale.Words(lang)...), "\n")
}
