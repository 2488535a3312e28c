package trim

import "sort"

// often is how many functions must share a table of pctab for it to go to the
// front, where offsets are shortest.
const often = 4

// packTables moves the tables of pctab that functions still refer to together:
// with the gaps between them, their offsets would be the larger part of what
// is left. The rest of pctab becomes zero.
func (t *tables) packTables() {
	var order []uint32 // of tables, by their first use
	uses := make(map[uint32]int)
	t.eachOffset(func(f function, word int) {
		offset := f.word(word)
		if offset != 0 && uses[offset] == 0 {
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
	t.eachOffset(func(f function, word int) { f.set(word, moved[f.word(word)]) })
	clear(pctab[copy(pctab, packed):])
}

// eachOffset calls do with each word of each function that is an offset into
// pctab, or zero.
func (t *tables) eachOffset(do func(f function, word int)) {
	for i := range t.nfunc {
		_, f, _ := t.function(i)
		do(f, pcspWord)
		for j := range f.pcdata() {
			do(f, funcFixed/4+j)
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
