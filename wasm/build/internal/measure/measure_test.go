package measure

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

func TestCodeIsCountedByPackage(t *testing.T) {
	section := func(id byte, body string) string { return string([]byte{id, byte(len(body))}) + body }
	text := func(s string) string { return string([]byte{byte(len(s))}) + s }
	wasm := "\x00asm\x01\x00\x00\x00" +
		section(2, "\x01"+text("gojs")+text("f")+"\x00\x00") +
		section(10, "\x04\x02ab\x03abc\x01a\x04abcd") +
		section(0, text("name")+"\x00"+text("x")+"\x01"+text("\x04\x01"+text("a_b.F")+"\x02"+text("a.b_c.__T_.G")+"\x03"+text("type_.eq.x")+"\x04"+text("a_b.G")))
	got, err := Code([]byte(wasm), []string{"a/b", "a.b/c", "a"})
	if want := map[string]int{"a/b": 6, "a.b/c": 3, "": 1}; err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	for _, bad := range []string{"", "x", wasm[:8], wasm[:len(wasm)-4], wasm[:20]} {
		if got, err := Code([]byte(bad), nil); !errors.Is(err, ErrNames) {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
}

func TestCodeOfAProgramIsWhereItShouldBe(t *testing.T) {
	if runtime.GOOS == "js" || testing.Short() {
		t.Skip("runs the go command")
	}
	dir := t.TempDir()
	main := filepath.Join(dir, "main.go")
	if err := os.WriteFile(main, []byte("package main\n\nfunc main() { println(1) }\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "program.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-o", out, main)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	wasm, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	code, err := Code(wasm, []string{"main", "runtime", "internal/runtime/maps", "fmt"})
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range code {
		total += n
	}
	if code["main"] == 0 || code["fmt"] != 0 || code["runtime"] < total/2 || code[""] > total/5 {
		t.Errorf("%v", code)
	}
}
