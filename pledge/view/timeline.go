package view

import (
	"slices"
	"sort"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// mostMonths is how many months a timeline covers, which are the last ones
// before its end: one wrong year in a feed must not make it a flat line, nor a
// view too large to be shown.
const mostMonths = 20 * 12

// A month is counted from January of the year 0.
type month int

func monthOf(d gcm.Date) month { return month(12*d.Year() + max(d.Month(), 1) - 1) }

func (m month) year() int { return int(m) / 12 }

func (m month) date() gcm.Date { return gcm.DateOf(m.year(), int(m)%12+1, 0) }

// A series is how many pledges had been announced by the end of each month. The
// zero series is one of no pledges.
type series struct {
	first, last month   // that it covers
	earlier     int     // pledges announced before the first month
	points      []point // the months in which pledges were announced, ascending
	yearOnly    int     // pledges of which only the year is known
	undated     int     // pledges that aren't in the series
}

type point struct {
	month            month
	announced, total int // in the month, and by its end
}

// seriesOf returns the series of counts, up to the as-of date if that is later.
func seriesOf(c *tally.Counts, asOf gcm.Date) (s series) {
	months := slices.Clone(c.Months)
	sort.Stable(byMonth(months)) // those of a snapshot that was read may be in any order
	for _, m := range months {
		switch {
		case !m.Month.IsValid():
			s.undated += m.Number
		case m.Month.Month() == 0:
			s.yearOnly += m.Number
		}
	}
	sorted := tally.Counts{Months: months}
	total := 0
	for date, n := range sorted.Cumulative() {
		s.points = append(s.points, point{monthOf(date), n - total, n})
		total = n
	}
	if len(s.points) == 0 {
		return s
	}
	s.first, s.last = s.points[0].month, s.points[len(s.points)-1].month
	if end := monthOf(asOf); asOf.IsValid() && end < s.last+mostMonths {
		s.last = max(s.last, end)
	}
	for s.first = max(s.first, s.last-mostMonths+1); s.points[0].month < s.first; s.points = s.points[1:] {
		s.earlier = s.points[0].total
	}
	return s
}

// by returns how many pledges had been announced by the end of a month.
func (s *series) by(m month) int {
	n := s.earlier
	for _, p := range s.points {
		if p.month <= m {
			n = p.total
		}
	}
	return n
}

// forums yields the review forums within the series.
func (s *series) forums(yield func(gcm.Forum, month) bool) {
	for f := range gcm.Forums(s.last.year()) {
		m := monthOf(f.Start)
		if f.Start.IsValid() && s.first <= m && m <= s.last && !yield(f, m) {
			return
		}
	}
}

type byMonth []tally.MonthCount

func (m byMonth) Len() int           { return len(m) }
func (m byMonth) Less(i, j int) bool { return m[i].Month.Compare(m[j].Month) < 0 }
func (m byMonth) Swap(i, j int)      { m[i], m[j] = m[j], m[i] }

// timeline returns what is in a view of the pledges announced over time: a
// chart, what its marks mean, and the same in a table to unfold.
func (r *renderer) timeline() []section {
	_, _, asOf, offset := r.when()
	s := seriesOf(&r.s.Counts, asOf.DateAt(offset))
	var undated notes
	if s.yearOnly > 0 {
		undated = append(undated, r.counted(locale.YearOnly, s.yearOnly))
	}
	if s.undated > 0 {
		undated = append(undated, r.counted(locale.Undated, s.undated))
	}
	chart := r.chart(&s)
	return []section{
		r.share(locale.DatesNamed, s.by(s.last), r.s.Counts.Total),
		chart,
		undated,
		data{r.say(locale.ShowData), r.monthsTable(&s), chart.meanings()},
	}
}

// monthsTable returns the numbers behind the chart.
func (r *renderer) monthsTable(s *series) section {
	t := table{
		caption: r.say(locale.Cumulative),
		columns: r.columns(locale.MonthColumn, locale.TotalColumn, locale.PledgesColumn),
		bars:    true,
	}
	var lines []numbered
	add := func(heading string, total, n int) {
		lines = append(lines, numbered{row: row{heading: words(heading), values: []string{r.number(total)}}, n: n})
	}
	if s.earlier > 0 {
		month := locale.Value{Name: "month", Text: locale.Date(r.lang, (s.first - 1).date())}
		add(locale.Until.In(r.lang).Fill(month), s.earlier, s.earlier)
	}
	for _, p := range s.points {
		add(locale.Date(r.lang, p.month.date()), p.total, p.announced)
	}
	return r.table(t, lines, "", nil)
}
