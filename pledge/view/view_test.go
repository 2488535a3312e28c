package view_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

func TestTheZeroOptionsShowACounterInEnglish(t *testing.T) {
	zero := render(t, headline(), view.Options{})
	for _, o := range []view.Options{{View: view.Counter, Language: gcm.English}, {Language: 77}} {
		if got := render(t, headline(), o); got.HTML() != zero.HTML() || got.Language() != gcm.English {
			t.Errorf("%+v shows %s", o, got.HTML())
		}
	}
}

func TestTheZeroViewShowsNothing(t *testing.T) {
	var v view.View
	if v.HTML() != "" || v.Text() != "" || v.Language() != 0 || string(v.AppendJSON(nil)) != `""` {
		t.Errorf("%q, %q, %v, %s", v.HTML(), v.Text(), v.Language(), v.AppendJSON(nil))
	}
	if !strings.HasPrefix(v.Stale(), "Not current: ") {
		t.Errorf("stale: %q", v.Stale())
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		lang  gcm.Language
		total int
		query tally.Query
		want  string
	}{
		{gcm.English, 158, tally.Query{}, "158 pledges to the Global Compact for Migration"},
		{gcm.English, 1, tally.Query{Objective: tally.AnyOf(objectives.Objective(7))}, "1 pledge to the Global Compact for Migration · Objective 7: Reduce vulnerabilities"},
		{gcm.English, 2, tally.Query{Objective: tally.AnyOf[objectives.Objective](7, 13), Region: tally.AnyOf(gcm.Europe, gcm.Africa, gcm.Asia)},
			"2 pledges to the Global Compact for Migration · Objective 7: Reduce vulnerabilities or Objective 13: Alternatives to detention · Africa or Asia or Europe"},
		{gcm.English, 2, tally.Query{Nature: tally.AnyOf(gcm.Financial, gcm.Policy), Since: gcm.DateOf(2022, 5, 21), Until: gcm.DateOf(2026, 0, 0)},
			"2 pledges to the Global Compact for Migration · Nature: Financial resources or Policy or law · Announced since May 21, 2022 · Announced until 2026"},
		{gcm.French, 1158, tally.Query{Region: tally.AnyOf(gcm.Africa)}, "1\u202f158 engagements au titre du Pacte mondial pour les migrations · Afrique"},
		{gcm.Russian, 2, tally.Query{Objective: tally.AnyOf(objectives.Objective(1))}, "2 обязательства по Глобальному договору о миграции · Цель 1: Data"},
		{gcm.Arabic, 2, tally.Query{Objective: tally.AnyOf(objectives.Objective(1))}, "تعهّدان في إطار الاتفاق العالمي من أجل الهجرة · الهدف 1: \u2068Data\u2069"},
		{gcm.Chinese, 158, tally.Query{Region: tally.AnyOf(gcm.Asia)}, "《移民问题全球契约》下的158项承诺 · 亚洲"},
		{gcm.English, 3, tally.Query{Theme: tally.AnyThemeOf("أطفال")}, "3 pledges to the Global Compact for Migration · Theme: \u2068أطفال\u2069"},
	}
	for _, test := range tests {
		s := &tally.Snapshot{Query: test.query, Counts: tally.Counts{Total: test.total}}
		if got := render(t, s, view.Options{Language: test.lang}).Text(); got != test.want {
			t.Errorf("%v: %q, want %q", test.lang, got, test.want)
		}
	}
}

func TestStaleIsInTheLanguageOfTheView(t *testing.T) {
	said := map[string]bool{}
	for lang := range gcm.Languages() {
		v := render(t, headline(), view.Options{Language: lang})
		if v.Language() != lang || v.Stale() == "" || said[v.Stale()] {
			t.Errorf("%v: %v, %q", lang, v.Language(), v.Stale())
		}
		said[v.Stale()] = true
	}
}

