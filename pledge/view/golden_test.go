package view_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden are the cases of testdata, each with the reason that it is there.
var golden = []struct {
	name, reason string
	options      view.Options
	snapshot     func(*tally.Snapshot) // changes headline
}{
	{"empty", "The zero snapshot and options: nothing is known, so nothing is said but 0.",
		view.Options{}, func(s *tally.Snapshot) { *s = tally.Snapshot{} }},
	{"filtered", "Every condition of a query is named, in the language of the view.",
		view.Options{Language: gcm.French}, func(s *tally.Snapshot) {
			s.Query = everyCondition()
		}},
	{"filtered-ar", "Words that Arabic has no translation of are marked as English, and keep their direction.",
		view.Options{Language: gcm.Arabic}, func(s *tally.Snapshot) {
			s.Query = tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Principle: tally.AnyOf(gcm.ChildSensitive), Theme: tally.AnyThemeOf("climate"), Mirror: tally.AnyOf(gcm.No), IncludeWithdrawn: true}
		}},
	{"illustrative", "Made-up numbers are called so right under the number, and unread records are counted there.",
		view.Options{}, func(s *tally.Snapshot) { s.Illustrative, s.Unread = true, 3 }},
	{"hostile", "Markup is text, nothing invisible is left, the link is no link, and a long title ends.",
		view.Options{}, func(s *tally.Snapshot) {
			s.Title = `<img src=x onerror="alert(1)"> & ` + "\u202eevil\u2066\x00\x1b[31m\ufeff \xff " + strings.Repeat("long ", 100)
			s.Publisher = "\n\t</bdi></p><script>alert(2)</script>\u00a0"
			s.Feed = "javascript:alert(3)"
			s.Definition = tally.Definition + "\nOnly pledges with a date."
			s.Query.Theme = tally.AnyThemeOf("<b>\u202e")
		}},
	{"total-only", "Of a selection that a snapshot doesn't hold only the total is known: nothing about Member States.",
		view.Options{Language: gcm.Spanish}, func(s *tally.Snapshot) {
			s.Query.Region, s.TotalOnly, s.Counts = tally.AnyOf(gcm.Americas), true, tally.Counts{Total: 1}
		}},
	{"latest", "A feed without an as-of instant is as fresh as its newest pledge; one without a title has an address.",
		view.Options{Language: gcm.Russian, Read: instant("2026-01-01T00:00:00Z")}, func(s *tally.Snapshot) {
			s.AsOf, s.Latest, s.Title, s.Publisher = gcm.Instant{}, instant("2022-05-01T23:59:59.5Z"), "", ""
		}},
	{"east", "Midnight at +02:00 is on the day that the publisher means, though it is the day before in UTC.",
		view.Options{View: view.Timeline}, func(s *tally.Snapshot) {
			s.AsOf, s.AsOfOffset = instant("2022-05-31T22:00:00Z"), 120
		}},
	{"read", "Without any date of its own it is as fresh as it was when it was read.",
		view.Options{Language: gcm.Chinese, Read: instant("2026-01-01T00:00:00Z")}, func(s *tally.Snapshot) {
			s.AsOf, s.Publisher = gcm.Instant{}, s.Title
		}},
	{"objectives-selected", "Pledges that name no objective have a row of their own only if there are any.",
		view.Options{View: view.Objectives}, func(s *tally.Snapshot) {
			s.Query.Objective = tally.AnyOf(objectives.Objective(7))
			s.Counts = tally.Counts{Total: 2}
			s.Counts.Objectives[7], s.Counts.Objectives[13] = 2, 1
		}},
	{"states-few", "Of a few States all have a row; of the pledges that no Member State made it isn't known how many there are.",
		view.Options{View: view.States, Language: gcm.French}, func(s *tally.Snapshot) {
			s.Counts.States, s.Counts.MemberStates = s.Counts.States[:4], 0
		}},
	{"states-none", "Without a State there is no table.",
		view.Options{View: view.States}, func(s *tally.Snapshot) { *s = tally.Snapshot{} }},
	{"status-withdrawn", "Withdrawn pledges have a row only where they are asked for.",
		view.Options{View: view.Status, Language: gcm.Spanish}, func(s *tally.Snapshot) {
			s.Query.IncludeWithdrawn, s.Counts.Total, s.Counts.Statuses[gcm.Withdrawn] = true, 160, 2
		}},
	{"progress-unknown", "A snapshot that was made before reports were counted says nothing of them.",
		view.Options{View: view.Progress}, func(s *tally.Snapshot) { s.Counts.Evidence = [5]int{} }},
	{"progress-nothing", "Where nothing is reported, that is what it says; without a date nothing is recent or past, and money isn't told apart.",
		view.Options{View: view.Progress, Language: gcm.French}, func(s *tally.Snapshot) {
			s.AsOf, s.Counts.ReportedSums = gcm.Instant{}, nil
			s.Counts.Evidence, s.Counts.Reported, s.Counts.Progress = [5]int{1: 158}, [5]int{158}, [5][5]int{}
		}},
	{"money-none", "Without an amount there is no table.",
		view.Options{View: view.Money, Language: gcm.Chinese}, func(s *tally.Snapshot) { s.Counts.Sums = nil }},
	{"timeline-long", "Twenty years at most, whatever the feed says; what was before them has one row, and not every year a label.",
		view.Options{View: view.Timeline, Language: gcm.Arabic}, func(s *tally.Snapshot) {
			s.AsOf, s.Counts.Total = instant("2027-01-31T00:00:00Z"), 176
			s.Counts.Months = append([]tally.MonthCount{{Month: gcm.DateOf(202, 5, 0), Number: 1}, {Month: gcm.DateOf(1922, 5, 0), Number: 7},
				{Month: gcm.DateOf(2009, 6, 0), Number: 10}}, s.Counts.Months...)
		}},
	{"timeline-undated", "Without a date there is no chart.",
		view.Options{View: view.Timeline, Language: gcm.Russian}, func(s *tally.Snapshot) { s.Counts.Months = s.Counts.Months[:1] }},
	{"dashboard-chosen", "What is chosen is pressed, beside what could be instead; what the page filters by has no buttons.",
		view.Options{View: view.Dashboard, Language: gcm.French, Choices: chosen()}, func(s *tally.Snapshot) {
			s.Query = tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Status: tally.AnyOf(gcm.Withdrawn), Region: tally.AnyOf(gcm.Africa)}
			s.Counts = tally.Counts{Total: 2, Values: tally.Values[int]{Regions: [6]int{0, 2, 0, 0, 1, 0}, Types: [5]int{0, 2, 0, 0, 0}}}
			s.Items = s.Items[:2]
		}},
	{"dashboard-page", "Another part of the list in another order, and what can be done with what is chosen.",
		view.Options{View: view.Dashboard, Language: gcm.Arabic, Tools: true, Part: &view.Part{Order: view.OrderTitle, From: 150, Items: newest()[:8]}}, func(s *tally.Snapshot) {}},
	{"dashboard-search", "What is searched for is marked, and can be taken back; the best ones come first.",
		view.Options{View: view.Dashboard, Tools: true}, func(s *tally.Snapshot) { s.Search = "<\"EXAM\"> Displacement" }},
	{"dashboard-empty", "Where no pledge meets all that is chosen, it says which choice to take back, and what that gives.",
		view.Options{View: view.Dashboard, Choices: &tally.Choices{Chosen: tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Region: tally.AnyOf(gcm.Africa)}},
			Without: []view.Without{{Name: "objective", Number: 12}, {Name: "region"}}}, func(s *tally.Snapshot) {
			s.Query, s.Counts, s.Items = tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Region: tally.AnyOf(gcm.Africa)}, tally.Counts{}, nil
		}},
	{"dashboard-none", "Where nothing is selected there are no States, dates, amounts and pledges, and all that can be chosen.",
		view.Options{View: view.Dashboard}, func(s *tally.Snapshot) {
			s.Query, s.Counts, s.Items = tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Region: tally.AnyOf(gcm.Africa)}, tally.Counts{}, nil
		}},
	{"list-none", "Where nothing is selected there is nothing to list.",
		view.Options{View: view.List, Language: gcm.Spanish}, func(s *tally.Snapshot) { s.Counts.Total, s.Items = 0, nil }},
	{"list-numbers", "A source of numbers only has no list.",
		view.Options{View: view.List, Language: gcm.Russian}, func(s *tally.Snapshot) { s.Items = nil }},
	{"list-hostile", "Titles and pledgers are text, tags of languages are such, links lead to https, and ten are enough.",
		view.Options{View: view.List, Language: gcm.Arabic}, func(s *tally.Snapshot) {
			evil := tally.Item{Title: "</bdi></a><script>alert(1)</script>\u202e", Language: `en" onclick="alert(2)`,
				Pledger: "\u2066<img src=x onerror=alert(3)>", More: -7, Link: "javascript:alert(4)//https://"}
			s.Items = append([]tally.Item{evil, {Link: `https://user@example.org/`}, {Link: "https://example.org/\"><script>", Language: "<b>"}, {Title: "\x00\u202e", More: 1 << 40, Pledger: "\xff"}}, s.Items...)
		}},
	{"sources", "Of several sources each is named, but those called alike once; of those that couldn't be read it is said how many.",
		view.Options{Missing: 2}, func(s *tally.Snapshot) {
			other := tally.Header{Title: "Pledges of cities", Publisher: "Example Network", Feed: "https://example.org/cities.json"}
			s.Sources = []tally.Header{s.Header, other, other}
			s.Title, s.Publisher, s.Feed = "", "", ""
		}},
	{"inline", "Within a line of text the number says what it counts, of when it is, and that it is made up.",
		view.Options{Size: view.Inline}, func(s *tally.Snapshot) { s.Illustrative, s.Query.Region = true, tally.AnyOf(gcm.Africa) }},
	{"inline-old", "Nothing is to unfold there, and what is missing is said in words.",
		view.Options{Size: view.Inline, Language: gcm.French, Now: instant("2026-11-28T00:00:00Z"), Missing: 1}, func(s *tally.Snapshot) { s.Unread = 2 }},
	{"compact", "In a sidebar nothing is said of Member States.",
		view.Options{Size: view.Compact, Language: gcm.Russian, Now: instant("2026-11-28T00:00:00Z")}, func(s *tally.Snapshot) {}},
	{"hero", "A large number has some more numbers beside it, and the pledges by status below.",
		view.Options{Size: view.Hero}, func(s *tally.Snapshot) {}},
	{"hero-ar", "From right to left the strip of statuses begins at the right.",
		view.Options{Size: view.Hero, Language: gcm.Arabic}, func(s *tally.Snapshot) {}},
	{"hero-region", "Of a selection of pledgers it isn't said how many are by Member States.",
		view.Options{Size: view.Hero, Language: gcm.Spanish}, func(s *tally.Snapshot) { s.Query.Region = tally.AnyOf(gcm.Africa) }},
	{"hero-total", "Where only the total is known, it has nothing beside it.",
		view.Options{Size: view.Hero, Language: gcm.Chinese}, func(s *tally.Snapshot) { s.TotalOnly, s.Counts = true, tally.Counts{Total: 3} }},
	{"size-of-others", "Views other than a counter have one size.",
		view.Options{View: view.Natures, Size: view.Hero}, func(s *tally.Snapshot) {}},
	{"objectives-most", "Sorted by pledges, those with as many stay in their order.",
		view.Options{View: view.Objectives, Sort: view.Most}, func(s *tally.Snapshot) {}},
	{"states-listed", "States by their names, in the order of the language.",
		view.Options{View: view.States, Sort: view.Listed, Language: gcm.French}, func(s *tally.Snapshot) {}},
	{"none", "No pledges at all: it says so, and folds all rows.",
		view.Options{View: view.Natures}, func(s *tally.Snapshot) { s.Counts = tally.Counts{} }},
	{"fresh", "A few days later the numbers are current.",
		view.Options{Now: instant("2022-05-22T00:00:00Z")}, func(s *tally.Snapshot) {}},
	{"fresh-ageing", "Some weeks later they begin to be old.",
		view.Options{Language: gcm.Arabic, Now: instant("2022-06-10T00:00:00Z")}, func(s *tally.Snapshot) {}},
	{"fresh-stale", "Some months later nobody should rely on them, which the text says too.",
		view.Options{Language: gcm.Russian, Now: instant("2022-08-10T00:00:00Z")}, func(s *tally.Snapshot) {}},
}

