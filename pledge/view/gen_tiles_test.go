//go:build !js

// This test runs the go command, which a js/wasm program can't.

package view_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestGeneratorWritesTheTilesThatAreThere(t *testing.T) {
	output := filepath.Join(t.TempDir(), "tiles.go")
	if message, err := exec.Command("go", "run", "gen_tiles.go", "-o", output).CombinedOutput(); err != nil {
		t.Fatalf("go run gen_tiles.go: %v\n%s", err, message)
	}
	got, err1 := os.ReadFile(output)
	want, err2 := os.ReadFile("tiles.go")
	if err1 != nil || err2 != nil || !bytes.Equal(got, want) {
		t.Errorf("tiles.go is not what gen_tiles.go makes of tiles.tsv; run go generate (%v, %v)", err1, err2)
	}
}
