package tally

// words are names and codes that records are known to have, of 1 to 14 bytes.
// Which of them stands in a record is told by a look at two numbers. Index 0 is
// none of them.
type words struct {
	list  []knownWord
	slots [4 * mostWords]uint8 // indexes, by hash
}

// knownWord is one of the words: its bytes and the quote behind them as two
// numbers, and what it means.
type knownWord struct {
	head, tail         uint64
	headMask, tailMask uint64 // of the bytes that it has
	size               int    // with its quotes
	meaning            uint8
	next               uint8 // the one that came behind it last time
}

// mostWords is how many there are at most, no more than a number has bits.
const mostWords = 64

// add adds a word, unless it is there or there is no room, or it is too long or
// not written as it is.
func (w *words) add(text string, meaning uint8) {
	if w.list == nil {
		w.list = make([]knownWord, 1, mostWords)
	}
	var b, mask [16]byte
	if len(text) == 0 || len(text) >= len(b)-1 || len(w.list) == mostWords {
		return
	}
	for i := range len(text) {
		if b[i], mask[i] = text[i], 0xff; b[i] < ' ' || b[i] == '"' || b[i] == '\\' {
			return
		}
	}
	b[len(text)], mask[len(text)] = '"', 0xff
	known := knownWord{word(b[:]), word(b[8:]), word(mask[:]), word(mask[8:]), len(text) + len(`""`), meaning, 0}
	slot := slotOf(known.head, known.tail)
	for ; w.slots[slot] != 0; slot++ {
		if other := &w.list[w.slots[slot]]; other.head == known.head && other.tail == known.tail {
			return
		}
	}
	w.slots[slot] = uint8(len(w.list))
	w.list = append(w.list, known)
}

// slotOf says where to look for a word. There are more slots than that, and one
// at the end is always free.
func slotOf(head, tail uint64) uint64 { return (head ^ tail<<3) * 0x9e3779b97f4a7c15 >> 57 }

// behind returns the index of the word that stands at b[i], in quotes; 0 if there
// is none. It may look at [margin] bytes from there. The word is likely to be
// the one that was behind the same one before, which a comparison tells.
func (w *words) behind(last int, b []byte, i int) int {
	before := &w.list[last]
	likely := &w.list[before.next]
	if head, tail := word(b[i+1:]), word(b[i+9:]); (head^likely.head)&likely.headMask|(tail^likely.tail)&likely.tailMask == 0 && likely.size > 0 && b[i] == '"' {
		return int(before.next)
	}
	found := w.at(b, i)
	before.next = uint8(found)
	return found
}

// at returns the index of the word that stands at b[i], in quotes.
func (w *words) at(b []byte, i int) int {
	if b[i] != '"' {
		return 0
	}
	head, tail := word(b[i+1:]), uint64(0)
	if m := find(head, '"'); m != 0 {
		head &= upTo(m)
	} else {
		tail = word(b[i+9:])
		if m = find(tail, '"'); m == 0 {
			return 0
		}
		tail &= upTo(m)
	}
	for slot := slotOf(head, tail); ; slot++ {
		index := w.slots[slot]
		if index == 0 || w.list[index].head == head && w.list[index].tail == tail {
			return int(index)
		}
	}
}

// find returns a number with the high bit of the first byte in x that is c. Bits
// behind it mean nothing. It is 0 if there is none.
func find(x uint64, c byte) uint64 {
	const low, high = 0x0101010101010101, 0x8080808080808080
	x ^= low * uint64(c)
	return (x - low) &^ x & high
}

// upTo masks the bytes before the one that find has found, and that byte.
func upTo(m uint64) uint64 { return m&-m<<1 - 1 }
