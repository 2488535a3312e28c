package lex

import (
	"strconv"
)

// Pointer returns the JSON pointer (RFC 6901) of the value that a [Lexer] of
// the text has read, or is in the middle of, at an offset. It goes through the
// text again, so that reading needn't note where it is.
func Pointer(text string, offset int) string {
	type container struct {
		array bool
		index int    // in an array
		named bool   // in an object, whether there is a name yet
		name  string // and which
	}
	var stack []container
	l := Lexer{text: text[:offset]}
	for l.peek() != 0 {
		top := len(stack) - 1
		switch c := l.at(); {
		case c == '{' || c == '[':
			stack = append(stack, container{array: c == '['})
			l.pos++
		case c == '}' || c == ']':
			if l.pos++; top >= 0 {
				stack = stack[:top]
			}
		case c == ',':
			if l.pos++; top >= 0 {
				stack[top].index++
				stack[top].named = false
			}
		case c == '"':
			s, whole := l.Text()
			if whole && top >= 0 && !stack[top].array && !stack[top].named {
				stack[top].name, stack[top].named = s, true
			}
		default: // colons, and what numbers and literals consist of
			l.pos++
		}
	}
	var b []byte
	for _, c := range stack {
		if c.array {
			b = strconv.AppendInt(append(b, '/'), int64(c.index), 10)
		} else if c.named {
			b = append(append(b, '/'), escape(c.name)...)
		}
	}
	return string(b)
}

// escape writes a name so that it has no slash. Package strings would cost a page
// several thousand bytes.
func escape(name string) string {
	var b []byte
	for i := range len(name) {
		switch c := name[i]; c {
		case '~':
			b = append(b, "~0"...)
		case '/':
			b = append(b, "~1"...)
		default:
			b = append(b, c)
		}
	}
	return string(b)
}
