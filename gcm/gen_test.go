//go:build !js

// These tests run the go command, which a js/wasm program can't.

package gcm

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestGeneratorWritesTheTablesThatAreThere(t *testing.T) {
	output := t.TempDir()
	if message, err := exec.Command("go", "run", "gen.go", "gen_read.go", "-o", output).CombinedOutput(); err != nil {
		t.Fatalf("go run gen.go: %v\n%s", err, message)
	}
	for _, name := range []string{"tables.go", "tables_words.go"} {
		want, err := os.ReadFile(filepath.Join(output, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the TSV files make: run go generate", name)
		}
	}
}

func TestGeneratorRefusesTablesThatContradictThemselves(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the generator several times")
	}
	for _, test := range []struct{ name, file, old, new, message string }{
		{"two States of one name", "states.tsv", "\tNigeria\t", "\tThe NIGER\t", "is of the values"},
		{"two States of one alias", "state_aliases.tsv", "\tMMR\tBurma", "\tMMR\tFrance", "is of the values"},
		{"alias that says nothing new", "state_aliases.tsv", "\tMMR\tBurma", "\tMMR\tmyanmar", "without this row"},
		{"code twice", "states.tsv", "\nAGO\tAO", "\nAGO\tAF", "is of the values"},
		{"currency twice", "currencies.tsv", "\nALL\t", "\nAFN\t", "there twice"},
		{"States out of order", "states.tsv", "\nAGO\t", "\nAAA\t", "order of alpha3"},
		{"no name in a language", "states.tsv", "\tАнгола", "", "nothing in column ru"},
		{"no label in a language", "labels.tsv", "\t已撤回", "", "nothing in column zh"},
		{"two values of one label", "labels.tsv", "\tWithdrawn", "\tPLANNED", "is of the values"},
		{"unknown region", "states.tsv", "\tAfrica\t", "\tAtlantis\t", "Atlantis"},
	} {
		t.Run(test.name, func(t *testing.T) {
			message := generateChanged(t, test.file, test.old, test.new)
			if !strings.Contains(message, test.message) {
				t.Errorf("the generator says %q, want something with %q", message, test.message)
			}
		})
	}
}

// generateChanged runs the generator on tables one of which has a change, and
// returns what it says.
func generateChanged(t *testing.T, changed, old, new string) string {
	t.Helper()
	dir := t.TempDir()
	for _, file := range []string{"states.tsv", "state_aliases.tsv", "labels.tsv", "principles.tsv", "currencies.tsv"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if file == changed {
			if !bytes.Contains(data, []byte(old)) {
				t.Fatalf("%s has no %q", file, old)
			}
			data = bytes.Replace(data, []byte(old), []byte(new), 1)
		}
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	message, err := exec.Command("go", "run", "gen.go", "gen_read.go", "-in", dir, "-o", dir).CombinedOutput()
	if err == nil {
		t.Fatal("the generator accepts it")
	}
	return string(message)
}
