package view_test

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A line is a row of a table as a reader of English sees it.
type line struct {
	heading string
	numbers []int
	none    bool
}

// lines returns the rows of a view's tables, but for that of money.
func lines(t *testing.T, v *view.View) (all []line) {
	t.Helper()
	page, err := buildDOM(v.AppendJSON(nil))
	if err != nil {
		t.Fatal(err)
	}
	months := false
	page.visit(func(n *domNode) {
		parts := strings.Fields(n.values["part"])
		if n.tag == "table" {
			months = !slices.Contains(parts, "amounts")
		}
		row := len(parts) > 0 && (parts[0] == "row" || parts[0] == "share") || n.tag == "tr" && months && n.children[0].values["part"] == "heading"
		if !row {
			return
		}
		l := line{none: slices.Contains(parts, "none") || slices.Contains(parts, "not-stated")}
		for _, cell := range n.children {
			switch cell.values["part"] {
			case "heading":
				l.heading = cell.textContent()
			case "value":
				text, _, _ := strings.Cut(cell.textContent(), " of ")
				number, err := strconv.Atoi(strings.ReplaceAll(text, ",", ""))
				if err != nil {
					t.Fatal(err)
				}
				l.numbers = append(l.numbers, number)
			}
		}
		all = append(all, l)
	})
	return all
}

// names returns the headings that a view of a dimension must have.
func names[E any](values iter.Seq[E], name func(E) string) (all []string) {
	for v := range values {
		all = append(all, name(v))
	}
	return all
}

func TestEveryValueHasARow(t *testing.T) {
	for lang := range gcm.Languages() {
		title := func(p gcm.Principle) string { s, _ := p.Title(lang); return s }
		for kind, want := range map[view.Kind][]string{
			view.Principles: names(gcm.Principles(), title),
			view.Regions:    names(gcm.Regions(), func(r gcm.Region) string { return r.Name(lang) }),
			view.Categories: names(gcm.Categories(), func(c gcm.Category) string { return c.Label(lang) }),
			view.Natures:    names(gcm.Natures(), func(n gcm.Nature) string { return n.Label(lang) }),
			view.Status:     names(gcm.Statuses(), func(s gcm.Status) string { return s.Label(lang) }),
		} {
			s := &tally.Snapshot{}
			s.Counts.Statuses[gcm.Withdrawn] = 1
			var got []string
			for _, l := range lines(t, render(t, s, view.Options{View: kind, Language: lang})) {
				got = append(got, l.heading)
			}
			if kind == view.Status { // in another order: the ones that have come furthest first
				slices.Reverse(want[:3])
				want = slices.Insert(want, 3, string(locale.NotStated.In(lang)))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%v in %v has the rows %q, want %q", kind, lang, got, want)
			}
		}
	}
}

// A row of what isn't stated is there only if there is something in it, and
// comes last of those that aren't folded.
func TestNotStatedComesLast(t *testing.T) {
	for kind, set := range map[view.Kind]func(*tally.Counts){
		view.Objectives: func(c *tally.Counts) { c.Objectives[0] = 77 },
		view.Principles: func(c *tally.Counts) { c.Principles[0] = 77 },
		view.Regions:    func(c *tally.Counts) { c.Regions[0] = 77 },
		view.Categories: func(c *tally.Counts) { c.Categories[0] = 77 },
		view.Natures:    func(c *tally.Counts) { c.Natures[0] = 77 },
		view.States:     func(c *tally.Counts) { c.Total = 77 },
	} {
		s := &tally.Snapshot{}
		before := lines(t, render(t, s, view.Options{View: kind}))
		if slices.ContainsFunc(before, func(l line) bool { return l.none }) {
			t.Errorf("%v: a row for nothing", kind)
		}
		set(&s.Counts)
		after := lines(t, render(t, s, view.Options{View: kind}))
		unfolded := slices.IndexFunc(append(after, line{numbers: []int{0}}), func(l line) bool { return l.numbers[0] == 0 })
		if len(after) != len(before)+1 || unfolded != 1 || !after[0].none || after[0].numbers[0] != 77 {
			t.Errorf("%v: %v", kind, after)
		}
	}
}

