package feed

import (
	"bytes"
	"encoding/csv"
	"iter"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
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
	{"value", "string", "The value of the dimension: a number for objectives, a slug, a code of ISO 3166-1 alpha-3 for States, a month or a year; not-stated for pledges that state none. In the dimension total, which number it is; in money, the stage of the contributions."},
	{"label", "string", "The value in words; of totals in English."},
	{"count", "nonNegativeInteger", "How many pledges; of the values pledgers and member-states of the dimension total, how many of these. In the dimension cumulative, how many pledges had been announced by the end of the month."},
	{"currency", "string", "The currency of the amount, by ISO 4217. In the dimension money only."},
	{"amount", "decimal", "The exact sum of contributions in that currency at that stage, never converted. In the dimension money only."},
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
		for _, part := range []iter.Seq[row]{
			totals(c),
			dimension("objective", c.Objectives[:], lang, func(o objectives.Objective) string { title, _ := o.Title(lang); return title }),
			dimension("principle", c.Principles[:], lang, func(p gcm.Principle) string { title, _ := p.Title(lang); return title }),
			dimension("type", c.Types[:], lang, func(t gcm.Type) string { return t.Label(lang) }),
			dimension("nature", c.Natures[:], lang, func(n gcm.Nature) string { return n.Label(lang) }),
			dimension("status", c.Statuses[:], lang, func(s gcm.Status) string { return s.Label(lang) }),
			dimension("category", c.Categories[:], lang, func(k gcm.Category) string { return k.Label(lang) }),
			dimension("region", c.Regions[:], lang, func(r gcm.Region) string { return r.Name(lang) }),
			themes(c),
			states("state", c.States, lang),
			states("implementing", c.Implementing, lang),
			months(c, lang),
			cumulative(c),
			money(c, lang),
		} {
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

// dimension yields a row for each value of a type, and one for none.
func dimension[E interface {
	~uint8
	String() string
}](name string, counts []int, lang gcm.Language, label func(E) string) iter.Seq[row] {
	return func(yield func(row) bool) {
		for i, n := range counts[1:] {
			if v := E(i + 1); !yield(row{dimension: name, value: v.String(), label: label(v), count: n}) {
				return
			}
		}
		yield(row{dimension: name, value: notStated, label: unstated(lang), count: counts[0]})
	}
}

func unstated(lang gcm.Language) string { return string(locale.NotStated.In(lang)) }

func themes(c *tally.Counts) iter.Seq[row] {
	return each(c.Themes, func(t tally.ThemeCount) row {
		return row{dimension: "theme", value: t.Theme, label: t.Theme, count: t.Number}
	})
}

func states(name string, counts []tally.StateCount, lang gcm.Language) iter.Seq[row] {
	return each(counts, func(s tally.StateCount) row {
		return row{dimension: name, value: s.State.Alpha3(), label: s.State.Name(lang), count: s.Number}
	})
}

func months(c *tally.Counts, lang gcm.Language) iter.Seq[row] {
	return each(c.Months, func(m tally.MonthCount) row {
		if !m.Month.IsValid() {
			return row{dimension: "month", value: notStated, label: unstated(lang), count: m.Number}
		}
		return row{dimension: "month", value: m.Month.String(), label: m.Month.String(), count: m.Number}
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
	return each(c.Sums, func(m tally.MoneySum) row {
		r := row{dimension: "money", value: notStated, label: unstated(lang), count: m.Number, currency: m.Currency.String(), amount: m.Sum.Amount(m.Currency)}
		if m.Stage.IsValid() {
			r.value, r.label = m.Stage.String(), m.Stage.Label(lang)
		}
		return r
	})
}
