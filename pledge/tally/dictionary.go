package tally

import "slices"

// dictionary numbers keys and holds a value for each, so that rows hold numbers
// and counting compares numbers. Numbers begin at 1; 0 is none. The zero
// dictionary is empty.
//
// A [Version] reads values while the dictionary is written to. It has the slice
// as it was, and reads only values that its own rows use. So a number that
// nobody uses any more is given to another key only in a new slice.
type dictionary[K comparable, V any] struct {
	numbers map[K]uint32
	values  []V
	uses    []uint32
	unused  []uint32 // numbers without a key
	free    []uint32 // the ones to be given away
}

// use returns the number of a key, and counts that it is used once more. It
// reports whether the key is new, and has no value yet.
func (d *dictionary[K, V]) use(key K) (n uint32, added bool) {
	n, known := d.numbers[key]
	if !known {
		n = d.take()
		d.numbers[key] = n
	}
	d.uses[n]++
	return n, !known
}

// take returns a number that isn't used.
func (d *dictionary[K, V]) take() uint32 {
	if d.numbers == nil {
		d.numbers = make(map[K]uint32)
		d.values, d.uses = make([]V, 1), make([]uint32, 1)
	}
	if len(d.free) == 0 && len(d.unused) > 64 && len(d.unused) > len(d.values)/2 {
		d.values = slices.Clone(d.values)
		d.free, d.unused = d.unused, nil
	}
	if last := len(d.free) - 1; last >= 0 {
		n := d.free[last]
		d.free = d.free[:last]
		return n
	}
	var none V
	d.values, d.uses = append(d.values, none), append(d.uses, 0)
	return uint32(len(d.values) - 1)
}

// release takes one use of a key and its number back. It reports whether that
// was the last one.
func (d *dictionary[K, V]) release(key K, n uint32) bool {
	if d.uses[n]--; d.uses[n] > 0 {
		return false
	}
	delete(d.numbers, key)
	d.unused = append(d.unused, n)
	return true
}
