//go:build !js

// This test runs the go command, which a js/wasm program can't.

package schema_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestGeneratorWritesTheSchemasThatAreThere(t *testing.T) {
	dir := t.TempDir()
	if message, err := exec.Command("go", "run", "gen.go", "-o", dir).CombinedOutput(); err != nil {
		t.Fatalf("go run gen.go: %v\n%s", err, message)
	}
	for name, file := range files {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(file(), want) {
			t.Errorf("%s is not what the template makes: run go generate", name)
		}
	}
}
