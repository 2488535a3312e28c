package overlay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

const safejs = "github.com/hack-pad/safejs"

// A Build is what the go command must be given so that it compiles the edited
// sources. The zero value changes nothing.
type Build struct {
	Env  []string // beside, or instead of, what the environment says
	Args []string // flags of go build and go test

	Edits []*Edit // that apply

	// Numbered says that a program finds its functions by number, so that package
	// trim may leave out what finds them by address, and must see that the numbers
	// have no gaps.
	Numbered bool
}

// Options say what to prepare.
type Options struct {
	Tmp    string       // a directory for the edited sources: it must be there until nothing is built any more
	Module string       // the directory of the module that is built
	Go     toolchain.Go // runs the go command there

	// Sources are those of Go's library. Without them it isn't edited.
	Sources *toolchain.Sources
	// Without names edits that aren't wanted. Default: all are.
	Without []string
}

// Prepare writes the edited sources, and says how to build with them. Each edit is
// by itself: one whose sources aren't as they are known is left out, and the error
// says so; what is returned is good for the others.
func Prepare(ctx context.Context, o Options) (Build, error) {
	var std, binding Build
	var err1, err2 error
	if o.Sources != nil {
		std, err1 = prepareStd(ctx, o)
	}
	if !slices.Contains(o.Without, "binding") {
		binding, err2 = prepareSafejs(ctx, filepath.Join(o.Tmp, "workspace"), o.Module, o.Go)
	}
	return Build{
		Env:      append(std.Env, binding.Env...),
		Args:     std.Args,
		Edits:    append(std.Edits, binding.Edits...),
		Numbered: std.Numbered,
	}, errors.Join(err1, err2)
}

// prepareStd writes an overlay, which takes the place of files of GOROOT.
func prepareStd(ctx context.Context, o Options) (Build, error) {
	all, err := Std()
	if err != nil {
		return Build{}, err
	}
	all = slices.DeleteFunc(all, func(e *Edit) bool { return slices.Contains(o.Without, e.Name) })
	edits, left := known(all, o.Sources.Read)
	edits, changed, err := compatible(o.Sources, edits)
	left = errors.Join(left, err)
	if len(edits) == 0 {
		return Build{}, left
	}
	tmp := filepath.Join(o.Tmp, "std")
	src := filepath.Join(o.Sources.Root, "src")
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
	b := Build{Args: []string{"-overlay=" + file}, Edits: edits}
	b.Numbered = slices.ContainsFunc(edits, func(e *Edit) bool { return e.Name == Numbers })
	out, err := o.Go(ctx, nil, "env", "GOMODCACHE")
	if err != nil {
		return Build{}, err
	}
	if mod := string(bytes.TrimSpace(out)); below(o.Sources.Root, mod) {
		// The go command has downloaded the toolchain, and takes no overlay for
		// what lies in the module cache. Under another name it does.
		cache := filepath.Join(tmp, "mod")
		if err := os.Symlink(mod, cache); err != nil {
			return Build{}, err
		}
		b.Env = []string{"GOMODCACHE=" + cache}
	}
	return b, left
}

// compatible returns those of some edits with which the sources around them still
// compile, and the files that they change. The others come with an error each.
func compatible(s *toolchain.Sources, edits []*Edit) (good []*Edit, changed map[string][]byte, err error) {
	try := func(edits ...*Edit) (map[string][]byte, error) {
		changed, err := apply(edits, s.Read)
		if err != nil {
			return nil, err
		}
		packages := make(map[string]bool)
		for name := range changed {
			packages[path.Dir(name)] = true
		}
		for pkg := range packages {
			if _, err := s.Check(pkg, changed); err != nil {
				return nil, err
			}
		}
		return changed, nil
	}
	if changed, err := try(edits...); err == nil {
		return edits, changed, nil
	}
	var errs []error
	for _, e := range edits {
		if _, err := try(e); err != nil {
			errs = append(errs, &SourceError{Edit: e.Name, What: err.Error()})
		} else {
			good = append(good, e)
		}
	}
	if changed, err = try(good...); err != nil {
		return nil, nil, fmt.Errorf("edits of Go's library are left out: %w", err)
	}
	return good, changed, errors.Join(errs...)
}

// prepareSafejs writes a workspace of the module and of an edited copy of the
// binding. An overlay won't do, since its source is in the module cache, and a
// replace directive would leave the name of a directory in the engine.
func prepareSafejs(ctx context.Context, tmp, module string, run toolchain.Go) (Build, error) {
	version, err1 := run(ctx, nil, "list", "-m", "-f", "{{.GoVersion}}")
	// Of the package, as go list -m downloads nothing.
	out, err2 := run(ctx, nil, "list", "-f", "{{.Module.Dir}}", safejs)
	if err := errors.Join(err1, err2); err != nil {
		return Build{}, &SourceError{Edit: "binding", What: err.Error()}
	}
	dir := string(bytes.TrimSpace(out))
	edit, err := Safejs()
	if err != nil {
		return Build{}, err
	}
	edits, err := known([]*Edit{edit}, reader(dir))
	if err != nil {
		return Build{}, err
	}
	changed, err := apply(edits, reader(dir))
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
	return Build{Env: []string{"GOWORK=" + work}, Edits: edits}, nil
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
