package page

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// A text that is missing in a language would be a page without it.
func TestEachTextIsThereInAllLanguages(t *testing.T) {
	place := regexp.MustCompile(`\{[a-z]+\}`)
	known := map[string]bool{}
	source := ""
	for _, pattern := range []string{"view.go", "pledge.go", "list.go", "frame.go", "view.html", "pledge.html", "list.html", "parts.html", "frame.html"} {
		b, err := os.ReadFile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		source += string(b)
	}
	for name, texts := range words() {
		if len(texts) != 6 {
			t.Errorf("%s has %d texts", name, len(texts))
			continue
		}
		if !strings.Contains(source, `"`+name+`"`) {
			t.Errorf("nothing says %s", name)
		}
		known[name] = true
		places := place.FindAllString(texts[0], -1)
		slices.Sort(places)
		for l := range gcm.Languages() {
			text := texts[l-1]
			here := place.FindAllString(text, -1)
			slices.Sort(here)
			if text == "" || text != strings.TrimSpace(text) || !slices.Equal(here, places) {
				t.Errorf("%s in %s: %q", name, l, text)
			}
			if l == gcm.French && regexp.MustCompile(`[^\x{a0}][:;?!]`).MatchString(text) || l == gcm.French && strings.Contains(text, "'") {
				t.Errorf("%s in French: %q", name, text)
			}
			if l == gcm.Arabic && !regexp.MustCompile(`\p{Arabic}`).MatchString(place.ReplaceAllString(text, "")) ||
				l == gcm.Russian && !regexp.MustCompile(`\p{Cyrillic}`).MatchString(text) || l == gcm.Chinese && !regexp.MustCompile(`\p{Han}`).MatchString(text) {
				t.Errorf("%s in %s: %q", name, l, text)
			}
		}
	}
	for _, m := range regexp.MustCompile(`(?:say\(\S+, |Words )"([a-z_]+)"`).FindAllStringSubmatch(source, -1) {
		if !known[m[1]] {
			t.Errorf("there is no text %s", m[1])
		}
	}
}
