package feed

import (
	"net/http"
	"strconv"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// Dated copies are counted anew, from the pledges as they are now and what the events
// of the history have changed since: so there is one of each state, for each filter,
// language and view, for as long as the history reaches, and on each server that has
// the same history.

// undo is what an event has changed.
type undo struct {
	state *state // before it
	id    uuid.UUID
	old   *pledge.Pledge // what was countable of the pledge; nil if there was none
	size  int            // about what old takes
}

// since returns what has changed since a cursor, the oldest change first, or false if
// that isn't in the history.
func (h *history) since(c cursor) ([]undo, bool) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if c.sequence < h.floor || c.sequence > h.last || h.markAt(c.sequence) != c.mark {
		return nil, false
	}
	var all []undo
	for _, e := range h.events[h.next(c.sequence):] {
		all = append(all, e.undo)
	}
	return all, true
}

// gone says why a dated copy isn't there, nil if it is.
func (s *Server) gone(key request) *problem {
	s.mu.RLock()
	at, _, ok := s.back(key.at)
	s.mu.RUnlock()
	switch {
	case ok && dayOf(at) == key.asOf:
		return nil
	case ok:
		return problemOf(http.StatusNotFound, "the numbers of that sequence aren't of that day, but of "+dayOf(at).String())
	case key.at.sequence > s.Sequence():
		return problemOf(http.StatusNotFound, "the record hasn't come to that sequence")
	case key.at.sequence >= s.history.oldest():
		return problemOf(http.StatusNotFound, "the record has other pledges at that sequence")
	}
	return problemOf(http.StatusGone, "the copy isn't kept any more: there are copies of the last "+strconv.Itoa(s.options.History)+
		" revisions at most, and none from before the server had its pledges")
}

// back returns the state at a cursor and what has changed since. s.mu is held.
func (s *Server) back(c cursor) (*state, []undo, bool) {
	now := s.state.Load()
	changes, ok := s.history.since(c)
	if !ok {
		return nil, nil, false
	}
	if len(changes) > 0 {
		return changes[0].state, changes, true
	}
	return now, nil, true
}

// lookBack returns the counts of a query as they were. It takes as long as to count
// all pledges anew. The counts are nil if the history doesn't reach so far.
func (s *Server) lookBack(key request) (*state, *tally.Snapshot) {
	s.mu.RLock()
	at, changes, ok := s.back(key.at)
	all := s.book.All()
	s.mu.RUnlock()
	if !ok {
		return nil, nil
	}
	old := map[uuid.UUID]*pledge.Pledge{}
	for _, c := range changes {
		if _, known := old[c.id]; !known {
			old[c.id] = c.old
		}
	}
	var book pledge.Book
	for p := range all {
		if before, changed := old[p.ID]; !changed {
			book.Put(p) // has no error, as it was in a book
		} else if before != nil {
			book.Put(*before)
		}
	}
	snapshot := book.Snapshot(at.header, key.query)
	snapshot.Header = at.header
	snapshot.Sequence = key.at.sequence
	return at, snapshot
}
