package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// notStated is the name of pledges that state no status, as a part.
const notStated = "not-stated"

// status returns what is in a view of how far pledges have come. What matters
// there is how many pledges say so, and not how many of the statuses occur. As
// each pledge has one status, they share the total.
func (r *renderer) status() strip {
	d := &dimensions[tally.ByStatus]
	counts := shownStatuses(&r.s.Counts, r.s.Counts.Statuses[gcm.Withdrawn] > 0)
	stated := 0
	for _, n := range counts[1:] {
		stated += n
	}
	t := table{
		caption: r.say(d.caption),
		named:   r.sentences(string(r.share(locale.StatusNamed, stated, r.s.Counts.Total)), r.say(d.why)),
		columns: r.columns(d.column, locale.PledgesColumn),
		bars:    true,
	}
	var lines []numbered
	var parts []segment
	for _, v := range [...]int{int(gcm.Fulfilled), int(gcm.InProgress), int(gcm.Planned), 0, int(gcm.Withdrawn)} {
		if v >= len(counts) {
			continue
		}
		l, name := r.none(d.none, counts[0]), notStated
		if v > 0 {
			l, name = r.line(tally.ByStatus, v, counts[v]), tally.ByStatus.Code(v)
		}
		lines = append(lines, l)
		parts = append(parts, segment{name: name, label: l.heading.String(), value: r.number(l.n), n: l.n})
	}
	shown, _ := r.table(t, lines, "", nil).(*table)
	return strip{shown, parts}
}

// shownStatuses returns the pledges by status: withdrawn ones aren't counted
// unless they are asked for.
func shownStatuses(c *tally.Counts, withdrawn bool) []int {
	if withdrawn {
		return c.Statuses[:]
	}
	return c.Statuses[:gcm.Withdrawn]
}
