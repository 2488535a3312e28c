package peephole

import "github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"

// foldAddresses makes the offset of a load or store, or else one addition, of
//
//	local.get 1, i64.extend_i32_u, i64.const N, i64.add, i32.wrap_i64
//
// where local 1 is the stack pointer: it always comes from global 0 or goes there. The
// sum of 32 bits is that of 64 bits without the upper ones. As an offset it has no
// upper limit, so a stack that ended less than N bytes before the last address of
// 32 bits would make a difference; but there is no room for a frame.
func (f *function) foldAddresses() {
	if !f.hasStackPointer() {
		return
	}
	offsets := make(map[int]int64) // by load or store
	var out []instruction
	for i := 0; i < len(f.code); i++ {
		in := f.code[i]
		if by, ok := offsets[i]; ok {
			in.args = in.offset(by)
		}
		out = append(out, in)
		if in != (instruction{opLocalGet, stackPointer}) || i+4 >= len(f.code) || f.code[i+1].op != opI64ExtendI32 ||
			f.code[i+2].op != opI64Const || f.code[i+3].op != opI64Add || f.code[i+4].op != opI32WrapI64 {
			continue
		}
		by := f.code[i+2].constant()
		i += 4
		if at, ok := f.user(i + 1); ok && by >= 0 && by < mostOffset {
			offsets[at] = by
		} else {
			out = append(out, instruction{opI32Const, signed(int64(int32(by)))}, instruction{opI32Add, ""})
		}
	}
	f.code = out
}

// mostOffset is less than what a frame may have, and what engines need no check for.
const mostOffset = 1 << 16

// mostBetween is how many instructions are looked at for the user of an address.
const mostBetween = 100

// hasStackPointer reports whether local 1 is never anything else than the stack
// pointer.
func (f *function) hasStackPointer() bool {
	for i, in := range f.code {
		switch in {
		case instruction{opLocalSet, stackPointer}:
			if i == 0 || f.code[i-1] != (instruction{opGlobalGet, sharedStack}) {
				return false
			}
		case instruction{opLocalTee, stackPointer}:
			if i+1 == len(f.code) || f.code[i+1] != (instruction{opGlobalSet, sharedStack}) {
				return false
			}
		}
	}
	return true
}

// user returns the load or store of which the address is on the top of the stack
// before an instruction. It reports false if something else uses it.
func (f *function) user(at int) (user int, ok bool) {
	above := 0 // values that have come on top of it
	for end := min(at+mostBetween, len(f.code)); at < end; at++ {
		takes, gives, ok := f.code[at].stack()
		switch {
		case !ok:
			return 0, false
		case takes <= above:
			above += gives - takes
		default:
			op := f.code[at].op
			isLoad := op >= opLoadFirst && op <= opLoadLast
			isStore := op > opLoadLast && op <= opStoreLast && above == 1 // and not the address as its value
			return at, isLoad || isStore
		}
	}
	return 0, false
}

// stack returns how many values an instruction takes from the stack and gives. It
// reports false for those that go elsewhere.
func (in instruction) stack() (takes, gives int, ok bool) {
	switch op := in.op; {
	case op == opLocalGet || op == opGlobalGet || op >= opI32Const && op <= opF64Const:
		return 0, 1, true
	case op == opLocalSet || op == opGlobalSet || op == opDrop:
		return 1, 0, true
	case op == opLocalTee || op >= opLoadFirst && op <= opLoadLast:
		return 1, 1, true
	case op > opLoadLast && op <= opStoreLast:
		return 2, 0, true
	case op == opSelect:
		return 3, 1, true
	case isUnary(op):
		return 1, 1, true
	case op > opF64Const && op <= opSignLast:
		return 2, 1, true
	}
	return 0, 0, false
}

// isUnary reports whether an instruction computes with one number.
func isUnary(op byte) bool {
	return op == 0x45 || op == 0x50 || // eqz
		op >= 0x67 && op <= 0x69 || op >= 0x79 && op <= 0x7b || // clz, ctz, popcnt
		op >= 0x8b && op <= 0x91 || op >= 0x99 && op <= 0x9f || // abs, neg, ceil, floor, trunc, nearest, sqrt
		op >= opI32WrapI64 && op <= opSignLast // conversions
}

// offset returns the arguments of a load or store with something added to the offset.
func (in instruction) offset(by int64) string {
	r := wasmbin.Reader{B: []byte(in.args)}
	align, offset := r.Number(), r.Number()
	return unsigned(align) + unsigned(offset+int(by))
}
