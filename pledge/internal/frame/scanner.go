package frame

import (
	"encoding/binary"
	"math/bits"
)

// scanner finds the end of one JSON value by its brackets and strings. The
// zero value stands in front of the value.
type scanner struct {
	stack  []byte // the brackets that are due
	deep   int    // brackets open above the depth limit; their kind isn't kept
	text   bool   // inside a string
	escape bool   // after a backslash inside a string
	bare   bool   // inside a number or a literal that is the whole value
	begun  bool
	lines  bool // a line break inside a string ends the value: it can't be JSON
	fault  Fault
	offset int64 // of its first byte in the stream
}

// stop says why [scanner.run] returned.
type stop uint8

const (
	stopMore   stop = iota // the input is used up
	stopEnd                // the value has ended
	stopArray              // an array has begun that is the value of a member of the outermost object
	stopBroken             // brackets don't pair up
)

// Deeper reports whether values nest deeper in a record than depth, as a splitter
// does for those that it scans: for those of which it only looks for the end.
// Whoever has read the record says how deep that is, and if it is JSON.
func Deeper(record []byte, depth, deepest int, whole bool) bool {
	if whole || deepest > depth {
		return deepest > depth
	}
	var s scanner
	for len(record) > 0 && s.fault == "" {
		n, stop := s.run(record, depth)
		if record = record[n:]; stop == stopEnd || stop == stopBroken {
			break
		}
	}
	return s.fault != ""
}

// drop notes why the value can't be handed on; the first reason stays.
func (s *scanner) drop(f Fault) {
	if s.fault == "" {
		s.fault = f
	}
}

// run consumes bytes of b up to the next stop and says how many.
func (s *scanner) run(b []byte, depth int) (int, stop) {
	for i := 0; i < len(b); i++ {
		if s.text {
			n, ended := s.runText(b[i:])
			i += n
			if !ended {
				return i, stopMore
			}
			if s.lines && b[i] == '\n' {
				return i, stopBroken
			}
			if len(s.stack) == 0 {
				return i + 1, stopEnd
			}
			continue
		}
		switch c := b[i]; c {
		case '"':
			if s.bare {
				return i, stopEnd
			}
			s.begun, s.text = true, true
		case '{', '[':
			if s.bare {
				return i, stopEnd
			}
			s.begun = true
			if s.open(c, depth) && c == '[' && len(s.stack) == 2 {
				return i + 1, stopArray
			}
		case '}', ']':
			if len(s.stack) == 0 {
				return i, stopEnd // of a bare value: the bracket is its container's
			}
			if s.deep > 0 {
				s.deep--
				continue
			}
			if s.stack[len(s.stack)-1] != c {
				return i, stopBroken
			}
			if s.stack = s.stack[:len(s.stack)-1]; len(s.stack) == 0 {
				return i + 1, stopEnd
			}
		case ',', ' ', '\t', '\r', '\n':
			if s.bare {
				return i, stopEnd
			}
		default:
			if !s.begun {
				s.begun, s.bare = true, true
			}
		}
	}
	return len(b), stopMore
}

// open notes an opening bracket and reports whether its kind is kept.
func (s *scanner) open(c byte, depth int) bool {
	if len(s.stack) >= depth {
		s.drop(TooDeep)
		s.deep++
		return false
	}
	s.stack = append(s.stack, c+2) // in ASCII, '}' and ']' come two after their partners
	return true
}

// runText consumes a string up to its closing quote, or up to a line break
// where that ends the value, and reports the position of that byte.
func (s *scanner) runText(b []byte) (int, bool) {
	for i := 0; i < len(b); i++ {
		if !s.escape {
			if i += plain(b[i:]); i == len(b) {
				break
			}
		}
		switch c := b[i]; {
		case c == '\n' && s.lines:
			return i, true
		case s.escape:
			s.escape = false
		case c == '\\':
			s.escape = true
		case c == '"':
			s.text = false
			return i, true
		}
	}
	return len(b), false
}

// plain returns how many bytes b begins with that are neither a quote nor a
// backslash nor a control character. It looks at eight bytes at a time, for the
// high bit of each.
func plain(b []byte) (n int) {
	for ; n+8 <= len(b); n += 8 {
		const low, high = 0x0101010101010101, 0x8080808080808080
		x := binary.LittleEndian.Uint64(b[n:])
		ascii := x &^ high
		quote, backslash := ascii^low*'"', ascii^low*'\\'
		if m := ((ascii - low*' ') | (quote - low) | (backslash - low)) &^ x & high; m != 0 {
			return n + bits.TrailingZeros64(m)>>3
		}
	}
	for n < len(b) && b[n] >= ' ' && b[n] != '"' && b[n] != '\\' {
		n++
	}
	return n
}
