//go:build !js

package search

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestGeneratorWritesTheTablesThatAreThere(t *testing.T) {
	output := t.TempDir()
	if message, err := exec.Command("go", "run", "gen.go", "-o", output).CombinedOutput(); err != nil {
		t.Fatalf("go run gen.go: %v\n%s", err, message)
	}
	want, err := os.ReadFile(filepath.Join(output, "tables.go"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile("tables.go"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("tables.go is not what gen.go makes: run go generate (%v)", err)
	}
}
