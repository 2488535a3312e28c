package gcm

import "iter"

// Natures is a set of natures. The zero Natures is the empty set. Sets can be
// compared with == and copied; the methods don't change their receiver.
type Natures struct{ bits bitset[Nature] }

// NaturesOf returns the set of some natures; values that are not valid are left out.
func NaturesOf(n ...Nature) Natures { return Natures{bitsOf(&natures, n)} }

// With returns the set with n added; the same set if n is not valid.
func (s Natures) With(n Nature) Natures { return Natures{s.bits.with(&natures, n)} }

// Without returns the set without n.
func (s Natures) Without(n Nature) Natures { return Natures{s.bits.without(n)} }

// Has reports whether n is in the set.
func (s Natures) Has(n Nature) bool { return s.bits.has(n) }

// Len returns the number of natures in the set.
func (s Natures) Len() int { return s.bits.len() }

// IsEmpty reports whether there is nothing in the set.
func (s Natures) IsEmpty() bool { return s.bits == 0 }

// Union returns the natures that are in either set.
func (s Natures) Union(t Natures) Natures { return Natures{s.bits | t.bits} }

// Intersect returns the natures that are in both sets.
func (s Natures) Intersect(t Natures) Natures { return Natures{s.bits & t.bits} }

// All yields the natures in ascending order.
func (s Natures) All() iter.Seq[Nature] { return s.bits.all() }

// Bits returns the set as a number in which bit n stands for the value n.
func (s Natures) Bits() uint32 { return uint32(s.bits) }

// String returns the codes with a space between them: "process policy".
func (s Natures) String() string { return s.bits.text(&natures) }

// MarshalJSON returns an array of the codes in ascending order, ["process","policy"].
func (s Natures) MarshalJSON() ([]byte, error) { return s.bits.appendJSON(&natures), nil }

// UnmarshalJSON accepts an array of codes in any order, and null as the empty
// set. If it fails, the set stays as it was.
func (s *Natures) UnmarshalJSON(data []byte) error { return s.bits.unmarshalJSON(&natures, data) }
