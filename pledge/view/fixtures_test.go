package view_test

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// headline is a snapshot with the figures that the pledging initiative gave on
// 20 May 2022. How they break down is made up.
func headline() *tally.Snapshot {
	s := &tally.Snapshot{Definition: tally.Definition}
	s.Feed = "https://example.org/pledges.json"
	s.Title = "Pledges for the International Migration Review Forum"
	s.Publisher = "Example Secretariat"
	s.AsOf = instant("2022-05-20T16:00:00Z")
	s.Counts.Total = 158
	s.Counts.MemberStates = 25
	s.Counts.ByMemberStates = 102
	s.Counts.Objectives = [24]int{3, 23, 9, 12, 7, 31, 14, 46, 5, 4, 18, 8, 2, 11, 1, 27, 29, 22, 16, 13, 3, 6, 0, 40}
	s.Counts.Principles = [11]int{12, 58, 49, 9, 31, 44, 73, 52, 46, 61, 57}
	s.Counts.Regions = [6]int{33, 38, 29, 24, 41, 7}
	s.Counts.Categories = [17]int{2, 102, 19, 8, 11, 17, 5, 3, 4, 1, 0, 2, 3, 6, 0, 4, 1}
	s.Counts.Statuses = [5]int{96, 21, 34, 7}
	s.Counts.Natures = [5]int{9, 22, 48, 61, 70}
	s.Counts.Types = [5]int{4, 131, 2, 18, 3}
	s.Counts.Evidence = [5]int{0, 54, 52, 40, 12}
	s.Counts.Reported = [5]int{58, 24, 48, 26, 2}
	s.Counts.Progress = [5][5]int{{2: 4}, {2: 20, 3: 4}, {2: 22, 3: 20, 4: 6}, {2: 5, 3: 15, 4: 6}, {2: 1, 3: 1}}
	s.Counts.Reports = []tally.MonthCount{{Month: gcm.DateOf(2021, 0, 0), Number: 3}, {Month: gcm.DateOf(2021, 5, 0), Number: 20},
		{Month: gcm.DateOf(2021, 6, 0), Number: 31}, {Month: gcm.DateOf(2022, 5, 0), Number: 50}}
	s.Counts.Deadlines = []tally.MonthCount{{Month: gcm.DateOf(2021, 0, 0), Number: 10}, {Month: gcm.DateOf(2022, 3, 0), Number: 20},
		{Month: gcm.DateOf(2022, 5, 0), Number: 4}, {Month: gcm.DateOf(2026, 0, 0), Number: 66}}
	s.Counts.Due = []tally.MonthCount{{Month: gcm.DateOf(2021, 0, 0), Number: 3}, {Month: gcm.DateOf(2022, 3, 0), Number: 9}, {Month: gcm.DateOf(2026, 0, 0), Number: 60}}
	s.Counts.ReportedSums = []tally.StatusSum{{Status: gcm.InProgress, MoneySum: sum("USD 2345678901.50", gcm.StagePledged, 4)},
		{Status: gcm.Fulfilled, MoneySum: sum("EUR 500000.00", gcm.StageAnnounced, 1)}}
	s.Counts.Financial = 22
	for i, code := range strings.Fields("SLE KEN MAR DEU FRA PRT ESP EGY EST ETH CAN MEX ECU BRA PHL BGD NPL THA FJI NZL TUV GBR ARE ISL ZAF VAT") {
		state, _ := gcm.StateFromAlpha3(code)
		s.Counts.States = append(s.Counts.States, tally.StateCount{State: state, Number: 1 + 9/(1+i/3)})
	}
	s.Counts.Months = []tally.MonthCount{
		{Number: 4}, {Month: gcm.DateOf(2021, 0, 0), Number: 2}, {Month: gcm.DateOf(2021, 12, 0), Number: 11},
		{Month: gcm.DateOf(2022, 1, 0), Number: 18}, {Month: gcm.DateOf(2022, 3, 0), Number: 41},
		{Month: gcm.DateOf(2022, 4, 0), Number: 23}, {Month: gcm.DateOf(2022, 5, 0), Number: 59},
	}
	s.Counts.Sums = []tally.MoneySum{
		sum("EUR 1200000.00", gcm.StageAnnounced, 3), sum("EUR 200000.00", gcm.StageDeposited, 1),
		sum("JPY 50000000", gcm.StagePledged, 1), sum("KWD 1234.125", 0, 1), sum("USD 12345678901.50", gcm.StagePledged, 14),
	}
	s.Items = newest()
	return s
}

// newest are ten made-up pledges, which lack this and that.
func newest() (items []tally.Item) {
	for i, title := range []string{
		"Address migration and displacement in the context of disasters", "Collecte et diffusion de données migratoires",
		"توفير مسارات آمنة للهجرة النظامية", "", "为移民及其家人提供法律援助", "<b>Ending</b> the detention of children & families",
		"Acceso a servicios básicos", "Доступ к правосудию", strings.Repeat("A long title that has to end. ", 9), "Fair recruitment",
	} {
		item := tally.Item{ID: tally.ID{15: byte(i + 1)}, Title: title, Updated: instant("2022-05-20T00:00:00Z"),
			Language: [...]string{"en", "fr", "ar", "", "zh", "en", "es", "ru", "en-GB", "\"><b>"}[i],
			More:     [...]int{0, 1, 2, 0, 15, 0, 100, 3, 11, 0}[i],
			Link:     [...]string{"https://example.org/pledges/1", "", "https://example.org/pledges/é?a=1&b=\"", "https://example.org/4"}[i%4],
			Pledger:  [...]string{"Example Organization", "Ville d’Exemple", "جمعية مثال", "", "Anybody", "<script>", "Germany", "", "\u202eevil", "Sierra Leone"}[i],
		}
		item.Status = gcm.Status(i % 5)
		for o := range i % 4 {
			item.Objectives = item.Objectives.With(objectives.Objective(1 + o*7))
		}
		item.Announced = [...]gcm.Date{gcm.DateOf(2022, 5, 20), gcm.DateOf(2022, 5, 2), gcm.DateOf(2022, 5, 0), gcm.DateOf(2022, 0, 0), {}}[min(i/2, 4)]
		if i == 6 || i == 9 {
			item.State, _ = gcm.StateFromAlpha3([...]string{"DEU", "SLE"}[i/9])
		}
		items = append(items, item)
	}
	return items
}

func sum(amount string, stage gcm.Stage, n int) tally.MoneySum {
	var m gcm.Money
	if err := m.UnmarshalText([]byte(amount)); err != nil {
		panic(err)
	}
	return tally.MoneySum{Currency: m.Currency(), Stage: stage, Sum: gcm.Sum{}.Add(m), Number: n}
}

func instant(s string) gcm.Instant {
	t, err := gcm.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return t
}

// render fails the test if there is an error.
func render(t testing.TB, s *tally.Snapshot, o view.Options) *view.View {
	t.Helper()
	v, err := view.Render(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
