package tally

// groups is a bitmap for each value of a facet whose values aren't known
// beforehand. The zero value is empty.
type groups[K comparable] struct {
	m map[K]*bitmap
}

// of returns the bitmap of a value, to be written to.
func (g *groups[K]) of(key K) *bitmap {
	b := g.m[key]
	if b == nil {
		if g.m == nil {
			g.m = make(map[K]*bitmap)
		}
		b = new(bitmap)
		g.m[key] = b
	}
	return b
}

// rows returns the bitmap of a value, to be read.
func (g *groups[K]) rows(key K) bitmap {
	if b := g.m[key]; b != nil {
		return *b
	}
	return nil
}

// countAnd calls yield with each value that occurs in the selection, in no
// particular order.
func (g *groups[K]) countAnd(selection bitmap, yield func(K, int)) {
	for key, b := range g.m {
		if n := b.countAnd(selection); n > 0 {
			yield(key, n)
		}
	}
}

// dictionary numbers the pledgers, so that counting distinct ones compares
// numbers. Numbers begin at 1, and one is used again once nobody uses it. The
// zero value is empty.
type dictionary struct {
	number map[string]uint32
	keys   []string // keys[0] is nobody's
	uses   []uint32
	free   []uint32
}

func (d *dictionary) use(key string) uint32 {
	n, ok := d.number[key]
	if !ok {
		if d.number == nil {
			d.number = make(map[string]uint32)
			d.keys, d.uses = []string{""}, []uint32{0}
		}
		if k := len(d.free); k > 0 {
			n, d.free = d.free[k-1], d.free[:k-1]
			d.keys[n] = key
		} else {
			n = uint32(len(d.keys))
			d.keys, d.uses = append(d.keys, key), append(d.uses, 0)
		}
		d.number[key] = n
	}
	d.uses[n]++
	return n
}

// release takes one use back; 0 is nobody.
func (d *dictionary) release(n uint32) {
	if n == 0 {
		return
	}
	if d.uses[n]--; d.uses[n] == 0 {
		delete(d.number, d.keys[n])
		d.keys[n] = ""
		d.free = append(d.free, n)
	}
}
