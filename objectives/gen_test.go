package objectives

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

func TestTablesAreWhatTheGeneratorWrites(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("js can't start the generator")
	}
	if testing.Short() {
		t.Skip("compiles the generator")
	}
	for _, input := range []string{"gen.go", "objectives.tsv"} {
		if _, err := os.Stat(input); err != nil { // and go test's cache learns what the result depends on
			t.Fatal(err)
		}
	}
	again := filepath.Join(t.TempDir(), "tables.go")
	if output, err := exec.Command("go", "run", "gen.go", "-o", again).CombinedOutput(); err != nil {
		t.Fatalf("go run gen.go: %v\n%s", err, output)
	}
	want, err := os.ReadFile(again)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("tables.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("tables.go and objectives.tsv differ: run go generate")
	}
}
