package tally

import (
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/tally/internal/search"
)

// MaxProblems is how many problems a [Feed] lists; it counts them all.
const MaxProblems = 100

// Feed is what a [Reader] has read.
type Feed struct {
	Header
	Index        *Index // nil where a snapshot was read
	Records      int    // that the feed holds, or that the snapshot counts
	Unread       int    // of these, the ones that couldn't be read
	Problems     []Problem
	ProblemCount int // of which Problems lists the first [MaxProblems]

	items    bool // Index has kept them
	sources  []Header
	snapshot *Snapshot
	search   string // the words that its pledges have, "" of all pledges
}

// FeedError says why a feed can't be counted at all.
type FeedError struct {
	Offset  int64 // in bytes from the start
	Records int   // that came before
	What    string
}

func (e *FeedError) Error() string {
	return "tally: " + e.What + " at byte " + strconv.FormatInt(e.Offset, 10) +
		", after " + strconv.Itoa(e.Records) + " records"
}

// note notes what was wrong with a record, which may not be the next one, and
// whether it could be read.
func (f *Feed) note(problems []Problem, ok bool) {
	if !ok {
		f.Unread++
	}
	for i := range problems {
		f.ProblemCount += max(1, problems[i].More)
	}
	for i, p := range problems { // in the order of records, and then as they come
		at := len(f.Problems)
		for at > 0 && f.Problems[at-1].Record > p.Record {
			at--
		}
		if at == MaxProblems {
			return
		}
		if len(f.Problems) < MaxProblems {
			f.Problems = append(f.Problems, Problem{})
		}
		copy(f.Problems[at+1:], f.Problems[at:])
		f.Problems[at] = problems[i]
	}
}

// IsSnapshot reports whether the feed is a snapshot, which holds counts but no
// pledges.
func (f *Feed) IsSnapshot() bool { return f.snapshot != nil }

// ErrSearch is returned by [Feed.Search] for a snapshot, of which the pledges aren't
// known.
var ErrSearch = snapshotError("tally: a snapshot can't be searched")

// Search returns what the feed has of the pledges with every word of a text, as
// [Index.Search] finds them: its snapshots, choices and lists are of these alone. It has
// the same Index, and the same number of records. Of a text without words it is the feed
// itself. The error is [ErrSearch] where a snapshot was read.
func (f *Feed) Search(text string) (*Feed, error) {
	if text = cut(strings.TrimSpace(text), mostOfText); len(search.Words(text)) == 0 {
		return f, nil
	}
	if f.snapshot != nil {
		return nil, ErrSearch
	}
	found := *f
	found.search = text
	return &found, nil
}

// count counts what a query selects.
func (f *Feed) count(q Query) Counts {
	if f.search == "" {
		return f.Index.Count(q)
	}
	return f.Index.Search(q, f.search, 0).Counts()
}

// Listed is [Index.Listed], and of a search those that were found; if key is nil, the best
// ones first. There must be an Index.
func (f *Feed) Listed(q Query, key func(*Item) string, from, n int) []Item {
	from = max(from, 0)
	switch {
	case f.search == "":
		return f.Index.Listed(q, key, from, n)
	case key != nil:
		return f.Index.sorted(&q, search.Words(f.search), key, from, n)
	}
	hits := f.Index.Search(q, f.search, from+n).Hits
	return itemsOf(hits[min(from, len(hits)):])
}

func itemsOf(hits []Hit) (items []Item) {
	for i := range hits {
		items = append(items, hits[i].Item)
	}
	return items
}

// Snapshot returns the counts of a query, and its newest pledges if the reader
// was told to keep them; of a search, the best ones. The error is a [*NarrowError] where a snapshot was read
// that doesn't hold them.
func (f *Feed) Snapshot(q Query) (*Snapshot, error) {
	if f.snapshot != nil {
		return f.snapshot.Narrow(q)
	}
	s := &Snapshot{
		Header:     f.Header,
		Sources:    f.sources,
		Latest:     f.Index.Latest(),
		Definition: Definition,
		Unread:     f.Unread,
		Query:      q,
		Search:     f.search,
	}
	most := 0
	if f.items {
		most = MaxItems
	}
	if f.search == "" {
		s.Counts, s.Items = f.Index.Count(q), f.Index.Newest(q, most)
		return s, nil
	}
	found := f.Index.Search(q, f.search, most)
	s.Counts, s.Items = found.Counts(), itemsOf(found.Hits)
	return s, nil
}

// ErrMerge is returned by [MergeFeeds] for a snapshot, which holds counts and no
// pledges.
var ErrMerge = snapshotError("tally: a snapshot can't be merged with other feeds")

// snapshotError says what can't be done with a snapshot.
type snapshotError string

func (e snapshotError) Error() string { return string(e) }

// MergeFeeds returns the pledges of several feeds as one feed, a pledge that is
// in several of them once, in its later revision. It leaves the feeds as they
// are; of a single one it returns that one. The error is [ErrMerge].
//
// The header has what all of the feeds state alike. The result is only as current as
// its oldest part, so AsOf and AsOfOffset are those of the feed that states the oldest
// instant. It is illustrative if any of the feeds is. It has no sequence, because each
// feed has its own. [Snapshot].Sources has all their headers.
func MergeFeeds(feeds ...*Feed) (*Feed, error) {
	if len(feeds) == 1 {
		return feeds[0], nil
	}
	all := &Feed{Index: new(Index)}
	for _, f := range feeds {
		if f.IsSnapshot() {
			return nil, ErrMerge
		}
		all.Index.Merge(f.Index)
		all.Records += f.Records
		all.Unread += f.Unread
		all.ProblemCount += f.ProblemCount
		all.Problems = append(all.Problems, f.Problems[:min(len(f.Problems), MaxProblems-len(all.Problems))]...)
		all.items = all.items || f.items
		if len(f.sources) > 0 { // it has been merged itself
			all.sources = append(all.sources, f.sources...)
		} else {
			all.sources = append(all.sources, f.Header)
		}
	}
	all.Header = commonHeader(all.sources)
	return all, nil
}

// commonHeader returns the header of feeds that are merged.
func commonHeader(all []Header) (h Header) {
	if len(all) == 0 {
		return h
	}
	h = all[0]
	for _, other := range all[1:] {
		h.Sequence = 0
		common(&h.Feed, other.Feed)
		common(&h.Title, other.Title)
		common(&h.Publisher, other.Publisher)
		common(&h.License, other.License)
		if other.older(&h) {
			h.AsOf, h.AsOfOffset = other.AsOf, other.AsOfOffset
		}
		h.Illustrative = h.Illustrative || other.Illustrative
	}
	return h
}

func common(s *string, other string) {
	if *s != other {
		*s = ""
	}
}

// older reports whether a header states an instant before that of another one, or
// the other one states none. Of the same instant it is the earlier day.
func (h *Header) older(other *Header) bool {
	if !h.AsOf.IsValid() || !other.AsOf.IsValid() {
		return h.AsOf.IsValid()
	}
	c := h.AsOf.Compare(other.AsOf)
	return c < 0 || c == 0 && h.AsOfOffset < other.AsOfOffset
}
