package tally

import "math/bits"

// words are names and codes that records are known to have, of 1 to 14 bytes.
// Which of them stands in a record is told by a look at two numbers.
type words struct {
	list  []knownWord
	slots [4 * mostWords]uint8 // places in list + 1, by hash
}

// knownWord is one of the words: its bytes and those behind them as two numbers,
// and what it means.
type knownWord struct {
	head, tail         uint64
	headMask, tailMask uint64 // of the bytes that it has
	size               int    // with what is around it
	bit                uint64 // another one for each
	meaning            uint8
	next               *knownWord // the one that came behind it last time
}

// mostWords is how many there are at most, no more than a number has bits.
const mostWords = 64

// add adds a word that is followed by some bytes, the first of which is a quote,
// unless it is there or there is no room, or it is too long or not written as it
// is.
func (w *words) add(text, behind string, meaning uint8) {
	var b, mask [16]byte
	if len(text) == 0 || len(text)+len(behind) > len(b) || len(w.list) == mostWords {
		return
	}
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' {
			return
		}
	}
	for i := range copy(b[copy(b[:], text):], behind) + len(text) {
		mask[i] = 0xff
	}
	known := knownWord{size: 1 + len(text) + len(behind), bit: 1 << len(w.list), meaning: meaning}
	known.head, known.tail = twoWords(b[:])
	known.headMask, known.tailMask = twoWords(mask[:])
	slot := slotOf(known.head, known.tail)
	for ; w.slots[slot] != 0; slot++ {
		if other := &w.list[w.slots[slot]-1]; other.head == known.head && other.tail == known.tail {
			return
		}
	}
	if w.list == nil {
		w.list = make([]knownWord, 0, mostWords) // they stay where they are
	}
	w.list = append(w.list, known)
	w.slots[slot] = uint8(len(w.list))
}

// slotOf says where to look for a word. There are more slots than that, and one
// at the end is always free.
func slotOf(head, tail uint64) uint64 { return (head ^ tail<<3) * 0x9e3779b97f4a7c15 >> 57 }

// is reports whether the word is what two numbers begin with.
func (k *knownWord) is(head, tail uint64) bool {
	return (head^k.head)&k.headMask|(tail^k.tail)&k.tailMask == 0
}

// at returns the word that two numbers begin with, up to the quote and with so
// many bytes behind it; nil if there is none.
func (w *words) at(head, tail uint64, behind int) *knownWord {
	i := 0
	if m := find(head, '"'); m != 0 {
		i = bits.TrailingZeros64(m)>>3 + 1 + behind
	} else if m = find(tail, '"'); m != 0 {
		i = bits.TrailingZeros64(m)>>3 + 9 + behind
	} else {
		return nil
	}
	if i <= 8 {
		head, tail = head&(1<<(8*i)-1), 0
	} else {
		tail &= 1<<(8*i-64) - 1
	}
	for slot := slotOf(head, tail); ; slot++ {
		index := w.slots[slot]
		if index == 0 {
			return nil
		}
		if known := &w.list[index-1]; known.head == head && known.tail == tail {
			return known
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
