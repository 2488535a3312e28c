package gcm

import (
	"iter"
	"strings"
	"unicode/utf8"
)

// jsonStrings yields the strings of a JSON array of strings, which null is an
// empty one of. If data is anything else, the last pair it yields is false.
func jsonStrings(data []byte) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		s, ok := strings.CutPrefix(jsonTrim(string(data)), "[")
		if !ok {
			if s != "null" {
				yield("", false)
			}
			return
		}
		if s = jsonTrim(s); s == "]" {
			return
		}
		for {
			var word string
			if word, s, ok = jsonString(s); !ok {
				break
			}
			if !yield(word, true) {
				return
			}
			switch s = jsonTrim(s); {
			case s == "]":
				return
			case s == "" || s[0] != ',':
				yield("", false)
				return
			}
			s = jsonTrim(s[1:])
		}
		yield("", false)
	}
}

// jsonTrim trims what JSON takes for white space.
func jsonTrim(s string) string { return strings.Trim(s, " \t\r\n") }

// jsonString reads the string that s begins with.
func jsonString(s string) (text, rest string, ok bool) {
	if s == "" || s[0] != '"' {
		return "", s, false
	}
	var b []byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return string(b), s[i+1:], utf8.Valid(b)
		case c < ' ':
			return "", s, false
		case c == '\\':
			esc, n := jsonEscape(s[i+1:])
			if n == 0 {
				return "", s, false
			}
			b = utf8.AppendRune(b, esc)
			i += n
		default:
			b = append(b, c)
		}
	}
	return "", s, false
}

// jsonEscape reads what follows a backslash: the rune and how many bytes. Half
// of a surrogate pair is U+FFFD; no code needs a whole one.
func jsonEscape(s string) (rune, int) {
	if s == "" {
		return 0, 0
	}
	if i := strings.IndexByte(`"\/bfnrt`, s[0]); i >= 0 {
		return rune("\"\\/\b\f\n\r\t"[i]), 1
	}
	if s[0] != 'u' || len(s) < 5 {
		return 0, 0
	}
	r := rune(0)
	for _, c := range []byte(s[1:5]) {
		digit := strings.IndexByte("0123456789abcdefABCDEF", c)
		if digit < 0 {
			return 0, 0
		}
		if digit > 15 { // a capital
			digit -= 6
		}
		r = r<<4 | rune(digit)
	}
	return r, 5
}
