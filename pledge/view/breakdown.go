package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// breakdown returns what is in a view of one dimension: a row for each value,
// also for those without a pledge, and one for the pledges that state none, if
// there are any.
func (r *renderer) breakdown(d *dimension) []section {
	counts := d.counts(&r.s.Counts)
	some := 0
	for _, n := range counts[1:] {
		if n > 0 {
			some++
		}
	}
	return r.breakdownOf(d, counts, r.share(d.named, some, len(counts)-1))
}

// status returns what is in a view of how far pledges have come. What matters
// there is how many pledges say so, and not how many of the statuses occur.
func (r *renderer) status() []section {
	counts := shownStatuses(&r.s.Counts, r.s.Counts.Statuses[gcm.Withdrawn] > 0)
	stated := 0
	for _, n := range counts[1:] {
		stated += n
	}
	return r.breakdownOf(dimensionOf(Status), counts, r.share(locale.StatusNamed, stated, r.s.Counts.Total))
}

// shownStatuses returns the pledges by status: withdrawn ones aren't counted
// unless they are asked for.
func shownStatuses(c *tally.Counts, withdrawn bool) []int {
	if withdrawn {
		return c.Statuses[:]
	}
	return c.Statuses[:gcm.Withdrawn]
}

func (r *renderer) breakdownOf(d *dimension, counts []int, named coverage) []section {
	var lines []numbered
	for v := 1; v < len(counts); v++ {
		heading := d.heading(r, v)
		if d.view == Objectives {
			heading = heading.add(piece{text: " "}, r.official(objectives.Objective(v)))
		}
		lines = append(lines, numbered{row: row{heading: heading}, n: counts[v]})
	}
	if n := counts[0]; n > 0 {
		lines = append(lines, r.none(d.none, n))
	}
	return []section{named, r.bars(d.caption, d.column, lines), notes{r.say(d.why)}}
}

// A numbered row is one with the number that its bar shows.
type numbered struct {
	row
	n     int
	apart bool // the number is another sort of number, and has no bar
}

// none returns the row of pledges that state nothing of the kind.
func (r *renderer) none(heading locale.Message, n int) numbered {
	return numbered{row: row{heading: words(r.say(heading)), none: true}, n: n}
}

// bars returns a table with a picture of each number of pledges, a note in its
// place if it has no rows.
func (r *renderer) bars(caption, column locale.Message, lines []numbered) section {
	return r.table(table{caption: r.say(caption), columns: r.columns(column, locale.PledgesColumn), bars: true}, lines)
}

// table returns t with the lines as its rows, likewise.
func (r *renderer) table(t table, lines []numbered) section {
	if len(lines) == 0 {
		return note(r.say(locale.NotStated))
	}
	greatest := 0
	for i := range lines {
		if !lines[i].apart {
			greatest = max(greatest, lines[i].n)
		}
	}
	for _, l := range lines {
		l.values = append(l.values, r.number(l.n))
		if l.share = noBar; t.bars && !l.apart {
			l.share = permille(l.n, greatest)
		}
		t.rows = append(t.rows, l.row)
	}
	return &t
}

// permille returns the rounded share of n in the greatest number, 0 to 1000; at
// least 1 if n isn't 0. With whole numbers it is the same on every platform.
func permille(n, greatest int) int {
	if n <= 0 || greatest <= 0 {
		return 0
	}
	for n > 1<<40 { // leave room to multiply
		n, greatest = n>>1, greatest>>1
	}
	return min(max(1, int((int64(n)*2000+int64(greatest))/(2*int64(greatest)))), 1000)
}
