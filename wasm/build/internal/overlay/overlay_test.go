//go:build !js

package overlay

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

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

func sets(t *testing.T) map[string]*Set {
	t.Helper()
	std, err1 := Std()
	binding, err2 := Safejs()
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return map[string]*Set{filepath.Join(goroot(t), "src"): std, safejsDir(t): binding}
}

func TestEditsAreForTheSourcesThatThereAre(t *testing.T) {
	for root, s := range sets(t) {
		changed, err := s.Apply(reader(root))
		if err != nil {
			t.Errorf("%v: read what has changed, and then go test -update", err)
		}
		for name, text := range changed {
			if whole, err := reader(root)(name); err != nil || bytes.Equal(whole, text) {
				t.Errorf("%s doesn't change: %v", name, err)
			}
		}
	}
}

func TestAnotherSourceIsRefused(t *testing.T) {
	const from = "package p\n\nimport (\n\t\"errors\"\n\t\"fmt\"\n)\n\nfunc F(n int) error {\n\treturn fmt.Errorf(\"%d\", n)\n}\n\n// G goes.\nfunc G() { fmt.Println() }\n\nvar E = errors.New(\"\")\n"
	s := &Set{make(map[string][]edit)}
	spec := "package p\n\nimport \"strconv\"\n\n// Without fmt.\n//\n//overlay:from p.go " + sum([]byte(from[strings.Index(from, "func F"):strings.Index(from, "\n\n// G goes")])) +
		"\nfunc F(n int) error { return errors.New(strconv.Itoa(n)) }\n\n//overlay:remove p.go " + sum([]byte("func G() { fmt.Println() }")) + " G\n"
	if err := s.read("/a/p", "p.go", []byte(spec)); err != nil {
		t.Fatal(err)
	}
	try := func(text string) (string, error) {
		out, err := s.Apply(func(name string) ([]byte, error) {
			if name != "a/p/p.go" {
				t.Errorf("asks for %s", name)
			}
			return []byte(text), nil
		})
		return string(out["a/p/p.go"]), err
	}
	const want = "package p\n\nimport \"strconv\"\n\nimport (\n\t\"errors\"\n)\n\nfunc F(n int) error { return errors.New(strconv.Itoa(n)) }\n\nvar E = errors.New(\"\")\n"
	if got, err := try(from); err != nil || got != want {
		t.Errorf("%v, got\n%s", err, got)
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
		if got, err := try(text); !errors.As(err, &e) || e.File != "a/p/p.go" || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestEditsWithoutTheirSourceAreRefused(t *testing.T) {
	for _, spec := range []string{
		"package p\n\nfunc F() {}\n",
		"package p\n\n//overlay:from p.go\nfunc F() {}\n",
		"package p\n\n//overlay:remove p.go 0123\n",
		"package",
	} {
		s := &Set{make(map[string][]edit)}
		if err := s.read("", "p.go", []byte(spec)); err == nil {
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
	b, err := Prepare(t.Context(), t.TempDir(), module, goCommand)
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
		var err error
		if wasm, err = trim.Trim(wasm, *o); err != nil {
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
	b, err := prepareStd(t.Context(), t.TempDir(), inCache)
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
	without := func(command string) Go {
		return func(ctx context.Context, env []string, args ...string) ([]byte, error) {
			if args[0] == command {
				return nil, broken
			}
			return goCommand(ctx, env, args...)
		}
	}
	for command, want := range map[string]string{"env": "GOWORK=", "list": "-overlay="} {
		b, err := Prepare(t.Context(), t.TempDir(), t.TempDir(), without(command))
		if all := strings.Join(append(b.Args, b.Env...), " "); !errors.Is(err, broken) || !strings.HasPrefix(all, want) || strings.Contains(all, " ") {
			t.Errorf("without %s: %+v, %v", command, b, err)
		}
	}
}
