package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// errDatabase says that nothing is known of vulnerabilities: nobody could be asked.
var errDatabase = errors.New("its database can't be reached from here, so that nothing is said about known vulnerabilities")

// modules returns the directories that hold a go.mod, the root first.
func modules(root string) (dirs []string, err error) {
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "node_modules" || d.Name() == ".git"):
			return filepath.SkipDir
		case d.Name() == "go.mod" && filepath.Dir(name) == root:
			dirs = append([]string{root}, dirs...)
		case d.Name() == "go.mod":
			dirs = append(dirs, filepath.Dir(name))
		}
		return nil
	})
	return dirs, err
}

// programs maps the name of a tool to the file that runs it.
type programs map[string]string

// build makes the tools, if the build cache hasn't got them.
func build(root string) (programs, error) {
	p := programs{}
	for _, name := range []string{"staticcheck", "gosec", "govulncheck"} {
		out, err := command(filepath.Join(root, ".ci"), nil, "go", "tool", "-modfile=tools.mod", "-n", name).Output()
		if err != nil {
			return nil, failed(name, err)
		}
		p[name] = strings.TrimSpace(string(out))
	}
	return p, nil
}

// A look is a module and how it is built.
type look struct {
	root, dir string
	packages  []string
	env       []string
}

func command(dir string, env []string, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	return c
}

// failed says what a program wrote before it failed.
func failed(name string, err error) error {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return fmt.Errorf("%s: %w\n%s", name, err, exit.Stderr)
	}
	return fmt.Errorf("%s: %w", name, err)
}

// found ends with 0 or 1: 1 says that there are findings.
func found(name string, out []byte, err error) ([]byte, error) {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 1 && len(out) > 0 {
		return out, nil
	}
	if err != nil {
		return nil, failed(name, err)
	}
	return out, nil
}

// finding makes a finding of what a tool says about a line of a file.
func (l look) finding(tool, check, file string, line int, text string) (finding, error) {
	rel, err := filepath.Rel(l.root, file)
	if err != nil {
		return finding{}, err
	}
	function, err := declaration(file, line)
	return finding{tool, check, filepath.ToSlash(rel), line, function, text}, err
}

func staticcheck(l look, p programs) ([]finding, error) {
	out, err := command(l.dir, l.env, p["staticcheck"], append([]string{"-f", "json"}, l.packages...)...).Output()
	if out, err = found("staticcheck", out, err); err != nil {
		return nil, err
	}
	var all []finding
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var problem struct {
			Code, Message string
			Location      struct {
				File string
				Line int
			}
		}
		if err := d.Decode(&problem); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("staticcheck: %w", err)
		}
		f, err := l.finding("staticcheck", problem.Code, problem.Location.File, problem.Location.Line, problem.Message)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
}

func gosec(l look, p programs) ([]finding, error) {
	dirs, err := command(l.dir, l.env, "go", append([]string{"list", "-f", "{{.Dir}}"}, l.packages...)...).Output()
	if err != nil {
		return nil, failed("go list", err)
	}
	// gosec takes directories, and what is below "./..." though another module's.
	args := append([]string{"-fmt", "json", "-quiet"}, strings.Fields(string(dirs))...)
	out, err := command(l.dir, l.env, p["gosec"], args...).Output()
	if out, err = found("gosec", out, err); err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(out)) == 0 {
		return nil, nil // -quiet: nothing found
	}
	var report struct {
		Errors map[string][]struct{ Error string } `json:"Golang errors"`
		Issues []struct {
			Rule                string `json:"rule_id"`
			File, Line, Details string
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, fmt.Errorf("gosec: %w", err)
	}
	for file, list := range report.Errors {
		for _, e := range list {
			return nil, fmt.Errorf("gosec: %s: %s", file, e.Error)
		}
	}
	var all []finding
	for _, issue := range report.Issues {
		first, _, _ := strings.Cut(issue.Line, "-") // "7", or "7-9"
		line, err := strconv.Atoi(first)
		if err != nil {
			return nil, fmt.Errorf("gosec: line %q of %s", issue.Line, issue.File)
		}
		f, err := l.finding("gosec", issue.Rule, issue.File, line, issue.Details)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

// govulncheck reports vulnerable functions that the module calls.
func govulncheck(l look, p programs) ([]finding, error) {
	c := command(l.dir, l.env, p["govulncheck"], append([]string{"-format", "json"}, l.packages...)...)
	out, err := c.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && bytes.Contains(exit.Stderr, []byte("fetching vulnerabilities")) {
		return nil, errDatabase
	}
	if err != nil {
		return nil, failed("govulncheck", err)
	}
	var all []finding
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var message struct {
			Finding *struct {
				OSV   string
				Fixed string `json:"fixed_version"`
				Trace []struct {
					Module, Function string
					Position         *struct {
						Filename string
						Line     int
					}
				}
			}
		}
		if err := d.Decode(&message); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("govulncheck: %w", err)
		}
		v := message.Finding
		if v == nil || len(v.Trace) == 0 || v.Trace[0].Function == "" {
			continue // a message of another kind, or a module of which nothing vulnerable is called
		}
		f := finding{tool: "govulncheck", check: v.OSV, file: "go.mod", function: "-",
			text: v.Trace[0].Module + ": " + v.Trace[0].Function + ", mended in " + v.Fixed}
		if at := v.Trace[len(v.Trace)-1].Position; at != nil {
			file := at.Filename
			if !filepath.IsAbs(file) {
				file = filepath.Join(l.dir, file)
			}
			if f, err = l.finding(f.tool, f.check, file, at.Line, f.text); err != nil {
				return nil, err
			}
		}
		all = append(all, f)
	}
}

// declaration names the declaration around a line as go doc does (Type.Method),
// or "-" where none is.
func declaration(file string, line int) (string, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, nil, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	for _, d := range parsed.Decls {
		if line < files.Position(d.Pos()).Line || line > files.Position(d.End()).Line {
			continue
		}
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				return d.Name.Name, nil
			}
			return receiver(d.Recv.List[0].Type) + "." + d.Name.Name, nil
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if line < files.Position(spec.Pos()).Line || line > files.Position(spec.End()).Line {
					continue
				}
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					return spec.Name.Name, nil
				case *ast.ValueSpec:
					return spec.Names[0].Name, nil
				}
			}
		}
	}
	return "-", nil
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.IndexListExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return "-"
}
