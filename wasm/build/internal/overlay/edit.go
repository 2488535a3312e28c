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

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

//go:embed _std _safejs
var files embed.FS

// An Edit is functions that change together, for one aim: all of them or none.
// It is one file below _std, or all files below _safejs.
type Edit struct {
	Name string // numbers
	Aim  string // what it leaves out, and why no page needs that

	functions map[string][]function // by file: "runtime/symtab.go"
}

// Functions is how many functions an edit changes.
func (e *Edit) Functions() int {
	n := 0
	for _, all := range e.functions {
		n += len(all)
	}
	return n
}

// function is put in the place of another one.
type function struct {
	name string // of the function
	sum  string // of its source
	body string // what it becomes; empty = it goes

	imports []string // that the file must have in addition, quoted
}

// Numbers is the edit after which a program finds its functions by number.
const Numbers = "numbers"

// Std are the edits of Go's library. Each stands by itself.
func Std() ([]*Edit, error) {
	var edits []*Edit
	err := walk("_std", func(pkg, name string, text []byte) error {
		e := newEdit(strings.TrimSuffix(path.Base(name), ".go"))
		edits = append(edits, e)
		return e.read(pkg, name, text)
	})
	return edits, err
}

// Safejs is the edit of the binding.
func Safejs() (*Edit, error) {
	e := newEdit("binding")
	e.Aim = "The binding formats errors without fmt."
	return e, walk("_safejs", e.read)
}

func newEdit(name string) *Edit { return &Edit{Name: name, functions: make(map[string][]function)} }

// walk calls do with each file below a directory, and with its package
// ("/runtime").
func walk(dir string, do func(pkg, name string, text []byte) error) error {
	return fs.WalkDir(files, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		return do(path.Dir(name)[len(dir):], name, text)
	})
}

// read reads what one file changes in the package pkg ("/runtime").
func (e *Edit) read(pkg, name string, text []byte) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
	if err != nil {
		return err
	}
	if e.Aim == "" && file.Doc != nil {
		e.Aim = strings.Join(strings.Fields(file.Doc.Text()), " ")
	}
	add := func(target string, f function) {
		target = strings.TrimPrefix(path.Join(pkg, target), "/")
		e.functions[target] = append(e.functions[target], f)
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
			return fmt.Errorf("%s: func %s has no directive //overlay:from FILE SUM", name, toolchain.FuncName(f))
		}
		start, end := fset.Position(f.Pos()).Offset, fset.Position(f.End()).Offset
		add(args[0], function{toolchain.FuncName(f), args[1], string(text[start:end]), imports})
		imports = nil
	}
	for _, c := range file.Comments {
		for _, line := range c.List {
			if args, ok := ours(line.Text, "remove"); ok {
				if len(args) != 3 {
					return fmt.Errorf("%s: want //overlay:remove FILE SUM FUNC, not %s", name, line.Text)
				}
				add(args[0], function{name: args[2], sum: args[1]})
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

// ours says whether a comment line is a directive of this package.
func ours(line, verb string) (rest []string, ok bool) {
	text, ok := strings.CutPrefix(line, "//overlay:"+verb+" ")
	return strings.Fields(text), ok
}
