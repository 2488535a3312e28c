package tally

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// Snapshot is counts with what a reader must know to trust them: whose they
// are, of when, and what was counted. Its zero value counts nothing of no feed.
type Snapshot struct {
	Header
	Sources    []Header    // of the feeds that were merged, if there are several
	Latest     gcm.Instant // of the newest revision; zero if none states it
	Definition string      // what the numbers mean, [Definition] unless the publisher says more
	Unread     int         // records that couldn't be read, and so aren't counted
	Query      Query
	Counts     Counts
	TotalOnly  bool // of Counts only Total is known, see [Snapshot.Narrow]

	// Items are the newest pledges that the query selects, the newest first:
	// [MaxItems] of them, or all if there are fewer. They are left out where
	// only numbers are known.
	Items []Item
}

// Narrow returns the snapshot for a query. A snapshot holds the counts of one
// query only, so this is possible for that same query; and from the counts of
// everything, for a query that is a single objective, principle, region, State,
// category, type, nature or status, of which only the total is known then.
// Otherwise it returns a [*NarrowError].
func (s *Snapshot) Narrow(q Query) (*Snapshot, error) {
	if q == s.Query {
		return s, nil
	}
	n, ok := s.Counts.single(q)
	if !ok || s.TotalOnly || s.Query != (Query{}) {
		return nil, &NarrowError{Have: s.Query, Want: q}
	}
	narrow := *s
	narrow.Query, narrow.Counts, narrow.TotalOnly, narrow.Items = q, Counts{Total: n}, true, nil
	return &narrow, nil
}

// single returns the total of a query of one value, which the counts of
// everything hold.
func (c *Counts) single(q Query) (int, bool) {
	switch q {
	case Query{Objective: q.Objective}:
		return at(c.Objectives[:], int(q.Objective))
	case Query{Principle: q.Principle}:
		return at(c.Principles[:], int(q.Principle))
	case Query{Region: q.Region}:
		return at(c.Regions[:], int(q.Region))
	case Query{Category: q.Category}:
		return at(c.Categories[:], int(q.Category))
	case Query{Type: q.Type}:
		return at(c.Types[:], int(q.Type))
	case Query{Nature: q.Nature}:
		return at(c.Natures[:], int(q.Nature))
	case Query{State: q.State}:
		for _, s := range c.States {
			if s.State == q.State {
				return s.Number, true
			}
		}
		return 0, true
	}
	if (q == Query{Status: q.Status}) && q.Status != gcm.Withdrawn {
		return at(c.Statuses[:], int(q.Status))
	}
	return 0, false
}

func at(counts []int, i int) (int, bool) {
	if i <= 0 || i >= len(counts) {
		return 0, false
	}
	return counts[i], true
}

// NarrowError says that a snapshot of one query can't answer another.
type NarrowError struct {
	Have, Want Query
}

func (e *NarrowError) Error() string {
	return "tally: a snapshot of " + strconv.Quote(e.Have.String()) + " can't answer " + strconv.Quote(e.Want.String())
}
