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

// choices returns the filters that the buttons of a view stand for, and those
// that are pressed; without States and themes, of which there are those that pledges have.
func choices(t *testing.T, v *view.View) (all, pressed []tally.Query) {
	t.Helper()
	page, err := buildDOM(v.AppendJSON(nil))
	if err != nil {
		t.Fatal(err)
	}
	page.visit(func(n *domNode) {
		if !strings.HasSuffix(n.values["part"], " choice") || n.values["name"] == "state" || n.values["name"] == "topic" {
			return
		}
		if n.tag != "button" || n.values["type"] != "button" || n.textContent() == "" {
			t.Errorf("not a button: %s", n.outerHTML())
		}
		q, err := tally.ParseQuery(func(name string) string {
			if name == n.values["name"] {
				return n.values["value"]
			}
			return ""
		})
		if err != nil || q == (tally.Query{}) {
			t.Errorf("%s: %v, %v", n.outerHTML(), q, err)
		}
		all = append(all, q)
		switch n.values["aria-pressed"] {
		case "true":
			pressed = append(pressed, q)
		case "false":
		default:
			t.Errorf("neither pressed nor not: %s", n.outerHTML())
		}
	})
	return all, pressed
}

// chipsOf returns what can be taken back one by one.
func chipsOf(t *testing.T, v *view.View) (all []tally.Query) {
	t.Helper()
	page, err := buildDOM(v.AppendJSON(nil))
	if err != nil {
		t.Fatal(err)
	}
	page.visit(func(n *domNode) {
		if n.values["part"] == "chip" {
			q, err := tally.ParseQuery(func(name string) string {
				if name == n.values["name"] {
					return n.values["value"]
				}
				return ""
			})
			if err != nil {
				t.Error(err)
			}
			all = append(all, q)
		}
	})
	return all
}

// everyChoice are the filters that a dashboard has a button for.
func everyChoice() (all []tally.Query) {
	for o := range objectives.All() {
		all = append(all, tally.Query{Objective: tally.AnyOf(o)})
	}
	for p := range gcm.Principles() {
		all = append(all, tally.Query{Principle: tally.AnyOf(p)})
	}
	for r := range gcm.Regions() {
		all = append(all, tally.Query{Region: tally.AnyOf(r)})
	}
	for c := range gcm.Categories() {
		all = append(all, tally.Query{Category: tally.AnyOf(c)})
	}
	for s := range gcm.Statuses() {
		if s != gcm.Withdrawn {
			all = append(all, tally.Query{Status: tally.AnyOf(s)})
		}
	}
	for n := range gcm.Natures() {
		all = append(all, tally.Query{Nature: tally.AnyOf(n)})
	}
	for k := range gcm.Types() {
		all = append(all, tally.Query{Type: tally.AnyOf(k)})
	}
	return all
}

func TestEveryChoiceHasAButton(t *testing.T) {
	o := view.Options{View: view.Dashboard}
	all, pressed := choices(t, render(t, headline(), o))
	if !slices.Equal(all, everyChoice()) || pressed != nil {
		t.Errorf("got %v, pressed %v", all, pressed)
	}
	for _, q := range everyChoice() {
		s := headline()
		s.Query = q
		o.Choices = &tally.Choices{Chosen: q, Counts: s.Counts}
		v := render(t, s, o)
		if all, pressed := choices(t, v); !slices.Equal(all, everyChoice()) || !slices.Equal(pressed, []tally.Query{q}) {
			t.Errorf("%v: pressed %v of %v", q, pressed, all)
		}
		if !strings.Contains(v.HTML(), `name="">`) {
			t.Errorf("%v can't be taken back", q)
		}
		if chips := chipsOf(t, v); !slices.Equal(chips, []tally.Query{q}) {
			t.Errorf("%v is chosen, and taken back %v", q, chips)
		}
		// The same filter of the page's own can't be clicked away.
		o.Choices = nil
		v = render(t, s, o)
		all, pressed := choices(t, v)
		same := func(q tally.Query) bool { return facetOf(q) == facetOf(s.Query) }
		if len(pressed) > 0 || slices.ContainsFunc(all, same) || len(all) == 0 || !strings.Contains(v.HTML(), `name="" disabled=""`) {
			t.Errorf("%v of the page: pressed %v of %v", q, pressed, all)
		}
	}
}

// facetOf tells which facet a query of one value is about.
func facetOf(q tally.Query) string {
	name, _, _ := strings.Cut(q.String(), "=")
	return name
}

