// Command trimexec runs a js/wasm program in Node after trimming it. It is for
// go test -exec, so that the tests run on what is shipped.
package main

import (
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/trim"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("trimexec: ")
	if len(os.Args) < 2 {
		log.Fatal("usage: trimexec PROGRAM.wasm [argument ...]")
	}
	status, err := run(os.Args[1], os.Args[2:])
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(status)
}

func run(program string, args []string) (status int, err error) {
	whole, err := os.ReadFile(program)
	if err != nil {
		return 0, err
	}
	trimmed, err := trim.Trim(whole, trim.Options{})
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "trimexec-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "trimmed.wasm")
	if err := os.WriteFile(file, trimmed, 0o644); err != nil {
		return 0, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), append([]string{file}, args...)...)
	// Go's js/wasm refuses a large environment.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.Getenv("TMPDIR")}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		return 0, err
	}
	return cmd.ProcessState.ExitCode(), nil
}
