//go:build !js

package compile

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
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

func TestEngineOfAnUnknownLayoutIsShippedAsItIs(t *testing.T) {
	stub := []byte("not WebAssembly")
	var log strings.Builder
	c := &Compiler{o: Options{Log: &log}}
	if got := c.trimmed(stub, "gcm-pledges"); !bytes.Equal(got, stub) {
		t.Errorf("%d bytes of %d", len(got), len(stub))
	}
	if !strings.Contains(log.String(), "warning: gcm-pledges stays larger") {
		t.Errorf("log %q", log.String())
	}
}

func TestUnknownSourcesAreCompiledAsTheyAre(t *testing.T) {
	var log strings.Builder
	o := Options{Dir: program(t, ""), Tmp: t.TempDir(), Log: &log}
	c := New(t.Context(), o)
	if !strings.Contains(log.String(), "warning: the engines stay larger") || !strings.Contains(log.String(), "safejs") {
		t.Errorf("log %q", log.String())
	}

	log.Reset()
	c.edits = overlay.Build{Args: []string{"-overlay=" + filepath.Join(o.Tmp, "none.json")}}
	if engine, err := c.Engine(t.Context(), "program", "."); err != nil || len(engine) == 0 {
		t.Errorf("%d bytes, %v", len(engine), err)
	}
	if !strings.Contains(log.String(), "warning: program stays larger") {
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
