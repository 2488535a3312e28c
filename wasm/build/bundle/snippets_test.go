//go:build !js

package bundle

import (
	"encoding/json"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	gotypes "go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

// The Go that the builder of embeds hands out compiles, whatever is chosen.
func TestGoSnippetsCompile(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	source, err := files.ReadFile("files/snippets.ts")
	if err != nil {
		t.Fatal(err)
	}
	code := api.Transform(string(source), api.TransformOptions{Loader: api.LoaderTS, Define: map[string]string{"SANDBOX": `""`}})
	if len(code.Errors) > 0 {
		t.Fatal(code.Errors[0].Text)
	}
	all := elementsOf(t)[0]
	p := page{Widget: all}
	p.Vocabulary, err = readVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	var chosen []map[string]string
	for _, view := range p.Choices("view") {
		chosen = append(chosen, map[string]string{"src": "/pledges.json", "view": view.Value})
	}
	for _, lang := range p.Choices("lang") {
		chosen = append(chosen, map[string]string{"src": "a.json b.json", "lang": lang.Value})
	}
	for _, theme := range []string{"light", "dark"} {
		chosen = append(chosen, map[string]string{"theme": theme, "hash": "", "refresh": "60", "state": "DEU", "src": "https://example.org/?\"`\\\u00e9"})
	}
	choices, err := json.Marshal(chosen)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "--input-type=module")
	cmd.Stdin = strings.NewReader(string(code.Code) + "\nconst all = " + string(choices) + ";\n" +
		`process.stdout.write(JSON.stringify(all.map((c) => [server(c, "https://example.org/", "text"), badge(c, "", "text").replace(/^<img.*>\n/, "")].join("\n\n"))));`)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var snippets []string
	if err := json.Unmarshal(out, &snippets); err != nil || len(snippets) != len(chosen) {
		t.Fatalf("%d snippets, %v", len(snippets), err)
	}
	set := token.NewFileSet()
	config := gotypes.Config{Importer: importer.ForCompiler(set, "gc", compiled(t, "io", modulePath+"/gcm", modulePath+"/pledge/tally", modulePath+"/pledge/view"))}
	for i, snippet := range snippets {
		const head = "package p\n\nimport (\n\t\"io\"\n\n" +
			"\t\"" + modulePath + "/gcm\"\n\t\"" + modulePath + "/pledge/tally\"\n\t\"" + modulePath + "/pledge/view\"\n)\n\n"
		file, err := parser.ParseFile(set, "", head+snippet, 0)
		if err == nil {
			_, err = config.Check("p", set, []*ast.File{file}, nil)
		}
		if err != nil {
			t.Errorf("%v: %v\n%s", chosen[i], err, snippet)
		}
	}
}

// compiled finds what the compiler has written of packages and of what they use:
// nearly all of it is there already, and to read the sources takes ten times as long.
func compiled(t *testing.T, packages ...string) importer.Lookup {
	t.Helper()
	out, err := compile.Go(t.Context(), "", nil, append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}"}, packages...)...)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		files[path] = file
	}
	return func(path string) (io.ReadCloser, error) {
		if files[path] == "" {
			return nil, &fs.PathError{Op: "import", Path: path, Err: fs.ErrNotExist}
		}
		return os.Open(files[path])
	}
}
