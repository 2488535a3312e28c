package pledge

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// LimitError says that a pledge, or one of its lists, is longer than any that a feed
// may have: see [tally.MaxRecord], [tally.MaxPledgers] and the other limits.
type LimitError struct {
	Path string // JSON pointer of the list: "/pledgers"; "" for the pledge
	Most int    // values that it may have; bytes of a pledge as JSON
	Have int
}

func (e *LimitError) Error() string {
	if e.Path == "" {
		return "pledge: it has " + strconv.Itoa(e.Have) + " bytes as JSON, more than " + strconv.Itoa(e.Most)
	}
	return "pledge: " + e.Path + " has " + strconv.Itoa(e.Have) + " values, more than " + strconv.Itoa(e.Most)
}

// overLimits yields the lists that are too long.
func (p *Pledge) overLimits(yield func(LimitError) bool) {
	for _, l := range [...]LimitError{
		{"/pledgers", tally.MaxPledgers, len(p.Pledgers)},
		{"/themes", tally.MaxThemes, len(p.Themes)},
		{"/implementation/states", tally.MaxImplementing, len(p.Implementation.States)},
		{"/contributions", tally.MaxContributions, len(p.Contributions)},
		{"/reports", tally.MaxReports, len(p.Reports)},
		{"/links", tally.MaxLinks, len(p.Links)},
	} {
		if l.Have > l.Most && !yield(l) {
			return
		}
	}
	for i := range p.Reports {
		r := &p.Reports[i]
		for _, l := range [...]LimitError{
			{"/indicators", tally.MaxIndicators, len(r.Indicators)},
			{"/states", tally.MaxImplementing, len(r.States)},
			{"/links", tally.MaxLinks, len(r.Links)},
		} {
			if l.Path = "/reports/" + strconv.Itoa(i) + l.Path; l.Have > l.Most && !yield(l) {
				return
			}
		}
	}
}

// overLimit returns an error for the first list that is too long, or for a pledge
// that is; nil if nothing is.
func (p *Pledge) overLimit() error {
	for l := range p.overLimits {
		return &l
	}
	if p.mostBytes() <= tally.MaxRecord {
		return nil
	}
	if n := len(p.AppendJSON(nil)); n > tally.MaxRecord {
		return &LimitError{Most: tally.MaxRecord, Have: n}
	}
	return nil
}

// mostBytes returns how many bytes a pledge with lists of a permitted length has at
// most as JSON, without writing it.
func (p *Pledge) mostBytes() int {
	n := len(p.Ref) + len(p.Title) + len(p.Description) + len(p.Language) + len(p.Source) + len(p.Matches.Ref) + len(p.Matches.Title)
	for i := range p.Pledgers {
		n += len(p.Pledgers[i].Name) + len(p.Pledgers[i].Via)
	}
	for i := range p.Contributions {
		n += len(p.Contributions[i].To)
	}
	for _, list := range [...][]string{p.Themes, p.Links} {
		for _, s := range list {
			n += len(s)
		}
	}
	return most(n) + mostOfReports(p.Reports)
}

// mostOfReports returns how many bytes reports have at most, all told.
func mostOfReports(all []ProgressReport) (n int) {
	const (
		report    = 256 // of names, date, status and share
		indicator = 160 // of names and three numbers
		state     = len(`"FJI",`)
		link      = len(`"",`)
	)
	for i := range all {
		r := &all[i]
		texts := len(r.By) + len(r.Summary) + len(r.Language)
		for _, i := range r.Indicators {
			texts += len(i.Name) + len(i.Unit)
		}
		for _, s := range r.Links {
			texts += len(s)
		}
		n += texts*escaped + report + len(r.Indicators)*indicator + len(r.States)*state + len(r.Links)*link
	}
	return n
}

// escaped is how many bytes a byte of text takes at most.
const escaped = len(`\u0000`)

// most returns how many bytes a pledge with so many bytes of text has at most.
func most(texts int) int {
	const others = 128 << 10 // all that isn't text, with the names of members
	return others + texts*escaped
}

// isShort reports whether the pledge of a record can't be over the limit of a pledge.
func isShort(record []byte) bool { return most(len(record)) <= tally.MaxRecord }
