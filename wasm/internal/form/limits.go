package form

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// most is how many items the lists of the form may have, by their paths.
var most = map[string]int{
	"/pledgers":              tally.MaxPledgers,
	"/implementation/states": tally.MaxImplementing,
	"/contributions":         tally.MaxContributions,
	"/links":                 tally.MaxLinks,
}

// many says how many items a list may have.
func many(lang gcm.Language, path string) string {
	field := locale.Value{Name: "field", Text: pledge.FieldLabel(path, lang)}
	return fill(say(lang, "problem.many"), field, number(lang, "n", most[path]))
}
