package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A suite is the tests of a package: what each covers of the mutated package, and
// how long it takes.
type suite struct {
	pkg   *listed
	tests []*test
}

type test struct {
	name   string
	took   time.Duration
	blocks map[string][][2]int // by the name of the file: first and last line
}

func (t *test) covers(m *mutant) bool {
	if !m.inBody {
		return len(t.blocks) > 0 // a constant may matter anywhere
	}
	return slices.ContainsFunc(t.blocks[filepath.Base(m.file)], func(b [2]int) bool { return b[0] <= m.line && m.line <= b[1] })
}

// measure runs each test by itself, with coverage of p.
func measure(root, tmp string, p, of *listed, parallel int) (*suite, error) {
	binary := filepath.Join(tmp, strings.ReplaceAll(of.ImportPath, "/", "_")+".cover")
	if out, err := command(root, "go", "test", "-c", "-cover", "-coverpkg="+p.ImportPath, "-o", binary, of.ImportPath).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go test -c %s: %w\n%s", of.ImportPath, err, out)
	}
	out, err := command(of.Dir, binary, "-test.list", "^(Test|Fuzz|Example)").Output()
	if err != nil {
		return nil, fmt.Errorf("%s -test.list: %w", of.ImportPath, err)
	}
	s := &suite{pkg: of}
	var mu sync.Mutex
	each(strings.Fields(string(out)), parallel, func(name string) {
		profile := filepath.Join(tmp, path.Base(of.ImportPath)+name+".profile")
		defer os.Remove(profile)
		start := time.Now()
		run := command(of.Dir, binary, "-test.run=^"+name+"$", "-test.coverprofile="+profile)
		if out, err := run.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "mutants: %s %s fails by itself, and isn't asked: %v\n%s", of.ImportPath, name, err, out)
			return
		}
		t := &test{name: name, took: time.Since(start), blocks: map[string][][2]int{}}
		content, err := os.ReadFile(profile)
		if err != nil {
			fmt.Fprintln(os.Stderr, "mutants:", err)
			return
		}
		for line := range strings.Lines(string(content)) {
			file, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
			var b [2]int
			var column, statements, count int
			if n, _ := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &b[0], &column, &b[1], &column, &statements, &count); n == 6 && count > 0 && path.Dir(file) == p.ImportPath {
				t.blocks[path.Base(file)] = append(t.blocks[path.Base(file)], b)
			}
		}
		if len(t.blocks) > 0 {
			mu.Lock()
			s.tests = append(s.tests, t)
			mu.Unlock()
		}
	})
	slices.SortFunc(s.tests, func(a, b *test) int { return int(a.took - b.took) })
	return s, nil
}

// each calls f for every element, on some goroutines.
func each[T any](all []T, parallel int, f func(T)) {
	queue := make(chan T)
	var group sync.WaitGroup
	for range parallel {
		group.Go(func() {
			for v := range queue {
				f(v)
			}
		})
	}
	for _, v := range all {
		queue <- v
	}
	close(queue)
	group.Wait()
}

func command(dir, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Dir = dir
	return c
}

// An outcome is how a mutant ended.
type outcome struct {
	state string // killed, survived, uncovered or invalid
	by    string // the package whose tests killed it
}

// try compiles the tests that come by the mutant with it, and runs them.
func try(root, tmp string, m *mutant, source []byte, suites []*suite, least time.Duration) (outcome, error) {
	dir, err := os.MkdirTemp(tmp, "mutant")
	if err != nil {
		return outcome{}, err
	}
	defer os.RemoveAll(dir)
	changed, overlay := filepath.Join(dir, filepath.Base(m.file)), filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {m.file: changed}})
	if err != nil {
		return outcome{}, err
	}
	if err := errors.Join(os.WriteFile(changed, m.apply(source), 0o600), os.WriteFile(overlay, replace, 0o600)); err != nil {
		return outcome{}, err
	}
	state := "uncovered"
	for _, s := range suites {
		var names []string
		var took time.Duration
		for _, t := range s.tests {
			if t.covers(m) {
				names, took = append(names, regexp.QuoteMeta(t.name)), took+t.took
			}
		}
		if len(names) == 0 {
			continue
		}
		binary := filepath.Join(dir, "test")
		if out, err := command(root, "go", "test", "-c", "-overlay="+overlay, "-o", binary, s.pkg.ImportPath).CombinedOutput(); err != nil {
			if bytes.Contains(out, []byte(filepath.Base(m.file)+":")) {
				return outcome{state: "invalid"}, nil
			}
			return outcome{}, fmt.Errorf("%s: %w\n%s", s.pkg.ImportPath, err, out)
		}
		if !passes(s.pkg.Dir, binary, names, least+5*took) {
			return outcome{"killed", s.pkg.ImportPath}, nil
		}
		state = "survived"
	}
	return outcome{state: state}, nil
}

// memory is what a mutant that never ends may take, in KB.
const memory = "8000000"

// passes reports whether the tests pass in the time.
func passes(dir, binary string, names []string, within time.Duration) bool {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	c := exec.CommandContext(ctx, "sh", "-c", "ulimit -v "+memory+` 2>/dev/null; exec "$0" "$@"`,
		binary, "-test.failfast", "-test.run=^("+strings.Join(names, "|")+")$")
	c.Dir = dir
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	c.WaitDelay = time.Second
	return c.Run() == nil
}

// changedLines returns the lines of the files that differ from a revision.
func changedLines(root, revision string) (map[string][][2]int, error) {
	out, err := command(root, "git", "diff", "-U0", "--no-color", "--no-ext-diff", revision, "--", "*.go").Output()
	if err != nil {
		return nil, fmt.Errorf("git diff %s: %w", revision, err)
	}
	lines, file := map[string][][2]int{}, ""
	for in := bufio.NewScanner(bytes.NewReader(out)); in.Scan(); {
		if name, ok := strings.CutPrefix(in.Text(), "+++ b/"); ok {
			file = filepath.Join(root, filepath.FromSlash(name))
		}
		if hunk := hunks.FindStringSubmatch(in.Text()); hunk != nil {
			first, count := 0, 1
			fmt.Sscan(hunk[1], &first)
			if hunk[2] != "" {
				fmt.Sscan(hunk[2], &count)
			}
			lines[file] = append(lines[file], [2]int{first, first + count - 1})
		}
	}
	return lines, nil
}

var hunks = regexp.MustCompile(`^@@ -\S+ \+(\d+)(?:,(\d+))? @@`)
