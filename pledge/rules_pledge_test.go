package pledge

import (
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/google/uuid"
)

func TestRulesBetweenFields(t *testing.T) {
	dates := func(announced, deadline string) func(p *Pledge) {
		return func(p *Pledge) {
			p.Announced, _ = gcm.ParseDate(announced)
			p.Deadline, _ = gcm.ParseDate(deadline)
		}
	}
	for _, c := range []struct {
		name   string
		change func(p *Pledge)
		rule   string // "" for none; of a record
	}{
		{"due in the year of the announcement", dates("2022-05-20", "2022"), ""},
		{"due in the month of the announcement", dates("2022-05", "2022-05-01"), ""},
		{"due the day before", dates("2022-05-20", "2022-05-19"), "dates-order"},
		{"due the year before", dates("2022", "2021"), "dates-order"},
		{"announced, never due", dates("2022", ""), ""},
		{"due, never announced", dates("", "2021"), ""},
		{"three objectives", func(p *Pledge) { p.Objectives = objectives.SetOf(1, 2, 3) }, ""},
		{"a joint pledge of nobody known", func(p *Pledge) { p.Pledgers = nil }, ""},
		{"two pledgers, no type", func(p *Pledge) { p.Type = 0 }, ""},
		{"individual, of one", func(p *Pledge) { p.Type, p.Pledgers = gcm.Individual, p.Pledgers[:1] }, ""},
		{"in partnership, of one", func(p *Pledge) { p.Type, p.Pledgers = gcm.Partnership, p.Pledgers[:1] }, "pledgers-joint"},
		{"matching by title", func(p *Pledge) { p.Type, p.Matches = gcm.Matching, Match{Title: p.Title} }, ""},
		{"matching its own number", func(p *Pledge) { p.Type, p.Matches = gcm.Matching, Match{Ref: p.Ref} }, "match-self"},
		{"matching the same number elsewhere", func(p *Pledge) { p.Type, p.Matches = gcm.Matching, Match{ID: testID(5), Ref: p.Ref} }, ""},
		{"matches something, no type", func(p *Pledge) { p.Type, p.Matches.Ref = 0, "12" }, ""},
		{"no id, and matches none", func(p *Pledge) { p.Ref, p.Type, p.Matches = "", gcm.Matching, Match{Title: "x"} }, ""},
		{"a ministry of a State", func(p *Pledge) {
			p.Pledgers[1] = Pledger{Name: "Ministry of Foreign Affairs of Germany", Category: gcm.OtherEntity}
		}, ""},
		{"a State’s name in Arabic", func(p *Pledge) {
			p.Pledgers[1] = Pledger{Name: testState("EGY").Name(gcm.Arabic), Category: gcm.Youth}
		}, "pledger-name-state"},
		{"a State’s name, no category", func(p *Pledge) { p.Pledgers[1] = Pledger{Name: "Egypt"} }, ""},
		{"one cent", func(p *Pledge) { p.Contributions[0].Money = testMoney("0.01", "EUR") }, ""},
		{"a version 5 id", func(p *Pledge) { p.ID = uuid.NewSHA1(uuid.NameSpaceURL, nil) }, ""},
		{"the largest id", func(p *Pledge) { p.ID = uuid.Max }, "uuid"},
	} {
		p := soundPledge()
		c.change(&p)
		r := p.Validate(&ValidateOptions{Profile: PublicationProfile})
		if c.rule == "" && len(r.Problems) > 0 || c.rule != "" && (len(r.Problems) != 1 || r.Problems[0].Rule != c.rule) {
			t.Errorf("%s: %v, want %q", c.name, r.Problems, c.rule)
		}
	}
}

func TestCriteriaAreWhatIsVisiblyMet(t *testing.T) {
	for _, c := range []struct {
		name string
		p    Pledge
		want CriterionSet
	}{
		{"nothing", Pledge{}, CriterionSet{}},
		{"everything", soundPledge(), CriterionSetOf(Linked, TimeBound, InPartnership, Resourced, ScopeStated)},
		{"a principle", Pledge{Principles: gcm.PrincipleSetOf(4)}, CriterionSetOf(Linked)},
		{"common", Pledge{Type: gcm.Common}, CriterionSetOf(InPartnership)},
		{"individual, of two", Pledge{Type: gcm.Individual, Pledgers: make([]Pledger, 2)}, CriterionSetOf(InPartnership)},
		{"in kind", Pledge{Natures: gcm.NatureSetOf(gcm.HumanResources)}, CriterionSetOf(Resourced)},
		{"policy", Pledge{Natures: gcm.NatureSetOf(gcm.Policy, gcm.Process)}, CriterionSet{}},
		{"an amount", Pledge{Contributions: make([]Contribution, 1)}, CriterionSetOf(Resourced)},
		{"global", Pledge{Implementation: Implementation{Global: true}}, CriterionSetOf(ScopeStated)},
		{"a level", Pledge{Implementation: Implementation{Level: gcm.Local}}, CriterionSetOf(ScopeStated)},
		{"a year", Pledge{Deadline: gcm.DateOf(2026, 0, 0)}, CriterionSetOf(TimeBound)},
	} {
		if got := c.p.Criteria(); got != c.want || c.p.Validate(nil).Criteria != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestCriteriaRoundTrip(t *testing.T) {
	n := 0
	for c := range Criteria() {
		n++
		text, err := c.MarshalText()
		var back Criterion
		if err != nil || back.UnmarshalText(text) != nil || back != c || !c.IsValid() {
			t.Errorf("%v: %q %v", c, text, err)
		}
		for lang := range gcm.Languages() {
			if c.Label(lang) == "" {
				t.Errorf("%v has no label in %v", c, lang)
			}
		}
		if !CriterionSetOf(c).Has(c) || CriterionSetOf(c).Len() != 1 {
			t.Errorf("the set of %v", c)
		}
	}
	if n != CriterionCount || Criterion(77).String() != "Criterion(77)" || Criterion(77).Label(0) != "" || CriterionSetOf(0, 6, 77) != (CriterionSet{}) {
		t.Errorf("%d criteria", n)
	}
	var c Criterion
	if c.UnmarshalText([]byte("measurable")) == nil || c.UnmarshalText(nil) != nil || c != 0 {
		t.Error("accepts what is no criterion")
	}
	if _, err := Criterion(77).MarshalText(); err == nil {
		t.Error("marshals what is no criterion")
	}
}
