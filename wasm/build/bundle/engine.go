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

	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
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
// reads wasm_exec.js, which must be of the very toolchain that compiled them:
// the two speak a private protocol. What no page needs is left out, before
// compiling (package overlay) and after linking (package trim).
func buildEngines(ctx context.Context, dir string, o Options, log io.Writer) (engines [][]byte, wasmExec []byte, err error) {
	tmp, err := os.MkdirTemp("", "gcm-pledges-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(tmp)

	edits := edited(ctx, dir, tmp, o, log)
	for _, e := range elements {
		engine, err := compileEither(ctx, dir, tmp, e, o, edits, log)
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

// compileEither compiles one engine with edits, or without, and a warning, if
// the sources around what is edited don't go with it.
func compileEither(ctx context.Context, dir, tmp string, e element, o Options, edits overlay.Build, log io.Writer) ([]byte, error) {
	engine, err := compile(ctx, dir, tmp, e, o, edits)
	if err == nil || ctx.Err() != nil || len(edits.Args)+len(edits.Env) == 0 {
		return engine, err
	}
	engine, err2 := compile(ctx, dir, tmp, e, o, overlay.Build{})
	if err2 == nil {
		fmt.Fprintf(log, "warning: %s stays larger than it could be: %v\n", e.engine, err)
	}
	return engine, err2
}

// compile compiles one engine.
func compile(ctx context.Context, dir, tmp string, e element, o Options, edits overlay.Build) ([]byte, error) {
	out := filepath.Join(tmp, "engine.wasm")
	args := append([]string{"build", "-o", out}, engineFlags[:]...)
	args = append(append(args, edits.Args...), "-tags="+o.Tags, e.command)
	if _, err := runGo(ctx, dir, append(engineEnv[:], edits.Env...), args...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// edited prepares shorter sources for the compiler. There are none, or not all,
// with a warning, if the sources aren't those that are known; and none at all
// if names are to be kept: then tracebacks are wanted.
func edited(ctx context.Context, dir, tmp string, o Options, log io.Writer) overlay.Build {
	if o.KeepNames {
		return overlay.Build{}
	}
	b, err := overlay.Prepare(ctx, tmp, dir, func(ctx context.Context, env []string, args ...string) ([]byte, error) {
		return runGo(ctx, dir, append(engineEnv[:], env...), args...)
	})
	if err != nil {
		fmt.Fprintf(log, "warning: the engines stay larger than they could be: %v\n", err)
	}
	return b
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
