//go:build !js && !gcmwords

package engine

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
)

// An engine in a page has the words of English, and loads the others. That is
// another program, so its tests (words_set_test.go) run in one of their own, with
// the words that this one writes, and the answers that it gives.
func TestEngineThatLoadsWordsAnswersAsOneThatHasThem(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var e Engine
	read(t, &e, "s", data.Reference())
	for lang := range gcm.Languages() {
		write("words-"+lang.String(), []byte(WordsFile(lang)))
		for name, options := range views(lang) {
			write(lang.String()+"-"+name, e.Call(View, lang.String()+name, options))
		}
	}
	cmd := exec.Command("go", "test", "-tags=gcmwords", "-vet=off", "-run=Words", "-v", ".")
	cmd.Env = append(os.Environ(), "ENGINE_WORDS="+dir)
	if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("--- PASS: TestWordsAreLoaded")) {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestEngineThatHasAllWordsTakesThemOnceMore(t *testing.T) {
	var e Engine
	if got := string(e.Call(Words, "fr", WordsFile(gcm.French))); got != "{}" {
		t.Error(got)
	}
}
