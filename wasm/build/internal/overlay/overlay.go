package overlay

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path"
	"slices"
	"sort"
	"strconv"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

// A SourceError says that a source isn't the one that an edit was written for.
// The edit is left out then, and only it.
type SourceError struct {
	Edit string // scavenger
	File string // runtime/mgcscavenge.go; empty if it is about more than one
	Func string // (*scavengerState).wake; empty if it is about the file
	What string
}

func (e *SourceError) Error() string {
	s := "edit " + e.Edit + " is left out: "
	if e.File != "" {
		s += e.File + ": "
	}
	if e.Func != "" {
		s += "func " + e.Func + " "
	}
	return s + e.What
}

// known returns those of some edits whose functions are the ones that they were
// written for, and what speaks against the others.
func known(edits []*Edit, read func(name string) ([]byte, error)) ([]*Edit, error) {
	sums := make(map[string]map[string]string)
	var good []*Edit
	var errs []error
	for _, e := range edits {
		if err := e.check(sums, read); err != nil {
			errs = append(errs, err)
		} else {
			good = append(good, e)
		}
	}
	return good, errors.Join(errs...)
}

// check compares the sums of the functions that an edit changes. sums keeps those
// of files that have been read.
func (e *Edit) check(sums map[string]map[string]string, read func(name string) ([]byte, error)) error {
	for _, name := range slices.Sorted(maps.Keys(e.functions)) {
		if sums[name] == nil {
			source, err := read(name)
			if err == nil {
				sums[name], err = toolchain.Functions(name, source)
			}
			if err != nil {
				return &SourceError{e.Name, name, "", err.Error()}
			}
		}
		for _, f := range e.functions[name] {
			switch sum, ok := sums[name][f.name]; {
			case !ok:
				return &SourceError{e.Name, name, f.name, "isn't there"}
			case sum != f.sum:
				return &SourceError{e.Name, name, f.name, "is another one: " + sum + " instead of " + f.sum}
			}
		}
	}
	return nil
}

// apply returns the files that some edits change, by their names. read returns a
// file as it is.
func apply(edits []*Edit, read func(name string) ([]byte, error)) (map[string][]byte, error) {
	functions := make(map[string][]function)
	for _, e := range edits {
		for name, f := range e.functions {
			functions[name] = append(functions[name], f...)
		}
	}
	changed := make(map[string][]byte)
	for name, all := range functions {
		source, err := read(name)
		if err == nil {
			changed[name], err = replace(name, source, all)
		}
		if err != nil {
			return nil, fmt.Errorf("overlay: %s: %w", name, err)
		}
	}
	return changed, nil
}

// replace puts functions in the place of those of one file.
func replace(name string, source []byte, functions []function) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	found := make(map[string]*ast.FuncDecl)
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			found[toolchain.FuncName(f)] = f
		}
	}
	// From the end, so that offsets stay what they are.
	sort.Slice(functions, func(i, j int) bool {
		return found[functions[i].name].Pos() > found[functions[j].name].Pos()
	})
	out := bytes.Clone(source)
	for _, e := range functions {
		f := found[e.name]
		start, end := fset.Position(f.Pos()).Offset, fset.Position(f.End()).Offset
		if e.body == "" && f.Doc != nil {
			start = fset.Position(f.Doc.Pos()).Offset // a directive without its function is an error
		}
		out = append(out[:start:start], append([]byte(e.body), out[end:]...)...)
	}
	for _, e := range functions {
		for _, imported := range e.imports {
			i := fset.Position(file.Name.End()).Offset
			out = append(out[:i:i], append([]byte("\n\nimport "+imported+"\n"), out[i:]...)...)
		}
	}
	return dropImports(name, out)
}

// dropImports leaves out what isn't used any more, which is an error in Go.
func dropImports(name string, source []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("it doesn't parse any more: %w", err)
	}
	used := make(map[string]bool)
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	out := bytes.Clone(source)
	for i := len(file.Imports) - 1; i >= 0; i-- {
		imp := file.Imports[i]
		full, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			return nil, err
		}
		local := path.Base(full)
		if imp.Name != nil {
			local = imp.Name.Name
		}
		if local != "_" && local != "." && !used[local] {
			start, end := fset.Position(imp.Pos()).Offset, fset.Position(imp.End()).Offset
			out = append(out[:start:start], out[end:]...)
		}
	}
	return format.Source(out)
}