// chosen are an objective and a status, beside what else there is.
func chosen() *tally.Choices {
	c := &tally.Choices{Chosen: tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Status: tally.AnyOf(gcm.Withdrawn)}}
	c.Counts.Objectives = [24]int{7: 2, 13: 1}
	c.Counts.Statuses = [5]int{5, 6, 7, 8, 2}
	c.Counts.Regions = [6]int{0, 2, 0, 0, 1, 0}
	c.Counts.Types = [5]int{0, 2, 0, 0, 0}
	return c
}

func everyCondition() tally.Query {
	state, _ := gcm.StateFromAlpha3("SLE")
	implementing, _ := gcm.StateFromAlpha3("DEU")
	return tally.Query{
		Objective: tally.AnyOf(objectives.Objective(7)), Principle: tally.AnyOf(gcm.WholeOfSociety), Region: tally.AnyOf(gcm.Africa), State: tally.AnyOf(state), Implementing: tally.AnyOf(implementing),
		Category: tally.AnyOf(gcm.MemberState), Type: tally.AnyOf(gcm.Partnership), Nature: tally.AnyOf(gcm.Policy), Status: tally.AnyOf(gcm.InProgress),
		Reported: tally.AnyOf(gcm.Fulfilled), Evidence: tally.AnyOf(gcm.Linked, gcm.Confirmed),
		Mirror: tally.AnyOf(gcm.Yes), Theme: tally.AnyThemeOf("child-detention"), IncludeWithdrawn: true,
	}
}