func TestDenominators(t *testing.T) {
	members := 0
	for s := range gcm.States() {
		if s.IsMember() {
			members++
		}
	}
	count := func(all []string) int { return len(all) }
	for kind, of := range map[view.Kind]string{
		view.Principles: "10 of " + strconv.Itoa(count(names(gcm.Principles(), gcm.Principle.String))) + " guiding principles",
		view.Regions:    "5 of " + strconv.Itoa(count(names(gcm.Regions(), gcm.Region.String))) + " regions",
		view.Categories: "14 of " + strconv.Itoa(count(names(gcm.Categories(), gcm.Category.String))) + " categories of pledgers",
		view.Natures:    "4 of " + strconv.Itoa(count(names(gcm.Natures(), gcm.Nature.String))) + " natures",
		view.States:     "25 of " + strconv.Itoa(members) + " Member States",
		view.Status:     "is stated: 62 of 158",
		view.Timeline:   "is stated: 154 of 158",
		view.Money:      "financial nature: 22 of 158",
	} {
		if html := render(t, headline(), view.Options{View: kind}).HTML(); !strings.Contains(html, of+". ") && !strings.Contains(html, of+"</p>") {
			t.Errorf("%v doesn't say %s: %s", kind, of, html)
		}
	}
}

// Views that say that their rows add up do so, and so do the others where no
// pledge is in two rows.
func TestRowsAddUpWhereTheViewSaysSo(t *testing.T) {
	choose := random(5)
	var x tally.Index
	for i := range 300 {
		x.Put(anyFacets(choose, i))
	}
	adds := string(locale.OneStatus.In(gcm.English))
	for _, q := range []tally.Query{{}, {IncludeWithdrawn: true}, {Status: tally.AnyOf(gcm.Withdrawn)}, {Region: tally.AnyOf(gcm.Africa)}, {Objective: tally.AnyOf(objectives.Objective(7))}, {Category: tally.AnyOf(gcm.Media)}} {
		s := &tally.Snapshot{Query: q, Counts: x.Count(q)}
		for kind := range view.Kinds() {
			v := render(t, s, view.Options{View: kind})
			sum := 0
			for _, l := range lines(t, v) {
				if kind != view.Money {
					sum += l.numbers[len(l.numbers)-1]
				}
			}
			says := strings.Contains(v.HTML(), adds)
			if says != (kind == view.Status) || says && sum != s.Counts.Total {
				t.Errorf("%v of %v: %d in rows, %d in all", kind, q, sum, s.Counts.Total)
			}
			if why := "add up to the total."; !says && sum != 0 && sum != s.Counts.Total && kind != view.Timeline && kind != view.Progress && // each row says of how many

				!strings.Contains(v.HTML(), "do not "+why) {
				t.Errorf("%v of %v: %d in rows, %d in all, and no word why", kind, q, sum, s.Counts.Total)
			}
		}
	}
}

func anyFacets(choose view.Choice, i int) tally.Facets {
	f := tally.Facets{ID: tally.ID{14: byte(i >> 8), 15: byte(i)}, Status: gcm.Status(choose(5))}
	for range choose(3) {
		p := tally.Pledger{Key: strconv.Itoa(choose(50)), Category: gcm.Category(choose(17)), State: gcm.State(choose(198))}
		f.Pledgers = append(f.Pledgers, p)
	}
	f.Natures = gcm.NatureSetOf(gcm.Nature(choose(5)), gcm.Nature(choose(5)))
	f.Principles = gcm.PrincipleSetOf(gcm.Principle(choose(11)), gcm.Principle(choose(11)))
	f.Announced = [...]gcm.Date{{}, gcm.DateOf(2021+choose(5), 0, 0), gcm.DateOf(2021+choose(5), 1+choose(12), 0),
		gcm.DateOf(2021+choose(5), 1+choose(12), 1+choose(28))}[choose(4)]
	return f
}
