// Mutants changes the code of a package, one thing at a time, and asks whether
// its tests notice.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const usage = `usage: go -C .ci run ./mutants [flags] PACKAGE...

Changes a package, one thing at a time, and runs the tests that come by the
change, its own and those of packages that import it. A change that no test
notices survives: it is printed with its file and line, and is an error.

  remove     a statement is left out: a call, an assignment, break, continue
  append     x = append(x, ...) is left out
  negate     the condition of an if or a for is the opposite
  and-or     && is ||, and the other way round
  boundary   < is <=, > is >=, and the other way round
  constant   a whole number is one more, or one less
  loop       the last turn of a loop is left out

The files stay as they are: the Go command is told to read a changed copy in
place of one. Generated files are passed over. A change that doesn't compile
isn't counted. A test that takes five times as long as without the change, and
some seconds, has noticed.

.ci/mutants.tsv lists the survivors that are accepted: the place, the operator,
the change, and the reason. An entry that matches no mutant, or one that is
killed, is named and is an error.

A package is named by its directory, such as ./pledge/tally, from the root of
the repository.

`

type options struct {
	n, parallel   int
	seed          uint64
	changed, skip string
	least         time.Duration
	show          bool
}

func main() {
	var o options
	flag.IntVar(&o.n, "n", 0, "how many mutants of a package to draw; 0 for all")
	flag.Uint64Var(&o.seed, "seed", 1, "what they are drawn by")
	flag.IntVar(&o.parallel, "p", 2, "how many mutants are tried at the same time")
	flag.StringVar(&o.changed, "changed", "", "only lines that differ from this `revision`")
	flag.StringVar(&o.skip, "skip", "^$", "packages whose tests aren't run, but for their own mutants, as a regular `expression`")
	flag.DurationVar(&o.least, "timeout", 20*time.Second, "what a mutant may take beside five times what its tests take")
	flag.BoolVar(&o.show, "v", false, "print every mutant and how it ended")
	flag.Usage = func() { fmt.Fprint(os.Stderr, usage); flag.PrintDefaults() }
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	ok, err := run(o, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

func run(o options, args []string) (ok bool, err error) {
	root, err := filepath.Abs("..") // go -C .ci
	if err != nil {
		return false, err
	}
	skip, err := regexp.Compile(o.skip)
	if err != nil {
		return false, fmt.Errorf("-skip: %w", err)
	}
	entries, err := readList(filepath.Join(root, ".ci", "mutants.tsv"))
	if err != nil {
		return false, err
	}
	var changed map[string][][2]int
	if o.changed != "" {
		if changed, err = changedLines(root, o.changed); err != nil {
			return false, err
		}
	}
	all, err := list(root, "./...")
	if err != nil {
		return false, err
	}
	targets, err := list(root, args...)
	if err != nil {
		return false, err
	}
	tmp, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(tmp)
	ok = true
	for _, target := range targets {
		i := slices.IndexFunc(all, func(p *listed) bool { return p.ImportPath == target.ImportPath })
		if i < 0 {
			return false, fmt.Errorf("%s isn't a package of this module", target.ImportPath)
		}
		w := work{options: o, root: root, tmp: tmp, entries: entries, changed: changed}
		good, err := w.mutate(all[i], testers(all, all[i], skip))
		if err != nil {
			return false, err
		}
		ok = ok && good
	}
	return ok, nil
}

type work struct {
	options
	root, tmp string
	entries   []*entry
	changed   map[string][][2]int
}

// mutate tries the mutants of a package, and reports whether all is well.
func (w work) mutate(p *listed, by []*listed) (bool, error) {
	mutants, sources, err := mutantsOf(w.root, p)
	if err != nil {
		return false, err
	}
	dir, err := filepath.Rel(w.root, p.Dir)
	if err != nil {
		return false, err
	}
	stale := match(w.entries, mutants, filepath.ToSlash(dir))
	chosen := w.choose(mutants)
	if len(chosen) == 0 {
		return w.report(p, nil, nil, sources, len(mutants), stale), nil
	}
	var suites []*suite
	for _, t := range by {
		s, err := measure(w.root, w.tmp, p, t, w.parallel)
		if err != nil {
			return false, err
		}
		suites = append(suites, s)
	}
	outcomes := make([]outcome, len(chosen))
	var mu sync.Mutex
	var failed error
	var done atomic.Int64
	indexes := make([]int, len(chosen))
	for i := range indexes {
		indexes[i] = i
	}
	each(indexes, w.parallel, func(i int) {
		o, err := try(w.root, w.tmp, chosen[i], sources[chosen[i].file], suites, w.least)
		outcomes[i] = o
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			failed = err
		}
		if n := done.Add(1); w.show {
			m := chosen[i]
			fmt.Printf("%d/%d %s:%d: %s: %s: %s %s\n", n, len(chosen), relative(w.root, m.file), m.line, m.operator, m.change(), o.state, o.by)
		}
	})
	if failed != nil {
		return false, failed
	}
	return w.report(p, chosen, outcomes, sources, len(mutants), stale), nil
}

// choose leaves those of changed lines, and draws some.
func (w work) choose(all []*mutant) []*mutant {
	var some []*mutant
	for _, m := range all {
		if w.changed == nil || slices.ContainsFunc(w.changed[m.file], func(l [2]int) bool { return l[0] <= m.line && m.line <= l[1] }) {
			some = append(some, m)
		}
	}
	if w.n > 0 && w.n < len(some) {
		rand.New(rand.NewPCG(w.seed, 0)).Shuffle(len(some), func(i, j int) { some[i], some[j] = some[j], some[i] })
		some = some[:w.n]
	}
	return some
}

func (w work) report(p *listed, chosen []*mutant, outcomes []outcome, sources map[string][]byte, of int, stale []*entry) bool {
	counts := map[string]int{}
	ok := true
	for i, m := range chosen {
		state := outcomes[i].state
		e := accepted(w.entries, m)
		switch {
		case state == "killed" && e != nil:
			fmt.Printf(".ci/mutants.tsv:%d: is killed now: %s %s\n", e.line, e.place, e.change)
			ok = false
		case (state == "survived" || state == "uncovered") && e != nil:
			state = "accepted"
		case state == "survived", state == "uncovered":
			note := ""
			if state == "uncovered" {
				note = " (no test comes by)"
			}
			fmt.Printf("%s:%d: survives: %s in %s%s\n%s", relative(w.root, m.file), m.line, m.operator, m.place, note, m.diff(sources[m.file]))
			ok = false
		}
		counts[state]++
	}
	for _, e := range stale {
		fmt.Printf(".ci/mutants.tsv:%d: there is no such mutant: %s %s %s\n", e.line, e.place, e.operator, e.change)
		ok = false
	}
	fmt.Printf("%s: %d mutants tried of %d: %d killed, %d survive, %d accepted, %d uncovered, %d don't compile\n",
		p.ImportPath, len(chosen), of, counts["killed"], counts["survived"], counts["accepted"], counts["uncovered"], counts["invalid"])
	return ok
}

func relative(root, file string) string {
	if rel, err := filepath.Rel(root, file); err == nil {
		return filepath.ToSlash(rel)
	}
	return file
}

// An entry is a survivor that is accepted.
type entry struct {
	place, operator, change, reason string
	line                            int
}

func readList(name string) ([]*entry, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var entries []*entry
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 4 || slices.Contains(c, "") {
			return nil, fmt.Errorf("%s:%d: place, operator, change and reason are wanted, separated by tabs", filepath.Base(name), n)
		}
		if n > 1 {
			entries = append(entries, &entry{c[0], c[1], c[2], c[3], n})
		}
	}
	return entries, lines.Err()
}

func accepted(entries []*entry, m *mutant) *entry {
	for _, e := range entries {
		if e.place == m.place && e.operator == m.operator && e.change == m.change() {
			return e
		}
	}
	return nil
}

// match returns the entries for a package that match none of its mutants.
func match(entries []*entry, mutants []*mutant, dir string) (stale []*entry) {
	for _, e := range entries {
		if strings.HasPrefix(e.place, dir+":") && !slices.ContainsFunc(mutants, func(m *mutant) bool { return accepted([]*entry{e}, m) != nil }) {
			stale = append(stale, e)
		}
	}
	return stale
}
