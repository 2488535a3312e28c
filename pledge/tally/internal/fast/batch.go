package fast

import (
	"github.com/gcmkit/gcmkit/pledge/internal/intern"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// notePledgers notes where pledgers stand in an array of them. It looks for nothing
// but braces: what is between them has to be looked up.
func (s *Scanner) notePledgers(b []byte, i, n int, p *Pending) int {
	p.at = i
	if b[i] != '[' {
		return 0
	}
	for range wire.MaxPledgers {
		hash, end := s.Pledgers.Object(b, i+1, n)
		if end == 0 || b[end] != ',' && b[end] != ']' {
			return 0
		}
		s.pledgers = append(s.pledgers, intern.Lookup{Start: i + 1, End: end, Hash: hash})
		if i = end; b[i] == ']' {
			p.end, p.pledgers.end = i+1, len(s.pledgers)
			return p.end
		}
	}
	return 0
}

// notePlace notes where a place stands.
func (s *Scanner) notePlace(b []byte, i, n int, p *Pending) int {
	hash, end := s.Places.Object(b, i, n)
	if end > 0 {
		s.places = append(s.places, intern.Lookup{Start: i, End: end, Hash: hash})
		p.places.end = len(s.places)
	}
	return end
}

// Wait puts the record that has been scanned last into the batch. Its text has to
// stay as it is until it has been resolved.
func (s *Scanner) Wait(p *Pending) {
	s.waiting.pledgers, s.waiting.places = p.pledgers.end, p.places.end
}

// Prefetch ends the batch, and brings from memory what resolving it needs.
func (s *Scanner) Prefetch() {
	s.Pledgers.Prefetch(s.pledgers[:s.waiting.pledgers])
	s.Places.Prefetch(s.places[:s.waiting.places])
	s.waiting.pledgers, s.waiting.places = 0, 0
}

// Resolve finds the place and the pledgers of a record of the last batch, and appends
// their numbers. What isn't known as it is written is read slowly. Resolve reports
// false if the record isn't plain, or there is anything to say about it.
func (s *Scanner) Resolve(p *Pending, f *Fields, pledgers *[]uint32, slow Slow) bool {
	for _, place := range s.places[p.places.first:p.places.end] {
		written, known := s.Places.FindPrefetched(&place, view(p.Text[place.Start:place.End]))
		if known {
			f.Place, f.Global = PlaceNumber(written), written&1 != 0
		} else if slow.Value(p.Text, place.Start, FieldImplementation) != place.End {
			return false
		}
	}
	for _, by := range s.pledgers[p.pledgers.first:p.pledgers.end] {
		number, known := s.Pledgers.FindPrefetched(&by, view(p.Text[by.Start:by.End]))
		if !known {
			*pledgers = (*pledgers)[:0]
			return slow.Value(p.Text, p.at, FieldPledgers) == p.end
		}
		*pledgers = append(*pledgers, number)
	}
	return true
}
