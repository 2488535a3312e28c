package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What is said to use an import compiles, all of it in one program.
func TestImportsAreUsed(t *testing.T) {
	paths, uses := "", ""
	for _, imp := range imports {
		paths += fmt.Sprintf("%q\n", imp.path)
		uses += "{ " + imp.use + " }\n"
	}
	file := filepath.Join(t.TempDir(), "main.go")
	if err := os.WriteFile(file, fmt.Appendf(nil, program, paths, uses), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "vet", "-trimpath", file)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