func TestGolden(t *testing.T) {
	for kind := range view.Kinds() {
		for lang := range gcm.Languages() {
			s := headline()
			checkGolden(t, kind.String()+"-"+lang.String(), "The headline of the initiative, as it usually looks.",
				render(t, s, view.Options{View: kind, Language: lang}))
		}
	}
	for _, test := range golden {
		s := headline()
		test.snapshot(s)
		checkGolden(t, test.name, test.reason, render(t, s, test.options))
	}
}

// blocks are the elements that begin a line of a golden file.
var blocks = regexp.MustCompile(`<(p|div|details|/details|summary|table|/table|caption|figure|figcaption|dl|dt|dd|thead|tbody|tr|td|th|polygon|polyline|text|button|ol|li|svg|rect part="tile)\b`)

// checkGolden compares a view with the file of its name: a reason, the view's
// text, and its HTML with line breaks that it doesn't have.
func checkGolden(t *testing.T, name, reason string, v *view.View) {
	t.Helper()
	html := v.HTML()
	if strings.Contains(html, "\n") {
		t.Errorf("%s: the HTML has line breaks", name)
	}
	got := "<!-- " + reason + " -->\n<!-- " + v.Text() + " -->\n<!-- " + v.Stale() + " -->" +
		blocks.ReplaceAllString(html, "\n$0") + "\n"
	file := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test -update, and look at what it writes", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at what go test -update makes of it. Got:\n%s", file, got)
	}
}
