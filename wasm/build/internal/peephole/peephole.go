// Package peephole makes the code of an engine smaller and quicker. It puts a few
// sequences of instructions, which Go's compiler writes thousands of times, into
// another form: one that does the same, and that brotli packs better.
//
// A Go function in WebAssembly can be left and resumed at any call, as goroutines
// need that. So it begins with a loop and a block for each place where it can be
// entered, and a table that leads there:
//
//	block                     ;; of whoever leaves while the stack unwinds
//	  loop
//	    block … block
//	      local.get 0         ;; the number of the place
//	      br_table …
//	    end
//	    …                     ;; place 1, and so on
//	  end
//	end
//	i32.const 1
//
// Local 0 is the place, local 1 the stack pointer, of which global 0 is the copy
// that functions share. What is rewritten:
//
//   - A jump (jumps.go) sets the place and goes back to the table. One that leads
//     forward branches to the block instead, without the table.
//   - Leaving after a call (returns.go) is a branch out of all blocks, of which the
//     number is another one each time. It becomes a return, which is always the same.
//   - A return address (returns.go) has the number of the function and that of the
//     place. The first is put into a local once.
//   - An address on the stack (addresses.go) is added up as 64 bits. What is added
//     becomes the offset that loads and stores have.
//
// Each rule says which conditions make both forms do the same. They are conditions of
// WebAssembly's own meaning, which every function is checked for, and not knowledge
// of what a version of Go writes. A function that has another form stays as it is. No
// function gets another number, and no place: for Go's runtime nothing has changed.
package peephole

import (
	"bytes"
	"encoding/binary"

	"github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"
)

// A FormatError says that a file isn't WebAssembly as it is known here.
type FormatError struct{ What string }

func (e *FormatError) Error() string { return "peephole: " + e.What }

// The sections of a file that are read. Only the last one is written.
const (
	sectionTypes     = 1
	sectionFunctions = 3
	sectionCode      = 10
)

// goFunction is the type of Go's functions: they get the place at which to begin, and
// return whether the stack unwinds.
var goFunction = []byte{0x60, 1, i32, 1, i32}

// Rewrite returns a smaller file that does the same. It leaves wasm alone.
func Rewrite(wasm []byte) ([]byte, error) {
	const header = "\x00asm\x01\x00\x00\x00"
	if !bytes.HasPrefix(wasm, []byte(header)) {
		return nil, &FormatError{"not a WebAssembly file of version 1"}
	}
	out := []byte(header)
	r := wasmbin.Reader{B: wasm[len(header):]}
	var isGo []bool // by type
	var types []int // of the functions
	for len(r.B) > 0 {
		id := r.Byte()
		body := r.Bytes(r.Number())
		if r.B == nil {
			return nil, &FormatError{"cut short"}
		}
		s := wasmbin.Reader{B: body}
		switch id {
		case sectionTypes:
			for range s.Count() {
				isGo = append(isGo, bytes.Equal(functionType(&s), goFunction))
			}
		case sectionFunctions:
			for range s.Count() {
				types = append(types, s.Number())
			}
		case sectionCode:
			n := s.Number()
			if n != len(types) {
				return nil, &FormatError{"functions without code"}
			}
			body = binary.AppendUvarint(nil, uint64(n))
			for _, t := range types {
				code := s.Bytes(s.Number())
				if t < len(isGo) && isGo[t] {
					code = rewrite(code)
				}
				body = append(binary.AppendUvarint(body, uint64(len(code))), code...)
			}
		}
		if s.B == nil {
			return nil, &FormatError{"a section is cut short"}
		}
		out = append(binary.AppendUvarint(append(out, id), uint64(len(body))), body...)
	}
	return out, nil
}

// rewrite returns the code of a function in its other form.
func rewrite(code []byte) []byte {
	f, ok := parse(code)
	if !ok {
		return code
	}
	f.leave()
	f.jump()
	f.shareReturns()
	f.foldAddresses()
	return f.append(nil)
}
