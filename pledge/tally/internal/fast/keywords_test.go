package fast

import (
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/internal/swar"
)

func TestKeywordsAreToldApart(t *testing.T) {
	var w keywords
	var texts []string
	for i := range 2 * mostKeywords {
		texts = append(texts, strings.Repeat("ab", i%7)+string(rune('a'+i%26))+string(rune('a'+i/26)))
	}
	for i, text := range texts {
		w.add(text, `":`, uint8(i))
		w.add(text, `":`, 0) // again
	}
	for _, text := range []string{"", `a"b`, `a\b`, "a\n", "fifteen letters"} {
		w.add(text, `":`, 99)
	}
	for i, text := range append(texts, "", `a"b`, `a\b`, "a\n", "fifteen letters") {
		head, tail := swar.Words(append([]byte(text+`":`), make([]byte, 16)...))
		known := w.at(head, tail, 1)
		if want := i < mostKeywords && slices.Index(texts, text) == i; (known != nil) != want || want && (int(known.meaning) != i || !known.is(head, tail)) {
			t.Errorf("%q: %+v", text, known)
		}
	}
}
