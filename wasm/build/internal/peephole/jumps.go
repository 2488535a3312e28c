package peephole

import "github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"

// A dispatch is how a function comes to its places.
type dispatch struct {
	loop   int   // where it begins
	places []int // the block behind which each place is
}

// dispatch returns that of the function, false if it hasn't one in which nothing but
// the number of the place counts: all blocks begin at the top of the loop, the number
// is read nowhere else, and who goes to the top has just set it.
func (f *function) dispatch() (d dispatch, ok bool) {
	get, open := -1, labels(nil)
	for i, in := range f.code {
		switch {
		case in == instruction{opLocalGet, place}:
			if get >= 0 || i+1 == len(f.code) || f.code[i+1].op != opBrTable {
				return d, false
			}
			get = i
			first := i
			for first > 0 && f.code[first-1].op == opBlock {
				first--
			}
			if d.loop = first - 1; d.loop < 0 || f.code[d.loop].op != opLoop {
				return d, false
			}
			for _, b := range open {
				if f.code[b].op == opLoop && b != d.loop {
					return d, false // that would come to the top as well
				}
			}
			for _, depth := range f.code[i+1].table() {
				d.places = append(d.places, open.of(depth))
			}
		case in == instruction{opLocalTee, place}:
			return d, false
		}
		open.pass(i, in)
	}
	if get < 0 {
		return d, false
	}
	open = nil
	for i, in := range f.code {
		switch in.op {
		case opBr:
			if open.of(in.number()) == d.loop && (i == 0 || f.code[i-1] != instruction{opLocalSet, place}) {
				return d, false
			}
		case opBrIf:
			if open.of(in.number()) == d.loop {
				return d, false
			}
		case opBrTable:
			for _, depth := range in.table() {
				if open.of(depth) == d.loop {
					return d, false
				}
			}
		}
		open.pass(i, in)
	}
	return d, true
}

// table returns where a br_table leads.
func (in instruction) table() (depths []int) {
	r := wasmbin.Reader{B: []byte(in.args)}
	for range r.Number() + 1 {
		depths = append(depths, r.Number())
	}
	return depths
}

// jump makes a branch of
//
//	i32.const PLACE, local.set 0, br LOOP
//
// where the place is behind a block that the jump is in. From the top of the loop the
// table would lead to the end of that block, and nothing reads the local before it is
// set again. With a condition it is a br_if:
//
//	if, i32.const PLACE, local.set 0, br LOOP, end
func (f *function) jump() {
	d, ok := f.dispatch()
	if !ok {
		return
	}
	var out []instruction
	var open labels
	for i := 0; i < len(f.code); i++ {
		in := f.code[i]
		if in.op == opI32Const && i+3 < len(f.code) && f.code[i+2].op == opBr && open.of(f.code[i+2].number()) == d.loop {
			// What is between is local.set 0, or this were no dispatch.
			depth := -1
			if to := in.constant(); to >= 0 && to < int64(len(d.places)-1) {
				depth = open.depth(d.places[to])
			}
			switch last := len(out) - 1; {
			case depth < 0:
			case depth > 0 && out[last].op == opIf && f.code[i+3].op == opEnd:
				out[last] = instruction{opBrIf, unsigned(depth - 1)}
				open = open[:len(open)-1]
				i += 3
				continue
			default:
				out = append(out, instruction{opBr, unsigned(depth)})
				i += 2
				continue
			}
		}
		open.pass(i, in)
		out = append(out, in)
	}
	f.code = out
}
