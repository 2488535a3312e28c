package fast

import (
	"math/bits"

	"github.com/gcmkit/gcmkit/pledge/internal/swar"
)

// keywords are names and codes that records are known to have, of 1 to 14 bytes.
// Which of them stands in a record is told by a look at two numbers.
type keywords struct {
	list  []keyword
	slots [4 * mostKeywords]uint8 // places in list + 1, by hash
}

// keyword is its bytes and those behind them as two numbers, and what it means.
type keyword struct {
	head, tail         uint64
	headMask, tailMask uint64 // of the bytes that it has
	size               int    // with what is around it
	bit                uint64 // another one for each
	meaning            uint8
	next               *keyword // the one that came behind it last time
	code               *keyword // that was the value of it last time
}

// mostKeywords is how many there are at most, no more than a number has bits.
const mostKeywords = 64

// add adds a keyword of ASCII that is followed by some bytes, the first of which is a
// quote, unless it is there or there is no room, or it is too long or not written
// as it is.
func (k *keywords) add(text, behind string, meaning uint8) {
	var b [1 + 16 + 16]byte
	size := copy(b[:], `"`+text+behind)
	if len(text) == 0 || size > 1+16 || len(k.list) == mostKeywords || plainText(b[:], 0, size) != len(text)+2 {
		return
	}
	head, tail := swar.Words(b[1:])
	slot := slotOf(head, tail)
	for ; k.slots[slot] != 0; slot++ {
		if other := &k.list[k.slots[slot]-1]; other.head == head && other.tail == tail {
			return
		}
	}
	if k.list == nil {
		k.list = make([]keyword, 0, mostKeywords) // they stay where they are
	}
	known := keyword{head: head, tail: tail, size: size, bit: 1 << len(k.list), meaning: meaning}
	known.headMask, known.tailMask = first(size-1, ^uint64(0), ^uint64(0))
	k.list = append(k.list, known)
	k.slots[slot] = uint8(len(k.list))
}

// first keeps so many bytes of two numbers, 1 to 16.
func first(n int, head, tail uint64) (uint64, uint64) {
	if n <= 8 {
		return head & (1<<(8*n) - 1), 0
	}
	return head, tail & (1<<(8*n-64) - 1)
}

// slotOf says where to look for a keyword. There are more slots than that, and one
// at the end is always free.
func slotOf(head, tail uint64) uint64 { return (head ^ tail<<3) * 0x9e3779b97f4a7c15 >> 57 }

// is reports whether the keyword is what two numbers begin with.
func (k *keyword) is(head, tail uint64) bool {
	return (head^k.head)&k.headMask|(tail^k.tail)&k.tailMask == 0
}

// at returns the keyword that two numbers begin with, up to the quote and with so
// many bytes behind it; nil if there is none.
func (k *keywords) at(head, tail uint64, behind int) *keyword {
	i := 0
	if m := swar.Find(head, '"'); m != 0 {
		i = bits.TrailingZeros64(m)>>3 + 1 + behind
	} else if m = swar.Find(tail, '"'); m != 0 {
		i = bits.TrailingZeros64(m)>>3 + 9 + behind
	} else {
		return nil
	}
	head, tail = first(i, head, tail)
	for slot := slotOf(head, tail); ; slot++ {
		index := k.slots[slot]
		if index == 0 {
			return nil
		}
		if known := &k.list[index-1]; known.head == head && known.tail == tail {
			return known
		}
	}
}
