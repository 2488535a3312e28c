package view

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// money returns what is in a view of the contributions of money: an exact amount
// for each currency and stage. There are no bars, for amounts in different
// currencies can't be compared by length.
func (r *renderer) money() []section {
	named := r.share(locale.FinancialNamed, r.s.Counts.Financial, r.s.Counts.Total)
	return []section{r.amounts(), notes{r.sentences(string(named), r.say(locale.NeverConverted))}}
}

// amounts returns the table of money, a note in its place if there is none.
func (r *renderer) amounts() section {
	a := amounts{caption: r.say(locale.ByCurrency), currency: r.say(locale.CurrencyColumn)}
	sums := r.s.Counts.Sums
	var stages []gcm.Stage
	for _, stage := range [...]gcm.Stage{gcm.StageAnnounced, gcm.StagePledged, gcm.StageDeposited, 0} {
		if slices.ContainsFunc(sums, func(s tally.MoneySum) bool { return s.Stage == stage }) {
			stages = append(stages, stage)
			a.stages = append(a.stages, r.stage(stage))
		}
	}
	var last tally.MoneySum
	for _, s := range sums {
		// A snapshot that somebody has made up could repeat itself without end.
		if s.Currency < last.Currency || s.Currency == last.Currency && s.Stage <= last.Stage {
			continue
		}
		if s.Currency != last.Currency || len(a.rows) == 0 {
			a.rows = append(a.rows, currencyRow{s.Currency.String(), make([]amount, len(a.stages))})
		}
		last = s
		if at := slices.Index(stages, s.Stage); at >= 0 {
			a.rows[len(a.rows)-1].cells[at] = r.amount(s)
		}
	}
	if len(a.rows) == 0 {
		return note(a.caption + separator + r.say(locale.NotStated))
	}
	return &a
}

// stage returns the name of a stage.
func (r *renderer) stage(s gcm.Stage) string {
	if label := s.Label(r.lang); label != "" {
		return label
	}
	return r.say(locale.NotStated)
}
