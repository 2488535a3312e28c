//go:build !js

package bundle

import (
	"bytes"
	"encoding/json"
	"flag"
	"iter"
	"os"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

var update = flag.Bool("update", false, "write files/vocabulary.json anew, after a change of objectives or gcm")

// The builder of bundles doesn't link the packages that it bundles, so their
// values are written down; here they are compared.
func TestVocabularyIsThatOfThePackages(t *testing.T) {
	label := func(l interface{ Label(gcm.Language) string }) string { return l.Label(gcm.English) }
	name := func(n interface{ Name(gcm.Language) string }) string { return n.Name(gcm.English) }
	states := choices(gcm.States(), func(s gcm.State) string { return name(s) })
	want := vocabulary{
		"mirror":    {{"true", "Relevant to both Compacts"}, {"false", "Not relevant to both Compacts"}},
		"withdrawn": {{"true", "Counted, too"}},
		"lang":      choices(gcm.Languages(), func(l gcm.Language) string { return languages[l] }),
		"objective": choices(objectives.All(), func(o objectives.Objective) string {
			title, _ := o.Short(gcm.English)
			return o.String() + ". " + title
		}),
		"principle": choices(gcm.Principles(), func(p gcm.Principle) string {
			title, _ := p.Title(gcm.English)
			return title
		}),
		"region":       choices(gcm.Regions(), func(r gcm.Region) string { return name(r) }),
		"state":        states,
		"implementing": states,
		"category":     choices(gcm.Categories(), func(c gcm.Category) string { return label(c) }),
		"type":         choices(gcm.Types(), func(c gcm.Type) string { return label(c) }),
		"nature":       choices(gcm.Natures(), func(n gcm.Nature) string { return label(n) }),
		"status":       choices(gcm.Statuses(), func(s gcm.Status) string { return label(s) }),
	}
	text, err := json.MarshalIndent(want, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	// One value a line.
	for _, c := range [][2]string{{"{\n   \"value\"", "{\"value\""}, {",\n   \"label\"", ", \"label\""}, {"\"\n  }", "\"}"}} {
		text = bytes.ReplaceAll(text, []byte(c[0]), []byte(c[1]))
	}
	text = append(text, '\n')
	const file = "files/vocabulary.json"
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, text) {
		t.Errorf("%s isn't what the packages say (%v); go test ./wasm/build/bundle -run Vocabulary -update writes it", file, err)
	}
}

var languages = [...]string{
	gcm.English: "English", gcm.French: "Français", gcm.Spanish: "Español",
	gcm.Arabic: "العربية", gcm.Russian: "Русский", gcm.Chinese: "中文",
}

func choices[T interface{ String() string }](all iter.Seq[T], label func(T) string) (list []choice) {
	for v := range all {
		list = append(list, choice{v.String(), label(v)})
	}
	return list
}
