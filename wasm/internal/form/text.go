package form

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// text is one text of a language. The key of one that has plural forms ends
// with a blank and the form: "problems few".
type text struct{ key, text string }

// say returns a text in a language; "" if there is none.
func say(lang gcm.Language, key string) string {
	all := in(lang)
	i, found := slices.BinarySearchFunc(all, key, func(t text, key string) int { return cmp.Compare(t.key, key) })
	if !found {
		return ""
	}
	return all[i].text
}

// in returns the texts of a language, ordered by key.
func in(lang gcm.Language) []text {
	if !lang.IsValid() {
		lang = gcm.English
	}
	return texts[lang]
}

// fill puts values in the places of a text.
func fill(t string, values ...locale.Value) string { return locale.Template(t).Fill(values...) }

// counted returns a text in the form that a number asks for, with the number.
func counted(lang gcm.Language, key string, n int) string {
	return fill(say(lang, key+" "+locale.Plural(lang, n).String()), number(lang, "n", n))
}

func number(lang gcm.Language, place string, n int) locale.Value {
	return locale.Value{Name: place, Text: locale.Number(lang, n)}
}

// words returns the texts whose keys begin with "word.", by the rest of the key.
func words(lang gcm.Language) map[string]string {
	found := make(map[string]string)
	for _, t := range in(lang) {
		if name, ok := strings.CutPrefix(t.key, "word."); ok {
			found[name] = t.text
		}
	}
	return found
}
