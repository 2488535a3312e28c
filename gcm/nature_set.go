package gcm

import "iter"

// NatureSet is a set of natures. The zero NatureSet is the empty set. Sets can be
// compared with == and copied; the methods don't change their receiver.
type NatureSet struct{ bits bitset[Nature] }

// NatureSetOf returns the set of some natures; values that are not valid are left out.
func NatureSetOf(n ...Nature) NatureSet { return NatureSet{bitsOf(&natures, n)} }

// With returns the set with n added; the same set if n is not valid.
func (s NatureSet) With(n Nature) NatureSet { return NatureSet{s.bits.with(&natures, n)} }

// Without returns the set without n.
func (s NatureSet) Without(n Nature) NatureSet { return NatureSet{s.bits.without(n)} }

// Has reports whether n is in the set.
func (s NatureSet) Has(n Nature) bool { return s.bits.has(n) }

// Len returns the number of natures in the set.
func (s NatureSet) Len() int { return s.bits.len() }

// IsEmpty reports whether there is nothing in the set.
func (s NatureSet) IsEmpty() bool { return s.bits == 0 }

// Union returns the natures that are in either set.
func (s NatureSet) Union(t NatureSet) NatureSet { return NatureSet{s.bits | t.bits} }

// Intersect returns the natures that are in both sets.
func (s NatureSet) Intersect(t NatureSet) NatureSet { return NatureSet{s.bits & t.bits} }

// All yields the natures in ascending order.
func (s NatureSet) All() iter.Seq[Nature] { return s.bits.all() }

// Bits returns the set as a number in which bit n stands for the value n.
func (s NatureSet) Bits() uint32 { return uint32(s.bits) }

// String returns the codes with a space between them: "process policy".
func (s NatureSet) String() string { return s.bits.text(&natures) }

// MarshalJSON returns an array of the codes in ascending order, ["process","policy"].
func (s NatureSet) MarshalJSON() ([]byte, error) { return s.bits.appendJSON(&natures), nil }

// UnmarshalJSON accepts an array of codes in any order, and null as the empty
// set. If it fails, the set stays as it was.
func (s *NatureSet) UnmarshalJSON(data []byte) error { return s.bits.unmarshalJSON(&natures, data) }
