package trim

import "sort"

// often is how many functions must share a table for it to go to the front,
// where offsets are shortest.
const often = 4

// ranking lists offsets: those that are used often first, the others by their
// first use. each calls its argument for each use of one.
func ranking(each func(use func(offset uint32))) []uint32 {
	var order []uint32
	uses := make(map[uint32]int)
	each(func(offset uint32) {
		if uses[offset] == 0 {
			order = append(order, offset)
		}
		uses[offset]++
	})
	rank := func(offset uint32) int {
		if n := uses[offset]; n >= often {
			return n
		}
		return 0
	}
	sort.SliceStable(order, func(i, j int) bool { return rank(order[i]) > rank(order[j]) })
	return order
}

// packTables moves the tables of pctab that functions still refer to together:
// with the gaps between them, their offsets would be the larger part of what
// is left. The rest of pctab becomes zero.
func (t *tables) packTables() {
	order := ranking(func(use func(uint32)) {
		t.eachOffset(func(f function, at uint64) {
			if offset := f.word(at); offset != 0 {
				use(offset)
			}
		})
	})
	pctab := t.m.at(t.pctab.start, t.pctab.size)
	packed := make([]byte, 1, len(pctab)) // offset 0 is that there is no table
	moved := make(map[uint32]uint32)
	for _, offset := range order {
		moved[offset] = uint32(len(packed))
		packed = append(packed, table(pctab[offset:])...)
	}
	if len(packed) > len(pctab) {
		return // tables that overlap: leave them alone
	}
	t.eachOffset(func(f function, at uint64) { f.set(at, moved[f.word(at)]) })
	clear(pctab[copy(pctab, packed):])
}

// alignment of funcdata: the linker's is less.
const alignment = 16

// packFuncdata does the same for pieces of funcdata. sorted are the offsets of
// all that there were. A piece ends where the next one begins; the last one
// stays where it is, as nothing says where it ends.
func (t *tables) packFuncdata(sorted []uint32) {
	if len(sorted) < 2 {
		return
	}
	first, last := sorted[0], sorted[len(sorted)-1]
	if !t.m.has(t.gofunc+uint64(first), uint64(last-first)) {
		return
	}
	region := t.m.at(t.gofunc+uint64(first), uint64(last-first))
	ends := make(map[uint32]uint32)
	for i, start := range sorted[:len(sorted)-1] {
		ends[start] = sorted[i+1]
	}
	order := ranking(func(use func(uint32)) {
		t.eachFuncdata(func(offset uint32) uint32 {
			if offset != last {
				use(offset)
			}
			return offset
		})
	})
	var packed []byte
	moved := map[uint32]uint32{last: last}
	for _, start := range order {
		for uint32(len(packed))%alignment != (start-first)%alignment {
			packed = append(packed, 0)
		}
		moved[start] = first + uint32(len(packed))
		packed = append(packed, region[start-first:ends[start]-first]...)
	}
	if len(packed) > len(region) {
		return // the padding takes more than the gaps did
	}
	t.eachFuncdata(func(offset uint32) uint32 { return moved[offset] })
	clear(region[copy(region, packed):])
}

// eachFuncdata puts what change returns in the place of each offset of
// funcdata that a function has.
func (t *tables) eachFuncdata(change func(offset uint32) uint32) {
	for i := range t.nfunc {
		_, f, _ := t.function(i)
		for j := range f.funcdata() {
			if offset := f.funcdataAt(j); offset != noFuncdata {
				f.set(f.funcdataOffset(j), change(offset))
			}
		}
	}
}

// eachOffset calls do with where each offset into pctab is that a function has;
// zero is none.
func (t *tables) eachOffset(do func(f function, at uint64)) {
	for i := range t.nfunc {
		_, f, _ := t.function(i)
		do(f, t.l.Func.PCSP)
		for j := range f.pcdata() {
			do(f, f.pcdataOffset(j))
		}
	}
}

// table returns the table that b begins with: pairs of a value and of a number
// of program counters, up to a value of zero that isn't the first.
func table(b []byte) []byte {
	i := 0
	skip := func() {
		for i < len(b) {
			i++
			if b[i-1] < 0x80 {
				return
			}
		}
	}
	for first := true; i < len(b); first = false {
		if b[i] == 0 && !first {
			return b[:i+1]
		}
		skip()
		skip()
	}
	return b
}
