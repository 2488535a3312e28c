// Lint runs staticcheck, gosec and govulncheck over every module of the
// repository, natively and, for what goes into a page, as js/wasm.
package main

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const usage = `usage: go -C .ci run ./lint [-strict] [-js "PACKAGE..."]

Runs staticcheck, gosec and govulncheck (the versions of .ci/tools.mod) over
every module of the repository. What they find is printed and is an error,
but for what .ci/lint.tsv passes over, with a reason. An entry of that file
which passes over nothing is an error, too.

govulncheck needs its database. Where that can't be reached the program says
so; it is an error only with -strict.

`

func main() {
	strict := flag.Bool("strict", false, "fail where the database of govulncheck can't be reached")
	js := flag.String("js", "", "packages to be looked at once more as js/wasm, separated by white space")
	flag.Usage = func() { fmt.Fprint(os.Stderr, usage); flag.PrintDefaults() }
	flag.Parse()
	if flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*strict, strings.Fields(*js)); err != nil {
		fmt.Fprintln(os.Stderr, "lint:", err)
		os.Exit(1)
	}
}

// A finding is what a tool says about a line of the repository.
type finding struct {
	tool, check string
	file        string // from the root of the repository, with slashes
	line        int
	function    string // the declaration around the line, as place has it
	text        string
}

func run(strict bool, js []string) error {
	root, err := filepath.Abs("..") // go -C .ci
	if err != nil {
		return err
	}
	list, err := os.Open(filepath.Join(root, ".ci", "lint.tsv"))
	if err != nil {
		return err
	}
	defer list.Close()
	entries, err := parse(list)
	if err != nil {
		return fmt.Errorf(".ci/lint.tsv: %w", err)
	}

	found, err := findings(root, js)
	unreachable := errors.Is(err, errDatabase)
	if err != nil && !unreachable {
		return err
	}
	if unreachable {
		fmt.Fprintln(os.Stderr, "lint: govulncheck:", errDatabase)
	}

	left, unused := sift(found, entries)
	for _, f := range left {
		fmt.Printf("%s:%d: %s (%s %s, in %s)\n", f.file, f.line, f.text, f.tool, f.check, f.function)
	}
	for _, e := range unused {
		fmt.Printf(".ci/lint.tsv:%d: passes over nothing: %s %s %s\n", e.line, e.tool, e.check, e.place)
	}
	switch {
	case len(left)+len(unused) > 0:
		return fmt.Errorf("%d findings, %d needless entries", len(left), len(unused))
	case unreachable && strict:
		return errDatabase
	}
	return nil
}

// findings asks every tool about every module. The error may be errDatabase
// beside findings that are complete otherwise.
func findings(root string, js []string) ([]finding, error) {
	mods, err := modules(root)
	if err != nil {
		return nil, err
	}
	progs, err := build(root)
	if err != nil {
		return nil, err
	}
	wasm := []string{"GOOS=js", "GOARCH=wasm"}
	all := map[finding]bool{}
	var missing error
	for _, dir := range mods {
		looks := []look{{root: root, dir: dir, packages: []string{"./..."}}}
		if dir == root && len(js) > 0 {
			looks = append(looks, look{root: root, dir: dir, packages: js, env: wasm})
		}
		for _, l := range looks {
			for _, ask := range []func(look, programs) ([]finding, error){staticcheck, gosec, govulncheck} {
				found, err := ask(l, progs)
				if errors.Is(err, errDatabase) {
					missing = err
				} else if err != nil {
					return nil, err
				}
				for _, f := range found {
					all[f] = true // once, if found natively and as js/wasm
				}
			}
		}
	}
	sorted := slices.SortedFunc(maps.Keys(all), func(a, b finding) int {
		if c := strings.Compare(a.file, b.file); c != 0 {
			return c
		}
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.check+a.text, b.check+b.text)
	})
	return sorted, missing
}
