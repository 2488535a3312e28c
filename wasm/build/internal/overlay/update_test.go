//go:build !js

package overlay

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

var update = flag.Bool("update", false, "note the sums of the sources that this toolchain has, after reading how they differ")

var line = regexp.MustCompile(`(?m)^(//overlay:(?:from|remove) (\S+) )(\S+)(.*)$((?:\nfunc .*)?)`)

// TestUpdate writes the sums of what is there now into the edits.
func TestUpdate(t *testing.T) {
	if !*update {
		t.Skip("-update isn't given")
	}
	for dir, root := range map[string]string{"_std": goroot(t) + "/src", "_safejs": safejsDir(t)} {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, _ := filepath.Rel(dir, filepath.Dir(name))
			out := line.ReplaceAllStringFunc(string(text), func(match string) string {
				m := line.FindStringSubmatch(match)
				source, err := os.ReadFile(filepath.Join(root, rel, m[2]))
				if err != nil {
					t.Error(err)
					return match
				}
				want := m[4]
				if m[5] != "" {
					want = nameOf(t, m[5])
				} else if len(want) > 0 {
					want = want[1:]
				}
				s, ok := sumOf(t, source, want)
				if !ok {
					t.Errorf("%s: %s has no func %s", name, m[2], want)
				}
				return m[1] + s + m[4] + m[5]
			})
			return os.WriteFile(name, []byte(out), 0o666)
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// nameOf is the name of the function that a first line begins.
func nameOf(t *testing.T, first string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+first+"\n}", 0)
	if file == nil || len(file.Decls) == 0 {
		t.Fatalf("%s: %v", first, err)
	}
	return toolchain.FuncName(file.Decls[0].(*ast.FuncDecl))
}

func sumOf(t *testing.T, source []byte, name string) (string, bool) {
	sums, err := toolchain.Functions("", source)
	if err != nil {
		t.Fatal(err)
	}
	s, ok := sums[name]
	return s, ok
}
