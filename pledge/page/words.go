package page

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

//go:embed words.tsv
var wordsTSV string

// words are the texts of words.tsv by name, one for each language in its order.
var words = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for line := range strings.Lines(wordsTSV) {
		if !strings.HasPrefix(line, "#") {
			columns := strings.Split(strings.TrimRight(line, "\n"), "\t")
			all[columns[0]] = columns[1:]
		}
	}
	return all
})

// say returns a text in a language, with values in its places.
func say(l gcm.Language, name string, values ...locale.Value) string {
	return locale.Template(words()[name][max(l, gcm.English)-1]).Fill(values...)
}

// valid returns a language, or English for none.
func valid(l gcm.Language) gcm.Language {
	if l.IsValid() {
		return l
	}
	return gcm.English
}
