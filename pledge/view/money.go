package view

import (
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// money returns what is in a view of the contributions of money: an exact
// amount for each currency and stage. There are no bars, for amounts in
// different currencies can't be compared by length.
func (r *renderer) money() []node {
	t := table{
		caption: locale.ByCurrency,
		columns: []locale.Message{locale.StageColumn, locale.AmountColumn, locale.PledgesColumn},
		name:    "amounts",
	}
	var last tally.MoneySum
	for _, s := range r.s.Counts.Sums {
		// A snapshot that somebody has made up could repeat itself without end.
		if s.Currency < last.Currency || s.Currency == last.Currency && s.Stage <= last.Stage {
			continue
		}
		t.rows, last = append(t.rows, r.sum(s)), s
	}
	return []node{
		r.share(locale.FinancialNamed, r.s.Counts.Financial, r.s.Counts.Total),
		r.table(t),
		notes(string(locale.NeverConverted.In(r.lang))),
	}
}

func (r *renderer) sum(s tally.MoneySum) row {
	stage := s.Stage.Label(r.lang)
	if stage == "" {
		stage = string(locale.NotStated.In(r.lang))
	}
	return row{
		heading: []node{text(s.Currency.String() + separator + stage)},
		between: []node{text(locale.Money(r.lang, s.Sum, s.Currency))},
		n:       s.Number,
		none:    !s.Stage.IsValid(),
	}
}
