package gcm

import "iter"

// PrincipleSet is a set of principles. The zero PrincipleSet is the empty set. Sets can be
// compared with == and copied; the methods don't change their receiver.
type PrincipleSet struct{ bits bitset[Principle] }

// PrincipleSetOf returns the set of some principles; values that are not valid are left out.
func PrincipleSetOf(p ...Principle) PrincipleSet { return PrincipleSet{bitsOf(&principles, p)} }

// With returns the set with p added; the same set if p is not valid.
func (s PrincipleSet) With(p Principle) PrincipleSet {
	return PrincipleSet{s.bits.with(&principles, p)}
}

// Without returns the set without p.
func (s PrincipleSet) Without(p Principle) PrincipleSet { return PrincipleSet{s.bits.without(p)} }

// Has reports whether p is in the set.
func (s PrincipleSet) Has(p Principle) bool { return s.bits.has(p) }

// Len returns the number of principles in the set.
func (s PrincipleSet) Len() int { return s.bits.len() }

// IsEmpty reports whether there is nothing in the set.
func (s PrincipleSet) IsEmpty() bool { return s.bits == 0 }

// Union returns the principles that are in either set.
func (s PrincipleSet) Union(t PrincipleSet) PrincipleSet { return PrincipleSet{s.bits | t.bits} }

// Intersect returns the principles that are in both sets.
func (s PrincipleSet) Intersect(t PrincipleSet) PrincipleSet { return PrincipleSet{s.bits & t.bits} }

// All yields the principles in ascending order.
func (s PrincipleSet) All() iter.Seq[Principle] { return s.bits.all() }

// Bits returns the set as a number in which bit n stands for the value n.
func (s PrincipleSet) Bits() uint32 { return uint32(s.bits) }

// String returns the codes with a space between them: "human-rights child-sensitive".
func (s PrincipleSet) String() string { return s.bits.text(&principles) }

// MarshalJSON returns an array of the codes in ascending order, ["human-rights","child-sensitive"].
func (s PrincipleSet) MarshalJSON() ([]byte, error) { return s.bits.appendJSON(&principles), nil }

// UnmarshalJSON accepts an array of codes in any order, and null as the empty
// set. If it fails, the set stays as it was.
func (s *PrincipleSet) UnmarshalJSON(data []byte) error {
	return s.bits.unmarshalJSON(&principles, data)
}
