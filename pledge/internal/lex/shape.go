package lex

import (
	"math/bits"
	"slices"
	"strings"
)

// Shape is the names that objects have had so far, in an order in which most of
// them have them. Most names can be told by a comparison with those that come
// next in it. While they can, none comes twice: no name is twice in a shape, and
// each is further on than the last.
//
// A shape serves one object at a time, and not one within another.
type Shape struct {
	// Fields are the names that have a number: the place here, from 1 on. All
	// others are 0.
	Fields []string

	names  []string
	fields []uint8
}

// mostNames is how many names a shape has, no more than an object has bits.
const mostNames = 64

// match returns the place of the name that text begins with, if it is one from
// next on and the colon follows at once; otherwise -1.
func (s *Shape) match(text string, next int) int {
	for at := next; at < len(s.names); at++ {
		name := s.names[at]
		n := len(name)
		if len(text) > n+2 && text[n+1] == '"' && text[n+2] == ':' && text[0] == '"' && text[1:n+1] == name {
			return at
		}
	}
	return -1
}

// field returns the number of a name.
func (s *Shape) field(name string) int { return slices.Index(s.Fields, name) + 1 }

// learn takes in a name that has no escapes and came behind those before next.
// It returns the place behind it.
func (s *Shape) learn(name string, field, next int) int {
	at := slices.Index(s.names, name)
	switch {
	case at >= 0:
		return max(at+1, next)
	case len(s.names) == mostNames:
		return next
	}
	s.names = slices.Insert(s.names, next, strings.Clone(name))
	s.fields = slices.Insert(s.fields, next, uint8(field))
	return next + 1
}

// leave notes the names of an object that isn't like its shape any more.
func (l *Lexer) leave(o *object, s *Shape) {
	o.off = true
	for met := o.met; met != 0; met &= met - 1 {
		l.names.add(o, s.names[bits.TrailingZeros64(met)])
	}
}
