//go:build !js

package trim

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/toolchain"
)

var full = flag.Bool("full", false, "build toolchains whose sources are changed, and run what they make, which takes a minute or two")

// A variant is another toolchain: one that lays moduledata out in another way, or
// that uses it in another way. What moved does to the bytes of moduledata is what
// the sources do.
type variant struct {
	name    string
	changes []change
	moved   func(b []byte) []byte // nil if the change isn't one of the layout
	goFunc  uint64                // where it is then
	unknown string                // what isn't known then; "" if the layout can be read
}

// change is of a file below GOROOT/src.
type change struct{ file, before, after string }

const (
	symtab    = "runtime/symtab.go"
	written   = "cmd/link/internal/ld/symtab.go"
	goFunc    = "\tgofunc                uintptr // go.func.*\n"
	addGoFunc = "\tmoduledata.AddAddr(ctxt.Arch, ldr.Lookup(\"go:func.*\", 0))\n"
)

var variants = []variant{
	{
		name: "two fields more",
		changes: []change{
			{symtab, goFunc, "\tmore1, more2 uintptr\n" + goFunc},
			{written, addGoFunc, "\tmoduledata.AddUint(ctxt.Arch, 77)\n\tmoduledata.AddUint(ctxt.Arch, 78)\n" + addGoFunc},
		},
		moved:  func(b []byte) []byte { return slices.Insert(b, 320, []byte("seventy7seventy8")...) },
		goFunc: 336,
	},
	{
		name: "a field less",
		changes: []change{
			{symtab, "\tend, gcdata, gcbss    uintptr\n", "\tgcdata, gcbss uintptr\n"},
			{written, "\tmoduledata.AddAddr(ctxt.Arch, ldr.Lookup(\"runtime.end\", 0))\n", ""},
			{"runtime/malloc.go", "firstmoduledata.end\n", "firstmoduledata.enoptrbss\n"},
			{"runtime/mem_sbrk.go", "firstmoduledata.end)", "firstmoduledata.enoptrbss)"},
			{"runtime/debuglog.go", "datap.end ", "datap.enoptrbss "},
		},
		moved:  func(b []byte) []byte { return slices.Delete(b, 272, 280) },
		goFunc: 312,
	},
	{
		name: "another order",
		changes: []change{
			{symtab, goFunc, ""},
			{symtab, "\tfindfunctab  uintptr\n", "\tgofunc uintptr\n\tfindfunctab uintptr\n"},
			{written, addGoFunc, ""},
			{written, "\tmoduledata.AddAddr(ctxt.Arch, pcln.findfunctab)\n", addGoFunc + "\tmoduledata.AddAddr(ctxt.Arch, pcln.findfunctab)\n"},
		},
		moved: func(b []byte) []byte {
			field := bytes.Clone(b[320:328])
			return slices.Insert(slices.Delete(b, 320, 328), 152, field...)
		},
		goFunc: 152,
	},
	{
		name:    "a comment more",
		changes: []change{{symtab, "\npackage runtime\n", "\n// As ever.\npackage runtime\n"}},
		moved:   func(b []byte) []byte { return b },
		goFunc:  320,
	},
	{
		name:    "another type",
		changes: []change{{symtab, "\tcutab        []uint32\n", "\tcutab        []uint64\n"}, {symtab, "fileoff != ^uint32(0)", "fileoff != ^uint64(0)"}},
		unknown: "cutab is []uint64",
	},
	{
		name:    "another reader",
		changes: []change{{symtab, "\nfunc funcname(f funcInfo) string {\n", "\nfunc isNamed(f funcInfo) bool { return f.nameOff != 0 }\n\nfunc funcname(f funcInfo) string {\n"}},
		unknown: "runtime isNamed (new)",
	},
	{
		name:    "a reader that does something else",
		changes: []change{{symtab, "\tconst skipCache = false\n", "\tconst skipCache = true\n"}},
		unknown: "runtime pcvalue (another one)",
	},
	{
		name:    "a reader of fields that does something else",
		changes: []change{{"runtime/alg.go", "\t\t\tif f.Name.IsBlank() {\n", "\t\t\tif f.Name.IsBlank() && f.Offset > 0 {\n"}},
		unknown: "runtime typehash (another one)",
	},
	{
		name:    "another compiler",
		changes: []change{{"cmd/compile/internal/reflectdata/reflect.go", "\tif embedded {\n\t\tbits |= 1 << 3\n", "\tif embedded {\n\t\tbits |= 1 << 4\n"}},
		unknown: "reflect.go dnameData (another one)",
	},
	{
		name:    "another linker",
		changes: []change{{"cmd/link/internal/ld/pcln.go", "\t\tfdSyms = append(fdSyms, fdSym)\n", "\t\tfdSyms = append(fdSyms, fdSym, fdSym)\n"}},
		unknown: "generateFuncdata (another one)",
	},
	{
		name:    "a table more",
		changes: []change{{"internal/abi/symtab.go", "\tPCDATA_PanicBounds   = 4\n", "\tPCDATA_PanicBounds   = 4\n\tPCDATA_More = 5\n"}},
		unknown: "PCDATA_More isn't known",
	},
	{
		name:    "a source that doesn't compile",
		changes: []change{{"internal/abi/symtab.go", "\tPCDATA_ArgLiveIndex  = 3\n", ""}},
		unknown: "package runtime",
	},
	{
		name:    "no such file",
		changes: []change{{"cmd/internal/obj/pcln.go", "", ""}},
		unknown: "cmd/internal/obj/pcln.go",
	},
}

