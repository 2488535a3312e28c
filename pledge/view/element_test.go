package view_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// elements are the golden files of elements.
var elements = []struct {
	name, reason string
	element      view.Element
	query        tally.Query
}{
	{"element", "The zero Element: numbers that nothing will replace.", view.Element{}, tally.Query{}},
	{"element-live", "All that an element can have, in Arabic.",
		view.Element{
			Sources:    []string{"https://example.org/a.json?x=1&y=2", "b.json"},
			Options:    view.Options{View: view.Timeline, Language: gcm.Arabic, Now: instant("2022-05-22T00:00:00Z")},
			Stylesheet: "gcm-pledges.css",
			Refresh:    300,
			Hash:       true,
			Theme:      view.Dark,
		}, everyCondition()},
}

func TestGoldenElements(t *testing.T) {
	for _, test := range elements {
		s := headline()
		s.Query = test.query
		html := string(elementOf(t, test.element, s))
		checkFile(t, test.name+".html", []byte("<!-- "+test.reason+" -->\n"+blocks.ReplaceAllString(html, "\n$0")+"\n"))
	}
}

func elementOf(t *testing.T, e view.Element, s *tally.Snapshot) []byte {
	t.Helper()
	html, err := e.AppendHTML(nil, s)
	if err != nil {
		t.Fatal(err)
	}
	return html
}

// A browser makes a shadow root of the template, which holds the view as the
// engine would draw it: so the engine has nothing to do.
func TestElementHoldsItsViewAndItsText(t *testing.T) {
	choose := random(4)
	for range 100 {
		s, o := anySnapshot(choose), anyOptions(choose)
		s.Query.Theme, s.Search = tally.AnyThemeOf(""), ""
		v := viewOf(s, o)
		e := view.Element{Options: o}
		if choose(2) == 1 {
			e.Stylesheet = "gcm-pledges.css"
		}
		html := string(elementOf(t, e, s))
		host := parseHTML(t, strings.ReplaceAll(html, `<link rel="stylesheet" href="gcm-pledges.css">`, "<link/>"), nil)
		template := host.children[0]
		if host.tag != "gcm-pledges" || template.tag != "template" || template.values["shadowrootmode"] != "open" {
			t.Fatal(html)
		}
		if text := host.children[1:]; len(text) != 1 || text[0].text != v.Text() {
			t.Errorf("the text isn't %q: %s", v.Text(), html)
		}
		if !strings.HasSuffix(html[:strings.Index(html, "</template>")], v.HTML()) {
			t.Errorf("the view isn't %s: %s", v.HTML(), html)
		}
		if roots := template.children; (len(roots) == 2) != (e.Stylesheet != "") || roots[len(roots)-1].outerHTML() != v.HTML() {
			t.Errorf("in the shadow root: %s", template.outerHTML())
		}
	}
}

// The page reads from the attributes what the server counted.
func TestEveryFilterComesBackFromTheAttributes(t *testing.T) {
	queries := []tally.Query{{}, everyCondition(), {Status: tally.AnyOf(gcm.Withdrawn)}, {Mirror: tally.AnyOf(gcm.No, gcm.Yes)}}
	choose := random(5)
	for range 200 {
		q := anySnapshot(choose).Query
		read, err := tally.ParseQuery(func(name string) string { return maps.Collect(q.All())[name] })
		if themes := strings.Join(slices.Collect(q.Theme.All()), ""); strings.ContainsFunc(themes, unicode.IsControl) || !utf8.ValidString(themes) {
			q.Theme, read.Theme = tally.AnyThemeOf("climate"), tally.AnyThemeOf("climate") // see below
		}
		if err == nil && read == q {
			queries = append(queries, q)
		}
	}
	for _, q := range queries {
		s := headline()
		s.Query = q
		host := parseHTML(t, string(elementOf(t, view.Element{Sources: []string{"p.json"}}, s)), nil)
		got, err := tally.ParseQuery(func(name string) string { return host.values[name] })
		if err != nil || got != q {
			t.Errorf("read %v (%v), want %v", got, err, q)
		}
		for name := range host.values {
			known := []string{"src", "view", "lang", "dir"}
			for filter := range q.All() {
				known = append(known, filter)
			}
			if !slices.Contains(known, name) {
				t.Errorf("an attribute %s", name)
			}
		}
	}
}

func TestWhatCannotBeReadBackIsNotWritten(t *testing.T) {
	for name, queries := range map[string][]tally.Query{
		"objective": {{Objective: tally.AnyOf(objectives.Objective(77))}},
		"query":     {{State: tally.AnyOf(gcm.State(250))}, {Mirror: tally.AnyOf(gcm.Answer(77))}, {Theme: tally.AnyThemeOf(" ")}, {Theme: tally.AnyThemeOf("climate ")}},
		"topic":     {{Theme: tally.AnyThemeOf("a\x00b")}, {Theme: tally.AnyThemeOf("a\nb")}, {Theme: tally.AnyThemeOf("a\xffb")}},
	} {
		for _, q := range queries {
			s := headline()
			s.Query = q
			checkElementError(t, name, view.Element{}, s)
		}
	}
	if b, err := (view.Element{Options: view.Options{View: 77}}).AppendHTML([]byte("<p>"), headline()); string(b) != "<p>" || !errors.Is(err, view.ErrUnknown) {
		t.Errorf("%q, %v", b, err)
	}
}

func checkElementError(t *testing.T, name string, e view.Element, s *tally.Snapshot) {
	t.Helper()
	b, err := e.AppendHTML([]byte("<p>"), s)
	var wrong *view.ElementError
	if string(b) != "<p>" || !errors.As(err, &wrong) || wrong.Name != name || !errors.Is(err, view.ErrAttribute) || err.Error() == "" {
		t.Errorf("%q, %v; want an error about %s", b, err, name)
	}
}

func TestElementNamesOnlyAddressesOfHTTPSOrOfItsPage(t *testing.T) {
	for _, address := range []string{
		"https://example.org", "HTTPS://example.org/a?b=c&d=e#f", "pledges.json", "/a/b", "../a", "?a=b:c", "#", "./a:b", "a%20b", "https://h:8443/",
	} {
		s := headline()
		for _, e := range []view.Element{{Sources: []string{"x", address}}, {Stylesheet: address}} {
			if _, err := e.AppendHTML(nil, s); err != nil {
				t.Error(err)
			}
		}
	}
	for _, address := range []string{
		"", "http://example.org/", "//example.org/", "javascript:alert(1)", "data:text/css,a", "a:b", "a b", "a\tb", "\\\\example.org", "/\\example.org",
		"é", "https://éxample.org", "https://example.org/é", "https://a@example.org/", "a\"b", "a\x00", strings.Repeat("a", 3000),
	} {
		checkElementError(t, "src", view.Element{Sources: []string{"x", address}}, headline())
		if address != "" {
			checkElementError(t, "href", view.Element{Stylesheet: address}, headline())
		}
	}
}
