//go:build !js

package overlay

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
	"github.com/gcmkit/gcmkit/wasm/build/internal/trim"
)

func goOutput(t *testing.T, args ...string) string {
	t.Helper()
	out, err := goCommand(t.Context(), nil, args...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// goCommand runs the go command for js/wasm.
func goCommand(ctx context.Context, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env = append(append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS="), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, errors.New(stderr.String())
	}
	return out, nil
}

func goroot(t *testing.T) string { return goOutput(t, "env", "GOROOT") }

func safejsDir(t *testing.T) string {
	return goOutput(t, "list", "-m", "-f", "{{.Dir}}", safejs)
}

func allEdits(t *testing.T) map[string][]*Edit {
	t.Helper()
	std, err1 := Std()
	binding, err2 := Safejs()
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return map[string][]*Edit{filepath.Join(goroot(t), "src"): std, safejsDir(t): {binding}}
}

func sources(t *testing.T) *toolchain.Sources {
	t.Helper()
	s, err := toolchain.Find(t.Context(), goCommand)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEditsAreForTheSourcesThatThereAre(t *testing.T) {
	for root, edits := range allEdits(t) {
		good, err := known(edits, reader(root))
		if err != nil {
			t.Errorf("%v: read what has changed, and then go test -update", err)
		}
		for _, e := range good {
			changed, err := apply([]*Edit{e}, reader(root))
			if err != nil || len(changed) == 0 {
				t.Errorf("%s: %v", e.Name, err)
			}
			for name, text := range changed {
				if whole, err := reader(root)(name); err != nil || bytes.Equal(whole, text) {
					t.Errorf("%s doesn't change %s: %v", e.Name, name, err)
				}
			}
			if e.Aim == "" || e.Functions() == 0 {
				t.Errorf("%s doesn't say what it is for, or does nothing", e.Name)
			}
		}
	}
}

// Few edits can be read after an update of Go, and each must be worth that. What
// each saves make sizes says.
func TestEditsAreFew(t *testing.T) {
	edits, err := Std()
	if err != nil || len(edits) > 15 {
		t.Errorf("%d edits of Go's library, more than 15; %v", len(edits), err)
	}
}

// toy is a file, and an edit of it: F gets another body, and G goes.
func toy(t *testing.T) (text string, e *Edit) {
	t.Helper()
	const from = "package p\n\nimport (\n\t\"errors\"\n\t\"fmt\"\n)\n\nfunc F(n int) error {\n\treturn fmt.Errorf(\"%d\", n)\n}\n\n// G goes.\nfunc G() { fmt.Println() }\n\nvar E = errors.New(\"\")\n"
	sum := func(s string) string { return toolchain.Sum([]byte(s)) }
	e = newEdit("toy")
	spec := "package p\n\nimport \"strconv\"\n\n// Without fmt.\n//\n//overlay:from p.go " + sum(from[strings.Index(from, "func F"):strings.Index(from, "\n\n// G goes")]) +
		"\nfunc F(n int) error { return errors.New(strconv.Itoa(n)) }\n\n//overlay:remove p.go " + sum("func G() { fmt.Println() }") + " G\n"
	if err := e.read("/a/p", "p.go", []byte(spec)); err != nil {
		t.Fatal(err)
	}
	return from, e
}

func TestAnotherSourceIsLeftOut(t *testing.T) {
	from, e := toy(t)
	try := func(text string) (string, error) {
		read := func(name string) ([]byte, error) {
			if name != "a/p/p.go" {
				t.Errorf("asks for %s", name)
			}
			return []byte(text), nil
		}
		good, left := known([]*Edit{e}, read)
		out, err := apply(good, read)
		if err != nil {
			t.Error(err)
		}
		return string(out["a/p/p.go"]), left
	}
	const want = "package p\n\nimport \"strconv\"\n\nimport (\n\t\"errors\"\n)\n\nfunc F(n int) error { return errors.New(strconv.Itoa(n)) }\n\nvar E = errors.New(\"\")\n"
	if got, err := try(from); err != nil || got != want {
		t.Errorf("%v, got\n%s", err, got)
	}
	commented := strings.Replace(from, "\treturn", "\t// As ever.\n\n\treturn", 1)
	if got, err := try(commented); err != nil || got != want {
		t.Errorf("a comment counts: %v, got\n%s", err, got)
	}
	for name, text := range map[string]string{
		"another body":      strings.Replace(from, "%d", "%x", 1),
		"another signature": strings.Replace(from, "n int", "n int8", 1),
		"another, to go":    strings.Replace(from, "Println()", "Println(1)", 1),
		"no such function":  strings.Replace(from, "func G", "func H", 1),
		"a method":          strings.Replace(from, "func F", "func (t T) F", 1),
		"no Go":             "package",
		"nothing":           "",
	} {
		var e *SourceError
		if got, err := try(text); !errors.As(err, &e) || e.Edit != "toy" || e.File != "a/p/p.go" || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// changedSources are the toolchain's with some text of one file replaced.
func changedSources(t *testing.T, file, before, after string) *toolchain.Sources {
	t.Helper()
	s := sources(t)
	read := s.Read
	s.Read = func(name string) ([]byte, error) {
		text, err := read(name)
		if name == file {
			if !bytes.Contains(text, []byte(before)) {
				t.Fatalf("%s has no %s", file, before)
			}
			text = bytes.Replace(text, []byte(before), []byte(after), 1)
		}
		return text, err
	}
	return s
}

// One change of Go's library costs one edit, and the others are made.
func TestOnlyTheEditThatDoesNotMatchIsLeftOut(t *testing.T) {
	all, err := Std()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, before, after, left string }{
		"a comment":                   {"runtime/traceback.go", "\nfunc goroutineheader(gp *g) {\n", "\nfunc goroutineheader(gp *g) {\n\t// As ever.\n", ""},
		"a function":                  {"runtime/traceback.go", "\nfunc goroutineheader(gp *g) {\n", "\nfunc goroutineheader(gp *g) {\n\t_ = gp.goid\n", "tracebacks"},
		"a function that isn't there": {"runtime/type.go", "\nfunc typelinksinit() {", "\nvar typelinksinit = func() {", "typelinks"},
	} {
		s := changedSources(t, c.file, c.before, c.after)
		b, err := Prepare(t.Context(), Options{Tmp: t.TempDir(), Module: ".", Go: goCommand, Sources: s, Without: []string{"binding"}})
		left := 0
		for _, e := range all {
			if !slices.ContainsFunc(b.Edits, func(made *Edit) bool { return made.Name == e.Name }) {
				left++
				if e.Name != c.left {
					t.Errorf("%s: %s is left out, too: %v", name, e.Name, err)
				}
			}
		}
		var source *SourceError
		if c.left == "" && (err != nil || left > 0) || c.left != "" && (left != 1 || !errors.As(err, &source) || source.Edit != c.left) {
			t.Errorf("%s: %d left out, %v", name, left, err)
		}
	}
}

// The functions may be the same, and what an edit calls another one.
func TestEditThatDoesNotCompileIsLeftOut(t *testing.T) {
	edits, err := Std()
	if err != nil {
		t.Fatal(err)
	}
	bad := newEdit("bad")
	bad.functions["runtime/mgcsweep.go"] = []function{{name: "deductSweepCredit", body: "func deductSweepCredit(spanBytes uintptr, callerSweepPages uintptr) { gone() }"}}
	good, changed, err := compatible(sources(t), append(edits[:2:2], bad))
	var e *SourceError
	if !errors.As(err, &e) || e.Edit != "bad" || !strings.Contains(e.What, "undefined: gone") {
		t.Errorf("error %v", err)
	}
	if len(good) != 2 || len(changed) == 0 || changed["runtime/mgcsweep.go"] != nil {
		t.Errorf("%d edits, %d files", len(good), len(changed))
	}
}

func TestEditsWithoutTheirSourceAreRefused(t *testing.T) {
	for _, spec := range []string{
		"package p\n\nfunc F() {}\n",
		"package p\n\n//overlay:from p.go\nfunc F() {}\n",
		"package p\n\n//overlay:remove p.go 0123\n",
		"package",
	} {
		if err := newEdit("p").read("", "p.go", []byte(spec)); err == nil {
			t.Errorf("%q: no error", spec)
		}
	}
}

// build builds a program as it is, and with the edits.
func build(t *testing.T, program string, edits Build) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "program.wasm")
	args := append([]string{"build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", out}, edits.Args...)
	if _, err := goCommand(t.Context(), edits.Env, append(args, program)...); err != nil {
		t.Fatal(err)
	}
	wasm, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return wasm
}

func prepared(t *testing.T) Build {
	t.Helper()
	if testing.Short() {
		t.Skip("compiles Go's library and runs Node")
	}
	module := filepath.Dir(goOutput(t, "env", "GOMOD"))
	b, err := Prepare(t.Context(), Options{Tmp: t.TempDir(), Module: module, Go: goCommand, Sources: sources(t)})
	if err != nil {
		t.Fatal(err)
	}
	// As package compile does, so that what engines are made of is in the build cache.
	b.Args = append(b.Args, "-gcflags=syscall/js=-l")
	return b
}

// run runs a program in Node, trimmed unless o is nil.
func run(t *testing.T, wasm []byte, o *trim.Options, args ...string) (output string, code int) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	if o != nil {
		l, err := trim.ReadLayout(sources(t))
		if err != nil {
			t.Fatal(err)
		}
		if wasm, err = l.Trim(wasm, *o); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "program.wasm")
	if err := os.WriteFile(file, wasm, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(goroot(t), "lib", "wasm", "go_js_wasm_exec"), append([]string{file}, args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestEditedProgramDoesTheSame(t *testing.T) {
	edits := prepared(t)
	const stress = "../trim/testdata/stress"
	want, _ := run(t, build(t, stress, Build{}), nil)
	whole := build(t, stress, edits)
	shipped := &trim.Options{Numbered: edits.Numbered}
	for _, o := range []*trim.Options{nil, {}, shipped} {
		if got, code := run(t, whole, o); got != want || code != 0 {
			t.Errorf("exit code %d, got\n%s\nwant\n%s", code, got, want)
		}
	}
	out, code := run(t, whole, shipped, "panic")
	if code != 2 || !strings.Contains(out, "\ndeferred\n") || !strings.Contains(out, "the message stays") {
		t.Errorf("exit code %d\n%s", code, out)
	}
}

func TestEditedBindingSaysTheSame(t *testing.T) {
	edits := prepared(t)
	const program = "./testdata/binding"
	before, after := build(t, program, Build{}), build(t, program, edits)
	want, code := run(t, before, nil)
	if code != 0 || strings.Count(want, "\n") != 15 {
		t.Fatalf("exit code %d\n%s", code, want)
	}
	if got, code := run(t, after, &trim.Options{Numbered: edits.Numbered}); got != want || code != 0 {
		t.Errorf("exit code %d, got\n%s\nwant\n%s", code, got, want)
	}
	if bytes.Contains(before, []byte("fmt.")) == bytes.Contains(after, []byte("fmt.")) {
		t.Error("fmt is there in both, or in neither")
	}
	if len(after) > len(before)*3/4 {
		t.Errorf("hardly smaller: %d bytes, then %d", len(before), len(after))
	}
}

// The go command downloads toolchains into the module cache, where it takes no
// overlay.
func TestToolchainInTheModuleCacheIsEditedToo(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles Go's library")
	}
	cache := filepath.Dir(goroot(t))
	inCache := func(ctx context.Context, env []string, args ...string) ([]byte, error) {
		return goCommand(ctx, append([]string{"GOMODCACHE=" + cache}, env...), args...)
	}
	b, err := prepareStd(t.Context(), Options{Tmp: t.TempDir(), Go: inCache, Sources: sources(t)})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := errors.Join(
		os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.org/empty\n\ngo 1.26.0\n"), 0o644),
		os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n\nfunc main() {}\n"), 0o644),
	); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	args := append(append([]string{"build", "-trimpath"}, b.Args...), "-o", filepath.Join(dir, "empty.wasm"), ".")
	if _, err := inCache(t.Context(), nil, args...); err == nil {
		t.Error("the go command takes the overlay as it is; the other name isn't needed any more")
	}
	if _, err := inCache(t.Context(), b.Env, args...); err != nil {
		t.Error(err)
	}
}

func TestWhatIsNotKnownIsBuiltWithoutEdits(t *testing.T) {
	broken := errors.New("another one")
	without := func(ctx context.Context, env []string, args ...string) ([]byte, error) {
		if args[0] == "list" {
			return nil, broken
		}
		return goCommand(ctx, env, args...)
	}
	b, err := Prepare(t.Context(), Options{Tmp: t.TempDir(), Module: t.TempDir(), Go: without, Sources: sources(t)})
	if err == nil || !strings.Contains(err.Error(), "edit binding is left out") || len(b.Env) > 0 || !b.Numbered {
		t.Errorf("without the binding: %+v, %v", b, err)
	}
	b, err = Prepare(t.Context(), Options{Tmp: t.TempDir(), Module: t.TempDir(), Go: without})
	if err == nil || len(b.Args)+len(b.Env)+len(b.Edits) > 0 || b.Numbered {
		t.Errorf("without any sources: %+v, %v", b, err)
	}
}
