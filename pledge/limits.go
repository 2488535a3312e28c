package pledge

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// LimitError says that a list of a pledge is longer than any that a feed may have:
// see [tally.MaxPledgers] and the other limits.
type LimitError struct {
	Path string // JSON pointer of the list: "/pledgers"
	Most int    // values that it may have
	Have int
}

func (e *LimitError) Error() string {
	return "pledge: " + e.Path + " has " + strconv.Itoa(e.Have) + " values, more than " + strconv.Itoa(e.Most)
}

// overLimits yields the lists that are too long.
func (p *Pledge) overLimits(yield func(LimitError) bool) {
	for _, l := range [...]LimitError{
		{"/pledgers", tally.MaxPledgers, len(p.Pledgers)},
		{"/themes", tally.MaxThemes, len(p.Themes)},
		{"/implementation/states", tally.MaxImplementing, len(p.Implementation.States)},
		{"/contributions", tally.MaxContributions, len(p.Contributions)},
		{"/links", tally.MaxLinks, len(p.Links)},
	} {
		if l.Have > l.Most && !yield(l) {
			return
		}
	}
}

// overLimit returns an error for the first list that is too long, nil if none is.
func (p *Pledge) overLimit() error {
	for l := range p.overLimits {
		return &l
	}
	return nil
}
