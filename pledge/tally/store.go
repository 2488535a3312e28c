package tally

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
)

// store holds the pledges of a block, as they have to be told apart and read
// again: records, and bytes for what differs in size. Neither has pointers, so
// they cost the garbage collector nothing. The zero store is empty.
type store struct {
	records []record // the zero value where the row is free
	bytes   []byte   // the rest of them, where their addresses say
	dead    int      // of the bytes, those that no record refers to any more
}

// add adds a pledge in a row of its own.
func (s *store) add(e *entry) {
	s.records = append(s.records, record{})
	s.set(len(s.records)-1, e)
}

// set puts a pledge into a row that is free.
func (s *store) set(row int, e *entry) {
	s.records[row] = e.record
	s.records[row].address = uint32(len(s.bytes))
	s.bytes = e.append(s.bytes)
}

// read reads the pledge in a row into e: all but what its block knows, and its
// texts.
func (s *store) read(row int, e *entry) {
	e.begin()
	e.record = s.records[row]
	e.read(s.bytes[e.address:])
}

// updated returns the instant of the revision in a row.
func (s *store) updated(row int) gcm.Instant {
	t, _ := readInstant(s.bytes[s.records[row].address:])
	return t
}

// free takes the pledge out of a row.
func (s *store) free(row int) {
	b := s.bytes[s.records[row].address:]
	var e entry
	s.dead += len(b) - len(e.read(b))
	s.records[row] = record{}
}

// compact writes the bytes anew where most of them are dead. There is a pledge
// in the rows that are live.
func (s *store) compact(live *rows) {
	if s.dead < 1<<12 || s.dead < len(s.bytes)/2 {
		return
	}
	old := s.bytes
	s.bytes, s.dead = make([]byte, 0, len(old)-s.dead), 0
	var e entry
	for row := range s.records {
		if live.has(uint16(row)) {
			r := &s.records[row]
			b := old[r.address:]
			r.address = uint32(len(s.bytes))
			s.bytes = append(s.bytes, b[:len(b)-len(e.read(b))]...)
			e.begin()
		}
	}
}

// A pledge's bytes are the instant of its revision, the lengths of its lists,
// two bits each where that is enough, and the lists.

// append appends what a record doesn't hold.
func (e *entry) append(b []byte) []byte {
	const most = 5 // bytes of a number, or of a length
	n := len(e.pledgers) + len(e.implementing) + len(e.themes) + len(e.money)
	at := len(b)
	b = slices.Grow(b, 16+most*(n+4))
	to := b[:cap(b)]
	seconds, nanos := e.updated.Unix()
	first := uint64(0)
	if e.updated.IsValid() {
		if first = uint64(seconds+unixBase) << 1; nanos != 0 {
			first |= 1
		}
	}
	if at = putNumber(to, at, first); first&1 != 0 {
		at = putNumber(to, at, uint64(nanos))
	}
	lengths := at
	to[lengths] = 0
	at = putLength(to, at+1, lengths, 0, e.pledgers)
	at = putLength(to, at, lengths, 2, e.implementing)
	at = putLength(to, at, lengths, 4, e.themes)
	at = putLength(to, at, lengths, 6, e.money)
	at = putList(to, at, e.pledgers)
	at = putList(to, at, e.implementing)
	at = putList(to, at, e.themes)
	return to[:putList(to, at, e.money)]
}

const (
	unixBase = 1 << 36 // seconds from before the first Instant to 1970
	long     = 3       // the length of a list that stands for itself elsewhere
)

func readInstant(b []byte) (t gcm.Instant, rest []byte) {
	first, b := cutNumber(b)
	nanos := uint64(0)
	if first&1 != 0 {
		nanos, b = cutNumber(b)
	}
	if first == 0 {
		return t, b
	}
	return gcm.InstantOfUnix(int64(first>>1)-unixBase, int32(nanos)), b
}

// read reads what append has written into an entry that has begun, and returns
// what comes behind it.
func (e *entry) read(b []byte) (rest []byte) {
	e.updated, b = readInstant(b)
	first := b[0]
	b = b[1:]
	var lengths [4]uint64
	for i := range lengths {
		if lengths[i] = uint64(first >> (2 * i) & long); lengths[i] == long {
			lengths[i], b = cutNumber(b)
		}
	}
	for i, list := range e.lists.all() {
		for range lengths[i] {
			var n uint64
			n, b = cutNumber(b)
			*list = append(*list, uint32(n))
		}
	}
	return b
}

// putLength writes the length of a list into two bits, and to at if it is long.
func putLength(b []byte, at, lengths int, shift uint8, list []uint32) int {
	n := len(list)
	b[lengths] |= byte(min(n, long)) << shift
	if n < long {
		return at
	}
	return putNumber(b, at, uint64(n))
}

func putList(b []byte, at int, list []uint32) int {
	for _, n := range list {
		at = putNumber(b, at, uint64(n))
	}
	return at
}

// putNumber writes a number to b[at] in groups of seven bits, the lowest first, of
// which each but the last has the high bit set. It returns where it ends.
func putNumber(b []byte, at int, n uint64) int {
	for ; n >= 1<<7; n >>= 7 {
		b[at] = byte(n) | 1<<7
		at++
	}
	b[at] = byte(n)
	return at + 1
}

func cutNumber(b []byte) (n uint64, rest []byte) {
	for i, c := range b {
		n |= uint64(c&^(1<<7)) << (7 * i)
		if c < 1<<7 {
			return n, b[i+1:]
		}
	}
	return n, nil
}
