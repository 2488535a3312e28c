package lex

import (
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// Text reads a string if there is one, and otherwise leaves all as it is. What
// it returns is part of the text, unless the string has escapes.
func (l *Lexer) Text() (string, bool) {
	if !l.Is('"') {
		return "", false
	}
	raw, escaped, ok := l.Quoted()
	if escaped {
		raw = Unescape(raw)
	}
	return raw, ok
}

// Quoted reads a string that begins here, as [Lexer.Is] has found. It returns
// what is between the quotes, and whether there are escapes in it.
//
// It looks at eight bytes at a time for one that doesn't stand for itself, and
// alone: at the high bit of each, which nothing but such a byte sets, or a byte
// behind one.
func (l *Lexer) Quoted() (raw string, escaped, ok bool) {
	if l.at() != '"' {
		l.unexpected()
		return "", false, false
	}
	l.pos++
	text, i := l.text[l.pos:], 0
	for {
		for i+8 <= len(text) {
			const low, high = 0x0101010101010101, 0x8080808080808080
			w := text[i : i+8]
			x := uint64(w[0]) | uint64(w[1])<<8 | uint64(w[2])<<16 | uint64(w[3])<<24 |
				uint64(w[4])<<32 | uint64(w[5])<<40 | uint64(w[6])<<48 | uint64(w[7])<<56
			quote, backslash := x^low*'"', x^low*'\\'
			special := (x | (x - low*' ') | (quote - low) | (backslash - low)) & high
			if special != 0 {
				i += bits.TrailingZeros64(special) >> 3
				break
			}
			i += 8
		}
		for i < len(text) && ' ' <= text[i] && text[i] < utf8.RuneSelf && text[i] != '"' && text[i] != '\\' {
			i++
		}
		if i < len(text) && text[i] == '"' {
			l.pos += i + 1
			return text[:i], escaped, true
		}
		start := l.pos
		l.pos += i
		switch c := l.at(); {
		case c == '\\':
			escaped = true
			_, ok = l.escape()
		case c >= utf8.RuneSelf:
			ok = l.characters()
		default: // a control character or the end
			l.unexpected()
			ok = false
		}
		if !ok {
			return "", false, false
		}
		i, l.pos = l.pos-start, start
	}
}

// Unescape replaces the escapes of a string that was read before.
func Unescape(raw string) string {
	b := AppendUnescaped(make([]byte, 0, len(raw)), raw)
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody else has b
}

// AppendUnescaped appends such a string without its escapes.
func AppendUnescaped(b []byte, raw string) []byte {
	l := Lexer{text: raw}
	for l.pos < len(raw) {
		start := l.pos
		for l.pos < len(raw) && raw[l.pos] != '\\' {
			l.pos++
		}
		b = append(b, raw[start:l.pos]...)
		if l.pos < len(raw) {
			r, _ := l.escape()
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// characters reads the next characters beyond ASCII.
func (l *Lexer) characters() bool {
	for l.at() >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(l.text[l.pos:])
		if r == utf8.RuneError && n == 1 {
			if utf8.FullRuneInString(l.text[l.pos:]) {
				l.fail(Encoding, l.pos, "invalid UTF-8")
			} else {
				l.pos = len(l.text)
				l.unexpected()
			}
			return false
		}
		l.pos += n
	}
	return true
}

// escape reads what follows a backslash, which may be two escapes for one
// character beyond U+FFFF.
func (l *Lexer) escape() (rune, bool) {
	start := l.pos
	l.pos++
	c := l.at()
	l.pos++
	switch c {
	case '"', '\\', '/':
		return rune(c), true
	case 'b':
		return '\b', true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'u':
		r, ok := l.hex4()
		if ok && !utf16.IsSurrogate(r) {
			return r, true
		}
		if ok && l.at() == '\\' {
			if l.pos++; l.at() == 'u' {
				l.pos++
				low, _ := l.hex4()
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					return r, true
				}
			}
		}
	}
	if l.pos >= len(l.text) {
		l.pos = len(l.text)
		l.unexpected()
	} else {
		l.fail(Syntax, start, "an escape that doesn't exist")
	}
	return 0, false
}

// hex4 reads four hexadecimal digits.
func (l *Lexer) hex4() (r rune, ok bool) {
	for range 4 {
		digit := hexDigits[l.at()]
		if digit > 15 {
			return 0, false
		}
		r = r<<4 | rune(digit)
		l.pos++
	}
	return r, true
}

// hexDigits is the value of each byte that is a hexadecimal digit, and more than
// 15 of one that isn't.
var hexDigits = func() (t [256]byte) {
	for i := range t {
		t[i] = 0xff
	}
	for i := range byte(16) {
		t["0123456789abcdef"[i]] = i
		t["0123456789ABCDEF"[i]] = i
	}
	return t
}()

// character returns the next character, or the byte that isn't one.
func (l *Lexer) character() string {
	_, n := utf8.DecodeRuneInString(l.text[l.pos:])
	return l.text[l.pos : l.pos+n]
}

// Append appends s as a JSON string. What isn't UTF-8 becomes U+FFFD.
func Append(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s { // invalid bytes come as U+FFFD
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r >= ' ':
			b = utf8.AppendRune(b, r)
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\f':
			b = append(b, `\f`...)
		default:
			b = append(b, `\u00`...)
			b = append(b, digits[r>>4], digits[r&15])
		}
	}
	return append(b, '"')
}