// text returns a file as it is in the variant.
func (v variant) text(t *testing.T, name string, text []byte) []byte {
	for _, c := range v.changes {
		if c.file != name {
			continue
		}
		if !bytes.Contains(text, []byte(c.before)) {
			t.Errorf("%s: %s has no %q", v.name, name, c.before)
		}
		text = bytes.ReplaceAll(text, []byte(c.before), []byte(c.after))
	}
	return text
}

func (v variant) sources(t *testing.T) *toolchain.Sources {
	t.Helper()
	s := sources(t)
	read := s.Read
	s.Read = func(name string) ([]byte, error) {
		if slices.Contains(v.changes, change{file: name}) {
			return nil, os.ErrNotExist
		}
		text, err := read(name)
		return v.text(t, name, text), err
	}
	return s
}

// Offsets come from the sources: what another toolchain lays out in another way is
// found where it is then, and an image that isn't laid out as the sources say is
// left alone.
func TestLayoutFollowsTheSources(t *testing.T) {
	whole := program(t)
	l := known(t)
	trimmed, err := trimImage(t, whole, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range variants {
		got, err := ReadLayout(v.sources(t))
		if v.unknown != "" {
			var e *LayoutError
			if !errors.As(err, &e) || !strings.Contains(err.Error(), v.unknown) {
				t.Errorf("%s: %v, without %q", v.name, err, v.unknown)
			}
			continue
		}
		if err != nil || got.Module.GoFunc != v.goFunc {
			t.Errorf("%s: %+v, %v", v.name, got, err)
			continue
		}
		m := dataOf(t, whole)
		module := moduleOf(t, m, l)
		const room = 32 // more than a variant adds
		before := bytes.Clone(m.at(module, l.Module.Size+room))
		put := func(m *image, b []byte) { copy(m.at(module, l.Module.Size+room), b) }
		put(m, v.moved(bytes.Clone(before[:l.Module.Size])))
		if v.goFunc != l.Module.GoFunc {
			other := &image{m.base, bytes.Clone(m.bytes)}
			if err := other.trim(l, Options{}); err == nil {
				t.Errorf("%s: trimmed by the layout of another toolchain", v.name)
			}
			if !bytes.Equal(other.bytes, m.bytes) {
				t.Errorf("%s: refused, and changed", v.name)
			}
		}
		if err := m.trim(got, Options{}); err != nil {
			t.Errorf("%s: %v", v.name, err)
			continue
		}
		put(m, before)
		if !bytes.Equal(m.bytes, trimmed.bytes) {
			t.Errorf("%s: trimmed in another way", v.name)
		}
	}
}

// dataOf returns the image of a program.
func dataOf(t *testing.T, wasm []byte) *image {
	t.Helper()
	sections, err := parse(wasm)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections {
		if s.id == sectionData {
			m, err := readImage(s.body)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
	}
	t.Fatal("no data")
	return nil
}

func trimImage(t *testing.T, wasm []byte, l *Layout) (*image, error) {
	m := dataOf(t, wasm)
	return m, m.trim(l, Options{})
}

// moduleOf returns the address of moduledata.
func moduleOf(t *testing.T, m *image, l *Layout) uint64 {
	t.Helper()
	header := found(t, m).names.start
	for address := (m.base + pointer - 1) &^ (pointer - 1); m.has(address, l.Module.Size); address += pointer {
		if m.word(address+l.Module.FuncNameTab) == header && m.has(m.word(address), pointer) && bytes.Equal(m.at(m.word(address), pointer), l.Magic[:]) {
			return address
		}
	}
	t.Fatal("no moduledata")
	return 0
}

// The same with toolchains that are really built from those sources: what their
// linker writes, trimmed by what their sources say, runs.
func TestProgramsOfOtherToolchainsRun(t *testing.T) {
	if !*full {
		t.Skip("-full isn't given")
	}
	whole := program(t)
	want, _ := run(t, whole)
	for _, v := range variants {
		if v.unknown != "" || len(v.changes) < 2 {
			continue
		}
		l, err := ReadLayout(v.sources(t))
		if err != nil {
			t.Fatal(err)
		}
		made := v.build(t)
		if _, err := known(t).Trim(made, Options{}); err == nil {
			t.Errorf("%s: trimmed by the layout of another toolchain", v.name)
		}
		for name, o := range map[string]Options{"all": {}, "keep names": {KeepNames: true}} {
			trimmed, err := l.Trim(made, o)
			if err != nil {
				t.Errorf("%s, %s: %v", v.name, name, err)
				continue
			}
			if got, code := run(t, trimmed); got != want || code != 0 {
				t.Errorf("%s, %s: exit code %d\n%s", v.name, name, code, got)
			}
		}
	}
}

// build builds the linker of a variant, and with it testdata/stress.
func (v variant) build(t *testing.T) []byte {
	t.Helper()
	dir := t.TempDir()
	s := sources(t)
	// The linker itself is one of this toolchain, with this runtime.
	overlay := func(prefix string) string {
		var list struct{ Replace map[string]string }
		list.Replace = make(map[string]string)
		for _, c := range v.changes {
			if !strings.HasPrefix(c.file, prefix) {
				continue
			}
			text, err := s.Read(c.file)
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(dir, strings.ReplaceAll(c.file, "/", "_"))
			if err := os.WriteFile(to, v.text(t, c.file, text), 0o666); err != nil {
				t.Fatal(err)
			}
			list.Replace[filepath.Join(s.Root, "src", filepath.FromSlash(c.file))] = to
		}
		text, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, strings.TrimSuffix(prefix, "/")+".json")
		if err := os.WriteFile(file, text, 0o666); err != nil {
			t.Fatal(err)
		}
		return "-overlay=" + file
	}
	linker, out := filepath.Join(dir, "link"), filepath.Join(dir, "stress.wasm")
	// The go command asks each tool what it is through this, too.
	script := "#!/bin/sh\ntool=$1\nshift\ncase $tool in */link) tool='" + linker + "';; esac\nexec \"$tool\" \"$@\"\n"
	toolexec := filepath.Join(dir, "toolexec")
	if err := os.WriteFile(toolexec, []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	build := func(env []string, args ...string) {
		cmd := exec.Command("go", append([]string{"build", "-trimpath"}, args...)...)
		cmd.Env = append(os.Environ(), env...)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", v.name, err, said)
		}
	}
	build(nil, overlay("cmd/"), "-o", linker, "cmd/link")
	build([]string{"GOOS=js", "GOARCH=wasm"}, overlay("runtime/"), "-toolexec="+toolexec, "-ldflags=-s -w -buildid=", "-o", out, "./testdata/stress")
	wasm, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return wasm
}
