package form

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// most is how many items the lists of a pledge may have, by their paths.
var most = map[string]int{
	"/pledgers":              500,
	"/implementation/states": 197,
	"/contributions":         100,
	"/links":                 50,
}

const ruleTooLong = "too-long"

// tooLong returns a problem for each list of the pledge that is too long, if it isn't
// among those found already.
func tooLong(p *pledge.Pledge, lang gcm.Language, found []pledge.Problem) (problems []pledge.Problem) {
	for path, have := range map[string]int{
		"/pledgers":              len(p.Pledgers),
		"/implementation/states": len(p.Implementation.States),
		"/contributions":         len(p.Contributions),
		"/links":                 len(p.Links),
	} {
		known := func(f pledge.Problem) bool { return f.Path == path && f.Rule == ruleTooLong }
		if have > most[path] && !slices.ContainsFunc(found, known) {
			problems = append(problems, pledge.Problem{Path: path, Rule: ruleTooLong, Message: many(lang, path)})
		}
	}
	return problems
}

// many says how many items a list may have.
func many(lang gcm.Language, path string) string {
	field := locale.Value{Name: "field", Text: pledge.FieldLabel(path, lang)}
	return fill(say(lang, "problem.many"), field, number(lang, "n", most[path]))
}
