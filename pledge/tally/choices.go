package tally

import "github.com/gcmkit/gcmkit/gcm"

// Choices are what a reader has chosen of the facets of a [Snapshot], and what
// could be chosen instead. The zero value is nothing.
type Choices struct {
	// Chosen is the part of the snapshot's query that the reader has chosen and
	// can take back. The rest is that of whoever shows the snapshot.
	Chosen Query

	// Counts holds numbers for what can be chosen, which are its Values, Themes and
	// States, and nothing else. Each number is the total of the snapshot's query with
	// that value in place of what is chosen of its kind. If nothing of its kind is
	// chosen, it is the number of the snapshot.
	Counts Counts
}

// Choices returns the choices of a snapshot of the index, of which the query
// holds what is chosen.
//
// A facet of which a value is chosen is counted without it, for under it the
// other values would show only what they have in common with it. That takes one
// count for each such facet; all others stand in the snapshot.
func (x *Index) Choices(s *Snapshot, chosen Query) *Choices {
	c, _ := choices(s, chosen, func(q Query) (Counts, error) { return x.Count(q), nil }) // which can't fail
	return c
}

// Choices returns the choices of a snapshot of the feed, of which the query
// holds what is chosen: see [Index.Choices]. The error is a [*NarrowError] where
// a snapshot was read that doesn't hold the numbers.
func (f *Feed) Choices(s *Snapshot, chosen Query) (*Choices, error) {
	return choices(s, chosen, func(q Query) (Counts, error) {
		if f.snapshot == nil {
			return f.count(q), nil
		}
		if q != f.snapshot.Query || f.snapshot.TotalOnly {
			return Counts{}, &NarrowError{Have: f.snapshot.Query, Want: q}
		}
		return f.snapshot.Counts, nil
	})
}

func choices(s *Snapshot, chosen Query, count func(Query) (Counts, error)) (*Choices, error) {
	c := &Choices{Chosen: chosen}
	for d := range ByState + 1 {
		if d >= arrays && d < ByState && d != ByTheme {
			continue
		}
		from := &s.Counts
		if chosen.Asks(d) {
			q := s.Query
			if d == ByTheme {
				q.Theme = AnyTheme{}
			} else {
				*q.asked(d) = numberSet{}
			}
			counts, err := count(q)
			if err != nil {
				return nil, err
			}
			from = &counts
		}
		switch d {
		case ByState:
			c.Counts.States = from.States
		case ByTheme:
			c.Counts.Themes = from.Themes
		}
		copy(c.Counts.Of(d), from.Of(d))
	}
	if chosen.Status.Has(gcm.Withdrawn) {
		c.Counts.Statuses[gcm.Withdrawn] = s.Counts.Statuses[gcm.Withdrawn] // they aren't counted unless asked for
	}
	return c, nil
}
