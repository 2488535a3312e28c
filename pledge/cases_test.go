package pledge

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

func testID(n byte) uuid.UUID { return uuid.UUID{6: 0x70, 8: 0x80, 15: n} }

// repeated returns a list of n times the same.
func repeated[T any](v T, n int) (all []T) {
	for range n {
		all = append(all, v)
	}
	return all
}

func testMoney(amount, currency string) gcm.Money {
	c, _ := gcm.CurrencyFromCode(currency)
	m, err := gcm.ParseMoney(amount, c)
	if err != nil {
		panic(err)
	}
	return m
}

func testState(alpha3 string) gcm.State {
	s, ok := gcm.StateFromAlpha3(alpha3)
	if !ok {
		panic(alpha3)
	}
	return s
}

// soundPledge returns a pledge that has everything and breaks no rule.
func soundPledge() Pledge {
	return Pledge{
		ID: testID(1), Ref: "217", Updated: gcm.InstantOfUnix(1_653_004_800, 0),
		Title: "End the detention of migrant children", Description: strings.Repeat("We will. ", 40), Language: "en",
		Type: gcm.Common, Mirror: gcm.No, Natures: gcm.NatureSetOf(gcm.Policy),
		Pledgers: []Pledger{
			{Name: "Germany", Category: gcm.MemberState, State: testState("DEU"), Via: "Ministry"},
			{Name: "City of Freetown", Category: gcm.LocalAuthority, State: testState("SLE")},
		},
		Objectives: objectives.SetOf(7, 13), Principles: gcm.PrincipleSetOf(1), Themes: []string{"child-detention"},
		Implementation: Implementation{States: []gcm.State{testState("SLE")}, Level: gcm.National},
		Announced:      gcm.DateOf(2022, 5, 20), Deadline: gcm.DateOf(2026, 0, 0), Status: gcm.Planned,
		Contributions: []Contribution{{testMoney("200000", "EUR"), gcm.StagePledged, "Migration MPTF"}},
		Reports: []ProgressReport{{
			Date: gcm.DateOf(2022, 5, 20), Status: gcm.Planned, Share: gcm.NumberOf(40), States: []gcm.State{testState("SLE")},
			Indicators: []Indicator{{"children released", "children", gcm.NumberOf(0), gcm.NumberOf(500), gcm.NumberOf(200)}},
			Links:      []string{"https://example.org/reports/217"}, By: "Court of Audit", Summary: "Two hundred\nof them.", Language: "en",
		}},
		Champion: gcm.Yes, Links: []string{"https://example.org/pledges/217"}, Source: "https://example.org",
	}
}

// A ruleCase breaks one rule in one field of a sound pledge.
type ruleCase struct {
	rule, path string
	why        string
	change     func(p *Pledge)
}

// another makes a sound pledge a matching one that matches another.
func another(p *Pledge) {
	p.Type = gcm.Matching
	p.Matches = Match{ID: testID(2), Ref: "12", Title: "Other"}
}

