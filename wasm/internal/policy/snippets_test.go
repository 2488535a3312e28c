package policy

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The Go in a README compiles where it has what it doesn't declare: parameters,
// and imports of this module and of the library.
func TestGoInTheREADMEsCompiles(t *testing.T) {
	needsGo(t)
	dir := t.TempDir()
	args := []string{"vet"}
	for _, s := range []struct {
		file, params, imports string
		declared              string // and not used
	}{
		{"README.md", "file *os.File", "fmt log os objectives gcm pledge pledge/tally", "loaded"},
		{"pledge/feed/README.md", "book *pledge.Book, file *os.File, mux *http.ServeMux, revision pledge.Pledge", "net/http os pledge pledge/feed", "err, sequence, outcome"},
	} {
		text, err := os.ReadFile("../../../" + s.file)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, found := strings.Cut(string(text), "\n```go\n")
		code, rest, ended := strings.Cut(rest, "\n```\n")
		if !found || !ended || strings.Contains(rest, "\n```go\n") {
			t.Fatalf("%s hasn't one block of Go", s.file)
		}
		var b strings.Builder
		b.WriteString("package snippets\n\nimport (\n")
		for name := range strings.FieldsSeq(s.imports) {
			if _, ours := directions[name]; ours {
				name = module + "/" + name
			}
			b.WriteString("\t\"" + name + "\"\n")
		}
		name := strings.NewReplacer("/", "_", ".", "_").Replace(s.file)
		b.WriteString(")\n\nfunc " + name + "(" + s.params + ") {\n\tuse := func(...any) {}\n//line " + s.file + ":1\n" + code + "\n\tuse(" + s.declared + ")\n}\n")
		file := filepath.Join(dir, name+".go")
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	// Files that are named belong to the module in which the command runs.
	cmd := exec.Command("go", args...)
	cmd.Dir = "../../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
