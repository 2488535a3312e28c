// Package toolchain reads the sources of a Go toolchain as it compiles them for
// js/wasm. What the builder knows of a toolchain's private matters it takes from
// there: the layout of structures from their types, what functions do from
// their sums. Nothing is known from the number of a version.
package toolchain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
)

// A Go runs the go command in the directory of a module, with the environment
// that the module is built in and with env, and returns what it prints.
type Go func(ctx context.Context, env []string, args ...string) ([]byte, error)

// Sources are those of one toolchain. They are not safe for concurrent use.
type Sources struct {
	// Root is the toolchain's GOROOT.
	Root string
	// Read returns a file by its name below src: "runtime/symtab.go".
	Read func(name string) ([]byte, error)

	files    map[string][]string       // names of the files of runtime and of what it imports
	imported map[string]*types.Package // without the bodies of functions
}

// Find asks the go command where its sources are, and which of the runtime's
// files it compiles for js/wasm.
func Find(ctx context.Context, run Go) (*Sources, error) {
	root, err := run(ctx, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	list, err := run(ctx, nil, "list", "-deps", "-f", "{{.ImportPath}} {{join .GoFiles \" \"}}", "runtime")
	if err != nil {
		return nil, err
	}
	s := &Sources{Root: string(bytes.TrimSpace(root)), files: make(map[string][]string), imported: make(map[string]*types.Package)}
	src := filepath.Join(s.Root, "src")
	s.Read = func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(src, filepath.FromSlash(name)))
	}
	for line := range strings.Lines(string(list)) {
		if words := strings.Fields(line); len(words) > 0 {
			s.files[words[0]] = words[1:]
		}
	}
	return s, nil
}

// A Package is one whose types are known.
type Package struct {
	*types.Package
	Info  types.Info
	Fset  *token.FileSet
	Files []*ast.File

	text map[string][]byte // of the files, by their names below src
}

// Check returns a package with its types, and with those of changed files in the
// place of what they are by name. What the compiler would refuse is an error.
func (s *Sources) Check(path string, changed map[string][]byte) (*Package, error) {
	p := &Package{Fset: token.NewFileSet(), text: make(map[string][]byte)}
	p.Info.Uses = make(map[*ast.Ident]types.Object)
	p.Info.Defs = make(map[*ast.Ident]types.Object)
	for _, file := range s.files[path] {
		name := path + "/" + file
		text, ok := changed[name]
		if !ok {
			var err error
			if text, err = s.Read(name); err != nil {
				return nil, err
			}
		}
		parsed, err := parser.ParseFile(p.Fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.Files = append(p.Files, parsed)
		p.text[name] = text
	}
	if len(p.Files) == 0 {
		return nil, errors.New("the go command knows no files of package " + path)
	}
	conf := types.Config{Importer: importer{s}, Sizes: Sizes()}
	var err error
	p.Package, err = conf.Check(path, p.Fset, p.Files, &p.Info)
	return p, err
}

// Sizes are those of types on WebAssembly.
func Sizes() types.Sizes { return types.SizesFor("gc", "wasm") }

// Import returns a package that the runtime imports. Of its functions only the
// signatures count.
func (s *Sources) Import(path string) (*types.Package, error) { return importer{s}.Import(path) }

type importer struct{ s *Sources }

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := i.s.imported[path]; p != nil {
		return p, nil
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, file := range i.s.files[path] {
		text, err := i.s.Read(path + "/" + file)
		if err != nil {
			return nil, err
		}
		parsed, err := parser.ParseFile(fset, file, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, parsed)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("the runtime imports no package %s", path)
	}
	conf := types.Config{Importer: i, Sizes: Sizes(), IgnoreFuncBodies: true}
	p, err := conf.Check(path, fset, files, nil)
	if err == nil {
		i.s.imported[path] = p
	}
	return p, err
}