var ruleCases = []ruleCase{
	{"required", "/id", "no id", func(p *Pledge) { p.ID = uuid.Nil }},
	{"required", "/title", "no title", func(p *Pledge) { p.Title = "" }},
	{"required", "/description", "no description", func(p *Pledge) { p.Description = "" }},
	{"required", "/type", "no type", func(p *Pledge) { p.Type = 0 }},
	{"required", "/pledgers", "nobody pledges", func(p *Pledge) { p.Pledgers = []Pledger{} }},
	{"required", "/pledgers/1/name", "no name", func(p *Pledge) { p.Pledgers[1].Name = "" }},
	{"required", "/pledgers/1/category", "no category", func(p *Pledge) { p.Pledgers[1].Category = 0 }},
	{"uuid", "/id", "no version", func(p *Pledge) { p.ID[6] = 0 }},
	{"uuid", "/matches/id", "another variant", func(p *Pledge) { another(p); p.Matches.ID[8] = 0 }},
	{"unknown", "/type", "out of range", func(p *Pledge) { p.Type = 77 }},
	{"unknown", "/mirror", "out of range", func(p *Pledge) { p.Mirror = 77 }},
	{"unknown", "/pledgers/1/category", "out of range", func(p *Pledge) { p.Pledgers[1].Category = 77 }},
	{"unknown", "/pledgers/1/state", "out of range", func(p *Pledge) { p.Pledgers[1].State = 255 }},
	{"unknown", "/implementation/states/1", "no State", func(p *Pledge) { p.Implementation.States = append(p.Implementation.States, 255) }},
	{"unknown", "/implementation/level", "out of range", func(p *Pledge) { p.Implementation.Level = 77 }},
	{"unknown", "/status", "out of range", func(p *Pledge) { p.Status = 77 }},
	{"unknown", "/contributions/0/stage", "out of range", func(p *Pledge) { p.Contributions[0].Stage = 77 }},
	{"unknown", "/champion", "out of range", func(p *Pledge) { p.Champion = 77 }},
	{"text-control", "/ref", "a line break", func(p *Pledge) { p.Ref = "217\n" }},
	{"text-control", "/title", "right-to-left override", func(p *Pledge) { p.Title = "Pledge \u202egnp.exe" }},
	{"text-control", "/description", "an isolate", func(p *Pledge) { p.Description += "\u2067" }},
	{"text-control", "/matches/ref", "NUL", func(p *Pledge) { another(p); p.Matches.Ref = "\x00" }},
	{"text-control", "/matches/title", "C1", func(p *Pledge) { another(p); p.Matches.Title = "\u0085" }},
	{"text-control", "/pledgers/0/name", "a tab", func(p *Pledge) { p.Pledgers[0].Name = "Ger\tmany" }},
	{"text-control", "/pledgers/0/via", "DEL", func(p *Pledge) { p.Pledgers[0].Via = "\x7f" }},
	{"text-control", "/contributions/0/to", "not UTF-8", func(p *Pledge) { p.Contributions[0].To = "MPTF\xff" }},
	{"text-control", "/source", "an embedding", func(p *Pledge) { p.Source = "\u202a" }},
	{"text-blank", "/ref", "a blank", func(p *Pledge) { p.Ref = " " }},
	{"text-blank", "/title", "no-break spaces", func(p *Pledge) { p.Title = "\u00a0\u3000" }},
	{"text-blank", "/description", "many blanks", func(p *Pledge) { p.Description = strings.Repeat(" \n", 200) }},
	{"text-blank", "/matches/ref", "a blank", func(p *Pledge) { another(p); p.Matches.Ref = " " }},
	{"text-blank", "/matches/title", "a blank", func(p *Pledge) { another(p); p.Matches.Title = " " }},
	{"text-blank", "/pledgers/0/name", "a blank", func(p *Pledge) { p.Pledgers[0].Name = " " }},
	{"text-blank", "/pledgers/0/via", "a blank", func(p *Pledge) { p.Pledgers[0].Via = " " }},
	{"text-blank", "/contributions/0/to", "a blank", func(p *Pledge) { p.Contributions[0].To = " " }},
	{"text-blank", "/source", "a blank", func(p *Pledge) { p.Source = " " }},
	{"text-capitals", "/title", "capitals only", func(p *Pledge) { p.Title = "PLEDGE OF THE ÎLE-DE-FRANCE" }},
	{"length-min", "/description", "299 characters of two bytes", func(p *Pledge) { p.Description = strings.Repeat("ы", 299) }},
	{"length-max", "/description", "3,001 characters", func(p *Pledge) { p.Description = strings.Repeat("x", 3001) }},
	{"language", "/language", "an underscore", func(p *Pledge) { p.Language = "pt_BR" }},
	{"objectives-or-principles", "/objectives", "neither", func(p *Pledge) { p.Objectives, p.Principles = objectives.Set{}, gcm.PrincipleSet{} }},
	{"items-max", "/pledgers", "one more than there may be", func(p *Pledge) {
		p.Type = gcm.Common
		p.Pledgers = repeated(p.Pledgers[0], tally.MaxPledgers+1)
	}},
	{"items-max", "/themes", "one more than there may be", func(p *Pledge) { p.Themes = repeated("climate", tally.MaxThemes+1) }},
	{"items-max", "/implementation/states", "one more than there are", func(p *Pledge) {
		p.Implementation.States = slices.Collect(gcm.States())
		p.Implementation.States = append(p.Implementation.States, p.Implementation.States[0])
	}},
	{"items-max", "/contributions", "one more than there may be", func(p *Pledge) {
		p.Contributions = repeated(Contribution{Money: testMoney("1", "EUR")}, tally.MaxContributions+1)
	}},
	{"items-max", "/links", "one more than there may be", func(p *Pledge) { p.Links = repeated("https://example.org", tally.MaxLinks+1) }},
	{"objectives-many", "/objectives", "four of three", func(p *Pledge) { p.Objectives = objectives.SetOf(1, 2, 3, 4) }},
	{"theme-slug", "/themes/1", "a space and a capital", func(p *Pledge) { p.Themes = append(p.Themes, "Climate change") }},
	{"pledgers-joint", "/pledgers", "common, of one", func(p *Pledge) { p.Pledgers = p.Pledgers[:1] }},
	{"pledgers-individual", "/pledgers", "individual, of two", func(p *Pledge) { p.Type = gcm.Individual }},
	{"pledger-state", "/pledgers/0/state", "which State?", func(p *Pledge) { p.Pledgers[0].State = 0 }},
	{"pledger-name-state", "/pledgers/1/name", "an NGO called Gambia", func(p *Pledge) { p.Pledgers[1] = Pledger{Name: "Gambia, The", Category: gcm.CivilSociety} }},
	{"match-missing", "/matches", "matching nothing", func(p *Pledge) { p.Type = gcm.Matching }},
	{"match-unexpected", "/matches", "common, and matches", func(p *Pledge) { p.Matches.Ref = "12" }},
	{"match-self", "/matches", "its own id", func(p *Pledge) { p.Type, p.Matches.ID = gcm.Matching, p.ID }},
	{"dates-order", "/deadline", "a month before", func(p *Pledge) { p.Deadline = gcm.DateOf(2022, 4, 0) }},
	{"amount-positive", "/contributions/0/amount", "nothing", func(p *Pledge) { p.Contributions[0].Money = testMoney("0.00", "EUR") }},
	{"amount-currency", "/contributions/0/currency", "no currency", func(p *Pledge) { p.Contributions[0].Money = gcm.Money{} }},
	{"required", "/reports/0/date", "when?", func(p *Pledge) { p.Reports[0].Date = gcm.Date{} }},
	{"required", "/reports/0/indicators/0/name", "of what?", func(p *Pledge) { p.Reports[0].Indicators[0].Name = "" }},
	{"unknown", "/reports/0/status", "out of range", func(p *Pledge) { p.Reports[0].Status = 77 }},
	{"unknown", "/reports/0/states/1", "no State", func(p *Pledge) { p.Reports[0].States = append(p.Reports[0].States, 255) }},
	{"text-control", "/reports/0/by", "an override", func(p *Pledge) { p.Reports[0].By = "\u202e" }},
	{"text-control", "/reports/0/summary", "NUL", func(p *Pledge) { p.Reports[0].Summary = "\x00" }},
	{"text-control", "/reports/0/indicators/0/name", "a line break", func(p *Pledge) { p.Reports[0].Indicators[0].Name = "a\nb" }},
	{"text-control", "/reports/0/indicators/0/unit", "a tab", func(p *Pledge) { p.Reports[0].Indicators[0].Unit = "a\tb" }},
	{"text-blank", "/reports/0/by", "a blank", func(p *Pledge) { p.Reports[0].By = " " }},
	{"text-blank", "/reports/0/summary", "a line break", func(p *Pledge) { p.Reports[0].Summary = "\n" }},
	{"text-blank", "/reports/0/indicators/0/name", "a blank", func(p *Pledge) { p.Reports[0].Indicators[0].Name = " " }},
	{"text-blank", "/reports/0/indicators/0/unit", "a blank", func(p *Pledge) { p.Reports[0].Indicators[0].Unit = " " }},
	{"language", "/reports/0/language", "a name", func(p *Pledge) { p.Reports[0].Language = "French, mostly" }},
	{"items-max", "/reports", "one more than there may be", func(p *Pledge) { p.Reports = repeated(p.Reports[0], tally.MaxReports+1) }},
	{"items-max", "/reports/0/indicators", "one more than there may be", func(p *Pledge) {
		p.Reports[0].Indicators = repeated(p.Reports[0].Indicators[0], tally.MaxIndicators+1)
	}},
	{"items-max", "/reports/0/states", "one more than there are", func(p *Pledge) {
		p.Reports[0].States = repeated(p.Reports[0].States[0], tally.MaxImplementing+1)
	}},
	{"items-max", "/reports/0/links", "one more than there may be", func(p *Pledge) {
		p.Reports[0].Links = repeated("https://example.org", tally.MaxLinks+1)
	}},
	{"link-https", "/reports/0/links/1", "not encrypted", func(p *Pledge) { p.Reports[0].Links = append(p.Reports[0].Links, "http://example.org") }},
	{"report-ahead", "/reports/0/date", "two days later", func(p *Pledge) { p.Reports[0].Date = gcm.DateOf(2022, 5, 22) }},
	{"report-early", "/reports/0/date", "the day before", func(p *Pledge) { p.Reports[0].Date = gcm.DateOf(2022, 5, 19) }},
	{"report-order", "/reports/1/date", "the later one first", func(p *Pledge) {
		p.Announced = gcm.DateOf(2020, 0, 0)
		p.Reports = append(p.Reports, ProgressReport{Date: gcm.DateOf(2021, 0, 0)})
	}},
	{"report-back", "/reports/1/status", "fulfilled, and then planned", func(p *Pledge) {
		p.Reports = append(p.Reports, p.Reports[0])
		p.Reports[0].Status = gcm.Fulfilled
	}},
	{"report-status", "/status", "planned, but fulfilled", func(p *Pledge) { p.Reports[0].Status = gcm.Fulfilled }},
	{"report-pledger", "/reports/0/by", "the State itself, in French", func(p *Pledge) { p.Reports[0].By = "Allemagne" }},
	{"share-range", "/reports/0/share", "more than all", func(p *Pledge) { p.Reports[0].Share, _ = gcm.ParseNumber("100.5") }},
	{"indicator-values", "/reports/0/indicators/0", "no value", func(p *Pledge) { p.Reports[0].Indicators[0] = Indicator{Name: "children"} }},
	{"link-https", "/links/1", "not encrypted", func(p *Pledge) { p.Links = append(p.Links, "http://example.org") }},
}

// A feedCase breaks a rule across records: the second pledge does.
type feedCase struct {
	rule, path string
	change     func(first, second *Pledge)
}

var feedCases = []feedCase{
	{"id-duplicate", "/id", func(_, second *Pledge) { second.ID = testID(1) }},
	{"ref-duplicate", "/ref", func(_, second *Pledge) { second.Ref = "217" }},
	{"match-unknown", "/matches", func(_, second *Pledge) { another(second); second.Matches.ID = testID(9) }},
	{"duplicate-likely", "/title", func(_, second *Pledge) { second.Title = "END the detention of migrants’ children" }},
}

// soundFeed returns two sound pledges that have nothing to do with each other.
func soundFeed() (first, second Pledge) {
	first, second = soundPledge(), soundPledge()
	second.ID, second.Ref, second.Title = testID(2), "218", "Count them all"
	return first, second
}
