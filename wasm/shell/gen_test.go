//go:build !js

// This test runs the go command, which a js/wasm program can't.

package shell

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The filters of element, types and README are those of package tally.
func TestGeneratorWritesTheFiltersThatAreThere(t *testing.T) {
	dir := t.TempDir()
	if message, err := exec.Command("go", "run", "gen.go", "-o", dir).CombinedOutput(); err != nil {
		t.Fatalf("go run gen.go: %v\n%s", err, message)
	}
	for _, name := range []string{"widget/filters.ts", "widget/gcm-pledges.d.ts", "../README.md"} {
		got, err1 := os.ReadFile(filepath.Join(dir, filepath.Base(name)))
		want, err2 := os.ReadFile(name)
		if err1 != nil || err2 != nil || !bytes.Equal(got, want) {
			t.Errorf("%s doesn't have the filters of package tally and filters.tsv; run go generate ./wasm/shell (%v, %v)", name, err1, err2)
		}
	}
}
