package gcm

import "unicode/utf8"

// Quote returns a text as messages show it: in quotation marks, and cut near 64 bytes,
// at the border of a character. Characters that can't be seen are written as their
// numbers, so no text can change how a message looks. The result is Go syntax, except
// that "..." stands for what was cut. Pages can't afford [strconv.Quote], which brings
// large tables of characters with it.
func Quote(text string) string {
	const most = 64
	cut := ""
	if len(text) > most {
		n := most
		for n > most-utf8.UTFMax && !utf8.RuneStart(text[n]) {
			n--
		}
		text, cut = text[:n], "..."
	}
	b := append(make([]byte, 0, len(text)+8), '"')
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		switch {
		case r == utf8.RuneError && n == 1:
			b = appendHex(append(b, `\x`...), rune(text[0]), 2)
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ' || r == 0x7f:
			b = appendHex(append(b, `\x`...), r, 2)
		case unseen(r):
			b = appendHex(append(b, `\u`...), r, 4)
		default:
			b = append(b, text[:n]...)
		}
		text = text[n:]
	}
	return string(append(b, '"')) + cut
}

// unseen reports whether a character has no form of its own: further controls, blanks
// of other widths, and marks of direction.
func unseen(r rune) bool {
	return 0x80 <= r && r <= 0xa0 || r == 0xad || r == 0x61c || r == 0x1680 || r == 0x180e ||
		0x2000 <= r && r <= 0x200f || 0x2028 <= r && r <= 0x202f || 0x205f <= r && r <= 0x206f ||
		r == 0x3000 || r == 0xfeff || 0xfff9 <= r && r <= 0xfffb
}

// appendHex appends the last digits of a number.
func appendHex(b []byte, r rune, digits int) []byte {
	for digits--; digits >= 0; digits-- {
		b = append(b, "0123456789abcdef"[r>>(4*digits)&15])
	}
	return b
}
