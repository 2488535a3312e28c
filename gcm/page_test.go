//go:build !js

// These tests run the go command, which a js/wasm program can't.

package gcm

import (
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What a page downloads is paid by everybody who opens it.
func TestPackageImportsNothingThatIsHeavyInAPage(t *testing.T) {
	allowed := []string{
		"cmp", "errors", "iter", "math", "math/bits", "sort", "strconv", "strings",
		"unicode", "unicode/utf8", "github.com/gcmkit/gcmkit/gcm/internal/fold",
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	more, _ := filepath.Glob("internal/fold/*.go")
	for _, file := range append(files, more...) {
		if strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "gen") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			if path, _ := strconv.Unquote(spec.Path.Value); !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}

func TestCodesLinkNoLabels(t *testing.T) {
	if testing.Short() {
		t.Skip("builds two programs as js/wasm")
	}
	codes, labels := buildPage(t, "./testdata/codes"), buildPage(t, "./testdata/labels")

	if !bytes.Contains(codes, []byte("migrant-diaspora")) {
		t.Error("the codes are not in the program that uses them")
	}
	for _, name := range longNames() {
		if bytes.Contains(codes, []byte(name)) {
			t.Errorf("%q is in a program that uses codes only", name)
		}
	}
	for _, name := range []string{
		State(1).Name(Russian), MigrantDiaspora.Label(Arabic),
		"united states of america", "cities municipalities and local authority",
	} {
		if !bytes.Contains(labels, []byte(name)) {
			t.Errorf("%q is not in a program that uses names", name)
		}
	}
}

// longNames returns the names and folded names that are too long to be in a
// program by chance, and not codes.
func longNames() []string {
	var names []string
	for l := range Languages() {
		names = append(names, Words(l)...)
	}
	for _, table := range [][]key{stateKeys[:], categoryKeys[:], natureKeys[:], principleKeys[:], typeKeys[:]} {
		for _, k := range table {
			names = append(names, k.text)
		}
	}
	return slices.DeleteFunc(names, func(s string) bool {
		return len(s) < 14 || slices.Contains(categories.list, s)
	})
}

// buildPage builds a program as a page would have it.
func buildPage(t *testing.T, dir string) []byte {
	t.Helper()
	output := filepath.Join(t.TempDir(), "page.wasm")
	build := exec.Command("go", "build", "-trimpath", "-o", output, dir)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if message, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build %s: %v\n%s", dir, err, message)
	}
	program, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	return program
}
