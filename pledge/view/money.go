package view

import (
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// money returns what is in a view of the contributions of money: an exact
// amount for each currency and stage. There are no bars, for amounts in
// different currencies can't be compared by length.
func (r *renderer) money() []section {
	var lines []numbered
	var last tally.MoneySum
	for _, s := range r.s.Counts.Sums {
		// A snapshot that somebody has made up could repeat itself without end.
		if s.Currency < last.Currency || s.Currency == last.Currency && s.Stage <= last.Stage {
			continue
		}
		lines, last = append(lines, r.sum(s)), s
	}
	amounts := table{
		caption: r.say(locale.ByCurrency),
		columns: r.columns(locale.StageColumn, locale.AmountColumn, locale.PledgesColumn),
		amounts: true,
	}
	return []section{
		r.share(locale.FinancialNamed, r.s.Counts.Financial, r.s.Counts.Total),
		r.table(amounts, lines),
		notes{r.say(locale.NeverConverted)},
	}
}

func (r *renderer) sum(s tally.MoneySum) numbered {
	stage := s.Stage.Label(r.lang)
	if stage == "" {
		stage = r.say(locale.NotStated)
	}
	return numbered{
		row: row{
			heading: words(s.Currency.String() + separator + stage),
			values:  []string{locale.Money(r.lang, s.Sum, s.Currency)},
			none:    !s.Stage.IsValid(),
		},
		n: s.Number,
	}
}
