//go:build !js

package start

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program compiles a program that puts a function "serve" on its scope.
func program(t *testing.T, serve string) (Program, []byte) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir := t.TempDir()
	text := "package main\n\nimport \"syscall/js\"\n\nfunc main() {\n" + serve + "\nselect {}\n}\n\nvar _ js.Value\n"
	out := filepath.Join(dir, "program.wasm")
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-trimpath", "-o", out, filepath.Join(dir, "main.go"))
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOFLAGS=")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	wasmExec, err1 := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	wasm, err2 := os.ReadFile(out)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return Program{WasmExec: wasmExec, Function: "serve", Calls: []Call{{Args: []string{"say", "x"}, Want: "x!"}}}, wasm
}

const echo = `js.Global().Set("serve", js.FuncOf(func(_ js.Value, args []js.Value) any { ANSWER }))`

func TestProgramsThatDoNotServeAreNoticed(t *testing.T) {
	for name, c := range map[string]struct{ serve, said string }{
		"serves":           {strings.Replace(echo, "ANSWER", `return args[1].String() + "!"`, 1), ""},
		"ends":             {"return", "exit code 0"},
		"panics":           {`panic("broken at its start")`, "broken at its start"},
		"waits":            {"", "it hasn't begun to serve"},
		"panics later":     {strings.Replace(echo, "ANSWER", `panic("broken when called")`, 1), "broken when called"},
		"answers wrong":    {strings.Replace(echo, "ANSWER", `return "y"`, 1), "say is answered with y, without x!"},
		"serves something": {strings.Replace(echo, `"serve"`, `"other"`, 1), "it hasn't begun to serve"},
	} {
		p, wasm := program(t, strings.Replace(c.serve, "ANSWER", "return nil", 1))
		err := p.Start(t.Context(), wasm)
		if c.said == "" && err != nil || c.said != "" && (err == nil || !strings.Contains(err.Error(), c.said)) {
			t.Errorf("a program that %s: %v", name, err)
		}
		if c.said == "" {
			if err := p.Start(t.Context(), wasm[:len(wasm)/2]); err == nil || errors.Is(err, ErrNoNode) {
				t.Errorf("half a program: %v", err)
			}
		}
	}
}

func TestMissingOrOldNodeIsSaid(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if err := (Program{}).Start(t.Context(), nil); !errors.Is(err, ErrNoNode) {
		t.Errorf("without Node: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "node"), []byte("#!/bin/sh\necho v16.20.2\n"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := (Program{}).Start(t.Context(), nil); !errors.Is(err, ErrNoNode) {
		t.Errorf("with an old Node: %v", err)
	}
}
