package tally

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// Report is what is counted of a progress report of a pledge.
type Report struct {
	Date     gcm.Date   // of which it speaks
	Status   gcm.Status // that it says; 0 if it says nothing of the kind
	Evidence gcm.Evidence
}

// EvidenceOf returns how a report is known: by names another body that reports, and is
// empty if the pledgers do so themselves. A link is one of https with 500 bytes at most.
func EvidenceOf(by string, links []string) gcm.Evidence {
	switch {
	case strings.TrimSpace(by) != "":
		return gcm.Confirmed
	case slices.ContainsFunc(links, fast.IsLink):
		return gcm.Linked
	}
	return gcm.Stated
}

// Progress is what is counted of all the progress reports of a pledge, and of its
// deadline. The zero value is a pledge of which nothing is reported, and that isn't
// open.
type Progress struct {
	// Reported is the month of the latest report, or its year where that has no month.
	// Without it nothing is reported, and Status and Evidence don't count.
	Reported gcm.Date
	Status   gcm.Status // by the latest report that says one; 0 if none does
	// Evidence is the strongest of the reports that say that status, or of all reports
	// if none says one.
	Evidence gcm.Evidence

	// Open says that the pledge has a deadline, that no report is of its last day or a
	// later one, and that nothing says that it is fulfilled or withdrawn. Once the
	// deadline has passed, nothing has been reported since.
	Open bool
}

// Foretells reports whether a report of a date speaks of what was to come when a
// revision was made: whether the date begins behind the day of the revision, anywhere
// on Earth. Such a report isn't counted. None does if either isn't stated.
func Foretells(date gcm.Date, revised gcm.Instant) bool {
	const earliest = 14 * 60 // minutes ahead of UTC in the Line Islands
	return revised.IsValid() && date.First().Compare(revised.DateAt(earliest)) > 0
}

// ProgressOf returns what is counted of reports, of a pledge with a deadline and a
// status of its own, in a revision of an instant. Of two reports of the same date the
// second is the later one.
func ProgressOf(revised gcm.Instant, deadline gcm.Date, status gcm.Status, reports []Report) (p Progress) {
	var latest, latestStatus gcm.Date
	p.Open = deadline.IsValid() && !isSettled(status)
	var strongest [statusSize]gcm.Evidence // by status; 0 of any
	for i := range reports {
		r := &reports[i]
		if !r.Date.IsValid() || Foretells(r.Date, revised) {
			continue
		}
		said := stated(r.Status)
		if r.Date.Compare(latest) >= 0 {
			latest = r.Date
		}
		if said != 0 && r.Date.Compare(latestStatus) >= 0 {
			p.Status, latestStatus = said, r.Date
		}
		for _, s := range [...]gcm.Status{0, said} {
			strongest[s] = max(strongest[s], stated(r.Evidence), gcm.Stated)
		}
		if r.Date.Last().Compare(deadline.Last()) >= 0 {
			p.Open = false
		}
	}
	p.Reported, p.Evidence = monthOf(latest), strongest[p.Status]
	p.Open = p.Open && !isSettled(p.Status)
	return p
}

// isSettled reports whether nothing is left to be done.
func isSettled(s gcm.Status) bool { return s == gcm.Fulfilled || s == gcm.Withdrawn }

// counted returns p as it is counted: without what has no meaning.
func (p Progress) counted(deadline gcm.Date) Progress {
	c := Progress{Open: p.Open && deadline.IsValid()}
	if p.Reported.IsValid() {
		c.Reported, c.Status, c.Evidence = monthOf(p.Reported), stated(p.Status), max(stated(p.Evidence), gcm.Stated)
	}
	return c
}

// evidence returns the evidence that p counts under.
func (p *Progress) evidence() gcm.Evidence { return max(p.Evidence, gcm.NothingReported) }

// due is the number of the month of a deadline, and whether the pledge is open, as one
// number; 0 without a deadline.
func due(month uint32, open bool) uint32 {
	month <<= 1
	if open {
		month++
	}
	return month
}

func dueMonth(due uint32) uint32 { return due >> 1 }

// ReportedWithin returns how many pledges have a report of the month of a date or of
// one of those before it, so many months in all. One that is dated by its year alone is
// among them if all of the year up to that month is.
func (c *Counts) ReportedWithin(months int, at gcm.Date) (n int) {
	first := at.Year()*12 + at.Month() - months // the month before the first, from 0 in January of the year 0
	for _, m := range c.Reports {
		begins := m.Month.First()
		if number := begins.Year()*12 + begins.Month() - 1; number >= first && begins.Compare(at.Last()) <= 0 {
			n += m.Number
		}
	}
	return n
}

// DeadlinesPassed returns how many pledges have a deadline that had passed by the month
// of a date, and on how many of them nothing has been reported since: see [Progress]. A
// deadline passes with the end of its month, or of its year where it has no month.
func (c *Counts) DeadlinesPassed(at gcm.Date) (passed, due int) {
	for i, months := range [...][]MonthCount{c.Deadlines, c.Due} {
		for _, m := range months {
			if m.Month.Last().Compare(gcm.DateOf(at.Year(), at.Month(), 0).First()) >= 0 {
				continue
			}
			if i == 0 {
				passed += m.Number
			} else {
				due += m.Number
			}
		}
	}
	return passed, due
}
