// Package spelling finds again what was read from the same text before.
//
// It does what a map from strings does. But most of the time of that goes into
// waiting for memory, and it looks in more places: here a text stands in the same
// place as its number and its size.
//
//	slots   | hash, place |  of a power of two, the hash tells where to begin
//	               v
//	pages   | number, size, text | number, size, text | ...
//	             v
//	values  | value |
package spelling

import (
	"encoding/binary"
	"hash/maphash"
	"strings"
)

// Longest is how many bytes a text may have that is remembered.
const Longest = 256

const (
	page  = 1 << 16 // bytes
	head  = 6       // of a text: its number and its size
	least = 1 << 6  // slots
)

// Table has values for texts. The zero table is empty. It isn't safe for concurrent
// use.
type Table[V any] struct {
	seed   maphash.Seed // that nobody can foresee
	slots  []uint64
	pages  [][]byte
	values []V
}

// Len returns how many texts the table has.
func (t *Table[V]) Len() int { return len(t.values) }

// Find returns the value of a text.
func (t *Table[V]) Find(text string) (v V, ok bool) {
	if len(t.values) == 0 || len(text) > Longest {
		return v, false
	}
	hash := t.hash(text)
	for i := t.first(hash); ; i = t.next(i) {
		switch slot := t.slots[i]; {
		case slot == 0:
			return v, false
		case uint32(slot>>32) == hash:
			b := t.at(slot)
			size := int(binary.LittleEndian.Uint16(b[4:]))
			if size == len(text) && string(b[head:head+size]) == text {
				return t.values[binary.LittleEndian.Uint32(b)], true
			}
		}
	}
}

// Object returns the value of the text that another begins with and that ends with
// the first closing brace. It is a whole object if it was added as one: a brace in a
// string of another misleads nobody.
func (t *Table[V]) Object(text string) (v V, size int) {
	size = strings.IndexByte(text[:min(len(text), Longest)], '}') + 1
	if size == 0 {
		return v, 0
	}
	v, ok := t.Find(text[:size])
	if !ok {
		return v, 0
	}
	return v, size
}

// Add gives a text that isn't there a value, unless it is empty or too long to be
// remembered. The text may be borrowed.
func (t *Table[V]) Add(text string, v V) {
	if text == "" || len(text) > Longest {
		return
	}
	if len(t.values) == len(t.slots)/2 {
		t.grow()
	}
	last := len(t.pages) - 1
	if last < 0 || len(t.pages[last])+head+len(text) > cap(t.pages[last]) {
		room := page
		if last < 3 { // few texts take little
			room >>= 3 - max(last, 0)
		}
		t.pages = append(t.pages, make([]byte, 0, room))
		last++
	}
	b := t.pages[last]
	t.insert(uint64(t.hash(text))<<32 | uint64(last*page+len(b)+1))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(t.values)))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(text)))
	t.pages[last] = append(b, text...)
	t.values = append(t.values, v)
}

// grow doubles the number of slots.
func (t *Table[V]) grow() {
	if t.slots == nil {
		t.seed = maphash.MakeSeed()
	}
	old := t.slots
	t.slots = make([]uint64, max(least, 2*len(old)))
	for _, slot := range old {
		if slot != 0 {
			t.insert(slot)
		}
	}
}

func (t *Table[V]) insert(slot uint64) {
	i := t.first(uint32(slot >> 32))
	for t.slots[i] != 0 {
		i = t.next(i)
	}
	t.slots[i] = slot
}

func (t *Table[V]) hash(text string) uint32 { return uint32(maphash.String(t.seed, text)) }

func (t *Table[V]) first(hash uint32) int { return int(hash) & (len(t.slots) - 1) }

func (t *Table[V]) next(i int) int { return (i + 1) & (len(t.slots) - 1) }

// at returns what stands in the place of a slot.
func (t *Table[V]) at(slot uint64) []byte {
	place := uint32(slot) - 1
	return t.pages[place/page][place%page:]
}
