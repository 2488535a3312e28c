package tally

// words are names and codes that records are known to have, of 1 to 15 bytes.
// Which of them stands in a record is told by a look at two numbers. Index 0 is
// none of them.
type words struct {
	list  []knownWord
	slots [4 * mostWords]uint8 // indexes, by hash
}

// knownWord is one of the words: its bytes as two numbers, and what it means.
type knownWord struct {
	head, tail uint64
	size       int // with its quotes
	meaning    uint8
}

// mostWords is how many there are at most, no more than a number has bits.
const mostWords = 64

// add adds a word, unless it is there or there is no room, or it is too long or
// not written as it is.
func (w *words) add(text string, meaning uint8) {
	var b [16]byte
	if w.list == nil {
		w.list = make([]knownWord, 1, mostWords)
	}
	if len(text) == 0 || len(text) >= len(b) || len(w.list) == mostWords {
		return
	}
	for i := range len(text) {
		if b[i] = text[i]; b[i] < ' ' || b[i] == '"' || b[i] == '\\' {
			return
		}
	}
	known := knownWord{word(b[:]), word(b[8:]), len(text) + len(`""`), meaning}
	slot := known.hash()
	for ; w.slots[slot] != 0; slot++ {
		if other := &w.list[w.slots[slot]]; other.head == known.head && other.tail == known.tail {
			return
		}
	}
	w.slots[slot] = uint8(len(w.list))
	w.list = append(w.list, known)
}

// hash says where to look for a word. There are more slots than hashes, and one
// at the end is always free.
func (k *knownWord) hash() uint64 {
	return (k.head ^ k.tail<<3) * 0x9e3779b97f4a7c15 >> 57
}

// at returns the index of the word that stands at b[i], in quotes; 0 if there is
// none. It may look at [margin] bytes from there.
func (w *words) at(b []byte, i int) int {
	if b[i] != '"' {
		return 0
	}
	k := knownWord{head: word(b[i+1:])}
	if m := find(k.head, '"'); m != 0 {
		k.head &= before(m)
	} else {
		k.tail = word(b[i+9:])
		if m = find(k.tail, '"'); m == 0 {
			return 0
		}
		k.tail &= before(m)
	}
	for slot := k.hash(); ; slot++ {
		index := int(w.slots[slot])
		if index == 0 || w.list[index].head == k.head && w.list[index].tail == k.tail {
			return index
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

// before masks the bytes before the one that find has found.
func before(m uint64) uint64 { return m&-m>>7 - 1 }

// upTo masks the bytes before it and the byte itself.
func upTo(m uint64) uint64 { return m&-m<<1 - 1 }
