package toolchain

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
)

// Sum tells versions of a source apart. Comments and layout don't count: they
// change nothing. It is short, as nobody who could forge one needs to.
func Sum(source []byte) string {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", -1, len(source)), source, nil, 0)
	h := sha256.New()
	for {
		_, kind, text := s.Scan()
		if kind == token.EOF {
			return hex.EncodeToString(h.Sum(nil)[:6])
		}
		if kind == token.SEMICOLON {
			text = ";" // of which the text is that of the line's end
		}
		if text == "" {
			text = kind.String()
		}
		h.Write([]byte(text))
		h.Write([]byte{0})
	}
}

// FuncName is the name of a function or method: F, T.F, (*T).F.
func FuncName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	t := f.Recv.List[0].Type
	pointer := false
	if star, ok := t.(*ast.StarExpr); ok {
		t, pointer = star.X, true
	}
	switch g := t.(type) { // with type parameters
	case *ast.IndexExpr:
		t = g.X
	case *ast.IndexListExpr:
		t = g.X
	}
	name := "?"
	if id, ok := t.(*ast.Ident); ok {
		name = id.Name
	}
	if pointer {
		name = "(*" + name + ")"
	}
	return name + "." + f.Name.Name
}

// Functions returns the sums of all functions in a file, by their names.
func Functions(name string, source []byte) (map[string]string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	sums := make(map[string]string)
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			sums[FuncName(f)] = Sum(source[fset.Position(f.Pos()).Offset:fset.Position(f.End()).Offset])
		}
	}
	return sums, nil
}

// Users returns the sums of those functions of a package that use one of some
// objects, or are one of them.
func (p *Package) Users(objects map[types.Object]bool) map[string]string {
	sums := make(map[string]string)
	for _, file := range p.Files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			uses := false
			ast.Inspect(f, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					uses = uses || objects[p.Info.Uses[id]] || objects[p.Info.Defs[id]]
				}
				return !uses
			})
			if uses {
				start, end := p.Fset.Position(f.Pos()), p.Fset.Position(f.End())
				source := p.text[start.Filename][start.Offset:end.Offset]
				if other := sums[FuncName(f)]; other != "" { // several functions init
					source = append([]byte(other), source...)
				}
				sums[FuncName(f)] = Sum(source)
			}
		}
	}
	return sums
}
