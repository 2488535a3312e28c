package peephole

import "slices"

// leave makes a return of a conditional branch to the end of the function,
//
//	br_if OUTERMOST      →      if, i32.const 1, return, end
//
// where all that follows that block is the constant, and the function's end.
func (f *function) leave() {
	last := len(f.code) - 1
	if last < 2 || f.code[last].op != opEnd || f.code[last-1].op != opI32Const {
		return
	}
	var open labels
	outermost := -1 // that ends there
	for i, in := range f.code[:last-1] {
		if i == last-2 && len(open) == 1 && f.code[open[0]].op == opBlock {
			outermost = open[0]
		}
		open.pass(i, in)
	}
	if outermost < 0 {
		return
	}
	var out []instruction
	open = nil
	for i, in := range f.code {
		if in.op == opBrIf && open.of(in.number()) == outermost {
			out = append(out, instruction{opIf, void}, f.code[last-1], instruction{opReturn, ""}, instruction{opEnd, ""})
		} else {
			out = append(out, in)
		}
		open.pass(i, in)
	}
	f.code = out
}

// shareReturns puts the number of the function, which all its return addresses have,
// into a new local variable behind the stack pointer:
//
//	i64.const ADDRESS    →      local.get 2, i64.const PLACE, i64.or
//
// before an i64.store. Their sum is the same.
func (f *function) shareReturns() {
	const places = 1<<16 - 1
	if len(f.locals) == 0 || f.locals[0] != (group{1, i32}) {
		return
	}
	page := int64(0) // of the first return address
	is := func(i int) bool {
		return f.code[i].op == opI64Const && i+1 < len(f.code) && f.code[i+1] == instruction{opStoreI64, "\x03\x00"} &&
			f.code[i].constant()&^places == page
	}
	for i, in := range f.code {
		if in.op == opCall && i >= 3 && f.code[i-1].op == opI32Const && f.code[i-3].op == opI64Const {
			page = f.code[i-3].constant() &^ places
			break
		}
	}
	if page <= 0 {
		return
	}
	const shared = "\x02"
	out := []instruction{{opI64Const, signed(page)}, {opLocalSet, shared}}
	for i, in := range f.code {
		switch {
		case is(i):
			out = append(out, instruction{opLocalGet, shared}, instruction{opI64Const, signed(in.constant() & places)}, instruction{opI64Or, ""})
			continue
		case in.op >= opLocalGet && in.op <= opLocalTee && in.number() > 1:
			in.args = unsigned(in.number() + 1)
		}
		out = append(out, in)
	}
	f.code = out
	if len(f.locals) > 1 && f.locals[1].kind == i64 {
		f.locals[1].n++
	} else {
		f.locals = slices.Insert(f.locals, 1, group{1, i64})
	}
}
