// Package compile makes engines: it compiles programs for pages, without what
// no page needs. Package overlay edits a few functions before they are
// compiled, and package trim leaves out data after linking. Where a toolchain
// isn't known to one of them an engine stays larger, with a warning.
package compile

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

// flags make the builds small and independent of where it happens: no paths, no
// commit, no build id. Functions that are called once for each node of a view
// aren't copied to where they are called: that makes a view hardly slower, and
// the engine 10 KB smaller.
var flags = [...]string{
	"-trimpath", "-buildvcs=false",
	"-gcflags=github.com/gcmkit/gcmkit/pledge/view=-l", "-gcflags=syscall/js=-l",
}

const (
	withNames    = "-ldflags=-buildid="
	withoutNames = "-ldflags=-s -w -buildid="
)

// env overrides what the user's environment or `go env -w` may say. An empty
// value means the toolchain's default.
var env = [...]string{
	"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0",
	"GOFLAGS=", "GOWASM=", "GOEXPERIMENT=", "GODEBUG=", "GO111MODULE=",
	"GOWORK=off", // the versions are those of the module's own go.mod
}

// Options say what a Compiler needs.
type Options struct {
	Dir string // of the module that has the programs
	Tmp string // for files that are there as long as the Compiler is used
	// Tags are build tags, comma-separated. Default: none.
	Tags string
	// KeepNames keeps the names of functions and files, so that a panic says
	// where it was, and edits nothing. Default: they are left out.
	KeepNames bool
	// Log receives warnings. Default: nobody is told.
	Log io.Writer
}

// A Compiler compiles the programs of one module, one after the other.
type Compiler struct {
	o     Options
	edits overlay.Build
}

// New prepares the sources. It can't fail: what can't be prepared is compiled
// as it is.
func New(ctx context.Context, o Options) *Compiler {
	if o.Log == nil {
		o.Log = io.Discard
	}
	c := &Compiler{o: o}
	if o.KeepNames {
		return c
	}
	var err error
	c.edits, err = overlay.Prepare(ctx, o.Tmp, o.Dir, func(ctx context.Context, more []string, args ...string) ([]byte, error) {
		return Go(ctx, o.Dir, append(env[:], more...), args...)
	})
	if err != nil {
		fmt.Fprintf(o.Log, "warning: the engines stay larger than they could be: %v\n", err)
	}
	return c
}

// Engine returns the program in the package pkg as it is shipped. name is for
// warnings.
func (c *Compiler) Engine(ctx context.Context, name, pkg string) ([]byte, error) {
	engine, err := c.compile(ctx, pkg, withoutNames, c.edits)
	if err == nil && c.edits.Numbered {
		// Trimmed in a way that unedited programs can't be, so it is both or none.
		engine, err = trim.Trim(engine, trim.Options{Numbered: true})
		if err == nil {
			return engine, nil
		}
	}
	if err != nil {
		if engine, err = c.unedited(ctx, name, pkg, withoutNames, err); err != nil {
			return nil, err
		}
	}
	return c.trimmed(engine, name), nil
}

// Named returns the program as it was before anything was taken out of it, with
// the names of its functions.
func (c *Compiler) Named(ctx context.Context, name, pkg string) ([]byte, error) {
	engine, err := c.compile(ctx, pkg, withNames, c.edits)
	if err != nil {
		return c.unedited(ctx, name, pkg, withNames, err)
	}
	return engine, nil
}

// Plain returns the program as the toolchain makes it, for comparison.
func (c *Compiler) Plain(ctx context.Context, pkg string) ([]byte, error) {
	return c.compile(ctx, pkg, withoutNames, overlay.Build{})
}

// Packages lists what is linked into a program.
func (c *Compiler) Packages(ctx context.Context, pkg string) ([]string, error) {
	out, err := c.run(ctx, c.edits, "list", "-deps", pkg)
	return strings.Fields(string(out)), err
}

// Root is the GOROOT of the toolchain that compiles. It is asked in the same
// directory and environment, so that a toolchain line in go.mod chooses the
// same toolchain again.
func (c *Compiler) Root(ctx context.Context) (string, error) {
	out, err := c.run(ctx, overlay.Build{}, "env", "GOROOT")
	return strings.TrimSpace(string(out)), err
}

// Version is that of the toolchain: go1.26.8.
func (c *Compiler) Version(ctx context.Context) (string, error) {
	out, err := c.run(ctx, overlay.Build{}, "env", "GOVERSION")
	return strings.TrimSpace(string(out)), err
}

func (c *Compiler) run(ctx context.Context, edits overlay.Build, args ...string) ([]byte, error) {
	return Go(ctx, c.o.Dir, append(env[:], edits.Env...), args...)
}

// unedited compiles without the edits, and with a warning, where there was an
// error with them: the sources around what is edited may not go with it.
func (c *Compiler) unedited(ctx context.Context, name, pkg, link string, broken error) ([]byte, error) {
	if ctx.Err() != nil || len(c.edits.Args)+len(c.edits.Env) == 0 {
		return nil, broken
	}
	engine, err := c.compile(ctx, pkg, link, overlay.Build{})
	if err == nil {
		fmt.Fprintf(c.o.Log, "warning: %s stays larger than it could be: %v\n", name, broken)
	}
	return engine, err
}

func (c *Compiler) compile(ctx context.Context, pkg, link string, edits overlay.Build) ([]byte, error) {
	out := filepath.Join(c.o.Tmp, "engine.wasm")
	args := append([]string{"build", "-o", out, link}, flags[:]...)
	args = append(append(args, edits.Args...), "-tags="+c.o.Tags, pkg)
	if _, err := c.run(ctx, edits, args...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// trimmed returns the engine without what no page reads; as it is, with a
// warning, if a toolchain has laid it out in a way that isn't known.
func (c *Compiler) trimmed(engine []byte, name string) []byte {
	smaller, err := trim.Trim(engine, trim.Options{KeepNames: c.o.KeepNames})
	if err != nil {
		fmt.Fprintf(c.o.Log, "warning: %s stays larger than it could be: %v\n", name, err)
		return engine
	}
	return smaller
}

// Env is the environment that engines are compiled in, beside the user's own.
func Env() []string { return append([]string(nil), env[:]...) }

// Flags are the flags that engines are compiled with, beside those of the edits.
func Flags() []string { return append([]string(nil), flags[:]...) }

// Go runs the go command in dir and returns its output. An error holds what the
// command said, for instance the compiler's messages.
func Go(ctx context.Context, dir string, env []string, args ...string) ([]byte, error) {
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
