package bundle

import (
	"embed"
	"encoding/json"
	"strconv"
	"strings"
)

//go:embed files
var files embed.FS

// A vocabulary is what the attributes of a widget can be, by their names, with
// English labels. It is the Go packages' own, written down by a test, so that
// the builder of bundles doesn't link what it bundles.
type vocabulary map[string][]choice

// A choice is one value.
type choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

func readVocabulary() (v vocabulary, err error) {
	text, err := files.ReadFile("files/vocabulary.json")
	if err != nil {
		return nil, err
	}
	return v, json.Unmarshal(text, &v)
}

// mostListed is how many values there are in a list that helps somebody.
const mostListed = 25

// union returns the values as a type of TypeScript; "" if an attribute is free
// or has more than [mostListed].
func (v vocabulary) union(attribute string) string {
	var words []string
	for _, c := range v[attribute] {
		words = append(words, strconv.Quote(c.Value))
	}
	if len(words) > mostListed {
		return ""
	}
	return strings.Join(words, " | ")
}
