//go:build !js

package toolchain

import (
	"bytes"
	"context"
	"errors"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func goCommand(ctx context.Context, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env = append(append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS="), env...)
	return cmd.Output()
}

func TestCommentsAndLayoutDoNotCount(t *testing.T) {
	const text = "func F(n int) (int, error) {\n\tif n > 1 {\n\t\treturn n, nil\n\t}\n\treturn 0, E(\"a // b\")\n}"
	want := Sum([]byte(text))
	for _, same := range []string{
		strings.Replace(text, "{\n", "{ // one\n\n", 1),
		strings.Replace(text, "n > 1", "n>1", 1),
		"// F is f.\n" + text,
		strings.Replace(text, "if n", "/* a\nb */ if n", 1),
		strings.Replace(text, "nil\n", "nil;\n", 1),
	} {
		if got := Sum([]byte(same)); got != want {
			t.Errorf("another sum of\n%s", same)
		}
	}
	for _, other := range []string{
		strings.Replace(text, "1", "2", 1),
		strings.Replace(text, "n > 1", "n >= 1", 1),
		strings.Replace(text, "a // b", "a // c", 1),
		strings.Replace(text, "nil\n", "nil; E()\n", 1),
		strings.Replace(text, "E(", "EE(", 1),
		text[:len(text)-1],
	} {
		if got := Sum([]byte(other)); got == want {
			t.Errorf("the same sum of\n%s", other)
		}
	}
}

func TestFunctionsAreFoundByTheirNames(t *testing.T) {
	const text = "package p\n\nfunc F() {}\nfunc (t T) F() {}\nfunc (*T) G() {}\nfunc (t *S[K, V]) H() {}\nfunc (S[K]) I() {}\n"
	all, err := Functions("p.go", []byte(text))
	if got, want := slices.Sorted(maps.Keys(all)), []string{"(*S).H", "(*T).G", "F", "S.I", "T.F"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	if _, err := Functions("p.go", []byte("package")); err == nil {
		t.Error("what isn't Go is taken for it")
	}
}

func TestWhatTheCompilerRefusesIsAnError(t *testing.T) {
	s, err := Find(t.Context(), goCommand)
	if err != nil {
		t.Fatal(err)
	}
	const name = "internal/abi/symtab.go"
	text, err := s.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Check("internal/abi", nil)
	if err != nil || p.Scope().Lookup("FuncIDWrapper") == nil {
		t.Fatalf("%v, %v", p, err)
	}
	for what, more := range map[string]string{
		"a name that isn't there": "\nfunc use() { gone() }\n",
		"a type that isn't":       "\nvar more int = \"text\"\n",
		"no Go":                   "\nfunc {\n",
	} {
		if _, err := s.Check("internal/abi", map[string][]byte{name: append(bytes.Clone(text), more...)}); err == nil {
			t.Errorf("%s is no error", what)
		}
	}
	if _, err := s.Check("internal/gone", nil); err == nil {
		t.Error("a package that isn't there is no error")
	}
	if _, err := s.Import("internal/gone"); err == nil {
		t.Error("nor is it one to import")
	}
}

func TestUsersOfAnObjectAreFound(t *testing.T) {
	s := &Sources{files: map[string][]string{"p": {"p.go"}}, imported: make(map[string]*types.Package)}
	s.Read = func(string) ([]byte, error) {
		return []byte("package p\n\ntype T struct{ a, b int }\n\nfunc (t T) A() int { return t.a }\nfunc B(t T) int { return t.b }\nfunc C(t T) int { return t.A() + B(t) }\nfunc init() { _ = T{}.a }\nfunc init() { _ = T{}.b }\nfunc init() { _ = T{a: 1} }\n"), nil
	}
	p, err := s.Check("p", nil)
	if err != nil {
		t.Fatal(err)
	}
	a, _, _ := types.LookupFieldOrMethod(p.Scope().Lookup("T").Type(), false, p.Package, "a")
	users := p.Users(map[types.Object]bool{a: true})
	if got, want := slices.Sorted(maps.Keys(users)), []string{"T.A", "init"}; !slices.Equal(got, want) {
		t.Errorf("%q use a field, want %q", got, want)
	}
	method, _, _ := types.LookupFieldOrMethod(p.Scope().Lookup("T").Type(), false, p.Package, "A")
	if got, want := slices.Sorted(maps.Keys(p.Users(map[types.Object]bool{method: true}))), []string{"C", "T.A"}; !slices.Equal(got, want) {
		t.Errorf("%q are or use a method, want %q", got, want)
	}
}

func TestMissingGoCommandIsSaid(t *testing.T) {
	broken := errors.New("no go command")
	if _, err := Find(t.Context(), func(context.Context, []string, ...string) ([]byte, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
