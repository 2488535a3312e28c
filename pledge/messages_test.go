package pledge

import (
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// The messages of all rules in all languages. They are compared natively and
// as js/wasm, so the page says the same as a server.
func TestMessagesOfAllRules(t *testing.T) {
	var b strings.Builder
	b.WriteString("# What is said of each case that breaks a rule: see cases_test.go.\n")
	write := func(rule, path, why string, find func(lang gcm.Language) (Problem, bool)) {
		b.WriteString("\n" + rule + " " + path + " (" + why + "): " + severityOf(rule, path, SubmissionProfile).String() +
			" in a submission, " + severityOf(rule, path, PublicationProfile).String() + " in a publication\n")
		for lang := range gcm.Languages() {
			q, ok := find(lang)
			if !ok {
				t.Errorf("%s %s isn't found in %v", rule, path, lang)
			}
			if q.Message == "" || strings.ContainsAny(q.Message, "{}") || !strings.Contains(q.Message, FieldLabel(path, lang)) {
				t.Errorf("%s %s in %v: %q", rule, path, lang, q.Message)
			}
			b.WriteString(lang.String() + "  " + q.Message + "\n")
		}
	}
	for _, c := range ruleCases {
		write(c.rule, c.path, c.why, func(lang gcm.Language) (Problem, bool) {
			p := soundPledge()
			c.change(&p)
			for _, q := range p.Validate(&ValidateOptions{Language: lang}).Problems {
				if q.Rule == c.rule && q.Path == c.path {
					return q, true
				}
			}
			return Problem{}, false
		})
	}
	for _, c := range feedCases {
		write(c.rule, c.path, "across records", func(lang gcm.Language) (Problem, bool) {
			first, second := soundFeed()
			c.change(&first, &second)
			r := ValidateFeed(slices.Values([]Pledge{first, second}), &ValidateOptions{Language: lang})
			for _, q := range r.Problems {
				if q.Rule == c.rule && q.Path == c.path {
					return q.Problem, true
				}
			}
			return Problem{}, false
		})
	}
	golden(t, "testdata/messages.golden", b.String())
}

// Whole reports of records as they come, as JSON: the same natively and in the
// page.
func TestReportsOfRecordsAsTheyCome(t *testing.T) {
	var b strings.Builder
	b.WriteString("# Reports of records: what is odd about each, the record, and its report by profile and language.\n")
	for _, c := range []struct {
		why, record string
		lang        gcm.Language
	}{
		{"nothing but an id", `{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"}`, 0},
		{"a private person under a country’s name, in capitals, with eight objectives",
			`{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071","title":"PLEDGE INITIATIVE: EVERYTHING","description":"I will.","type":"individual","objectives":[1,2,3,4,5,6,7,8],"pledgers":[{"name":"United States of America (USA) (248)","category":"other"}]}`, gcm.French},
		{"a common pledge of the whole system, recorded by one",
			`{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071","title":"UN System pledge","type":"common","pledgers":[{"name":"UN Network on Migration","category":"un-system"}],"implementation":{"global":true}}`, gcm.Spanish},
		{"twelve pledgers, of which two have problems: numbers in paths are numbers",
			`{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071","type":"partnership","pledgers":[{"name":"A"},{"name":"B"},{"name":"\u202eC"},{"name":"D"},{"name":"E"},{"name":"F"},{"name":"G"},{"name":"H"},{"name":"I"},{"name":"J"},{"name":" "},{"name":"L"}]}`, gcm.Arabic},
		{"a matching pledge of itself, due before it was announced, with links that go nowhere",
			`{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071","title":"Встречное","type":"matching","matches":{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"},"announced":"2026","deadline":"2025-12","links":["https://","https://un.org@example.org/","ftp://example.org"]}`, gcm.Russian},
		{"an amount of nothing, themes that aren’t slugs, a language that isn’t one",
			`{"id":"0190a0b0-c0d0-0e0f-8a1b-2c3d4e5f6071","title":"认捐","language":"zh_CN","themes":["气候"],"contributions":[{"amount":"0","currency":"JPY"}]}`, gcm.Chinese},
	} {
		var p Pledge
		if err := p.UnmarshalJSON([]byte(c.record)); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n# " + c.why + "\n" + c.record + "\n")
		for _, profile := range profiles {
			r := p.Validate(&ValidateOptions{Profile: profile, Language: c.lang})
			b.WriteString(profile.String() + " " + string(r.AppendJSON(nil)) + "\n")
		}
	}
	golden(t, "testdata/reports.golden", b.String())
}

func TestFieldLabelTakesPathsAndNames(t *testing.T) {
	for field, want := range map[string]string{
		"title": "Titre", "/title": "Titre", "/pledgers/12/state": "État de l’auteur de l’engagement",
		"/pledgers/*/state": "État de l’auteur de l’engagement", "/themes/0": "Thème",
		"": "", "/": "", "/nothing": "", "/pledgers/x/state": "", "/title/": "",
	} {
		if got := FieldLabel(field, gcm.French); got != want {
			t.Errorf("FieldLabel(%q) = %q, want %q", field, got, want)
		}
	}
	if FieldLabel("/title", 0) != "Title" || FieldLabel("/title", 99) != "Title" {
		t.Error("English isn't the default")
	}
}
