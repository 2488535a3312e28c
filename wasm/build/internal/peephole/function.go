package peephole

import (
	"encoding/binary"

	"github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"
)

// An instruction is an opcode with its arguments, as they are written.
type instruction struct {
	op   byte
	args string
}

// Opcodes that are asked for by name.
const (
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0b
	opBr           = 0x0c
	opBrIf         = 0x0d
	opBrTable      = 0x0e
	opReturn       = 0x0f
	opCall         = 0x10
	opCallIndirect = 0x11
	opDrop         = 0x1a
	opSelect       = 0x1b
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opLoadFirst    = 0x28
	opLoadLast     = 0x35
	opStoreI64     = 0x37
	opStoreLast    = 0x3e
	opMemorySize   = 0x3f
	opMemoryGrow   = 0x40
	opI32Const     = 0x41
	opI64Const     = 0x42
	opF32Const     = 0x43
	opF64Const     = 0x44
	opI32Add       = 0x6a
	opI64Add       = 0x7c
	opI64Or        = 0x84
	opI32WrapI64   = 0xa7
	opI64ExtendI32 = 0xad // unsigned
	opSignLast     = 0xc4
	opPrefix       = 0xfc
)

// Types of values, and that of a block which has none.
const (
	i32  = 0x7f
	i64  = 0x7e
	void = "\x40"
)

// Variables that are the same in all of Go's functions.
const (
	place        = "\x00" // local
	stackPointer = "\x01" // local
	sharedStack  = "\x00" // global: the stack pointer of who runs
)

// A function is its local variables and its instructions.
type function struct {
	locals []group
	code   []instruction
}

// A group is so many local variables of a type, behind the parameter.
type group struct {
	n    int
	kind byte
}

// parse reads a function. It reports false if there is anything in it that isn't known.
func parse(code []byte) (f *function, ok bool) {
	f = new(function)
	r := wasmbin.Reader{B: code}
	for range r.Count() {
		f.locals = append(f.locals, group{r.Number(), r.Byte()})
	}
	for len(r.B) > 0 {
		op := r.Byte()
		before := r.B
		switch {
		case op == opBlock || op == opLoop || op == opIf:
			if r.Byte() != void[0] {
				return nil, false // none of Go's has a value
			}
		case op >= opBr && op <= opBrIf || op == opCall || op >= opLocalGet && op <= opGlobalSet || op == opI32Const || op == opI64Const:
			r.Skip()
		case op == opBrTable:
			for range r.Count() {
				r.Skip()
			}
			r.Skip()
		case op == opCallIndirect || op >= opLoadFirst && op <= opStoreLast:
			r.Skip()
			r.Skip()
		case op == opMemorySize || op == opMemoryGrow:
			r.Byte()
		case op == opF32Const:
			r.Bytes(4)
		case op == opF64Const:
			r.Bytes(8)
		case op == opPrefix:
			switch n := r.Number(); {
			case n == 10: // memory.copy
				r.Bytes(2)
			case n == 11: // memory.fill
				r.Byte()
			case n > 7: // the others round numbers
				return nil, false
			}
		case op <= 0x01 || op == opElse || op == opEnd || op == opReturn || op == opDrop || op == opSelect || op > opF64Const && op <= opSignLast:
		default:
			return nil, false
		}
		if r.B == nil {
			return nil, false
		}
		f.code = append(f.code, instruction{op, string(before[:len(before)-len(r.B)])})
	}
	return f, r.B != nil
}

// append writes the function.
func (f *function) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(f.locals)))
	for _, g := range f.locals {
		b = append(binary.AppendUvarint(b, uint64(g.n)), g.kind)
	}
	for _, in := range f.code {
		b = append(append(b, in.op), in.args...)
	}
	return b
}

// labels are the blocks around an instruction, by where they begin, from the
// outermost. Branches count them from the innermost.
type labels []int

// pass goes by an instruction.
func (l *labels) pass(at int, in instruction) {
	switch in.op {
	case opBlock, opLoop, opIf:
		*l = append(*l, at)
	case opEnd:
		*l = (*l)[:max(0, len(*l)-1)] // the last one ends the function
	}
}

// of returns the block that a branch leads to; -1 for the function itself.
func (l labels) of(depth int) int {
	if depth >= len(l) {
		return -1
	}
	return l[len(l)-1-depth]
}

// depth is what a branch has that leads to a block, -1 if none does from here.
func (l labels) depth(block int) int {
	for i, b := range l {
		if b == block {
			return len(l) - 1 - i
		}
	}
	return -1
}

// number returns an argument that is an unsigned number.
func (in instruction) number() int {
	r := wasmbin.Reader{B: []byte(in.args)}
	return r.Number()
}

// constant returns an argument that is a signed number.
func (in instruction) constant() int64 {
	var v int64
	for i := range len(in.args) {
		c := in.args[i]
		v |= int64(c&0x7f) << (7 * i)
		if c&0xc0 == 0x40 && 7*i+7 < 64 {
			v |= -1 << (7*i + 7)
		}
	}
	return v
}

func unsigned(n int) string { return string(binary.AppendUvarint(nil, uint64(n))) }

func signed(v int64) string {
	var b []byte
	for v < -0x40 || v > 0x3f {
		b = append(b, byte(v&0x7f|0x80))
		v >>= 7
	}
	return string(append(b, byte(v&0x7f)))
}

// functionType returns a type of functions as it is written.
func functionType(r *wasmbin.Reader) []byte {
	before := r.B
	r.Byte()
	r.Bytes(r.Number())
	r.Bytes(r.Number())
	return before[:len(before)-len(r.B)]
}
