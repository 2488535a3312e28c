package view

import (
	"sort"

	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// breakdown returns what is in a view of one dimension: a row for each value, those
// without a pledge folded into one, and one for the pledges that state none, if
// there are any.
func (r *renderer) breakdown(of tally.Dimension) []section {
	d, counts := &dimensions[of], r.s.Counts.Of(of)
	some := 0
	for _, n := range counts[1:] {
		if n > 0 {
			some++
		}
	}
	named := string(r.share(d.named, some, len(counts)-1))
	var lines, zeros []numbered
	for v := 1; v < len(counts); v++ {
		l := r.line(of, v, counts[v])
		if of == tally.ByObjective {
			l.about = r.about(objectives.Objective(v))
		}
		if l.zero {
			zeros = append(zeros, l)
		} else {
			lines = append(lines, l)
		}
	}
	t := table{caption: r.say(d.caption), named: r.sentences(named, r.say(d.why)), columns: r.columns(d.column, locale.PledgesColumn), bars: true}
	if of == tally.ByObjective {
		t.sortBy, t.sort = r.say(locale.Sort), r.orders(locale.SortNumber, Listed)
	}
	if r.o.Sort == Most {
		sort.Stable(byNumber(lines))
	}
	if n := counts[0]; n > 0 {
		lines = append(lines, r.none(d.none, n))
	}
	return []section{r.table(t, lines, r.counted(locale.ShowNone, len(zeros)), zeros)}
}

// line returns the row of a value of a dimension.
func (r *renderer) line(d tally.Dimension, v, n int) numbered {
	l := numbered{row: row{heading: r.value(d, v), zero: n == 0}, n: n}
	if d == tally.ByObjective {
		l.key = r.number(v)
	}
	return l
}

// sentences joins two sentences, of which the first has no full stop.
func (r *renderer) sentences(first, second string) string {
	return locale.Sentences.In(r.lang).Fill(locale.Value{Name: "first", Text: first}, locale.Value{Name: "second", Text: second})
}

// orders are those that a reader can choose from: that of the list, and that by
// the number of pledges. usual is the one that the view has by itself; it comes
// first.
func (r *renderer) orders(listed locale.Message, usual Sort) []choice {
	now := r.o.Sort
	if now != Listed && now != Most {
		now = usual
	}
	order := func(m locale.Message, s Sort) choice {
		return choice{name: "sort", value: s.String(), words: r.say(m), pressed: s == now}
	}
	orders := []choice{order(listed, Listed), order(locale.SortMost, Most)}
	if usual == Most {
		orders[0], orders[1] = orders[1], orders[0]
	}
	return orders
}

// A numbered row is one with the number that its bar shows.
type numbered struct {
	row
	n     int
	apart bool // the number is another sort of number, and has no bar
}

type byNumber []numbered

func (x byNumber) Len() int           { return len(x) }
func (x byNumber) Less(i, j int) bool { return x[i].n > x[j].n }
func (x byNumber) Swap(i, j int)      { x[i], x[j] = x[j], x[i] }

// none returns the row of pledges that state nothing of the kind.
func (r *renderer) none(heading locale.Message, n int) numbered {
	return numbered{row: row{heading: words(r.say(heading)), none: true, zero: n == 0}, n: n}
}

// bars returns a table with a picture of each number of pledges, a note in its
// place if it has no rows.
func (r *renderer) bars(caption, column locale.Message, lines []numbered) section {
	return r.table(table{caption: r.say(caption), columns: r.columns(column, locale.PledgesColumn), bars: true}, lines, "", nil)
}

// table returns t with the lines as its rows, likewise, and with those to be folded
// behind a summary.
func (r *renderer) table(t table, lines []numbered, summary string, folded []numbered) section {
	if len(lines)+len(folded) == 0 {
		return note(r.say(locale.NotStated))
	}
	greatest := 0
	for i := range lines {
		if !lines[i].apart {
			greatest = max(greatest, lines[i].n)
		}
	}
	for i := range folded { // of States by their names
		greatest = max(greatest, folded[i].n)
	}
	rows := func(lines []numbered) (rows []row) {
		for _, l := range lines {
			l.values = append(l.values, r.number(l.n))
			if l.share = noBar; t.bars && !l.apart {
				l.share = permille(l.n, greatest)
			}
			rows = append(rows, l.row)
		}
		return rows
	}
	t.rows = rows(lines)
	if len(folded) > 0 {
		t.fold = &fold{summary: summary, rows: rows(folded)}
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
