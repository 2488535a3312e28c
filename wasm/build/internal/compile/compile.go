// Package compile makes engines: it compiles programs for pages, without what
// no page needs. Package overlay edits a few functions before they are
// compiled, and package trim leaves out data after linking. Both work by what the
// sources of the toolchain say. Where these aren't known an engine stays larger,
// with a warning; and what has been made is started once where Node is there.
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
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
	"github.com/gcmkit/gcmkit/wasm/build/internal/peephole"
	"github.com/gcmkit/gcmkit/wasm/build/internal/start"
	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
	"github.com/gcmkit/gcmkit/wasm/build/internal/trim"
)

// flags make the builds small and independent of where it happens: no paths, no
// commit, no build id. Functions that are called once for each node of a view, or
// once for each question of the page, aren't copied to where they are called, nor are
// those of texts and numbers: the engine is smaller by more than 10 KB. Reading would
// be slower by an eighth, so package tally is compiled as ever.
var flags = [...]string{
	"-trimpath", "-buildvcs=false",
	"-gcflags=syscall/js=-l", "-gcflags=strings=-l", "-gcflags=strconv=-l",
	"-gcflags=github.com/gcmkit/gcmkit/objectives=-l", "-gcflags=github.com/gcmkit/gcmkit/pledge/internal/wire=-l",
	"-gcflags=github.com/gcmkit/gcmkit/pledge/view=-l", "-gcflags=github.com/gcmkit/gcmkit/pledge/view/locale=-l",
	"-gcflags=github.com/gcmkit/gcmkit/wasm/internal/engine=-l", "-gcflags=github.com/gcmkit/gcmkit/wasm/internal/binding=-l",
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

// Rewriting is the name of what package peephole does.
const Rewriting = "code"

// Options say what a Compiler needs.
type Options struct {
	Dir string // of the module that has the programs
	Tmp string // for files that are there as long as the Compiler is used
	// Tags are build tags, comma-separated. Default: none.
	Tags string
	// KeepNames keeps the names of functions and files, so that a panic says
	// where it was, and edits nothing of Go's library. Default: they are left out.
	KeepNames bool
	// Without names edits that aren't made, or [Rewriting]. Default: all are.
	Without []string
	// Starts tells whether an engine starts; an error that is [start.ErrNoNode]
	// is that nobody knows. Default: nobody looks.
	Starts func(ctx context.Context, pkg string, engine []byte) error
	// Log receives warnings, each in one write. Default: nobody is told.
	Log io.Writer
}

// A Compiler compiles the programs of one module, one after the other.
type Compiler struct {
	o      Options
	edits  overlay.Build
	layout *trim.Layout // nil if that of the toolchain isn't known
}

// New reads the toolchain's sources and prepares those that are edited. It can't
// fail: what isn't known is compiled as it is.
func New(ctx context.Context, o Options) *Compiler {
	if o.Log == nil {
		o.Log = io.Discard
	}
	c := &Compiler{o: o}
	run := func(ctx context.Context, more []string, args ...string) ([]byte, error) {
		return Go(ctx, o.Dir, append(env[:], more...), args...)
	}
	sources, err := toolchain.Find(ctx, run)
	if err == nil {
		c.layout, err = trim.ReadLayout(sources)
	}
	if err != nil {
		c.warn("nothing is trimmed, so that the engines are larger than they could be", err)
	}
	if o.KeepNames {
		return c
	}
	without := o.Without
	if c.layout == nil {
		without = append(without[:len(without):len(without)], overlay.Numbers) // which trimming checks
	}
	c.edits, err = overlay.Prepare(ctx, overlay.Options{Tmp: o.Tmp, Module: o.Dir, Go: run, Sources: sources, Without: without})
	if err != nil {
		c.warn("the engines are larger than they could be", err)
	}
	return c
}

func (c *Compiler) warn(what string, why error) {
	fmt.Fprintf(c.o.Log, "warning: %s: %v\n", what, why)
}

// WithTags returns a Compiler that compiles with more build tags, comma-separated.
func (c *Compiler) WithTags(tags string) *Compiler {
	more := *c
	more.o.Tags = strings.Trim(c.o.Tags+","+tags, ",")
	return &more
}

// Edits are those that are made.
func (c *Compiler) Edits() []*overlay.Edit { return c.edits.Edits }

// Layout is that of what the toolchain makes; nil if it isn't known.
func (c *Compiler) Layout() *trim.Layout { return c.layout }

// Engine returns the program in the package pkg as it is shipped. name is for
// warnings. Where there is any doubt it is the program as the toolchain makes it,
// with a warning. One that doesn't start is an error.
func (c *Compiler) Engine(ctx context.Context, name, pkg string) ([]byte, error) {
	if engine, err := c.Smaller(ctx, pkg); err == nil {
		switch err := c.starts(ctx, pkg, engine); {
		case err == nil:
			return engine, nil
		case errors.Is(err, start.ErrNoNode):
			c.warn(name+" hasn't been started", err)
			return engine, nil
		case ctx.Err() != nil:
			return nil, err
		default:
			c.warn(name+" is larger than it could be", err)
		}
	} else if ctx.Err() != nil {
		return nil, err
	} else if !errors.Is(err, errAsItIs) {
		c.warn(name+" is larger than it could be", err)
	}
	engine, err := c.Plain(ctx, pkg)
	if err != nil {
		return nil, err
	}
	switch err := c.starts(ctx, pkg, engine); {
	case errors.Is(err, start.ErrNoNode):
		c.warn(name+" hasn't been started", err)
	case err != nil:
		return nil, fmt.Errorf("%s as the toolchain makes it: %w", name, err)
	}
	return engine, nil
}

// errAsItIs means that nothing can be left out of a program.
var errAsItIs = errors.New("compiled as it is")

// Smaller returns the program with the edits, trimmed and rewritten, and not started.
func (c *Compiler) Smaller(ctx context.Context, pkg string) ([]byte, error) {
	if c.layout == nil && len(c.edits.Edits) == 0 {
		return nil, errAsItIs
	}
	engine, err := c.compile(ctx, pkg, withoutNames, c.edits)
	if err == nil && c.layout != nil {
		engine, err = c.layout.Trim(engine, trim.Options{KeepNames: c.o.KeepNames, Numbered: c.edits.Numbered})
	}
	if err != nil || slices.Contains(c.o.Without, Rewriting) {
		return engine, err
	}
	return peephole.Rewrite(engine)
}

func (c *Compiler) starts(ctx context.Context, pkg string, engine []byte) error {
	if c.o.Starts == nil {
		return nil
	}
	return c.o.Starts(ctx, pkg, engine)
}

// Named returns the program as it was before anything was taken out of it, with
// the names of its functions.
func (c *Compiler) Named(ctx context.Context, pkg string) ([]byte, error) {
	return c.compile(ctx, pkg, withNames, c.edits)
}

// Plain returns the program as the toolchain makes it.
func (c *Compiler) Plain(ctx context.Context, pkg string) ([]byte, error) {
	return c.compile(ctx, pkg, withoutNames, overlay.Build{})
}

// Packages lists what is linked into a program.
func (c *Compiler) Packages(ctx context.Context, pkg string) ([]string, error) {
	out, err := c.run(ctx, c.edits, "list", "-deps", "-tags="+c.o.Tags, pkg)
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

func (c *Compiler) compile(ctx context.Context, pkg, link string, edits overlay.Build) ([]byte, error) {
	out := filepath.Join(c.o.Tmp, "engine.wasm")
	args := append([]string{"build", "-o", out, link}, flags[:]...)
	args = append(append(args, edits.Args...), "-tags="+c.o.Tags, pkg)
	if _, err := c.run(ctx, edits, args...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
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
