package overlay

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

//go:embed _std _safejs
var sources embed.FS

// A Set is edits that go together. Read-only, so that it can be shared.
type Set struct {
	edits map[string][]edit // by file: "runtime/traceback.go"
}

// edit puts a function in the place of another one.
type edit struct {
	name string // of the function
	sum  string // of its source
	body string // what it becomes; empty = it goes

	imports []string // that the file must have in addition, quoted
}

// Std are the edits of Go's library, by files below GOROOT/src.
func Std() (*Set, error) { return load("_std") }

// Safejs are the edits of the binding, by files of the module.
func Safejs() (*Set, error) { return load("_safejs") }

func load(dir string) (*Set, error) {
	s := &Set{edits: make(map[string][]edit)}
	err := fs.WalkDir(sources, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := sources.ReadFile(name)
		if err != nil {
			return err
		}
		return s.read(path.Dir(name)[len(dir):], name, text)
	})
	return s, err
}

// read reads the edits of one file, of the package in pkg ("/runtime").
func (s *Set) read(pkg, name string, text []byte) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
	if err != nil {
		return err
	}
	add := func(target string, e edit) {
		target = strings.TrimPrefix(path.Join(pkg, target), "/")
		s.edits[target] = append(s.edits[target], e)
	}
	var imports []string
	for _, imp := range file.Imports {
		imports = append(imports, imp.Path.Value)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		args, ok := directive(f.Doc, "from")
		if !ok || len(args) != 2 {
			return fmt.Errorf("%s: func %s has no directive //overlay:from FILE SUM", name, funcName(f))
		}
		start, end := fset.Position(f.Pos()).Offset, fset.Position(f.End()).Offset
		add(args[0], edit{funcName(f), args[1], string(text[start:end]), imports})
		imports = nil
	}
	for _, c := range file.Comments {
		for _, line := range c.List {
			if args, ok := ours(line.Text, "remove"); ok {
				if len(args) != 3 {
					return fmt.Errorf("%s: want //overlay:remove FILE SUM FUNC, not %s", name, line.Text)
				}
				add(args[0], edit{name: args[2], sum: args[1]})
			}
		}
	}
	return nil
}

// directive returns the arguments of //overlay:verb in a doc comment.
func directive(doc *ast.CommentGroup, verb string) ([]string, bool) {
	if doc == nil {
		return nil, false
	}
	for _, line := range doc.List {
		if args, ok := ours(line.Text, verb); ok {
			return args, true
		}
	}
	return nil, false
}
