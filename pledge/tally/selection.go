package tally

import (
	"math/bits"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// selection is what a query selects in a version. It is made once for all blocks.
type selection struct {
	v      *Version
	q      *Query
	asked  []Dimension     // with bitmaps, that the query asks for
	theme  string          // the only one that it asks for
	themes map[string]bool // the ones that it asks for, if there are several
	months []uint8         // by number, how they lie to the bounds; nil if there are none
	states numberSet       // regions of the States that it asks for
}

// How a month, or a year without one, lies to the bounds of a query.
const (
	outside = iota
	inside  // with all its days
	astride // with some
)

func (v *Version) selection(q *Query) *selection {
	s := &selection{v: v, q: q}
	for d := range fewValues {
		if q.Asks(d) {
			s.asked = append(s.asked, d)
		}
	}
	for t := range q.Theme.All() {
		if s.theme == "" && s.themes == nil {
			s.theme = t
			continue
		}
		if s.themes == nil {
			s.themes = map[string]bool{s.theme: true}
			s.theme = ""
		}
		s.themes[t] = true
	}
	if q.dated() {
		s.months = make([]uint8, len(v.months))
		for n, m := range v.months {
			if q.announced(m) {
				s.months[n] = inside
			} else if m.Month() != 0 && q.touches(m) {
				s.months[n] = astride
			}
		}
	}
	for _, state := range q.Asked(ByState) {
		s.states.add(int(gcm.State(state).Region()))
	}
	return s
}

// of returns the rows of a block that are selected.
func (s *selection) of(b *block) (rows fast.Bitmap) {
	q, v := s.q, s.v
	rows = b.live
	if !q.withdrawn() {
		rows.AndNot(&b.withdrawn)
	}
	for _, d := range s.asked {
		narrow(&rows, b.of(d), q.asked(d))
	}
	if !q.State.IsZero() {
		// Bitmaps first: they leave few rows to look at one by one.
		rows.And(&b.Categories[gcm.MemberState])
		narrow(&rows, b.Regions[:], &s.states)
		b.pledgers.Keep(&rows, func(n uint32) bool {
			p := &v.pledgers[n]
			return q.State.Has(p.state) && p.pledgesAsState()
		})
	}
	if !q.Implementing.IsZero() {
		b.places.Keep(&rows, func(n uint32) bool { return v.places[n].hasAny(&q.Implementing.set) })
	}
	if s.theme != "" {
		b.themes.Keep(&rows, func(n uint32) bool { return v.themes[n] == s.theme })
	} else if s.themes != nil {
		b.themes.Keep(&rows, func(n uint32) bool { return s.themes[v.themes[n]] })
	}
	if s.months != nil {
		s.bound(b, &rows)
	}
	return rows
}

// bound keeps the rows of pledges that were announced between the bounds.
func (s *selection) bound(b *block, rows *fast.Bitmap) {
	b.months.Keep(rows, func(n uint32) bool { return s.months[n] != outside })
	some := *rows
	b.months.Keep(&some, func(n uint32) bool { return s.months[n] == astride })
	for i, w := range some {
		for ; w != 0; w &= w - 1 {
			row := uint16(i<<6 | bits.TrailingZeros64(w))
			if !s.q.announced(b.announced(row, s.v.months)) {
				rows.Clear(row)
			}
		}
	}
}

// narrow keeps the rows that have one of some values; values that don't exist have none.
func narrow(rows *fast.Bitmap, facet []fast.Bitmap, values *numberSet) {
	if v := values.single(); v != 0 && v < len(facet) {
		rows.And(&facet[v])
		return
	}
	var some fast.Bitmap
	for v := 1; v < len(facet); v++ {
		if values.has(v) {
			some.Or(&facet[v])
		}
	}
	rows.And(&some)
}
