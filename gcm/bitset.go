package gcm

import (
	"iter"
	"math/bits"
)

// bitset is a set of values of an enumeration that has at most 15; bit n stands
// for the value n.
type bitset[E ~uint8] uint16

// bitsOf returns the set of those values that the enumeration has.
func bitsOf[E ~uint8](c *codes[E], values []E) (b bitset[E]) {
	for _, e := range values {
		b = b.with(c, e)
	}
	return b
}

// with adds a value, if the enumeration has it.
func (b bitset[E]) with(c *codes[E], e E) bitset[E] {
	if !c.has(e) {
		return b
	}
	return b | 1<<e
}

func (b bitset[E]) without(e E) bitset[E] { return b &^ (1 << e) }

func (b bitset[E]) has(e E) bool { return b>>e&1 != 0 }

func (b bitset[E]) len() int { return bits.OnesCount32(uint32(b)) }

// all yields the values in ascending order.
func (b bitset[E]) all() iter.Seq[E] {
	return func(yield func(E) bool) {
		for rest := b; rest != 0; rest &= rest - 1 {
			if !yield(E(bits.TrailingZeros32(uint32(rest)))) {
				return
			}
		}
	}
}

// text lists the codes with spaces between them.
func (b bitset[E]) text(c *codes[E]) string {
	var s []byte
	for e := range b.all() {
		if len(s) > 0 {
			s = append(s, ' ')
		}
		s = append(s, c.text(e)...)
	}
	return string(s)
}

// appendJSON appends an array of the codes, ASCII words of which no letter needs to
// be escaped.
func (b bitset[E]) appendJSON(c *codes[E]) []byte {
	s := []byte{'['}
	for e := range b.all() {
		if len(s) > 1 {
			s = append(s, ',')
		}
		s = append(append(append(s, '"'), c.text(e)...), '"')
	}
	return append(s, ']')
}

// unmarshalJSON sets b from an array of codes, or to nothing from null.
func (b *bitset[E]) unmarshalJSON(c *codes[E], data []byte) error {
	var set bitset[E]
	for code, ok := range jsonStrings(data) {
		if !ok {
			return c.error(string(data), ErrSyntax)
		}
		e, ok := c.find(code)
		if !ok {
			return c.error(code, ErrUnknown)
		}
		set |= 1 << e
	}
	*b = set
	return nil
}
