//go:build !js

// These tests run the go command, which a js/wasm program can't.

package pledge

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestGeneratorWritesTheMessagesThatAreThere(t *testing.T) {
	output := filepath.Join(t.TempDir(), "messages.go")
	if out, err := exec.Command("go", "run", "gen.go", "-o", output).CombinedOutput(); err != nil {
		t.Fatalf("go run gen.go: %v\n%s", err, out)
	}
	if readFile(t, output) != readFile(t, "messages.go") {
		t.Error("messages.go is not what the TSV files make: run go generate")
	}
}

func TestREADMEHasTheTableOfTheRules(t *testing.T) {
	var stderr strings.Builder
	cmd := exec.Command("go", "run", "gen_rules.go")
	cmd.Stderr = &stderr
	table, err := cmd.Output()
	if err != nil {
		t.Fatalf("go run gen_rules.go: %v\n%s", err, stderr.String())
	}
	_, rest, _ := strings.Cut(readFile(t, "README.md"), "<!-- rules -->\n")
	if got, _, ok := strings.Cut(rest, "<!-- /rules -->"); !ok || got != string(table) {
		t.Error("the table in README.md, between <!-- rules --> and <!-- /rules -->, is not that of the rules: run go generate")
	}
}

func TestGeneratorRefusesTextsThatDoNotFit(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the generator several times")
	}
	for _, test := range []struct{ name, file, old, new, message string }{
		{"missing in a language", "messages_fr.tsv", "field\t/title\tTitre\n", "", "missing in fr"},
		{"there twice", "messages_es.tsv", "field\t/title\t", "field\t/id\t", "there twice"},
		{"a place missing", "messages_ru.tsv", "({1})", "(1)", "has the places"},
		{"an invisible character", "messages_ar.tsv", "العنوان", "العن\u202eوان", "invisible"},
		{"a plain space before a colon", "messages_fr.tsv", "\u00a0:", " :", "no-break"},
		{"an unknown kind", "messages_en.tsv", "field\t/title", "label\t/title", "no kind"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if out := generateChanged(t, test.file, test.old, test.new); !strings.Contains(out, test.message) {
				t.Errorf("the generator says %q, want something with %q", out, test.message)
			}
		})
	}
}

// generateChanged runs the generator on texts one of which has a change, and
// returns what it says.
func generateChanged(t *testing.T, changed, old, new string) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob("messages_*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content := readFile(t, file)
		if file == changed {
			if !strings.Contains(content, old) {
				t.Fatalf("%s has no %q", file, old)
			}
			content = strings.Replace(content, old, new, 1)
		}
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("go", "run", "gen.go", "-in", dir, "-o", filepath.Join(dir, "messages.go")).CombinedOutput()
	if err == nil {
		t.Fatal("the generator accepts it")
	}
	return string(out)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
