package overlay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const safejs = "github.com/hack-pad/safejs"

// A Go runs the go command in the directory of a module, with the environment
// that the module is built in, and returns what it prints.
type Go func(ctx context.Context, env []string, args ...string) ([]byte, error)

// A Build is what the go command must be given so that it compiles the edited
// sources. The zero value changes nothing.
type Build struct {
	Env  []string // beside, or instead of, what the environment says
	Args []string // flags of go build and go test

	// Numbered says that a program finds its functions by number, so that package
	// trim may leave out what finds them by address, and must see that the numbers
	// have no gaps.
	Numbered bool
}

// add makes one of two.
func (b *Build) add(c Build) {
	b.Env = append(b.Env, c.Env...)
	b.Args = append(b.Args, c.Args...)
	b.Numbered = b.Numbered || c.Numbered
}

// Prepare writes the edited sources to the directory tmp, which must be there
// until nothing is built any more, and says how to build with them. module is
// the directory of the module that is built. Go's library and the binding are
// apart: if the sources of one aren't as they are known, the error says so, and
// what is returned is good for the other.
func Prepare(ctx context.Context, tmp, module string, run Go) (Build, error) {
	var b Build
	std, err1 := prepareStd(ctx, filepath.Join(tmp, "std"), run)
	if err1 == nil {
		b.add(std)
	}
	binding, err2 := prepareSafejs(ctx, filepath.Join(tmp, "workspace"), module, run)
	if err2 == nil {
		b.add(binding)
	}
	switch {
	case err1 == nil:
		return b, err2
	case err2 == nil:
		return b, err1
	}
	return b, fmt.Errorf("%w; %w", err1, err2)
}

// prepareStd writes an overlay, which takes the place of files of GOROOT.
func prepareStd(ctx context.Context, tmp string, run Go) (Build, error) {
	out, err := run(ctx, nil, "env", "-json", "GOROOT", "GOMODCACHE")
	if err != nil {
		return Build{}, err
	}
	var env struct{ GOROOT, GOMODCACHE string }
	if err := json.Unmarshal(out, &env); err != nil {
		return Build{}, err
	}
	src := filepath.Join(env.GOROOT, "src")
	set, err := Std()
	if err != nil {
		return Build{}, err
	}
	changed, err := set.Apply(reader(src))
	if err != nil {
		return Build{}, err
	}
	var overlay struct{ Replace map[string]string }
	overlay.Replace = make(map[string]string)
	for name, text := range changed {
		file := filepath.Join(tmp, filepath.FromSlash(name))
		if err := write(file, text); err != nil {
			return Build{}, err
		}
		overlay.Replace[filepath.Join(src, filepath.FromSlash(name))] = file
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		return Build{}, err
	}
	file := filepath.Join(tmp, "overlay.json")
	if err := write(file, list); err != nil {
		return Build{}, err
	}
	b := Build{Args: []string{"-overlay=" + file}, Numbered: true}
	if below(env.GOROOT, env.GOMODCACHE) {
		// The go command has downloaded the toolchain, and takes no overlay for
		// what lies in the module cache. Under another name it does.
		cache := filepath.Join(tmp, "mod")
		if err := os.Symlink(env.GOMODCACHE, cache); err != nil {
			return Build{}, err
		}
		b.Env = []string{"GOMODCACHE=" + cache}
	}
	return b, nil
}

// prepareSafejs writes a workspace of the module and of an edited copy of the
// binding. An overlay won't do, since its source is in the module cache, and a
// replace directive would leave the name of a directory in the engine.
func prepareSafejs(ctx context.Context, tmp, module string, run Go) (Build, error) {
	version, err1 := run(ctx, nil, "list", "-m", "-f", "{{.GoVersion}}")
	out, err2 := run(ctx, nil, "list", "-m", "-f", "{{.Dir}}", safejs)
	if err := errors.Join(err1, err2); err != nil {
		return Build{}, err
	}
	dir := string(bytes.TrimSpace(out))
	if dir == "" {
		return Build{}, fmt.Errorf("overlay: the go command knows no directory of %s", safejs)
	}
	set, err := Safejs()
	if err != nil {
		return Build{}, err
	}
	changed, err := set.Apply(reader(dir))
	if err != nil {
		return Build{}, err
	}
	to := filepath.Join(tmp, "safejs")
	if err := copyPackages(to, dir, changed); err != nil {
		return Build{}, err
	}
	work := filepath.Join(tmp, "go.work")
	text := fmt.Sprintf("go %s\n\nuse (\n\t%q\n\t%q\n)\n", bytes.TrimSpace(version), module, to)
	if err := write(work, []byte(text)); err != nil {
		return Build{}, err
	}
	return Build{Env: []string{"GOWORK=" + work}}, nil
}

// copyPackages copies the Go files of a module that aren't tests; some of them
// changed.
func copyPackages(to, from string, changed map[string][]byte) error {
	return filepath.WalkDir(from, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(file, "_test.go") {
			return err
		}
		rel, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(file)
		switch name := filepath.ToSlash(rel); {
		case err != nil:
			return err
		case changed[name] != nil:
			text = changed[name]
		case name == "go.mod":
			// What the module's own programs need isn't needed here.
			line, _, _ := bytes.Cut(text, []byte("\n"))
			text = append(bytes.TrimSpace(line), "\n\ngo 1.26.0\n"...)
		case filepath.Ext(name) != ".go" || strings.Count(name, "/") > 0 && !strings.HasPrefix(name, "internal/"):
			return nil
		}
		return write(filepath.Join(to, rel), text)
	})
}

func reader(root string) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	}
}

func write(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o666)
}

// below reports whether a path is in a directory.
func below(file, dir string) bool {
	rel, err := filepath.Rel(dir, file)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
