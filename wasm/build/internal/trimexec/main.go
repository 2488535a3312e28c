// Command trimexec lets tests run on what is shipped: for go test -exec it runs
// a js/wasm program in Node after trimming and rewriting it, and with -edits it prepares Go's
// library in the form that engines are compiled with.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/compile"
	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
	"github.com/gcmkit/gcmkit/wasm/build/internal/peephole"
	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
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
	status, err := run(os.Args[1], os.Args[2:])
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(status)
}

const usage = `usage: trimexec PROGRAM.wasm [argument ...]
                             runs it after trimming, as was prepared
       trimexec -edits DIR   writes edited sources to DIR, prepares trimming what
                             is compiled with them, and prints the environment
                             in which the go command compiles with them, with
                             the flags of engines, and in which trimexec runs it
`

// variable names the file that says how to trim.
const variable = "GCMKIT_TRIM"

// trimming is what the file says.
type trimming struct {
	Layout  *trim.Layout
	Options trim.Options
}

// edits prints NAME=value, one a line.
func edits(dir string) error {
	ctx := context.Background()
	module, err := goCommand(ctx, nil, "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	sources, err := toolchain.Find(ctx, goCommand)
	if err != nil {
		return err
	}
	layout, err := trim.ReadLayout(sources)
	if err != nil {
		return err
	}
	b, err := overlay.Prepare(ctx, overlay.Options{Tmp: dir, Module: string(bytes.TrimSpace(module)), Go: goCommand, Sources: sources})
	if err != nil {
		return err
	}
	text, err := json.Marshal(trimming{layout, trim.Options{Numbered: b.Numbered}})
	if err != nil {
		return err
	}
	file := filepath.Join(dir, "trim.json")
	if err := os.WriteFile(file, text, 0o666); err != nil {
		return err
	}
	for _, name := range b.Env {
		fmt.Println(name)
	}
	fmt.Println("GOFLAGS=" + strings.Join(append(compile.Flags(), b.Args...), " "))
	fmt.Println(variable + "=" + file)
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

func run(program string, args []string) (status int, err error) {
	var t trimming
	text, err := os.ReadFile(os.Getenv(variable))
	if err == nil {
		err = json.Unmarshal(text, &t)
	}
	if err != nil {
		return 0, fmt.Errorf("%s, which -edits prints: %w", variable, err)
	}
	whole, err := os.ReadFile(program)
	if err != nil {
		return 0, err
	}
	trimmed, err := t.Layout.Trim(whole, t.Options)
	if err == nil {
		trimmed, err = peephole.Rewrite(trimmed)
	}
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
