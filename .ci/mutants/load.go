package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
)

// A listed package is what go list says of it.
type listed struct {
	ImportPath, Dir, Export   string
	GoFiles                   []string
	Deps                      []string
	TestGoFiles, XTestGoFiles []string
	TestImports, XTestImports []string
}

// list asks go list, in the root of the repository.
func list(root string, args ...string) ([]*listed, error) {
	c := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Export,GoFiles,Deps,TestGoFiles,XTestGoFiles,TestImports,XTestImports"}, args...)...)
	c.Dir = root
	out, err := c.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil, fmt.Errorf("go list: %w\n%s", err, exit.Stderr)
	}
	if err != nil {
		return nil, err
	}
	var all []*listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(listed)
		if err := d.Decode(p); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
}

// testers returns the packages whose tests have p in them, p itself first.
func testers(all []*listed, p *listed, skip *regexp.Regexp) []*listed {
	deps := map[string]*listed{}
	for _, t := range all {
		deps[t.ImportPath] = t
	}
	has := func(t *listed) bool {
		if t == p || slices.Contains(t.Deps, p.ImportPath) {
			return true
		}
		for _, i := range slices.Concat(t.TestImports, t.XTestImports) {
			if i == p.ImportPath || deps[i] != nil && slices.Contains(deps[i].Deps, p.ImportPath) {
				return true
			}
		}
		return false
	}
	var of []*listed
	for _, t := range all {
		if len(t.TestGoFiles)+len(t.XTestGoFiles) == 0 || !has(t) {
			continue
		}
		if t == p {
			of = slices.Insert(of, 0, t)
		} else if !skip.MatchString(t.ImportPath) {
			of = append(of, t)
		}
	}
	return of
}

// mutantsOf makes all the mutants of a package: of what it is natively, and of
// what isn't generated.
func mutantsOf(root string, p *listed) ([]*mutant, map[string][]byte, error) {
	deps, err := list(root, "-export", "-deps", p.ImportPath)
	if err != nil {
		return nil, nil, err
	}
	exports := map[string]string{}
	for _, d := range deps {
		exports[d.ImportPath] = d.Export
	}
	fset := token.NewFileSet()
	sources := map[string][]byte{}
	var files []*ast.File
	for _, name := range p.GoFiles {
		name = filepath.Join(p.Dir, name)
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, nil, err
		}
		f, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, err
		}
		sources[name], files = source, append(files, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	if _, err := config.Check(p.ImportPath, fset, files, info); err != nil {
		return nil, nil, err
	}
	dir, err := filepath.Rel(root, p.Dir)
	if err != nil {
		return nil, nil, err
	}
	var all []*mutant
	for _, f := range files {
		if ast.IsGenerated(f) {
			continue
		}
		name := fset.Position(f.Package).Filename
		m := mutator{fset: fset, info: info, source: sources[name], path: name, pkg: filepath.ToSlash(dir)}
		all = append(all, m.file(f)...)
	}
	return all, sources, nil
}
