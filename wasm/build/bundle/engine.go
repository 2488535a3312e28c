package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/trim"
)

const modulePath = "github.com/gcmkit/gcmkit"

// engineFlags make the builds small and independent of where it happens: no
// symbols, no paths, no commit, no build id.
var engineFlags = [...]string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid="}

// engineEnv overrides what the user's environment or `go env -w` may say. An
// empty value means the toolchain's default.
var engineEnv = [...]string{
	"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0",
	"GOFLAGS=", "GOWASM=", "GOEXPERIMENT=", "GODEBUG=", "GO111MODULE=",
	"GOWORK=off", // the versions are those of the module's own go.mod
}

// buildEngines compiles the engine of each element, from the module in dir, and
// reads wasm_exec.js, which must be of the very toolchain that compiled them: the two speak a private
// protocol. What of an engine no page reads is left out.
func buildEngines(ctx context.Context, dir string, o Options, log io.Writer) (engines [][]byte, wasmExec []byte, err error) {
	tmp, err := os.MkdirTemp("", "gcm-pledges-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(tmp)

	out := filepath.Join(tmp, "engine.wasm")
	for _, e := range elements {
		args := append([]string{"build", "-o", out}, engineFlags[:]...)
		args = append(args, "-tags="+o.Tags, e.command)
		if _, err := runGo(ctx, dir, engineEnv[:], args...); err != nil {
			return nil, nil, err
		}
		engine, err := os.ReadFile(out)
		if err != nil {
			return nil, nil, err
		}
		engines = append(engines, trimmed(engine, e, o, log))
	}

	// Asked in the same directory and environment, so that a toolchain line in
	// go.mod chooses the same toolchain again.
	root, err := runGo(ctx, dir, engineEnv[:], "env", "GOROOT")
	if err != nil {
		return nil, nil, err
	}
	name := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	if wasmExec, err = os.ReadFile(name); err != nil {
		return nil, nil, fmt.Errorf("the Go installation is not complete: %w", err)
	}
	return engines, wasmExec, nil
}

// trimmed returns the engine without what no page reads; as it is, with a
// warning, if a toolchain has laid it out in a way that isn't known.
func trimmed(engine []byte, e element, o Options, log io.Writer) []byte {
	smaller, err := trim.Trim(engine, trim.Options{KeepNames: o.KeepNames})
	if err != nil {
		fmt.Fprintf(log, "warning: %s stays larger than it could be: %v\n", e.engine, err)
		return engine
	}
	return smaller
}

// runGo runs the go command in dir and returns its output. An error holds what
// the command said, for instance the compiler's messages.
func runGo(ctx context.Context, dir string, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	switch {
	case err == nil:
		return stdout.Bytes(), nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return nil, fmt.Errorf("the go command is needed to build the engines: %w", err)
	}
	said := strings.TrimSpace(stderr.String() + stdout.String())
	return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, said)
}
