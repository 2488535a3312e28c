package tally

import "github.com/gcmkit/gcmkit/gcm"

// ErrMerge is returned by [MergeFeeds] for a snapshot, of which the pledges
// aren't known.
var ErrMerge = mergeError("tally: a snapshot can't be merged with other feeds")

type mergeError string

func (e mergeError) Error() string { return string(e) }

// MergeFeeds returns the pledges of several feeds as one feed, a pledge that is
// in several of them once, in its later revision. It leaves the feeds as they
// are; of a single one it returns that one. The error is [ErrMerge].
//
// The header has what all of the feeds state alike. The sum is only as current
// as its oldest part, so it is as of the oldest instant that any of them
// states; and it is illustrative if any of them is. It has no sequence, of which each
// feed has its own. [Snapshot].Sources has all
// their headers.
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
		h.AsOf = older(h.AsOf, other.AsOf)
		h.Illustrative = h.Illustrative || other.Illustrative
	}
	return h
}

func common(s *string, other string) {
	if *s != other {
		*s = ""
	}
}

// older returns the older of two instants, of which either may not be stated.
func older(a, b gcm.Instant) gcm.Instant {
	if !a.IsValid() || b.IsValid() && b.Compare(a) < 0 {
		return b
	}
	return a
}
