package tally

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/intern"
)

// dictionary numbers values, so that rows hold numbers and counting compares
// numbers. Numbers begin at 1; 0 is none. The zero dictionary is empty.
//
// A [Version] reads values while the dictionary is written to. It has the slice
// as it was, and reads only values that its own rows use. So a number that
// nobody uses any more is given to another value only in a new slice.
type dictionary[V comparable] struct {
	numbers intern.Table
	values  []V
	hashes  []uint32 // of values
	uses    []uint32
	unused  []uint32 // numbers without a value
	free    []uint32 // the ones to be given away
}

// use returns the number of a value with a hash of numbers, and counts that it is
// used once more. It reports whether the value is new.
func (d *dictionary[V]) use(value V, hash uint32) (n uint32, added bool) {
	n, known := d.numbers.Find(hash, func(n uint32) bool { return d.values[n] == value })
	if !known {
		n = d.take()
		d.values[n], d.hashes[n] = value, hash
		d.numbers.Add(hash, n)
	}
	d.uses[n]++
	return n, !known
}

// take returns a number that isn't used.
func (d *dictionary[V]) take() uint32 {
	if d.values == nil {
		d.values, d.hashes, d.uses = make([]V, 1), make([]uint32, 1), make([]uint32, 1)
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
	d.values, d.hashes, d.uses = append(d.values, none), append(d.hashes, 0), append(d.uses, 0)
	return uint32(len(d.values) - 1)
}

// release takes one use of a number back. It reports whether that was the last one.
func (d *dictionary[V]) release(n uint32) bool {
	if d.uses[n]--; d.uses[n] > 0 {
		return false
	}
	d.numbers.Remove(d.hashes[n], n)
	d.unused = append(d.unused, n)
	return true
}

// The numbers of an index, which must be locked.

// use says that the numbers of a pledge, which are used already, are used once
// more.
func (x *Index) use(e *entry) {
	x.months.uses[e.month]++
	for _, n := range [...]uint32{dueMonth(e.due), e.reported} {
		if n != 0 {
			x.months.uses[n]++
		}
	}
	if e.Place != 0 {
		x.places.uses[e.Place]++
	}
	for _, n := range e.pledgers {
		x.pledgers.uses[n]++
	}
	for _, n := range e.themes {
		x.themes.uses[n]++
	}
}

// useAll is use for all pledges of a block.
func (x *Index) useAll(b *block) {
	b.months.Count(&b.live, x.months.uses)
	b.reported.Count(&b.live, x.months.uses)
	dues := make([]uint32, 2*len(x.months.uses))
	b.deadlines.Count(&b.live, dues)
	for i, n := range dues {
		x.months.uses[dueMonth(uint32(i))] += n
	}
	b.pledgers.Count(&b.live, x.pledgers.uses)
	b.themes.Count(&b.live, x.themes.uses)
	b.places.Count(&b.live, x.places.uses)
}

// release undoes use, or what [Index.entry] uses.
func (x *Index) release(e *entry) {
	x.releaseMonth(e.month)
	for _, n := range [...]uint32{dueMonth(e.due), e.reported} {
		if n != 0 {
			x.releaseMonth(n)
		}
	}
	x.releasePlace(e.Place)
	for _, n := range e.pledgers {
		x.releasePledger(n)
	}
	for _, n := range e.themes {
		x.releaseTheme(n)
	}
}

func (x *Index) usePledger(p named) uint32 {
	return x.useBorrowed(p, func(s string) string { return s })
}

// useBorrowed is usePledger for one whose texts are kept as what own makes of them.
func (x *Index) useBorrowed(p named, own func(string) string) uint32 {
	key, added := x.keys.use(p.Key, x.keys.numbers.Hash(p.Key, 0))
	if added {
		x.keys.values[key] = own(p.Key)
	}
	by := pledger{p.name, kindOf(&p.Pledger)}
	by.key = key
	n, added := x.pledgers.use(by, x.pledgers.numbers.Hash(p.name, by.pledger()))
	if !added {
		x.keys.uses[key]-- // it is that of the pledger
		return n
	}
	x.pledgers.values[n].name = own(p.name)
	x.words.texts[textPledger].Change(n)
	for int(n) >= len(x.kinds) {
		x.kinds = append(x.kinds, kind{})
	}
	x.kinds[n] = by.kind
	return n
}

//go:noinline
func (x *Index) releasePledger(n uint32) {
	if key := x.pledgers.values[n].key; x.pledgers.release(n) {
		x.keys.release(key)
	}
}

// pledgerOf returns the pledger of a number.
func (x *Index) pledgerOf(n uint32) Pledger {
	p := &x.pledgers.values[n]
	return Pledger{x.keys.values[p.key], p.category, p.state}
}

func (x *Index) useTheme(theme string) uint32 {
	n, added := x.themes.use(theme, x.themes.numbers.Hash(theme, 0))
	if added {
		x.words.texts[textTheme].Change(n)
	}
	return n
}

//go:noinline
func (x *Index) releaseTheme(n uint32) { x.themes.release(n) }

func (x *Index) useMonth(month gcm.Date) uint32 {
	n, _ := x.months.use(month, x.months.numbers.Hash("", uint64(monthNumber(month))))
	return n
}

//go:noinline
func (x *Index) releaseMonth(n uint32) { x.months.release(n) }

func (x *Index) lockedUse(use func(*Index) uint32) uint32 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return use(x)
}

// place is the States in which a pledge is implemented: a byte for each, once, in
// the order in which they are stated. Many pledges are implemented in one and the
// same place.
type place string

func placeOf(states []gcm.State) place {
	if len(states) == 0 {
		return ""
	}
	var b strings.Builder
	var seen [1 << 8]bool
	for _, s := range states {
		if !seen[s] {
			seen[s] = true
			b.WriteByte(byte(s))
		}
	}
	return place(b.String())
}

func (p place) states() (all []gcm.State) {
	for _, s := range []byte(p) {
		all = append(all, gcm.State(s))
	}
	return all
}

func (p place) hasAny(states *numberSet) bool {
	for _, s := range []byte(p) {
		if states.has(int(s)) {
			return true
		}
	}
	return false
}

// usePlace returns the number of a place, 0 of the one without States.
func (x *Index) usePlace(p place) uint32 {
	if p == "" {
		return 0
	}
	n, _ := x.places.use(p, x.places.numbers.Hash(string(p), 0))
	return n
}

//go:noinline
func (x *Index) releasePlace(n uint32) {
	if n != 0 {
		x.places.release(n)
	}
}
