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
