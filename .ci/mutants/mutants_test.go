package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const code = `package a

const most = 3

type list struct{ all []int }

func (l *list) add(n int) {
	if n >= most && n != 0 {
		return
	}
	l.all = append(l.all, n)
}

func Sum(all []int) (sum int) {
	for _, n := range all {
		if n < 0 {
			continue
		}
		sum += n
	}
	for i := 0; i < 2; i++ {
		println()
	}
	return sum
}
`

// module writes a module with a test.
func module(t *testing.T, test string) (root string) {
	t.Helper()
	root = t.TempDir()
	for name, content := range map[string]string{"go.mod": "module example.org/a\n\ngo 1.26.0\n", "a.go": code, "a_test.go": test} {
		if err := os.WriteFile(filepath.Join(root, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func mutantsIn(t *testing.T, root string) ([]*listed, []*mutant, map[string][]byte) {
	t.Helper()
	all, err := list(root, "./...")
	if err != nil {
		t.Fatal(err)
	}
	mutants, sources, err := mutantsOf(root, all[0])
	if err != nil {
		t.Fatal(err)
	}
	return all, mutants, sources
}

func TestEveryOperatorChangesWhatItSays(t *testing.T) {
	_, mutants, sources := mutantsIn(t, module(t, "package a\n"))
	var got []string
	for _, m := range mutants {
		got = append(got, strings.TrimPrefix(m.place, ".:")+" "+m.operator+" "+m.change())
		if changed := m.apply(sources[m.file]); string(changed) == code {
			t.Errorf("%s changes nothing", m.change())
		}
	}
	want := `most constant 3 => 4
most constant 3 => 2
list.add negate n >= most && n != 0 => !(n >= most && n != 0)
list.add and-or n >= most && n != 0 => n >= most || n != 0
list.add boundary n >= most => n > most
list.add constant n != 0 => n != 1
list.add constant n != 0 => n != -1
list.add remove return =>
list.add append l.all = append(l.all, n) =>
Sum loop all => all[:max(0, len(all)-1)]
Sum negate n < 0 => !(n < 0)
Sum boundary n < 0 => n <= 0
Sum constant n < 0 => n < 1
Sum constant n < 0 => n < -1
Sum remove continue =>
Sum remove sum += n =>
Sum constant 0 => 1
Sum constant 0 => -1
Sum negate i < 2 => !(i < 2)
Sum boundary i < 2 => i <= 2
Sum constant i < 2 => i < 3
Sum constant i < 2 => i < 1
Sum loop 2 => (2)-1
Sum remove println() =>`
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("mutants:\n%s\nwant:\n%s", text, want)
	}
}

func TestWhatNoTestNoticesSurvives(t *testing.T) {
	root := module(t, `package a

import "testing"

func TestSum(t *testing.T) {
	if Sum([]int{1, 0, 2}) != 3 {
		t.Error("sum")
	}
}
`)
	all, mutants, sources := mutantsIn(t, root)
	s, err := measure(root, t.TempDir(), all[0], all[0], 1)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"list.add append":   "uncovered",
		"Sum remove sum +=": "killed",
		"Sum loop all":      "killed",
		"Sum negate i < 2":  "survived",
		"Sum negate n < 0":  "killed",
		// No test has a number below zero, so that nobody comes by.
		"Sum remove continue": "uncovered",
		"Sum remove println":  "survived",
	}
	for _, m := range mutants {
		for key, state := range want {
			if !strings.HasPrefix(strings.TrimPrefix(m.place, ".:")+" "+m.operator+" "+m.change(), key) {
				continue
			}
			delete(want, key)
			got, err := try(root, t.TempDir(), m, sources[m.file], []*suite{s}, 10*time.Second)
			if err != nil || got.state != state {
				t.Errorf("%s: %v, %v, want %s", key, got, err, state)
			}
		}
	}
	for key := range want {
		t.Error("no mutant", key)
	}
}

func TestATestThatNeverEndsHasNoticed(t *testing.T) {
	root := module(t, "package a\n\nimport \"testing\"\n\nfunc TestSum(t *testing.T) { Sum(nil) }\n")
	all, mutants, sources := mutantsIn(t, root)
	s, err := measure(root, t.TempDir(), all[0], all[0], 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mutants {
		if m.operator == "negate" && strings.HasPrefix(m.old, "i <") {
			m.text = "true"
			got, err := try(root, t.TempDir(), m, sources[m.file], []*suite{s}, time.Second)
			if err != nil || got.state != "killed" {
				t.Error(got, err)
			}
		}
	}
}

func TestAnEntryThatMatchesNoMutantIsNamed(t *testing.T) {
	name := filepath.Join(t.TempDir(), "list.tsv")
	content := "place\toperator\tchange\treason\n.:Sum\tremove\tcontinue =>\tnone\n.:Sum\tremove\tbreak =>\tnone\nb:Sum\tremove\tbreak =>\tanother package\n"
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	entries, err := readList(name)
	if err != nil {
		t.Fatal(err)
	}
	_, mutants, _ := mutantsIn(t, module(t, "package a\n"))
	if stale := match(entries, mutants, "."); len(stale) != 1 || stale[0].line != 3 {
		t.Errorf("stale: %v", stale)
	}
	if err := os.WriteFile(name, []byte("place\toperator\tchange\treason\na\tb\tc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readList(name); err == nil || !strings.Contains(err.Error(), ":2:") {
		t.Error("an entry without a reason:", err)
	}
}

func TestTheRepositorysListIsReadable(t *testing.T) {
	if _, err := readList("../mutants.tsv"); err != nil {
		t.Error(err)
	}
}

func TestOnlyChangedLinesAreMutated(t *testing.T) {
	root := module(t, "package a\n")
	git := func(args ...string) {
		t.Helper()
		if out, err := command(root, "git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "a")
	file := filepath.Join(root, "a.go")
	if err := os.WriteFile(file, []byte(strings.Replace(code, "n < 0", "n < -7", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	changed, err := changedLines(root, "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	_, mutants, _ := mutantsIn(t, root)
	var got []string
	for _, m := range (work{changed: changed}).choose(mutants) {
		got = append(got, m.change())
	}
	if text := strings.Join(got, ", "); text != "n < -7 => !(n < -7), n < -7 => n <= -7, -7 => -8, -7 => -6" {
		t.Error(text)
	}
}

func TestWhatIsDrawnByASeedIsTheSame(t *testing.T) {
	_, mutants, _ := mutantsIn(t, module(t, "package a\n"))
	draw := func(seed uint64) (text string) {
		for _, m := range (work{options: options{n: 3, seed: seed}}).choose(mutants) {
			text += m.change() + "\n"
		}
		return text
	}
	first, again, other := draw(1), draw(1), draw(2)
	if first != again || first == other || strings.Count(first, "\n") != 3 {
		t.Errorf("%s%s%s", first, again, other)
	}
}
