// Command trimexec lets tests run on what is shipped: for go test -exec it runs
// a js/wasm program in Node after trimming it, and with -edits it prepares Go's
// library in the form that engines are compiled with.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
	"github.com/gcmkit/gcmkit/wasm/build/internal/trim"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("trimexec: ")
	switch {
	case len(os.Args) < 2:
		log.Fatal(usage)
	case os.Args[1] == "-edits":
		if len(os.Args) != 3 {
			log.Fatal(usage)
		}
		if err := edits(os.Args[2]); err != nil {
			log.Fatal(err)
		}
		return
	}
	var o trim.Options
	args := os.Args[1:]
	if args[0] == "-edited" && len(args) > 1 {
		o.Numbered = true
		args = args[1:]
	}
	status, err := run(args[0], args[1:], o)
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(status)
}

const usage = `usage: trimexec [-edited] PROGRAM.wasm [argument ...]
                             runs it after trimming; -edited: it was compiled
                             with edits, which allow for more
       trimexec -edits DIR   writes edited sources to DIR, and prints the
                             environment in which the go command compiles with
                             them, and with the flags of engines`

// edits prints NAME=value, one a line.
func edits(dir string) error {
	ctx := context.Background()
	module, err := goCommand(ctx, nil, "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	b, err := overlay.Prepare(ctx, dir, string(bytes.TrimSpace(module)), goCommand)
	if err != nil {
		return err
	}
	for _, name := range b.Env {
		fmt.Println(name)
	}
	fmt.Println("GOFLAGS=" + strings.Join(append(compile.Flags(), b.Args...), " "))
	return nil
}

func goCommand(ctx context.Context, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env = append(append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOWORK=off", "GOFLAGS="), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.New(strings.TrimSpace(stderr.String()))
	}
	return out, nil
}

func run(program string, args []string, o trim.Options) (status int, err error) {
	whole, err := os.ReadFile(program)
	if err != nil {
		return 0, err
	}
	trimmed, err := trim.Trim(whole, o)
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
