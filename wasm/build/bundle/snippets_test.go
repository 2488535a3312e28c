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
	"strconv"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
)

// hostile is what somebody may put into an address that leads to the builder.
const hostile = "'\"><img src=x onerror=alert(1)>&amp;</textarea><script>`${1}`</script>\\\n\t\u2028\u202e\u0000" + `\u0041*/ */ // %s`

// What the builder of embeds hands out holds what is chosen and nothing else, and
// the Go of it compiles, whatever is chosen.
func TestSnippetsHoldWhatIsChosen(t *testing.T) {
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
	for _, name := range []string{"size", "sort"} {
		for _, c := range p.Choices(name) {
			chosen = append(chosen, map[string]string{"src": "a.json", name: c.Value})
		}
	}
	for _, lang := range p.Choices("lang") {
		chosen = append(chosen, map[string]string{"src": "a.json b.json", "lang": lang.Value})
	}
	for _, theme := range []string{"light", "dark"} {
		chosen = append(chosen, map[string]string{"theme": theme, "hash": "", "refresh": "60", "state": "DEU", "src": "https://example.org/?\"`\\\u00e9"})
	}
	// The last two have the same in all places, once harmless and once not.
	for _, text := range []string{"harmless", hostile} {
		c := map[string]string{"hash": ""}
		for _, a := range all.Attributes {
			if a.Name != "hash" {
				c[a.Name] = text
			}
		}
		chosen = append(chosen, c)
	}
	for _, name := range []string{"constructor", "__proto__", "toString"} {
		chosen = append(chosen, map[string]string{"view": name, "lang": name, "theme": name, "refresh": "1e999"})
	}
	code := api.Transform(string(source), api.TransformOptions{Loader: api.LoaderTS, Define: p.constants()})
	if len(code.Errors) > 0 {
		t.Fatal(code.Errors[0].Text)
	}
	choices, err := json.Marshal(chosen)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "--input-type=module")
	cmd.Stdin = strings.NewReader(string(code.Code) + "\nconst all = " + string(choices) + ";\n" +
		`process.stdout.write(JSON.stringify(all.map((c) => {
	const text = c.topic ?? "text", base = "https://example.org/?" + text;
	const picture = badge(c, base, text);
	const go = picture.indexOf("\n\n// pledgesSVG");
	return { html: [script(c, base, text), iframe(c, base, text), picture.slice(0, go)], go: server(c, base, text) + picture.slice(go) };
})));`)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var snippets []struct {
		HTML []string
		Go   string
	}
	if err := json.Unmarshal(out, &snippets); err != nil || len(snippets) != len(chosen) {
		t.Fatalf("%d snippets, %v", len(snippets), err)
	}
	set := token.NewFileSet()
	config := gotypes.Config{Importer: importer.ForCompiler(set, "gc", compiled(t, "io", modulePath+"/gcm", modulePath+"/pledge/tally", modulePath+"/pledge/view"))}
	for i, snippet := range snippets {
		const head = "package p\n\nimport (\n\t\"io\"\n\n" +
			"\t\"" + modulePath + "/gcm\"\n\t\"" + modulePath + "/pledge/tally\"\n\t\"" + modulePath + "/pledge/view\"\n)\n\n"
		file, err := parser.ParseFile(set, "", head+snippet.Go, parser.ParseComments)
		if err == nil {
			_, err = config.Check("p", set, []*ast.File{file}, nil)
		}
		if err != nil {
			t.Errorf("%v: %v\n%s", chosen[i], err, snippet.Go)
			continue
		}
		if strings.ContainsAny(snippet.Go, "<>`\u2028\u202e\x00") {
			t.Errorf("%v: markup, or what isn't seen\n%s", chosen[i], snippet.Go)
		}
		for _, name := range []string{"size", "sort"} {
			field := ", " + strings.ToUpper(name[:1]) + name[1:] + ": view."
			usual := map[string]bool{"": true, "standard": true, "usual": true, "harmless": true, hostile: true}
			if strings.Contains(snippet.Go, field) == usual[chosen[i][name]] {
				t.Errorf("%v: %s\n%s", chosen[i], name, snippet.Go)
			}
		}
		if chosen[i]["topic"] == "" {
			continue
		}
		// Each value is there as it was chosen, and ends where it ends.
		found := 0
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && text == chosen[i]["topic"] {
					found++
				}
			}
			return true
		})
		if found < 2*11 { // filters, in two functions
			t.Errorf("%d literals are what was chosen\n%s", found, snippet.Go)
		}
		for k, html := range snippet.HTML {
			harmless := snippets[len(chosen)-5].HTML[k]
			for _, sign := range []string{"<", ">", `"`, "'"} {
				if got, want := strings.Count(html, sign), strings.Count(harmless, sign); got != want {
					t.Errorf("%d of %s, where there should be %d\n%s", got, sign, want, html)
				}
			}
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
