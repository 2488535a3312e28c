//go:build !js

package bundle

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/overlay"
)

// The same bytes must come out wherever the source lies and whatever is in the
// build cache: that is what lets a site check what it was given.
func TestBuildIsReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the engine and the standard library under it a second time")
	}
	here, err := moduleDir(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(here, "wasm", "widget")); err != nil {
		t.Skip("there is no engine to build yet")
	}
	there := filepath.Join(t.TempDir(), "another", "place")
	copySource(t, here, there)

	first := built(t, here)
	t.Setenv("GOCACHE", t.TempDir())
	second := built(t, there)
	if len(first) != len(second) {
		t.Errorf("%d files, then %d", len(first), len(second))
	}
	for name, content := range first {
		if !bytes.Equal(content, second[name]) {
			t.Errorf("%s differs (%d bytes, then %d)", name, len(content), len(second[name]))
		}
	}
}

// built builds from the source in dir and returns what was written.
func built(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	t.Chdir(dir)
	out := t.TempDir()
	// What compression makes of equal bytes is a test of its own: TestCompressionIsReproducible.
	if _, err := Build(t.Context(), Options{Dir: out, Uncompressed: true}); err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, name := range names(t, out) {
		files[name] = read(t, out, name)
	}
	return files
}

// copySource copies what a module zip would hold: no version control.
func copySource(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch target := filepath.Join(to, rel); {
		case d.IsDir() && strings.HasPrefix(d.Name(), ".") && rel != ".":
			return filepath.SkipDir
		case d.IsDir():
			return os.MkdirAll(target, 0o777)
		case !d.Type().IsRegular():
			return nil
		default:
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(target, content, 0o666)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestModuleIsFoundFromAModuleThatReplacesIt(t *testing.T) {
	here, err := moduleDir(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	user := t.TempDir()
	mod := "module example.org/user\n\ngo 1.26.0\n\n" +
		"require " + modulePath + " v0.0.0\n\nreplace " + modulePath + " => " + here + "\n"
	if err := os.WriteFile(filepath.Join(user, "go.mod"), []byte(mod), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Chdir(user)
	if got, err := moduleDir(t.Context()); err != nil || got != here {
		t.Errorf("found %q, %v; want %q", got, err, here)
	}
}

func TestModuleIsMissedClearly(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := moduleDir(t.Context())
	if err == nil || !strings.Contains(err.Error(), "run this inside") {
		t.Errorf("error %v does not say what to do", err)
	}
}

func TestCompilerMessagesAreKept(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  "module example.org/broken\n\ngo 1.26.0\n",
		"main.go": "package main\n\nfunc main() { pledge() }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	_, err := runGo(t.Context(), dir, engineEnv[:], "build", ".")
	if err == nil || !strings.Contains(err.Error(), "undefined: pledge") {
		t.Errorf("error %v lacks the compiler's message", err)
	}
}

func TestMissingGoCommandIsSaid(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Build(t.Context(), Options{Dir: t.TempDir()})
	if !errors.Is(err, exec.ErrNotFound) || !strings.Contains(err.Error(), "go command is needed") {
		t.Errorf("error %v does not say that Go is missing", err)
	}
}

func TestDirectoryIsCheckedFirst(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", t.TempDir()) // the compiler is not even looked for
	for _, dir := range []string{"", file, filepath.Join(file, "below")} {
		_, err := Build(t.Context(), Options{Dir: dir})
		if err == nil || !strings.Contains(err.Error(), "directory") {
			t.Errorf("directory %q: error %v", dir, err)
		}
	}
}

func TestEngineOfAnUnknownLayoutIsShippedAsItIs(t *testing.T) {
	var log strings.Builder
	if got := trimmed(stub, elements[0], Options{}, &log); !bytes.Equal(got, stub) {
		t.Errorf("%d bytes of %d", len(got), len(stub))
	}
	if !strings.Contains(log.String(), "warning: gcm-pledges stays larger") {
		t.Errorf("log %q", log.String())
	}
}

func TestUnknownSourcesAreCompiledAsTheyAre(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":  "module example.org/empty\n\ngo 1.26.0\n",
		"main.go": "package main\n\nfunc main() {}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	e := element{engine: "empty", command: "."}

	var log strings.Builder // this module has no binding that could be edited
	edited(t.Context(), dir, t.TempDir(), Options{}, &log)
	if !strings.Contains(log.String(), "warning: the engines stay larger") || !strings.Contains(log.String(), "safejs") {
		t.Errorf("log %q", log.String())
	}

	log.Reset()
	broken := overlay.Build{Args: []string{"-overlay=" + filepath.Join(dir, "none.json")}}
	if engine, err := compileEither(t.Context(), dir, t.TempDir(), e, Options{}, broken, &log); err != nil || len(engine) == 0 {
		t.Errorf("%d bytes, %v", len(engine), err)
	}
	if !strings.Contains(log.String(), "warning: empty stays larger") {
		t.Errorf("log %q", log.String())
	}

	log.Reset()
	if b := edited(t.Context(), dir, t.TempDir(), Options{KeepNames: true}, &log); len(b.Args)+len(b.Env) > 0 || log.Len() > 0 {
		t.Errorf("names are to be kept, but %+v, log %q", b, log.String())
	}
}
