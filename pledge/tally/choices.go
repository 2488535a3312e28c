package tally

import "github.com/gcmkit/gcmkit/gcm"

// Choices are what a reader has chosen of the facets of a [Snapshot], and what
// could be chosen instead. The zero value is nothing.
type Choices struct {
	// Chosen is the part of the snapshot's query that the reader has chosen and
	// can take back. The rest is that of whoever shows the snapshot.
	Chosen Query

	// Counts has numbers of what can be chosen, and nothing else: Objectives,
	// Principles, Regions, Categories, Statuses, Natures and Types. A number is
	// the total of the snapshot's query with that value in the place of the one
	// that is chosen; it is the number in the snapshot where none is chosen.
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
			return f.Index.Count(q), nil
		}
		if q != f.snapshot.Query || f.snapshot.TotalOnly {
			return Counts{}, &NarrowError{Have: f.snapshot.Query, Want: q}
		}
		return f.snapshot.Counts, nil
	})
}

// facets are those that can be chosen: whether one is in a query, how to take it
// out, and where its numbers are.
var facets = [...]struct {
	in     func(q *Query) bool
	out    func(q *Query)
	counts func(c *Counts) []int
}{
	{func(q *Query) bool { return q.Objective != 0 }, func(q *Query) { q.Objective = 0 }, func(c *Counts) []int { return c.Objectives[:] }},
	{func(q *Query) bool { return q.Principle != 0 }, func(q *Query) { q.Principle = 0 }, func(c *Counts) []int { return c.Principles[:] }},
	{func(q *Query) bool { return q.Region != 0 }, func(q *Query) { q.Region = 0 }, func(c *Counts) []int { return c.Regions[:] }},
	{func(q *Query) bool { return q.Category != 0 }, func(q *Query) { q.Category = 0 }, func(c *Counts) []int { return c.Categories[:] }},
	{func(q *Query) bool { return q.Status != 0 }, func(q *Query) { q.Status = 0 }, func(c *Counts) []int { return c.Statuses[:] }},
	{func(q *Query) bool { return q.Nature != 0 }, func(q *Query) { q.Nature = 0 }, func(c *Counts) []int { return c.Natures[:] }},
	{func(q *Query) bool { return q.Type != 0 }, func(q *Query) { q.Type = 0 }, func(c *Counts) []int { return c.Types[:] }},
}

func choices(s *Snapshot, chosen Query, count func(Query) (Counts, error)) (*Choices, error) {
	c := &Choices{Chosen: chosen}
	for _, facet := range facets {
		from := &s.Counts
		if facet.in(&chosen) {
			q := s.Query
			facet.out(&q)
			counts, err := count(q)
			if err != nil {
				return nil, err
			}
			from = &counts
		}
		copy(facet.counts(&c.Counts), facet.counts(from))
	}
	if chosen.Status == gcm.Withdrawn {
		c.Counts.Statuses[gcm.Withdrawn] = s.Counts.Total // they aren't counted unless asked for
	}
	return c, nil
}
