package bundle

import (
	"path"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm/build/internal/start"
	"github.com/gcmkit/gcmkit/wasm/internal/engine"
)

const (
	// loadsWords is the build tag of an engine that has the words of English only.
	loadsWords = "gcmwords"
	wordsName  = "gcm-words"
)

// wordsFiles are the files with the words of the other languages. They are text, as
// that is what hosts compress.
func wordsFiles() (files []artifact) {
	var all []byte // one hash for all makes the module smaller
	for lang := range gcm.Languages() {
		all = append(all, engine.WordsFile(lang)...)
	}
	for lang := range gcm.Languages() {
		if lang != gcm.English {
			name := hashedName(wordsName, all, "-"+lang.String()+".txt")
			files = append(files, newArtifact(name, []byte(engine.WordsFile(lang))))
		}
	}
	return files
}

// wordsModule is the module "words" of the shell: the name and the address of each
// file. They are written out, and in the first module, so that bundlers see them.
func wordsModule(files []artifact) []byte {
	b := []byte("export default [\n")
	for _, f := range files {
		b = append(b, "["+strconv.Quote(f.Name)+", () => new URL("+strconv.Quote(f.Name)+", import.meta.url)],\n"...)
	}
	return append(b, "];\n"...)
}

// integrityModule is the module "words_integrity": the code of the language and the
// integrity of each file, in the same order.
func integrityModule(files []artifact) []byte {
	b := []byte("export default [\n")
	for _, f := range files {
		b = append(b, "["+strconv.Quote(languageOf(f))+", "+strconv.Quote(f.Integrity)+"],\n"...)
	}
	return append(b, "];\n"...)
}

func languageOf(f artifact) string { return f.Name[len(f.Name)-len("fr.txt"):][:len("fr")] }

// startWidget is how the widget's engine is started: with all words, which must be of
// its version.
func startWidget(wasmExec []byte) start.Program {
	p := start.Widget(wasmExec)
	for lang := range gcm.Languages() {
		call := start.Call{Args: []string{engine.Words, lang.String(), engine.WordsFile(lang)}, Want: "{}"}
		p.Calls = append([]start.Call{call}, p.Calls...)
	}
	return p
}

// Immutable reports whether a file's name changes with its content, so that the file
// may be cached for ever: those of engines, of words, and of the module that counts.
func Immutable(name string) bool {
	return path.Ext(name) == ".wasm" || strings.HasPrefix(name, wordsName) || hashedModule.MatchString(name)
}
