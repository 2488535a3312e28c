package view

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// recent is how many months back a report is called recent.
const recent = 12

// progress returns what is in a view of what became of pledges: a ladder, of which each
// step has some of the pledges of the one above it; how recent reports are, and what of
// deadlines; how it is known; and money. A snapshot that was made before reports were
// counted says nothing of the kind.
func (r *renderer) progress() []section {
	c := &r.s.Counts
	reported := c.Total - c.Evidence[gcm.NothingReported]
	known := 0
	for _, n := range c.Evidence {
		known += n
	}
	if known != c.Total {
		return []section{note(r.say(locale.NotStated))}
	}
	fulfilled := c.Reported[gcm.Fulfilled]
	evident := c.Progress[gcm.Fulfilled][gcm.Linked] + c.Progress[gcm.Fulfilled][gcm.Confirmed]
	ladder := &table{caption: r.say(locale.ByProgress), columns: r.columns(locale.StatusColumn, locale.PledgesColumn), bars: true, rows: []row{
		r.step(r.say(locale.Pledged), c.Total, c.Total),
		r.step(r.say(locale.ReportedOn), reported, c.Total),
		r.step(r.say(locale.UnderWay), c.Reported[gcm.InProgress]+fulfilled, c.Total),
		r.step(gcm.Fulfilled.Label(r.lang), fulfilled, c.Total),
		r.step(r.say(locale.WithEvidence), evident, c.Total),
	}}
	body := []section{ladder}
	if at := r.month(); at.IsValid() {
		body = append(body, r.reports(at))
	}
	evidence := &table{caption: r.say(locale.ByEvidence), columns: r.columns(locale.EvidenceColumn, locale.PledgesColumn), bars: true}
	for e := gcm.Confirmed; e.IsValid(); e-- {
		evidence.rows = append(evidence.rows, r.step(e.Label(r.lang), c.Evidence[e], c.Total))
	}
	body = append(body, evidence)
	if money := r.reportedMoney(); money != nil {
		body = append(body, money)
	}
	return append(body, notes{r.say(locale.ProgressMeans), r.say(locale.DeadlineMeans)})
}

// step returns a row of so many pledges, and of how many.
//
//go:noinline // it is called in many places
func (r *renderer) step(heading string, n, all int) row {
	return row{heading: words(heading), values: []string{r.someOf(n, all)}, share: permille(n, all), zero: n == 0}
}

// someOf returns "41 of 158".
func (r *renderer) someOf(n, all int) string {
	return locale.SomeOf.In(r.lang).Fill(locale.Value{Name: "n", Text: r.number(n)}, locale.Value{Name: "all", Text: r.number(all)})
}

// month returns the month of which the numbers are, the zero Date if it isn't known.
func (r *renderer) month() gcm.Date {
	_, _, at, offset := r.when()
	day := at.DateAt(offset)
	return gcm.DateOf(day.Year(), day.Month(), 0)
}

// reports returns the table of how recent reports are, and of deadlines.
func (r *renderer) reports(at gcm.Date) section {
	c := &r.s.Counts
	within := locale.ReportedWithin.In(r.lang).Fill(locale.Value{Name: "month", Text: locale.Date(r.lang, at)})
	t := &table{caption: r.say(locale.ByReports), columns: r.columns(locale.ReportsColumn, locale.PledgesColumn), bars: true,
		rows: []row{r.step(within, c.ReportedWithin(recent, at), c.Total)}}
	deadlines := 0
	for _, m := range c.Deadlines {
		deadlines += m.Number
	}
	passed, due := c.DeadlinesPassed(at)
	if deadlines > 0 {
		t.rows = append(t.rows, r.step(r.say(locale.DeadlinePassed), passed, deadlines))
	}
	if passed > 0 {
		t.rows = append(t.rows, r.step(r.say(locale.NothingSince), due, passed))
	}
	return t
}

// reportedMoney returns the table of money by what is reported of the pledges, a row
// for each currency and stage; nothing if there is no report of a pledge with money.
func (r *renderer) reportedMoney() section {
	c := &r.s.Counts
	if len(c.ReportedSums) == 0 {
		return nil
	}
	a := amounts{caption: r.say(locale.ByReportedMoney), currency: r.say(locale.CurrencyColumn)}
	var statuses []gcm.Status
	for _, status := range [...]gcm.Status{gcm.Fulfilled, gcm.InProgress, gcm.Planned, gcm.Withdrawn, 0} {
		if slices.ContainsFunc(c.ReportedSums, func(s tally.StatusSum) bool { return s.Status == status }) {
			label := status.Label(r.lang)
			if label == "" {
				label = r.say(locale.NotStated)
			}
			statuses, a.stages = append(statuses, status), append(a.stages, label)
		}
	}
	a.stages = append(a.stages, gcm.NothingReported.Label(r.lang))
	var last tally.MoneySum
	for _, all := range c.Sums {
		// A snapshot that somebody has made up could repeat itself without end.
		if all.Currency < last.Currency || all.Currency == last.Currency && all.Stage <= last.Stage && len(a.rows) > 0 {
			continue
		}
		last = all
		heading := all.Currency.String() + separator + r.stage(all.Stage)
		cells, rest := make([]amount, len(a.stages)), all
		for _, s := range c.ReportedSums {
			if at := slices.Index(statuses, s.Status); at >= 0 && s.Currency == all.Currency && s.Stage == all.Stage {
				cells[at] = r.amount(s.MoneySum)
				rest.Sum, rest.Number = rest.Sum.Minus(s.Sum), rest.Number-s.Number
			}
		}
		if rest.Number > 0 {
			cells[len(statuses)] = r.amount(rest)
		}
		a.rows = append(a.rows, currencyRow{heading, cells})
	}
	return &a
}

// amount returns an amount, and of how many pledges it is.
func (r *renderer) amount(s tally.MoneySum) amount {
	return amount{locale.Amount(r.lang, s.Sum, s.Currency), r.counted(locale.Pledges, s.Number)}
}