// A choice without a table of its own can be taken back as well.
func TestChoiceOfAnotherKindCanBeCleared(t *testing.T) {
	s := headline()
	s.Query.Theme = tally.AnyThemeOf("climate")
	o := view.Options{View: view.Dashboard, Choices: &tally.Choices{Chosen: s.Query, Counts: s.Counts}}
	v := render(t, s, o)
	if all, pressed := choices(t, v); len(pressed) > 0 || len(all) != len(everyChoice()) || !strings.Contains(v.HTML(), `name="">`) || !slices.Equal(chipsOf(t, v), []tally.Query{s.Query}) {
		t.Error(v.HTML())
	}
}

func TestPledgesAreListedInTheirOrder(t *testing.T) {
	for _, kind := range []view.Kind{view.List, view.Dashboard} {
		s := headline()
		for n := range len(s.Items) + 3 {
			items := append(slices.Clone(s.Items), s.Items...)[:n]
			v := render(t, &tally.Snapshot{Items: items, Counts: tally.Counts{Total: n}}, view.Options{View: kind})
			page, err := buildDOM(v.AppendJSON(nil))
			if err != nil {
				t.Fatal(err)
			}
			var titles []string
			page.visit(func(n *domNode) {
				if n.values["part"] == "title" {
					titles = append(titles, n.textContent())
				}
			})
			if len(titles) != min(n, 10) {
				t.Fatalf("%v: %d titles of %d", kind, len(titles), n)
			}
			for i, title := range titles {
				if want := view.Clean(items[i].Title, 200); title != want && (want != "" || title != "Untitled pledge") {
					t.Errorf("%v: %q in the place of %q", kind, title, want)
				}
			}
		}
	}
}

// What has a view of its own is in the dashboard as it is there, whatever is chosen,
// and below all that can be clicked.
func TestDashboardHasTheOtherViewsInIt(t *testing.T) {
	choose := random(11)
	for range 200 {
		s, o := anySnapshot(choose), anyOptions(choose)
		o.View = view.Dashboard
		if o.Choices != nil { // whose numbers the map shows
			o.Choices.Counts.States, o.Choices.Counts.Regions = s.Counts.States, s.Counts.Regions
		}
		html := viewOf(s, o).HTML()
		rest := html[strings.LastIndex(html, ` choice"`):]
		if strings.Contains(rest, `part="empty"`) {
			continue
		}
		for _, kind := range []view.Kind{view.Map, view.Timeline, view.Money} {
			o.View = kind
			body := bodyOf(t, viewOf(s, o))
			_, after, found := strings.Cut(rest, body)
			if body == "" || !found {
				t.Fatalf("%v isn't in the dashboard, or in another place:\n%.2000s\nin\n%.2000s", kind, body, rest)
			}
			rest = after
		}
	}
}

// bodyOf returns the HTML of a view between what all views have above and below.
func bodyOf(t *testing.T, v *view.View) (html string) {
	t.Helper()
	page, err := buildDOM(v.AppendJSON(nil))
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range page.children {
		switch n.values["part"] {
		case "head", "head zero", "foot":
			if i != 0 && i < len(page.children)-1 {
				t.Fatalf("%s in the middle", n.values["part"])
			}
		default:
			html += n.outerHTML()
		}
	}
	return html
}

// Where States, dates, money and pledges come and go, the buttons stay.
func TestWhatRecountsLeavesTheButtonsOnThePage(t *testing.T) {
	choose := random(12)
	o := view.Options{View: view.Dashboard, Language: gcm.Arabic}
	next := func() *view.View {
		s := anySnapshot(choose)
		s.Query = tally.Query{}
		switch choose(4) { // nothing to show
		case 1:
			s.Counts.States, s.Counts.Months, s.Counts.Sums, s.Items = nil, nil, nil, nil
		case 2:
			s = &tally.Snapshot{}
		}
		return viewOf(s, o)
	}
	old := next()
	for range 200 {
		new := next()
		checkChanges(t, old, new)
		for _, c := range view.Changes(old, new) {
			if s := c.String(); strings.HasPrefix(s, `["root"`) || strings.Contains(s, `["button",{"part":"row`) && !strings.Contains(s, `"name":"state"`) && !strings.Contains(s, `"name":"topic"`) {
				t.Fatal(s)
			}
		}
		old = new
	}
}
