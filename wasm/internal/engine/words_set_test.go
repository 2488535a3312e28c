//go:build gcmwords

package engine

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
)

// This test is run by that of words_test.go. Words can't be taken back, so it is one.
func TestWordsAreLoaded(t *testing.T) {
	dir := os.Getenv("ENGINE_WORDS")
	file := func(name string) []byte {
		t.Helper()
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	var e Engine
	read(t, &e, "s", data.Reference())
	// compare asks for all views in a language, and wants those of another one.
	compare := func(lang, want gcm.Language, when string) {
		t.Helper()
		for name, options := range views(lang) {
			got := e.Call(View, when+lang.String()+name, options)
			if !bytes.Equal(got, file(want.String()+"-"+name)) {
				t.Errorf("%s, the view %s in %v isn't that of all words in %v:\n%s", when, name, lang, want, got)
			}
		}
	}
	for lang := range gcm.Languages() {
		if lang == gcm.English {
			compare(lang, gcm.English, "at first")
			continue
		}
		words := string(file("words-" + lang.String()))
		compare(lang, gcm.English, "without words")
		first, rest, _ := strings.Cut(words, "\n")
		last := words[:strings.LastIndexByte(words, '\n')]
		for _, wrong := range []string{
			"", first, last, words + "\nmore", rest, "en\n" + rest, string(file("words-en")),
			first + "\n" + strings.Repeat("x", 256) + rest,
		} {
			if got := string(e.Call(Words, lang.String(), wrong)); !strings.Contains(got, CodeWords) {
				t.Errorf("%v takes %.60q as words: %s", lang, wrong, got)
			}
		}
		if got := string(e.Call(Words, "tlh", words)); !strings.Contains(got, CodeWords) {
			t.Errorf("words of no language are taken: %s", got)
		}
		compare(lang, gcm.English, "with wrong words")
		if got := string(e.Call(Words, lang.String(), words)); got != "{}" {
			t.Fatalf("words of %v: %s", lang, got)
		}
		compare(lang, lang, "with words")
	}
	for lang := range gcm.Languages() {
		compare(lang, lang, "in the end")
	}
}
