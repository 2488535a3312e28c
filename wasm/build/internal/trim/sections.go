package trim

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"
)

// sectionData is the number of the data section in the binary format.
const sectionData = 11

// section is one section of a WebAssembly file.
type section struct {
	id   byte
	body []byte
}

func (s section) append(b []byte) []byte {
	b = binary.AppendUvarint(append(b, s.id), uint64(len(s.body)))
	return append(b, s.body...)
}

// parse cuts a file into its sections.
func parse(wasm []byte) (all []section, err error) {
	if !bytes.HasPrefix(wasm, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, &LayoutError{"header", "not a WebAssembly file of version 1"}
	}
	r := wasmbin.Reader{B: wasm[8:]}
	for len(r.B) > 0 {
		id, body := r.Byte(), r.Bytes(r.Number())
		if r.B == nil {
			return nil, &LayoutError{"section " + strconv.Itoa(len(all)), "cut short"}
		}
		all = append(all, section{id, body})
	}
	return all, nil
}

// offset reads the constant expression that says where a segment begins. The
// number is signed, in the way of LEB128.
func offset(r *wasmbin.Reader) (uint64, bool) {
	if r.Byte() != 0x41 { // i32.const
		return 0, false
	}
	var v, shift uint64
	for {
		c := r.Byte()
		v |= uint64(c&0x7f) << shift
		if shift += 7; c&0x80 == 0 {
			negative := c&0x40 != 0
			return v, !negative && shift <= 35 && r.Byte() == 0x0b // end
		}
		if shift > 35 || r.B == nil {
			return 0, false
		}
	}
}

func appendOffset(b []byte, v uint64) []byte {
	b = append(b, 0x41)
	for ; v > 0x3f; v >>= 7 {
		b = append(b, byte(v&0x7f)|0x80)
	}
	return append(b, byte(v), 0x0b)
}
