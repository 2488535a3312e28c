// Package swar looks at eight bytes at a time, as a number, of which the lowest byte is
// the first one (SIMD within a register).
package swar

// Word returns eight bytes as a number.
func Word(b *[8]byte) uint64 {
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// Words returns the first sixteen bytes as two numbers. Where much depends on it, its
// two lines stand in its place: it is too long to be inlined.
func Words(b []byte) (head, tail uint64) {
	return Word((*[8]byte)(b)), Word((*[8]byte)(b[8:]))
}

// Find returns a number with the high bit of the first byte in x that is c. Bits
// behind it mean nothing. It is 0 if there is none.
func Find(x uint64, c byte) uint64 {
	const low, high = 0x0101010101010101, 0x8080808080808080
	x ^= low * uint64(c)
	return (x - low) &^ x & high
}

// UpTo masks the bytes before the one that Find has found, and that byte.
func UpTo(m uint64) uint64 { return m&-m<<1 - 1 }

// Special returns a number with the high bit of the first byte in x that doesn't stand
// for itself, and alone, in a JSON string. Bits behind it mean nothing.
func Special(x uint64) uint64 {
	const low, high = 0x0101010101010101, 0x8080808080808080
	quote, backslash := x^low*'"', x^low*'\\'
	return (x | (x - low*' ') | (quote - low) | (backslash - low)) & high
}
