package fast

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/pledge/internal/swar"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// plainText returns the end of a string of ASCII without escapes.
func plainText(b []byte, i, n int) int {
	if b[i] != '"' {
		return 0
	}
	if i = special(b, i+1, n); i < n && b[i] == '"' {
		return i + 1
	}
	return 0
}

// text returns where a string stands of which nothing can be said, as of one with half
// a character. It ends at 0 if there is none.
func text(b []byte, i, n int) (t wire.Span) {
	if b[i] != '"' {
		return t
	}
	start, escaped := i+1, false
	for i++; ; {
		if i = special(b, i, n); i >= n {
			return t
		}
		switch c := b[i]; {
		case c == '"':
			return wire.Span{Start: start, End: i, Escaped: escaped}
		case c == '\\' && b[i+1] != 'u':
			if strings.IndexByte(`"\/bfnrt`, b[i+1]) < 0 {
				return t
			}
			escaped = true
			i += 2
		case c == '\\':
			code := hex(b[i+2])<<12 | hex(b[i+3])<<8 | hex(b[i+4])<<4 | hex(b[i+5])
			if code > 0xffff || code>>11 == 0xd800>>11 { // the latter come in pairs
				return t
			}
			escaped = true
			i += 6
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(b[i:n])
			if r == utf8.RuneError && size == 1 {
				return t
			}
			i += size
		default:
			return t
		}
	}
}

// hex returns the value of a digit, and a number of more than four digits for
// anything else.
func hex(c byte) uint32 {
	switch {
	case c-'0' <= 9:
		return uint32(c - '0')
	case c|0x20-'a' <= 5:
		return uint32(c|0x20-'a') + 10
	}
	return 1 << 16
}

// special returns the index of the first byte from b[i] on that doesn't stand for
// itself, and alone, in a string; at least n if there is none before that.
func special(b []byte, i, n int) int {
	for ; i < n; i += 16 {
		p := (*[16]byte)(b[i:])
		if m := swar.Special(swar.Word((*[8]byte)(p[:]))); m != 0 {
			return i + bits.TrailingZeros64(m)>>3
		}
		if m := swar.Special(swar.Word((*[8]byte)(p[8:]))); m != 0 {
			return i + 8 + bits.TrailingZeros64(m)>>3
		}
	}
	return i
}
