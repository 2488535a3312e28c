package feed

import (
	"sort"
	"sync"
)

// event is a revision as it goes to readers. All of them share its bytes.
type event struct {
	sequence uint64
	mark     mark   // of the book after it
	message  []byte // of the stream, with the empty line at its end
	undo     undo
}

// size is about how much the event takes.
func (e *event) size() int { return len(e.message) + e.undo.size }

// history holds the last events, for readers that follow and for those that come
// back. Each reader has a cursor, the sequence of what it has seen last, and
// nothing here grows with the number of readers.
type history struct {
	most, mostBytes int

	mu     sync.RWMutex
	events []event // by sequence, which grows
	bytes  int
	floor  uint64        // a cursor below it has missed something
	ground mark          // of the book at the floor
	bare   uint64        // a cursor without a mark is good from here on; 0 if none is
	last   uint64        // what the record has come to
	more   chan struct{} // closed when something comes
}

func newHistory(most, mostBytes int, sequence uint64, ground mark) *history {
	return &history{most: most, mostBytes: mostBytes, floor: sequence, ground: ground, last: sequence, more: make(chan struct{})}
}

// add takes an event in, forgets the oldest ones for it, though never the one
// that has come, and wakes all readers.
func (h *history) add(e event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e)
	h.bytes += e.size()
	for len(h.events) > 1 && (len(h.events) > h.most || h.bytes > h.mostBytes) {
		oldest := &h.events[0]
		h.floor, h.ground = oldest.sequence, oldest.mark
		h.bytes -= oldest.size()
		*oldest = event{}
		h.events = h.events[1:]
	}
	h.reach(e.sequence)
}

// advance says that the record has come to a sequence without an event.
func (h *history) advance(sequence uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reach(sequence)
}

func (h *history) reach(sequence uint64) {
	h.last = sequence
	close(h.more)
	h.more = make(chan struct{})
}

// place is where a cursor stands.
type place uint8

const (
	lost   place = iota // something that came after it is forgotten, or it is none
	within              // everything that came after it is here
	ahead               // the record hasn't come that far
)

// place also returns a channel that is closed when something comes.
func (h *history) place(c cursor) (place, <-chan struct{}) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	switch {
	case c.sequence < h.floor, c.sequence == 0 && !c.marked, // 0 alone is none
		c.sequence > 0 && h.last == 0: // nobody has counted here
		return lost, h.more
	case c.sequence > h.last:
		return ahead, h.more
	case !c.marked && (h.bare == 0 || c.sequence < h.bare), c.marked && c.mark != h.markAt(c.sequence):
		return lost, h.more
	}
	return within, h.more
}

// markAt returns the mark of the book at a sequence from the floor on. h.mu is held.
func (h *history) markAt(sequence uint64) mark {
	next := h.next(sequence)
	if next == 0 {
		return h.ground
	}
	return h.events[next-1].mark
}

// next returns which event is the first one after a sequence. h.mu is held.
func (h *history) next(sequence uint64) int {
	return sort.Search(len(h.events), func(i int) bool { return h.events[i].sequence > sequence })
}

// trust says from which sequence on a number alone tells what a reader has seen;
// 0 if it never does.
func (h *history) trust(from uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.bare = from
}

// oldest returns the least cursor that has missed nothing.
func (h *history) oldest() uint64 {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.floor
}

// after appends the events that come after a sequence, of at most so many bytes
// but at least one if there is one, and returns a channel that is closed when
// something comes. It reports false if something after it is forgotten.
func (h *history) after(seen uint64, events []event, most int) ([]event, <-chan struct{}, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if seen < h.floor {
		return events, h.more, false
	}
	size := 0
	for _, e := range h.events[h.next(seen):] {
		if size += len(e.message); size > most && len(events) > 0 {
			break
		}
		events = append(events, e)
	}
	return events, h.more, true
}
