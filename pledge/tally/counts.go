package tally

import (
	"iter"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// Counts is what a [Query] counts. In every array index 0 holds the pledges
// that state nothing of the kind, the other indexes are the values of the
// type, and a pledge counts once in each of its values: arrays don't add up to
// Total. The zero value counts nothing.
type Counts struct {
	Total int // pledges

	Objectives [objectives.Count + 1]int
	Principles [10 + 1]int
	Types      [4 + 1]int
	Natures    [4 + 1]int
	Statuses   [4 + 1]int
	Categories [16 + 1]int // of pledgers
	Regions    [5 + 1]int  // in which pledgers are based

	Themes       []ThemeCount // by slug
	States       []StateCount // that pledge as States, by alpha-3
	Implementing []StateCount // in which pledges are implemented, by alpha-3
	Months       []MonthCount // of announcement, ascending; the first may be the zero Date
	Sums         []MoneySum   // by currency, then stage

	Pledgers       int // distinct, see [PledgerKey]
	MemberStates   int // distinct Member States that pledge
	ByMemberStates int // pledges in which at least one Member State pledges
	Global         int // pledges implemented globally

	Joint     int // common and partnership pledges
	Mirror    int // pledges that are relevant to the Global Compact on Refugees as well
	Matching  int // pledges that match another one
	Financial int // pledges of a financial nature
}

// ThemeCount is how many pledges have a theme.
type ThemeCount struct {
	Theme  string
	Number int
}

// StateCount is how many pledges have to do with a State.
type StateCount struct {
	State  gcm.State
	Number int
}

// MonthCount is how many pledges were announced in a month; in a year where
// the month isn't stated; at an unknown time where Month is the zero Date.
type MonthCount struct {
	Month  gcm.Date
	Number int
}

// MoneySum is the exact sum of contributions in one currency at one stage.
type MoneySum struct {
	Currency gcm.Currency
	Stage    gcm.Stage // 0 where it isn't stated
	Sum      gcm.Sum
	Number   int // of pledges that contribute to it
}

// Cumulative yields, for each month in which pledges were announced, how many
// had been announced by its end. A pledge of which only the year is known
// counts from that year's December, one without a date not at all.
func (c *Counts) Cumulative() iter.Seq2[gcm.Date, int] {
	return func(yield func(gcm.Date, int) bool) {
		sum, waiting := 0, 0 // announced by now; in this year, without a month
		for i, m := range c.Months {
			year, month := m.Month.Year(), m.Month.Month()
			switch {
			case year == 0: // without a date
				continue
			case month == 0: // comes before the months of its year
				waiting = m.Number
			default:
				sum += m.Number
			}
			// December waits for the year's own number.
			if month != 0 && (month < 12 || waiting == 0) && !yield(gcm.DateOf(year, month, 0), sum) {
				return
			}
			if last := i+1 == len(c.Months) || c.Months[i+1].Month.Year() != year; last && waiting > 0 {
				sum, waiting = sum+waiting, 0
				if !yield(gcm.DateOf(year, 12, 0), sum) {
					return
				}
			}
		}
	}
}
