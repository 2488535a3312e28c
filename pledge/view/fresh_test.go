package view_test

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestFreshness(t *testing.T) {
	asOf := func(s *tally.Snapshot) { s.AsOf = instant("2022-05-20T16:00:00Z") }
	tests := []struct {
		name     string
		snapshot func(*tally.Snapshot)
		options  view.Options
		want     string // part and words
	}{
		{"nobody knows what day it is", asOf, view.Options{}, ""},
		{"nobody knows of when the numbers are", func(*tally.Snapshot) {}, now("2022-05-20T16:00:00Z"), ""},
		{"the same instant", asOf, now("2022-05-20T16:00:00Z"), "current today"},
		{"earlier on the same day", asOf, now("2022-05-20T00:00:00Z"), "current today"},
		{"where it is tomorrow already", asOf, now("2022-05-19T16:00:00Z"), "current today"},
		{"still to come", asOf, now("2022-05-18T23:59:59Z"), ""},
		{"seven days later", asOf, now("2022-05-27T23:59:59Z"), "current 7 days old"},
		{"eight days later", asOf, now("2022-05-28T00:00:00Z"), "ageing 8 days old"},
		{"31 days later", asOf, now("2022-06-20T23:59:59Z"), "ageing 1 month old"},
		{"32 days later", asOf, now("2022-06-21T00:00:00Z"), "stale 1 month old"},
		{"years later", asOf, now("2026-05-20T00:00:00Z"), "stale 4 years old"},
		{"30 days later", asOf, now("2022-06-19T23:59:59Z"), "ageing 30 days old"},
		{"60 days later", asOf, now("2022-07-19T00:00:00Z"), "stale 1 month old"},
		{"two months later", asOf, now("2022-07-20T00:00:00Z"), "stale 2 months old"},
		{"a day before a year", asOf, now("2023-05-19T00:00:00Z"), "stale 11 months old"},
		{"a year and a day later", asOf, now("2023-05-21T00:00:00Z"), "stale 1 year old"},
		{"a year and a half later", asOf, now("2023-11-20T00:00:00Z"), "stale 1½ years old"},
		{"a day before two years", asOf, now("2024-05-19T00:00:00Z"), "stale 1½ years old"},
		{"two years later", asOf, now("2024-05-20T16:00:00Z"), "stale 2 years old"},
		{"four and a half years later", asOf, now("2026-11-28T00:00:00Z"), "stale 4½ years old"},
		{"ten and a half years later", asOf, now("2032-11-28T00:00:00Z"), "stale 10 years old"},
		{"before 1970", func(s *tally.Snapshot) { s.AsOf = instant("1969-12-31T23:00:00Z") },
			view.Options{Now: instant("1970-01-01T01:00:00Z"), Current: -1}, "ageing 1 day old"},
		{"the newest revision counts where there is no date", func(s *tally.Snapshot) { s.Latest = instant("2022-05-01T00:00:00Z") },
			now("2022-05-20T00:00:00Z"), "ageing 19 days old"},
		{"the reading counts where there is no other", func(*tally.Snapshot) {},
			view.Options{Now: instant("2022-05-20T00:00:00Z"), Read: instant("2022-05-20T00:00:00Z")}, "current today"},
		{"other limits", asOf, view.Options{Now: instant("2022-06-20T00:00:00Z"), Current: 1, Ageing: 2}, "stale 1 month old"},
		{"all that changes is heard", asOf, view.Options{Now: instant("2026-06-20T00:00:00Z"), Live: true}, "current updated live"},
		{"longer limits", asOf, view.Options{Now: instant("2022-06-20T00:00:00Z"), Current: 31}, "current 1 month old"},
	}
	for _, test := range tests {
		s := &tally.Snapshot{}
		test.snapshot(s)
		v := render(t, s, test.options)
		name, words, _ := strings.Cut(test.want, " ")
		got := v.HTML()
		if want := `<span part="fresh fresh-` + name + `">` + words + `</span>`; test.want != "" && !strings.Contains(got, want) {
			t.Errorf("%s: no %s in %s", test.name, want, got)
		}
		if n := strings.Count(got, "fresh "); (n > 0) != (test.want != "") {
			t.Errorf("%s: %s", test.name, got)
		}
		if said := strings.HasSuffix(v.Text(), ", "+words); said != (name == "stale") {
			t.Errorf("%s: the text is %q", test.name, v.Text())
		}
	}
}

func now(at string) view.Options { return view.Options{Now: instant(at)} }

// Numbers of yesterday, of some days and of some months ago, and those that can't
// be read again, are four things in every language.
func TestFreshnessHasItsOwnWords(t *testing.T) {
	for lang := range gcm.Languages() {
		said := map[string]bool{}
		for _, at := range []string{"2022-05-21T00:00:00Z", "2022-06-01T00:00:00Z", "2022-08-01T00:00:00Z"} {
			v := render(t, headline(), view.Options{Language: lang, Now: instant(at)})
			_, words, _ := strings.Cut(v.HTML(), `<span part="fresh `)
			_, words, _ = strings.Cut(words, ">")
			words, _, _ = strings.Cut(words, "<")
			said[words], said[v.Stale()] = true, true
		}
		if len(said) != 4 || said[""] {
			t.Errorf("%v says %v", lang, said)
		}
	}
}
