package overlay

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"sort"
	"strconv"
	"strings"
)

// A SourceError says that a source isn't the one that an edit was written for.
// Nothing has been changed then.
type SourceError struct {
	File string // traceback.go of runtime
	Func string // (*unwinder).next; empty if it is about the file
	What string
}

func (e *SourceError) Error() string {
	s := "overlay: " + e.File
	if e.Func != "" {
		s += ": func " + e.Func
	}
	return s + ": " + e.What
}

// Apply returns the files of a set that change, by their names as the set has
// them ("runtime/traceback.go"). read returns a file as it is. All edits apply
// or none does: they have been tested together.
func (s *Set) Apply(read func(name string) ([]byte, error)) (map[string][]byte, error) {
	changed := make(map[string][]byte)
	for _, name := range s.files() {
		source, err := read(name)
		if err != nil {
			return nil, &SourceError{File: name, What: err.Error()}
		}
		if changed[name], err = apply(name, source, s.edits[name]); err != nil {
			return nil, err
		}
	}
	return changed, nil
}

func (s *Set) files() []string {
	var names []string
	for name := range s.edits {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// apply edits one file.
func apply(name string, source []byte, edits []edit) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.ParseComments)
	if err != nil {
		return nil, &SourceError{File: name, What: err.Error()}
	}
	found := make(map[string]*ast.FuncDecl)
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			found[funcName(f)] = f
		}
	}
	// From the end, so that offsets stay what they are.
	sort.Slice(edits, func(i, j int) bool {
		return position(found, edits[i]) > position(found, edits[j])
	})
	out := bytes.Clone(source)
	for _, e := range edits {
		f := found[e.name]
		if f == nil {
			return nil, &SourceError{name, e.name, "isn't there"}
		}
		start, end := fset.Position(f.Pos()).Offset, fset.Position(f.End()).Offset
		if got := sum(source[start:end]); got != e.sum {
			return nil, &SourceError{name, e.name, "is another one: " + got + " instead of " + e.sum}
		}
		if e.body == "" && f.Doc != nil {
			start = fset.Position(f.Doc.Pos()).Offset // a directive without its function is an error
		}
		out = append(out[:start:start], append([]byte(e.body), out[end:]...)...)
	}
	for _, e := range edits {
		for _, imported := range e.imports {
			i := fset.Position(file.Name.End()).Offset
			out = append(out[:i:i], append([]byte("\n\nimport "+imported+"\n"), out[i:]...)...)
		}
	}
	return dropImports(name, out)
}

func position(found map[string]*ast.FuncDecl, e edit) token.Pos {
	if f := found[e.name]; f != nil {
		return f.Pos()
	}
	return 0
}

// sum is short: it tells versions of a function apart, and nobody who could
// forge one needs to.
func sum(text []byte) string {
	s := sha256.Sum256(text)
	return hex.EncodeToString(s[:6])
}

// funcName is the name of a function or method: F, T.F, (*T).F.
func funcName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	switch t := f.Recv.List[0].Type.(type) {
	case *ast.Ident:
		return t.Name + "." + f.Name.Name
	case *ast.StarExpr:
		if t, ok := t.X.(*ast.Ident); ok {
			return "(*" + t.Name + ")." + f.Name.Name
		}
	}
	return "?." + f.Name.Name // with type parameters: no edit names one
}

// dropImports leaves out what isn't used any more, which is an error in Go.
func dropImports(name string, source []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("overlay: %s doesn't parse any more: %w", name, err)
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

// ours says whether a comment line is a directive of this package.
func ours(line, verb string) (rest []string, ok bool) {
	text, ok := strings.CutPrefix(line, "//overlay:"+verb+" ")
	return strings.Fields(text), ok
}
