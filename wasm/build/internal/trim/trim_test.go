package trim

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// stress and plain are programs as the toolchain builds them.
var (
	stress = sync.OnceValues(func() ([]byte, error) { return built("./testdata/stress") })
	plain  = sync.OnceValues(func() ([]byte, error) { return built("./testdata/plain") })
)

func built(pkg string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "trim-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out := filepath.Join(dir, "program.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", out, pkg)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, errors.New(string(text))
	}
	return os.ReadFile(out)
}

func program(t *testing.T) []byte { return programOf(t, stress) }

func programOf(t *testing.T, build func() ([]byte, error)) []byte {
	t.Helper()
	if runtime.GOOS == "js" || testing.Short() {
		t.Skip("runs the go command and Node")
	}
	b, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// run runs a program in Node and returns its output and exit code.
func run(t *testing.T, wasm []byte, args ...string) (string, int) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	file := filepath.Join(t.TempDir(), "program.wasm")
	if err := os.WriteFile(file, wasm, 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec"), append([]string{file}, args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestTrimmedProgramDoesTheSame(t *testing.T) {
	whole := program(t)
	want, code := run(t, whole)
	if code != 0 || strings.Count(want, "\n") != 11 || !strings.Contains(want, "\nnil receiver true\n") {
		t.Fatalf("exit code %d\n%s", code, want)
	}
	for name, o := range map[string]Options{"all": {}, "keep names": {KeepNames: true}} {
		trimmed, err := known(t).Trim(whole, o)
		if err != nil {
			t.Fatal(err)
		}
		if got, code := run(t, trimmed); got != want || code != 0 {
			t.Errorf("%s: exit code %d, got\n%s\nwant\n%s", name, code, got, want)
		}
	}
}

func TestPanicOfATrimmedProgramStillSaysWhatItIs(t *testing.T) {
	whole := program(t)
	for name, c := range map[string]struct {
		o     Options
		names bool
	}{"all": {Options{}, false}, "keep names": {Options{KeepNames: true}, true}} {
		trimmed, err := known(t).Trim(whole, c.o)
		if err != nil {
			t.Fatal(err)
		}
		out, code := run(t, trimmed, "panic")
		if code != 2 || !strings.Contains(out, "\ndeferred\n") || !strings.Contains(out, "the message stays") {
			t.Errorf("%s: exit code %d\n%s", name, code, out)
		}
		if strings.Contains(out, "main.main()") != c.names {
			t.Errorf("%s: names in the traceback\n%s", name, out)
		}
	}
}

func TestOnlyTheDataChanges(t *testing.T) {
	whole := program(t)
	before, err := parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	sizes := []int{len(whole)}
	for _, o := range []Options{{KeepNames: true}, {}} {
		trimmed, err := known(t).Trim(whole, o)
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(trimmed))
		after, err := parse(trimmed)
		if err != nil || len(after) != len(before) {
			t.Fatalf("%d sections, %v", len(after), err)
		}
		for i, s := range before {
			if s.id != sectionData && (s.id != after[i].id || !bytes.Equal(s.body, after[i].body)) {
				t.Errorf("section %d has changed", s.id)
			}
		}
		again, err := known(t).Trim(trimmed, o)
		if err != nil || !bytes.Equal(again, trimmed) {
			t.Errorf("trimming twice isn't trimming once: %v", err)
		}
	}
	if sizes[0] < sizes[1]*21/20 || sizes[1] < sizes[2]*21/20 {
		t.Errorf("hardly smaller: %v", sizes)
	}
}

func TestUnknownLayoutsAreRefused(t *testing.T) {
	whole := program(t)
	sections, err := parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	change := func(f func(*image)) []byte { return changed(t, whole, sections, f) }
	find := func(m *image) *tables { return found(t, m) }
	l := known(t)
	for name, file := range map[string][]byte{
		"nothing":        nil,
		"another file":   []byte("<!doctype html>"),
		"no data":        whole[:8],
		"cut short":      whole[:len(whole)/2],
		"a later magic":  change(func(m *image) { m.bytes[bytes.Index(m.bytes, l.Magic[:])] = 0xf2 }),
		"shuffled table": change(func(m *image) { f := find(m); clear(m.at(f.ftab+8, 4)) }),
		"an offset beyond the end": change(func(m *image) {
			_, f, _ := find(m).function(3)
			f.set(l.Func.PCSP, 1<<30)
		}),
		"more functions than there are": change(func(m *image) { f := find(m); copy(m.at(f.ftab+8*5+4, 4), "\xff\xff\xff\x7f") }),
	} {
		var e *LayoutError
		if out, err := known(t).Trim(file, Options{}); !errors.As(err, &e) || out != nil {
			t.Errorf("%s: %d bytes, %v", name, len(out), err)
		}
	}
}

// changed makes a file of a program with its data changed.
func changed(t *testing.T, whole []byte, sections []section, f func(*image)) []byte {
	t.Helper()
	out := append([]byte(nil), whole[:8]...)
	for _, s := range sections {
		if s.id == sectionData {
			m, err := readImage(s.body)
			if err != nil {
				t.Fatal(err)
			}
			f(m)
			s.body = m.segments()
		}
		out = s.append(out)
	}
	return out
}

func found(t *testing.T, m *image) *tables {
	t.Helper()
	all, err := m.findTables(known(t))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A program that finds functions by number must have one for each number.
func TestGapsInTheNumbersOfFunctionsAreRefused(t *testing.T) {
	whole := program(t)
	sections, err := parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := known(t).Trim(whole, Options{Numbered: true}); err != nil {
		t.Error(err)
	}
	changed(t, whole, sections, func(m *image) {
		all := found(t, m)
		binary.LittleEndian.PutUint32(m.at(all.ftab+8*5, 4), uint32(all.first)+6)
		var e *LayoutError
		if err := all.trimEntries(); !errors.As(err, &e) || !strings.Contains(e.What, "function 5 ") {
			t.Errorf("error %v", err)
		}
	})
}

// FuzzTrim checks that no file makes Trim panic or take memory without end, and
// that what it makes of one is a file again.
func FuzzTrim(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x0f\x02\x00\x41\x08\x0b\x02ab\x00\x41\x20\x0b\x03c\x00d"))
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x0b\x07\x01\x00\x41\xff\xff\xff\x07\x0b\x00"))
	l, err := layout()
	if err != nil {
		l = new(Layout)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		if out, err := l.Trim(in, Options{}); err == nil {
			if _, err := parse(out); err != nil {
				t.Fatal(err)
			}
		}
		sections, err := parse(in)
		if err != nil {
			return
		}
		for _, s := range sections {
			m, err := readImage(s.body)
			if err != nil {
				continue
			}
			again, err := readImage(m.segments())
			if err != nil {
				t.Fatal(err)
			}
			// Zeros at either end are left out: memory is zero to begin with.
			if got, want := bytes.Trim(again.bytes, "\x00"), bytes.Trim(m.bytes, "\x00"); !bytes.Equal(got, want) {
				t.Fatalf("%x is not %x", got, want)
			}
		}
	})
}
