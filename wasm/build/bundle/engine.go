package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const (
	modulePath    = "github.com/gcmkit/gcmkit"
	enginePackage = modulePath + "/wasm/widget"
)

// engineFlags make the build small and independent of where it happens: no
// symbols, no paths, no commit, no build id.
var engineFlags = [...]string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid="}

// engineEnv overrides what the user's environment or `go env -w` may say. An
// empty value means the toolchain's default.
var engineEnv = [...]string{
	"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0",
	"GOFLAGS=", "GOWASM=", "GOEXPERIMENT=", "GODEBUG=", "GO111MODULE=",
	"GOWORK=off", // the versions are those of the module's own go.mod
}

// buildEngine compiles the engine and reads wasm_exec.js, which must be of the
// very toolchain that compiled it: the two speak a private protocol.
func buildEngine(ctx context.Context, tags string) (engine, wasmExec []byte, err error) {
	dir, err := moduleDir(ctx)
	if err != nil {
		return nil, nil, err
	}
	tmp, err := os.MkdirTemp("", "gcm-pledges-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(tmp)

	out := filepath.Join(tmp, "engine.wasm")
	args := append([]string{"build", "-o", out}, engineFlags[:]...)
	args = append(args, "-tags="+tags, enginePackage)
	if _, err := runGo(ctx, dir, engineEnv[:], args...); err != nil {
		return nil, nil, err
	}
	if engine, err = os.ReadFile(out); err != nil {
		return nil, nil, err
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
	return engine, wasmExec, nil
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
		return nil, fmt.Errorf("the go command is needed to build the engine: %w", err)
	}
	said := strings.TrimSpace(stderr.String() + stdout.String())
	return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, said)
}
