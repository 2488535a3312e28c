package view_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// Whatever the order, there are the same rows with the same numbers, and the button
// of the order is the one that is pressed.
func TestRowsAreInTheOrderThatAReaderWants(t *testing.T) {
	numbers := func(all []line) (n []int) {
		for _, l := range all {
			n = append(n, l.numbers[0])
		}
		return n
	}
	for _, kind := range []view.Kind{view.Objectives, view.Principles, view.Regions, view.Categories, view.Natures, view.States} {
		s := headline()
		s.Counts.Objectives[0], s.Counts.Principles[0], s.Counts.Regions[0], s.Counts.Categories[0], s.Counts.Natures[0] = 0, 0, 0, 0, 0
		s.Counts.ByMemberStates = s.Counts.Total
		usual := lines(t, render(t, s, view.Options{View: kind}))
		listed := lines(t, render(t, s, view.Options{View: kind, Sort: view.Listed}))
		most := lines(t, render(t, s, view.Options{View: kind, Sort: view.Most}))
		if n := numbers(most); !slices.IsSortedFunc(n, func(a, b int) int { return b - a }) || len(n) < 4 {
			t.Errorf("%v by most pledges: %v", kind, n)
		}
		own := listed
		if kind == view.States {
			own = most
		}
		if !slices.Equal(numbers(usual), numbers(own)) || slices.Equal(numbers(listed), numbers(most)) {
			t.Errorf("%v: %v, listed %v", kind, usual, listed)
		}
		for _, order := range []view.Sort{view.Listed, view.Most} {
			html := render(t, s, view.Options{View: kind, Sort: order}).HTML()
			buttons := strings.Count(html, `name="sort"`)
			if buttons != 0 && !strings.Contains(html, `name="sort" value="`+order.String()+`" aria-pressed="true"`) || strings.Count(html, `aria-pressed="true"`) != buttons/2 {
				t.Errorf("%v by %v: %s", kind, order, html)
			}
		}
	}
}

// What a reader has unfolded is about one objective, and isn't made that of another
// where the rows change places.
func TestAnUnfoldedRowIsNeverThatOfAnotherObjective(t *testing.T) {
	o := view.Options{View: view.Objectives}
	old := render(t, headline(), o)
	o.Sort = view.Most
	new := render(t, headline(), o)
	for _, c := range view.Changes(old, new) {
		if s := c.String(); strings.HasPrefix(s, `["text",[1,3,`) {
			t.Errorf("a row changes its words: %s", s)
		}
	}
	checkChanges(t, old, new)
}

func TestTitlesAndPlacesOfObjectivesAreToUnfold(t *testing.T) {
	html := render(t, headline(), view.Options{View: view.Objectives}).HTML()
	for o := range objectives.All() {
		title, _ := o.Title(gcm.English)
		if !strings.Contains(html, title) {
			t.Errorf("no title of objective %v", o)
		}
	}
	for _, want := range []string{
		"Paragraph 17 of the Compact · Round table 4 of the Review Forum · SDG targets 10.7, 17.18",
		"Paragraph 18 of the Compact · Round table 1 of the Review Forum · All Sustainable Development Goals",
		`<summary part="summary">Show 1 with none</summary><ol part="rows keyed"><li><details part="titles"><summary part="row zero"><span part="key">22</span>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("not %s", want)
		}
	}
}

func TestWhoListensHearsOfAnotherOrder(t *testing.T) {
	usual := render(t, headline(), view.Options{View: view.States, Language: gcm.Spanish})
	listed := render(t, headline(), view.Options{View: view.States, Language: gcm.Spanish, Sort: view.Listed})
	other := headline()
	other.Counts.Total++
	more := render(t, other, view.Options{View: view.States, Language: gcm.Spanish})
	counter := render(t, headline(), view.Options{Language: gcm.Spanish})
	for _, test := range []struct {
		name     string
		old, new *view.View
		want     string
	}{
		{"another order", usual, listed, "Compromisos por Estado · A–Z"},
		{"and back", listed, usual, "Compromisos por Estado · Más compromisos"},
		{"the same order", usual, usual, usual.Text()},
		{"another number", listed, more, more.Text()},
		{"nothing was there", nil, listed, listed.Text()},
		{"no rows to sort", usual, counter, counter.Text()},
	} {
		if got := test.new.Said(test.old); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// Whatever the size, the number says what it counts, of when it is, and whether it
// is made up.
func TestCountersOfEverySizeSayWhatTheyCount(t *testing.T) {
	for _, size := range []view.Size{view.Standard, view.Inline, view.Compact, view.Hero, 77} {
		for lang := range gcm.Languages() {
			s := headline()
			s.Illustrative, s.Query.Region = true, tally.AnyOf(gcm.Africa)
			v := render(t, s, view.Options{Size: size, Language: lang})
			page, err := buildDOM(v.AppendJSON(nil))
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]int{}
			page.visit(func(n *domNode) { parts[n.values["part"]]++ })
			if parts["number"] != 1 || parts["noun"] < 1 || parts["illustrative"] != 1 || parts["date as-of"] != 1 ||
				!strings.Contains(page.textContent(), gcm.Africa.Name(lang)) {
				t.Errorf("%v in %v: %s", size, lang, v.HTML())
			}
			root := "view counter"
			if size.IsValid() && size != view.Standard {
				root += " " + size.String()
			}
			if page.values["part"] != root {
				t.Errorf("%v has the parts %q", size, page.values["part"])
			}
		}
	}
}

func TestElementsSayTheirSizeAndOrder(t *testing.T) {
	for want, o := range map[string]view.Options{
		`<gcm-pledges view="counter" size="hero" lang="en"`:                 {Size: view.Hero},
		`<gcm-pledges view="counter" lang="en"`:                             {Size: 77, Sort: 77},
		`<gcm-pledges view="states" sort="listed" lang="en"`:                {View: view.States, Size: view.Hero, Sort: view.Listed},
		`<gcm-pledges view="counter" size="inline" sort="most" lang="en" d`: {Size: view.Inline, Sort: view.Most},
	} {
		html, err := view.Element{Options: o}.AppendHTML(nil, &tally.Snapshot{})
		if err != nil || !strings.HasPrefix(string(html), want) {
			t.Errorf("%+v is %s, %v", o, html, err)
		}
	}
}

func TestNamesOfSizesAndOrders(t *testing.T) {
	for s := view.Size(0); s.IsValid(); s++ {
		if got, ok := view.ParseSize(s.String()); got != s || !ok {
			t.Errorf("%d is %q, which is %v, %v", s, s, got, ok)
		}
	}
	for s := view.Sort(0); s.IsValid(); s++ {
		if got, ok := view.ParseSort(s.String()); got != s || !ok {
			t.Errorf("%d is %q, which is %v, %v", s, s, got, ok)
		}
	}
	size, known := view.ParseSize("Hero")
	sort, sorted := view.ParseSort("")
	if size != view.Standard || known || sort != view.Usual || sorted || view.Size(77).String() != "standard" || view.Sort(77).String() != "usual" {
		t.Errorf("%v, %v, %v, %v", size, known, sort, sorted)
	}
}
