package main

import (
	"bytes"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// A mutant is a package with one thing changed.
type mutant struct {
	operator string
	file     string // its path
	line     int
	place    string // PACKAGE:DECLARATION
	from, to int    // the bytes of the file that are replaced
	text     string // what replaces them
	old      string
	inBody   bool // of a function: coverage says which tests come by
}

// change is what the mutant is known by in the list: it survives when lines move.
func (m *mutant) change() string {
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return strings.TrimSpace(flat(m.old) + " => " + flat(m.text))
}

// apply returns the file with the change in it.
func (m *mutant) apply(source []byte) []byte {
	return slices.Concat(source[:m.from], []byte(m.text), source[m.to:])
}

// diff shows the lines that the change touches, before and after.
func (m *mutant) diff(source []byte) string {
	from := bytes.LastIndexByte(source[:m.from], '\n') + 1
	to := len(source)
	if n := bytes.IndexByte(source[m.to:], '\n'); n >= 0 {
		to = m.to + n
	}
	var b strings.Builder
	write := func(sign string, text string) {
		for line := range strings.Lines(text) {
			b.WriteString(sign + strings.TrimRight(line, "\n") + "\n")
		}
	}
	write("-", string(source[from:to]))
	write("+", string(source[from:m.from])+m.text+string(source[m.to:to]))
	return b.String()
}

// A mutator makes the mutants of a file.
type mutator struct {
	fset   *token.FileSet
	info   *types.Info
	source []byte
	path   string
	pkg    string
	place  string
	inBody bool
	all    []*mutant
}

// file makes all the mutants of a file, in order.
func (m *mutator) file(f *ast.File) []*mutant {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body != nil {
				m.place, m.inBody = m.pkg+":"+nameOf(d), true
				ast.PreorderStack(d.Body, nil, m.visit)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.CONST {
					m.place, m.inBody = m.pkg+":"+v.Names[0].Name, false
					ast.PreorderStack(v, nil, m.visit)
				}
			}
		}
	}
	slices.SortStableFunc(m.all, func(a, b *mutant) int { return a.from - b.from })
	return m.all
}

func nameOf(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return d.Name.Name
	}
	t := d.Recv.List[0].Type
	for {
		switch of := t.(type) {
		case *ast.StarExpr:
			t = of.X
		case *ast.IndexExpr:
			t = of.X
		case *ast.IndexListExpr:
			t = of.X
		case *ast.Ident:
			return of.Name + "." + d.Name.Name
		default:
			return d.Name.Name
		}
	}
}

func (m *mutator) add(operator string, from, to token.Pos, text string) {
	at := m.fset.Position(from)
	f, t := at.Offset, m.fset.Position(to).Offset
	m.all = append(m.all, &mutant{operator, m.path, at.Line, m.place, f, t, text, string(m.source[f:t]), m.inBody})
}

func (m *mutator) textOf(n ast.Node) string {
	return string(m.source[m.fset.Position(n.Pos()).Offset:m.fset.Position(n.End()).Offset])
}

func (m *mutator) visit(n ast.Node, around []ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt:
		m.remove(n.List)
	case *ast.CaseClause:
		m.remove(n.Body)
	case *ast.CommClause:
		m.remove(n.Body)
	case *ast.IfStmt:
		m.negate(n.Cond)
	case *ast.ForStmt:
		if n.Cond != nil {
			m.negate(n.Cond)
			m.shorten(n.Cond)
		}
	case *ast.RangeStmt:
		m.shortenRange(n.X)
	case *ast.BinaryExpr:
		m.binary(n)
	case *ast.BasicLit:
		m.constant(n, around)
	case *ast.ArrayType:
		return false // another size is another type
	}
	return true
}

// remove takes statements out, one a mutant.
func (m *mutator) remove(list []ast.Stmt) {
	for _, s := range list {
		operator := "remove"
		switch s := s.(type) {
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SendStmt:
		case *ast.BranchStmt:
			if s.Tok != token.BREAK && s.Tok != token.CONTINUE {
				continue
			}
		case *ast.ReturnStmt:
			if len(s.Results) > 0 {
				continue
			}
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				continue
			}
			if call, ok := s.Rhs[0].(*ast.CallExpr); ok {
				if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "append" {
					operator = "append"
				}
			}
		default:
			continue
		}
		m.add(operator, s.Pos(), s.End(), "")
	}
}

func (m *mutator) negate(cond ast.Expr) {
	if not, ok := cond.(*ast.UnaryExpr); ok && not.Op == token.NOT {
		m.add("negate", cond.Pos(), cond.End(), m.textOf(not.X))
		return
	}
	m.add("negate", cond.Pos(), cond.End(), "!("+m.textOf(cond)+")")
}

// shorten leaves out the last turn of a loop that counts up to a number.
func (m *mutator) shorten(cond ast.Expr) {
	if less, ok := cond.(*ast.BinaryExpr); ok && (less.Op == token.LSS || less.Op == token.LEQ) {
		m.add("loop", less.Y.Pos(), less.Y.End(), "("+m.textOf(less.Y)+")-1")
	}
}

// shortenRange leaves out the last turn of a range over a number or a sequence.
func (m *mutator) shortenRange(x ast.Expr) {
	text := m.textOf(x)
	t := m.info.TypeOf(x)
	if t == nil {
		return
	}
	switch under := t.Underlying().(type) {
	case *types.Basic:
		if under.Info()&types.IsInteger != 0 {
			m.add("loop", x.Pos(), x.End(), "("+text+")-1")
			return
		}
		if under.Info()&types.IsString == 0 {
			return
		}
	case *types.Slice, *types.Array, *types.Pointer:
	default:
		return // a map, a channel, an iterator: there is no last turn
	}
	for sub := range ast.Preorder(x) {
		switch sub.(type) {
		case *ast.CallExpr, *ast.CompositeLit:
			return // it would be made twice
		}
	}
	m.add("loop", x.Pos(), x.End(), text+"[:max(0, len("+text+")-1)]")
}

// swaps are operators and what takes their place.
var swaps = map[token.Token][2]string{
	token.LSS:  {"boundary", "<="},
	token.LEQ:  {"boundary", "<"},
	token.GTR:  {"boundary", ">="},
	token.GEQ:  {"boundary", ">"},
	token.LAND: {"and-or", "||"},
	token.LOR:  {"and-or", "&&"},
}

func (m *mutator) binary(n *ast.BinaryExpr) {
	if swap, ok := swaps[n.Op]; ok {
		m.within(n, swap[0], n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), swap[1])
	}
}

// within replaces a part of a node, and shows the node before and after.
func (m *mutator) within(n ast.Node, operator string, from, to token.Pos, text string) {
	whole := m.textOf(n)
	m.add(operator, n.Pos(), n.End(), whole[:from-n.Pos()]+text+whole[to-n.Pos():])
}

func (m *mutator) constant(n *ast.BasicLit, around []ast.Node) {
	if n.Kind != token.INT {
		return
	}
	value, err := strconv.ParseInt(n.Value, 0, 64)
	if err != nil {
		return
	}
	var shown ast.Node = n
	if len(around) > 0 {
		if e, ok := around[len(around)-1].(ast.Expr); ok && e.End()-e.Pos() < 80 {
			shown = e
		}
	}
	m.within(shown, "constant", n.Pos(), n.End(), strconv.FormatInt(value+1, 10))
	m.within(shown, "constant", n.Pos(), n.End(), strconv.FormatInt(value-1, 10))
}
