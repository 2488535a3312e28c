//go:build !js

package peephole

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"
)

// node runs Node and returns what it prints.
func node(t *testing.T, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	cmd := exec.Command("node", args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// A whole Go program prints the same: one that collects garbage in deep recursion,
// switches goroutines, recovers, and waits for timers.
func TestRewrittenProgramDoesTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command and Node")
	}
	file := filepath.Join(t.TempDir(), "stress.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-o", file, "../trim/testdata/stress")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	after, err := Rewrite(before)
	if err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run := func(wasm []byte) string {
		return node(t, "--stack-size=8192", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js"), write(t, "program.wasm", wasm), "panic")
	}
	want, got := run(before), run(after)
	if !strings.Contains(want, "\nnil receiver true\n") || !strings.Contains(want, "the message stays") || !strings.Contains(want, "main.main()") {
		t.Fatal(want)
	}
	// Behind the message stands a traceback, with addresses that are other ones each time.
	if want, got := cut(want), cut(got); got != want {
		t.Errorf("prints\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(got, "main.main()") {
		t.Errorf("no names in the traceback\n%s", got)
	}
	if len(after) > len(before)*97/100 {
		t.Errorf("%d bytes of %d", len(after), len(before))
	}
	again, err := Rewrite(after)
	if err != nil || !bytes.Equal(again, after) {
		t.Errorf("rewriting twice isn't rewriting once: %v", err)
	}
	onlyCode(t, before, after)
}

func cut(output string) string {
	text, _, _ := strings.Cut(output, "\ngoroutine 1 ")
	return text
}

// onlyCode checks that all other sections are what they were.
func onlyCode(t *testing.T, before, after []byte) {
	t.Helper()
	b, a := wasmbin.Reader{B: before[8:]}, wasmbin.Reader{B: after[8:]}
	for len(b.B) > 0 {
		id := b.Byte()
		if a.Byte() != id {
			t.Fatalf("section %d isn't there", id)
		}
		x, y := b.Bytes(b.Number()), a.Bytes(a.Number())
		if id != sectionCode && !bytes.Equal(x, y) {
			t.Errorf("section %d has changed", id)
		}
	}
}

// Random functions of the form that Go's have do the same from each place, with what
// they were called with, the memory, and each call that they make. Node says so.
func TestRandomFunctionsDoTheSame(t *testing.T) {
	const functions = 300
	r := rand.New(rand.NewPCG(23, 10))
	var all [][]instruction
	rules := map[string]int{}
	for range functions {
		g := generator{Rand: r, places: 1 + r.IntN(8)}
		code := g.function()
		all = append(all, code)
		text := disassemble(code)
		after, ok := parse(rewrite((&function{randomLocals, code}).append(nil)))
		if !ok {
			t.Fatal(text)
		}
		now := disassemble(after.code)
		for rule, piece := range map[string]string{"jump": "set 0 br ", "address": "extend i64 ", "leave": "br_if", "return": "i64 327"} {
			if strings.Count(now, piece) < strings.Count(text, piece) {
				rules[rule]++
			}
		}
	}
	for _, rule := range []string{"jump", "address", "leave", "return"} {
		if rules[rule] < functions/4 {
			t.Errorf("%s is used in %d functions only", rule, rules[rule])
		}
	}
	before := module(all)
	after, err := Rewrite(before)
	if err != nil {
		t.Fatal(err)
	}
	onlyCode(t, before, after)
	said := node(t, "testdata/same.mjs", write(t, "before.wasm", before), write(t, "after.wasm", after))
	if n, err := strconv.Atoi(said); err != nil || n < functions*2 {
		t.Error(said)
	}
}

var randomLocals = []group{{1, i32}, {4, i64}}

// A generator writes a function.
type generator struct {
	*rand.Rand
	places int
	place  int // where it is
	depth  int // of blocks, from that of the loop
	code   []instruction
}

func (g *generator) write(op byte, args ...string) {
	g.code = append(g.code, instruction{op, strings.Join(args, "")})
}

func (g *generator) function() []instruction {
	g.write(opGlobalGet, sharedStack)
	g.write(opLocalSet, stackPointer)
	g.write(opBlock, void)
	g.write(opLoop, void)
	for range g.places {
		g.write(opBlock, void)
	}
	g.write(opLocalGet, place)
	table := ""
	n := 0
	for p := range g.places {
		for range 1 + g.IntN(2) { // some places have two numbers
			table += unsigned(p)
			n++
		}
	}
	g.write(opBrTable, unsigned(n), table, unsigned(g.places-1))
	for g.place = range g.places {
		g.write(opEnd)
		g.depth = g.places - 1 - g.place
		g.call()
		for range g.IntN(6) {
			g.statement()
		}
	}
	g.write(opI32Const, "\x00")
	g.write(opReturn)
	g.write(opEnd)
	g.write(0x00) // unreachable
	g.write(opEnd)
	g.write(opI32Const, "\x01")
	g.write(opEnd)
	return g.code
}

// call calls out, as each place does so that no function runs for ever.
func (g *generator) call() {
	g.write(opLocalGet, stackPointer)
	g.write(opI32Const, signed(8))
	g.write(0x6b) // i32.sub
	g.write(opLocalTee, stackPointer)
	g.write(opGlobalSet, sharedStack)
	g.write(opLocalGet, stackPointer)
	g.write(opI64Const, signed(5<<16|int64(g.IntN(100))))
	g.write(opStoreI64, "\x03\x00")
	g.write(opI32Const, "\x00")
	g.write(opCall, "\x00")
	g.write(opGlobalGet, sharedStack)
	g.write(opLocalSet, stackPointer)
	g.write(opBrIf, unsigned(g.depth+1))
}

func (g *generator) statement() {
	switch g.IntN(6) {
	case 0:
		g.address()
		g.value(3)
		g.write(opStoreI64, "\x03", unsigned(8*g.IntN(4)))
	case 1:
		g.value(3)
		g.write(opLocalSet, g.variable())
	case 2: // a jump on a condition
		g.value(2)
		g.write(0x50) // i64.eqz
		if g.IntN(2) == 0 {
			g.write(0x45) // i32.eqz
		}
		g.write(opIf, void)
		g.jump(1)
		if g.IntN(4) == 0 {
			g.write(opElse)
			g.value(1)
			g.write(opLocalSet, g.variable())
		}
		g.write(opEnd)
	case 3: // something in a block
		g.write(opBlock, void)
		g.value(2)
		g.write(opI32WrapI64)
		g.write(opBrIf, "\x00")
		g.depth++
		g.statement()
		if g.IntN(3) == 0 {
			g.jump(0)
		}
		g.depth--
		g.write(opEnd)
	case 4:
		g.call()
	case 5:
		g.address()
		g.write(opI64ExtendI32)
		g.write(opLocalSet, g.variable())
	}
}

func (g *generator) jump(more int) {
	g.write(opI32Const, signed(int64(g.IntN(g.places+2))))
	g.write(opLocalSet, place)
	g.write(opBr, unsigned(g.depth+more))
}

func (g *generator) variable() string { return unsigned(2 + g.IntN(4)) }

// address leaves one in the frame on the stack.
func (g *generator) address() {
	g.write(opLocalGet, stackPointer)
	g.write(opI64ExtendI32)
	g.write(opI64Const, signed(int64(8*g.IntN(20)-16)))
	g.write(opI64Add)
	g.write(opI32WrapI64)
}

// value leaves a number on the stack.
func (g *generator) value(most int) {
	switch n := g.IntN(6); {
	case n == 0 || most == 0:
		g.write(opI64Const, signed(int64(g.IntN(9)-4)<<g.IntN(20)))
	case n == 1:
		g.write(opLocalGet, g.variable())
	case n == 2:
		g.address()
		g.write(0x29, "\x03", unsigned(8*g.IntN(4))) // i64.load
	case n == 3:
		g.address()
		g.write(0x2d, "\x00", unsigned(g.IntN(4))) // i32.load8_u
		g.write(opI64ExtendI32)
	case n == 4:
		g.value(most - 1)
		g.value(most - 1)
		g.write([]byte{opI64Add, 0x7d, opI64Or, 0x7e}[g.IntN(4)])
	default:
		g.value(most - 1)
		g.value(most - 1)
		g.value(most - 1)
		g.write(opI32WrapI64)
		g.write(opSelect)
	}
}

// module makes a file of functions.
func module(functions [][]instruction) []byte {
	out := []byte("\x00asm\x01\x00\x00\x00")
	section := func(id byte, n int, body string) {
		body = unsigned(n) + body
		out = append(binary.AppendUvarint(append(out, id), uint64(len(body))), body...)
	}
	sized := func(b []byte) string { return unsigned(len(b)) + string(b) }
	section(sectionTypes, 1, string(goFunction))
	section(2, 1, "\x03env\x04call\x00\x00")
	section(sectionFunctions, len(functions), strings.Repeat("\x00", len(functions)))
	section(5, 1, "\x00\x01")
	section(6, 1, "\x7f\x01\x41\x00\x0b") // the stack pointer
	exports := "\x06memory\x02\x00\x05stack\x03\x00"
	code := ""
	for i, f := range functions {
		exports += sized([]byte("f"+strconv.Itoa(i))) + "\x00" + unsigned(i+1)
		code += sized((&function{randomLocals, f}).append(nil))
	}
	section(7, len(functions)+2, exports)
	section(sectionCode, len(functions), code)
	return out
}

func TestFilesThatAreNoWebAssemblyAreErrors(t *testing.T) {
	whole := module([][]instruction{assemble(t, "i32 1 end")})
	if _, err := Rewrite(whole); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"nothing":                   nil,
		"another file":              []byte("<!doctype html>"),
		"another version":           []byte("\x00asm\x02\x00\x00\x00"),
		"a cut section":             whole[:len(whole)-1],
		"a cut number":              append(bytes.Clone(whole), 1, 0x80),
		"code without functions":    []byte("\x00asm\x01\x00\x00\x00\x0a\x04\x01\x02\x00\x0b"),
		"more code than there is":   []byte("\x00asm\x01\x00\x00\x00\x03\x02\x01\x00\x0a\x04\x01\x09\x00\x0b"),
		"more types than there are": []byte("\x00asm\x01\x00\x00\x00\x01\x02\x09\x60"),
		"too many to count":         []byte("\x00asm\x01\x00\x00\x00\x03\x05\xff\xff\xff\xff\x07"),
	} {
		var e *FormatError
		if out, err := Rewrite(file); !errors.As(err, &e) || out != nil {
			t.Errorf("%s: %d bytes, %v", name, len(out), err)
		}
	}
}

// FuzzRewrite checks that no function makes Rewrite panic or take memory without end,
// and that what it makes of one is a function again.
func FuzzRewrite(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		g := generator{Rand: r, places: 1 + r.IntN(4)}
		f.Add((&function{randomLocals, g.function()}).append(nil))
	}
	f.Fuzz(func(t *testing.T, code []byte) {
		_, known := parse(code)
		after := rewrite(code)
		if _, ok := parse(after); ok != known || !known && !bytes.Equal(after, code) {
			t.Errorf("%x becomes %x", code, after)
		}
	})
}
