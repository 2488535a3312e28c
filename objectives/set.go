package objectives

import (
	"iter"
	"math/bits"
	"strconv"
	"strings"
)

// A Set is a set of objectives. The zero value is the empty set.
//
// Sets are values: the methods that add or remove return another set. Two sets
// are equal (==) if they hold the same objectives. A set never holds a value
// that isn't a valid objective.
type Set struct {
	bits uint32 // bit n is objective n; bit 0 is never set
}

// SetOf returns the set of the given objectives, without those that aren't
// valid.
func SetOf(objectives ...Objective) Set {
	var s Set
	for _, o := range objectives {
		s = s.With(o)
	}
	return s
}

// Bits returns the set as a bit mask: bit n stands for objective n.
func (s Set) Bits() uint32 { return s.bits }

// Len returns how many objectives s holds.
func (s Set) Len() int { return bits.OnesCount32(s.bits) }

// IsEmpty reports whether s holds no objective.
func (s Set) IsEmpty() bool { return s.bits == 0 }

// Has reports whether s holds o.
func (s Set) Has(o Objective) bool { return s.bits>>o&1 != 0 }

// With returns s with o added; s itself if o isn't valid.
func (s Set) With(o Objective) Set {
	if !o.IsValid() {
		return s
	}
	return Set{s.bits | 1<<o}
}

// Without returns s with o removed.
func (s Set) Without(o Objective) Set { return Set{s.bits &^ (1 << o)} }

// Union returns the objectives that are in s, in t or in both.
func (s Set) Union(t Set) Set { return Set{s.bits | t.bits} }

// Intersect returns the objectives that are in both s and t.
func (s Set) Intersect(t Set) Set { return Set{s.bits & t.bits} }

// All returns the objectives of s in the order of their numbers.
func (s Set) All() iter.Seq[Objective] {
	return func(yield func(Objective) bool) {
		for rest := s.bits; rest != 0; rest &= rest - 1 {
			if !yield(Objective(bits.TrailingZeros32(rest))) {
				return
			}
		}
	}
}

// String returns the numbers in ascending order with blanks between them,
// "7 13"; an empty string for the empty set.
func (s Set) String() string { return string(s.appendList(nil, ' ')) }

// AppendText appends the text form, which is that of [Set.String], to b. The
// error is always nil.
func (s Set) AppendText(b []byte) ([]byte, error) { return s.appendList(b, ' '), nil }

// MarshalText returns the text form. See [Set.AppendText].
func (s Set) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads numbers, in any order, with blanks between them. An
// empty text gives the empty set. The error is an [*ElementError], and leaves
// the set as it was.
func (s *Set) UnmarshalText(text []byte) error {
	return s.setList(strings.FieldsSeq(string(text)))
}

// MarshalJSON returns the JSON form: an array of numbers in ascending order,
// [7,13].
func (s Set) MarshalJSON() ([]byte, error) {
	return append(s.appendList([]byte{'['}, ','), ']'), nil
}

// UnmarshalJSON reads an array of numbers, 1 to 23, in any order; repeated
// ones count once. Null gives the empty set, as does an empty array. An
// element that isn't a whole number in that range is an [*ElementError], and
// what isn't an array is a [*ParseError]; both leave the set as it was.
func (s *Set) UnmarshalJSON(data []byte) error {
	text := trimJSON(string(data))
	if text == "null" {
		*s = Set{}
		return nil
	}
	list, opened := strings.CutPrefix(text, "[")
	list, closed := strings.CutSuffix(list, "]")
	if !opened || !closed {
		return &ParseError{Input: text, Reason: "want an array of numbers", Err: ErrSyntax}
	}
	if trimJSON(list) == "" {
		*s = Set{}
		return nil
	}
	return s.setList(func(yield func(string) bool) {
		// Numbers hold no commas, and any other element is an error.
		for element := range strings.SplitSeq(list, ",") {
			if !yield(trimJSON(element)) {
				return
			}
		}
	})
}

// appendList appends the numbers of s to b, with sep between them.
func (s Set) appendList(b []byte, sep byte) []byte {
	first := true
	for o := range s.All() {
		if !first {
			b = append(b, sep)
		}
		first = false
		b = strconv.AppendUint(b, uint64(o), 10)
	}
	return b
}

// setList sets s to the objectives with the given codes.
func (s *Set) setList(codes iter.Seq[string]) error {
	var set Set
	index := 0
	for code := range codes {
		o, ok := FromCode(code)
		if !ok {
			return &ElementError{Index: index, Err: *codeError(code)}
		}
		set = set.With(o)
		index++
	}
	*s = set
	return nil
}
