// Package wasmbin reads the binary format of WebAssembly.
package wasmbin

import "encoding/binary"

// Reader reads numbers and bytes from B. Once something lacks B is nil, and everything
// that is read after that is zero.
type Reader struct{ B []byte }

// Byte reads a byte.
func (r *Reader) Byte() byte {
	if b := r.Bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

// Bytes reads n bytes, which are a part of B.
func (r *Reader) Bytes(n int) []byte {
	if n < 0 || n > len(r.B) || r.B == nil {
		r.B = nil
		return nil
	}
	b := r.B[:n:n]
	r.B = r.B[n:]
	return b
}

// Number reads an unsigned number, 1<<31 at most.
func (r *Reader) Number() int {
	v, n := binary.Uvarint(r.B)
	if n <= 0 || v > 1<<31 {
		r.B = nil
		return 0
	}
	r.B = r.B[n:]
	return int(v)
}

// Count reads how many things follow, of which none is smaller than a byte.
func (r *Reader) Count() int {
	n := r.Number()
	if n > len(r.B) {
		r.B = nil
		return 0
	}
	return n
}

// Skip passes over a number of either sign.
func (r *Reader) Skip() {
	for r.Byte()&0x80 != 0 {
	}
}
