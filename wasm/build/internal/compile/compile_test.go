//go:build !js

package compile

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
	"github.com/gcmkit/gcmkit/wasm/build/internal/start"
)

// program makes a module of one program, which has no binding.
func program(t *testing.T, main string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  "module example.org/program\n\ngo 1.26.0\n",
		"main.go": "package main\n\nfunc main() { " + main + " }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCompilerMessagesAreKept(t *testing.T) {
	for _, keep := range []bool{false, true} {
		c := New(t.Context(), Options{Dir: program(t, "pledge()"), Tmp: t.TempDir(), KeepNames: keep})
		_, err := c.Engine(t.Context(), "program", ".")
		if err == nil || !strings.Contains(err.Error(), "undefined: pledge") {
			t.Errorf("error %v lacks the compiler's message", err)
		}
	}
}

// Whatever isn't known, an engine is made, as the toolchain makes it, and a warning
// says what it was.
func TestEngineIsMadeWithoutWhatIsNotKnown(t *testing.T) {
	dir := program(t, "")
	tmp := t.TempDir()
	plain, err := New(t.Context(), Options{Dir: dir, Tmp: tmp}).Plain(t.Context(), ".")
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("it doesn't start in Node")
	first := func(results ...error) func(context.Context, string, []byte) error {
		return func(context.Context, string, []byte) error {
			err := results[0]
			results = results[1:]
			return err
		}
	}
	for name, c := range map[string]struct {
		change  func(c *Compiler)
		warning string
		small   bool
		fails   bool
	}{
		"nothing":             {func(c *Compiler) {}, "", true, false},
		"the layout":          {func(c *Compiler) { c.layout, c.edits = nil, overlay.Build{} }, "", false, false},
		"the image":           {func(c *Compiler) { c.layout.Module.GoFunc -= 8 }, "program is larger than it could be: trim: funcdata", false, false},
		"the edited sources":  {func(c *Compiler) { c.edits.Args = []string{"-overlay=none.json"} }, "program is larger than it could be", false, false},
		"whether it starts":   {func(c *Compiler) { c.o.Starts = first(start.ErrNoNode) }, "program hasn't been started: there is no Node", true, false},
		"why it didn't start": {func(c *Compiler) { c.o.Starts = first(broken, nil) }, "program is larger than it could be: it doesn't start in Node", false, false},
		"why it never starts": {func(c *Compiler) { c.o.Starts = first(broken, broken) }, "program is larger", false, true},
	} {
		var log strings.Builder
		compiler := New(t.Context(), Options{Dir: dir, Tmp: tmp, Without: []string{"binding"}, Log: &log})
		if log.Len() > 0 {
			t.Fatal(log.String())
		}
		c.change(compiler)
		engine, err := compiler.Engine(t.Context(), "program", ".")
		switch {
		case c.fails:
			if !errors.Is(err, broken) || engine != nil {
				t.Errorf("%s: %d bytes, %v", name, len(engine), err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case c.small != (len(engine) < len(plain)*2/3) || !c.small && !bytes.Equal(engine, plain):
			t.Errorf("%s: %d bytes of %d", name, len(engine), len(plain))
		}
		if !strings.Contains(log.String(), c.warning) || (c.warning == "") != (log.Len() == 0) {
			t.Errorf("%s: log %q", name, log.String())
		}
	}
}

func TestUnknownSourcesAreCompiledAsTheyAre(t *testing.T) {
	var log strings.Builder
	o := Options{Dir: program(t, ""), Tmp: t.TempDir(), Log: &log}
	New(t.Context(), o)
	if !strings.Contains(log.String(), "warning: the engines are larger than they could be: edit binding is left out") {
		t.Errorf("log %q", log.String())
	}

	log.Reset()
	o.KeepNames = true
	if c := New(t.Context(), o); len(c.edits.Args)+len(c.edits.Env) > 0 || log.Len() > 0 {
		t.Errorf("names are to be kept, but %+v, log %q", c.edits, log.String())
	}
}

// The compiler takes no offence at flags for a package that there isn't.
func TestFlagsAreForPackagesOfTheEngine(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "github.com/gcmkit/gcmkit/wasm/widget")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := strings.Fields(string(out))
	for _, f := range flags {
		pkg, found := strings.CutPrefix(f, "-gcflags=")
		if pkg, _, _ := strings.Cut(pkg, "="); found && !slices.Contains(linked, pkg) {
			t.Errorf("%s: the engine has no package %s", f, pkg)
		}
	}
}
