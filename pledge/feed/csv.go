package feed

import (
	"bytes"
	"encoding/csv"
	"iter"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/spreadsheet"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// row is one line of the table: how many pledges have a value in a dimension.
type row struct {
	dimension, value, label string
	count                   int
	currency, amount        string // of the dimension money
}

// columns describes the table, in the order of its columns.
var columns = [...]struct{ name, kind, about string }{
	{"dimension", "string", "What the row is about: total for numbers of everything that the query selects; otherwise what pledges are told apart by."},
	{"value", "string", "The value of the dimension: a number for objectives, a slug, a code of ISO 3166-1 alpha-3 for States, a month or a year; not-stated for pledges that state none. In the dimension total, which number it is; in money, the stage of the contributions. In report-month it is the month of the latest progress report; in deadline-month that of the deadline, and in due-month likewise of the pledges on which nothing is reported since and that aren’t fulfilled. In progress it is the status by the latest report, a slash, and how it is known; in reported-money that status, a slash, and the stage."},
	{"label", "string", "The value in words; of totals in English."},
	{"count", "nonNegativeInteger", "How many pledges; of the values pledgers and member-states of the dimension total, how many of these. In the dimension cumulative, how many pledges had been announced by the end of the month."},
	{"currency", "string", "The currency of the amount, by ISO 4217. In the dimensions money and reported-money only."},
	{"amount", "decimal", "The exact sum of contributions in that currency at that stage, never converted; in reported-money of the pledges that have a progress report. In the dimensions money and reported-money only."},
}

const notStated = "not-stated"

// csv writes the counts as a table (RFC 4180). Values of short lists have a row
// each, also those that nobody has, so that tables of different days have the
// same rows; of themes, States and months only those that there are.
func (s *Server) csv(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.name
	}
	w.Write(head) // a buffer takes everything
	for r := range rows(&snapshot.Counts, key.language) {
		// Themes are as the feed has them, so they may be anything.
		w.Write([]string{r.dimension, spreadsheet.Protect(r.value), spreadsheet.Protect(r.label), strconv.Itoa(r.count), r.currency, r.amount})
	}
	w.Flush()
	return at, b.Bytes()
}

// rows yields the rows of counts, with labels in a language.
func rows(c *tally.Counts, lang gcm.Language) iter.Seq[row] {
	return func(yield func(row) bool) {
		parts := []iter.Seq[row]{totals(c)}
		for d := range tally.Dimensions() {
			parts = append(parts, dimension(c, d, lang))
		}
		for _, part := range append(parts, months("month", c.Months, lang), cumulative(c), money(c, lang),
			months("report-month", c.Reports, lang), months("deadline-month", c.Deadlines, lang), months("due-month", c.Due, lang),
			progress(c, lang), reportedMoney(c, lang)) {
			for r := range part {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// totals have labels in English, which say what their numbers are exactly.
func totals(c *tally.Counts) iter.Seq[row] {
	return each([]row{
		{value: "pledges", label: "Pledges", count: c.Total},
		{value: "pledgers", label: "Distinct pledgers", count: c.Pledgers},
		{value: "member-states", label: "Distinct Member States that pledge", count: c.MemberStates},
		{value: "by-member-states", label: "Pledges by at least one Member State", count: c.ByMemberStates},
		{value: "global", label: "Pledges implemented globally", count: c.Global},
		{value: "joint", label: "Common and partnership pledges", count: c.Joint},
		{value: "mirror", label: "Pledges that are relevant to the Global Compact on Refugees as well", count: c.Mirror},
		{value: "matching", label: "Pledges that match another one", count: c.Matching},
		{value: "financial", label: "Pledges of a financial nature", count: c.Financial},
	}, func(r row) row { r.dimension = "total"; return r })
}

func each[T any](all []T, become func(T) row) iter.Seq[row] {
	return func(yield func(row) bool) {
		for _, v := range all {
			if !yield(become(v)) {
				return
			}
		}
	}
}

// dimension yields a row for each value that a dimension has, and one for none; of
// themes and States for those that there are.
func dimension(c *tally.Counts, d tally.Dimension, lang gcm.Language) iter.Seq[row] {
	name, value := d.String(), func(v, n int) row {
		label, _ := d.Label(v, lang)
		return row{dimension: d.String(), value: d.Code(v), label: label, count: n}
	}
	if d == tally.ByTheme {
		return each(c.Themes, func(t tally.ThemeCount) row {
			return row{dimension: name, value: t.Theme, label: t.Theme, count: t.Number}
		})
	}
	if states := c.OfStates(d); states != nil {
		return each(states, func(s tally.StateCount) row { return value(int(s.State), s.Number) })
	}
	return func(yield func(row) bool) {
		counts := c.Of(d)
		for v := 1; v < len(counts); v++ {
			if !yield(value(v, counts[v])) {
				return
			}
		}
		if len(counts) > 0 {
			yield(row{dimension: name, value: notStated, label: unstated(lang), count: counts[0]})
		}
	}
}

func unstated(lang gcm.Language) string { return string(locale.NotStated.In(lang)) }

func months(name string, all []tally.MonthCount, lang gcm.Language) iter.Seq[row] {
	return each(all, func(m tally.MonthCount) row {
		if !m.Month.IsValid() {
			return row{dimension: name, value: notStated, label: unstated(lang), count: m.Number}
		}
		return row{dimension: name, value: m.Month.String(), label: m.Month.String(), count: m.Number}
	})
}

// progress has a row for each status that is reported, and each way in which it is known.
func progress(c *tally.Counts, lang gcm.Language) iter.Seq[row] {
	return func(yield func(row) bool) {
		for s := range c.Progress {
			value, label := statusOf(gcm.Status(s), lang)
			for e := gcm.Stated; e.IsValid(); e++ {
				r := row{dimension: "progress", value: value + "/" + e.String(), label: label + ": " + e.Label(lang), count: c.Progress[s][e]}
				if !yield(r) {
					return
				}
			}
		}
	}
}

// statusOf returns a status and what it is called.
func statusOf(s gcm.Status, lang gcm.Language) (value, label string) {
	if s.IsValid() {
		return s.String(), s.Label(lang)
	}
	return notStated, unstated(lang)
}

// reportedMoney is money by status, of the pledges of which there is a report.
func reportedMoney(c *tally.Counts, lang gcm.Language) iter.Seq[row] {
	return each(c.ReportedSums, func(m tally.StatusSum) row {
		value, label := statusOf(m.Status, lang)
		r := sum(m.MoneySum, lang)
		r.dimension, r.value, r.label = "reported-money", value+"/"+r.value, label+": "+r.label
		return r
	})
}

func cumulative(c *tally.Counts) iter.Seq[row] {
	return func(yield func(row) bool) {
		for m, n := range c.Cumulative() {
			if !yield(row{dimension: "cumulative", value: m.String(), label: m.String(), count: n}) {
				return
			}
		}
	}
}

func money(c *tally.Counts, lang gcm.Language) iter.Seq[row] {
	return each(c.Sums, func(m tally.MoneySum) row { return sum(m, lang) })
}

func sum(m tally.MoneySum, lang gcm.Language) row {
	r := row{dimension: "money", value: notStated, label: unstated(lang), count: m.Number, currency: m.Currency.String(), amount: m.Sum.Amount(m.Currency)}
	if m.Stage.IsValid() {
		r.value, r.label = m.Stage.String(), m.Stage.Label(lang)
	}
	return r
}