// How many Member States pledge says nothing about a selection of pledgers.
func TestMemberStatesAreOnlyShownWhereTheyMeanSomething(t *testing.T) {
	state, _ := gcm.StateFromAlpha3("DEU")
	tests := []struct {
		name  string
		shown bool
		set   func(*tally.Snapshot)
	}{
		{"everything", true, func(s *tally.Snapshot) {}},
		{"an objective", true, func(s *tally.Snapshot) { s.Query.Objective = tally.AnyOf(objectives.Objective(7)) }},
		{"a principle", true, func(s *tally.Snapshot) { s.Query.Principle = tally.AnyOf(gcm.HumanRights) }},
		{"a region", false, func(s *tally.Snapshot) { s.Query.Region = tally.AnyOf(gcm.Asia) }},
		{"a State", false, func(s *tally.Snapshot) { s.Query.State = tally.AnyOf(state) }},
		{"a category", false, func(s *tally.Snapshot) { s.Query.Category = tally.AnyOf(gcm.UNSystem) }},
		{"the total only", false, func(s *tally.Snapshot) { s.TotalOnly = true }},
		{"none", false, func(s *tally.Snapshot) { s.Counts.MemberStates = 0 }},
	}
	for _, test := range tests {
		s := headline()
		test.set(s)
		html := render(t, s, view.Options{}).HTML()
		if got := strings.Contains(html, "102 of them by 25 of 193 Member States"); got != test.shown {
			t.Errorf("%s: shown is %v", test.name, got)
		}
	}
}

func TestMemberStatesOfTheUnitedNations(t *testing.T) {
	n := 0
	for s := range gcm.States() {
		if s.IsMember() {
			n++
		}
	}
	if s := headline(); !strings.Contains(render(t, s, view.Options{}).HTML(), "of "+locale.Number(gcm.English, n)+" Member States") {
		t.Errorf("there are %d Member States", n)
	}
}

// The definition in the widget is the one that travels with every snapshot.
func TestTheDefinitionIsThatOfTheCounting(t *testing.T) {
	if got := string(locale.Definition.In(gcm.English)); got != tally.Definition {
		t.Errorf("the widget says  %s\nthe snapshot says %s", got, tally.Definition)
	}
}

// Every place in every message is filled.
func TestNoPlaceIsLeftOpen(t *testing.T) {
	choose := random(4)
	for range 1000 {
		v := anyView(choose)
		if s := v.HTML() + v.Text() + v.Stale(); strings.ContainsAny(s, "{}") {
			t.Fatalf("%s", s)
		}
	}
}

func TestRightToLeft(t *testing.T) {
	for lang := range gcm.Languages() {
		want := `<div part="view objectives" lang="` + lang.String() + `" dir="ltr">`
		if lang == gcm.Arabic {
			want = `<div part="view objectives" lang="ar" dir="rtl">`
		}
		html := render(t, headline(), view.Options{View: view.Objectives, Language: lang}).HTML()
		if !strings.HasPrefix(html, want) {
			t.Errorf("%v begins with %.60s", lang, html)
		}
		if got := strings.Contains(html, ` x="`); got != (lang == gcm.Arabic) {
			t.Errorf("%v: bars from the right is %v", lang, got)
		}
	}
}

// A picture begins where the language begins to write.
func TestTimelineRightToLeft(t *testing.T) {
	o := view.Options{View: view.Timeline}
	left := render(t, headline(), o).HTML()
	o.Language = gcm.Arabic
	right := render(t, headline(), o).HTML()
	for at, want := range map[string][2]string{
		`part="mark" points="`:  {"11,-80 11,1000", "1,-80 1,1000"},
		`part="event last" x="`: {"91.7%", "8.3%"},
		`part="scale" x="`:      {"0%", "100%"},
		`part="most" x="`:       {"97%", "3%"},
		`part="tick first" x="`: {"0%", "100%"},
		`part="area" points="`:  {"0,1000 0,1000 0,935 2,935", "12,1000 12,1000 12,935 10,935"},
		`part="end" points="`:   {"12,230 12,230", "0,230 0,230"},
	} {
		for i, html := range []string{left, right} {
			if _, got, _ := strings.Cut(html, at); !strings.HasPrefix(got, want[i]) {
				t.Errorf("%s%.30s, want %s", at, got, want[i])
			}
		}
	}
}

func TestThereIsNoSuchView(t *testing.T) {
	v, err := view.Render(headline(), view.Options{View: 77})
	if v != nil || !errors.Is(err, view.ErrUnknown) || err.Error() != `view: view "Kind(77)": no such view` {
		t.Errorf("got %v, %v", v, err)
	}
}
