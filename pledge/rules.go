package pledge

import (
	"iter"
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// The messages come from messages_*.tsv, and the table of the rules in README.md
// from the table below.
//
//go:generate go run gen.go
//go:generate go run gen_rules.go -w README.md

// RuleInfo is what there is to know about a rule in one field.
type RuleInfo struct {
	Rule string // the code, which doesn't change: "length-min"
	// Field is a JSON pointer with an asterisk for any place in an array:
	// "/pledgers/*/state".
	Field string
	Param string // what the rule is given: "300"; "" for none
	// Submission and Publication are the severities under the two profiles.
	Submission, Publication Severity
	// Across says that the rule compares the pledges of a feed: only
	// [ValidateFeed] can break it.
	Across bool
	// Text says what the rule asks for, in English.
	Text string
}

// Rules yields every rule in every field that it applies to, in the order of
// the table in README.md.
func Rules() iter.Seq[RuleInfo] {
	return func(yield func(RuleInfo) bool) {
		for i := range rules {
			r := &rules[i]
			for _, field := range r.fields {
				if !yield(RuleInfo{r.code, field, r.param, r.submission, r.record, r.across, r.text}) {
					return
				}
			}
		}
	}
}

// rule is one row of the table: a rule with the fields in which it is as
// severe.
type rule struct {
	code               string
	fields             []string
	param              string
	submission, record Severity
	across             bool
	text               string
}

// rules is the one place that says how severe a rule is. A rule that is in two
// rows is in different fields. Nothing is ever written to it.
var rules = [...]rule{
	{code: "required", fields: []string{"/id"}, submission: Error, record: Error,
		text: "is there: without it a pledge can’t be told from a revision of it"},
	{code: "required", fields: []string{"/title", "/description", "/type", "/pledgers", "/pledgers/*/name", "/pledgers/*/category"}, submission: Error, record: Off,
		text: "is there"},
	{code: "required", fields: []string{"/reports/*/date"}, submission: Error, record: Error,
		text: "is there: a reader leaves out a report that isn’t dated"},
	{code: "required", fields: []string{"/reports/*/indicators/*/name"}, submission: Error, record: Error,
		text: "is there: a reader leaves out the indicator otherwise"},
	{code: "uuid", fields: []string{"/id", "/matches/id"}, submission: Error, record: Error,
		text: "is a UUID of RFC 9562, of version 1 to 8"},
	{code: "unknown", fields: []string{"/type", "/mirror", "/pledgers/*/category", "/pledgers/*/state", "/implementation/states/*", "/implementation/level", "/status", "/contributions/*/stage", "/reports/*/status", "/reports/*/states/*", "/champion"}, submission: Error, record: Error,
		text: "is one of the values that there are"},
	{code: "text-control", fields: textFields, submission: Error, record: Error,
		text: "is UTF-8 without control characters and without those that override the direction of text (U+202A to U+202E, U+2066 to U+2069); a description and a summary may have tabs and line breaks"},
	{code: "text-blank", fields: textFields, submission: Error, record: Error,
		text: "is more than white space, if it is there"},
	{code: "text-capitals", fields: []string{"/title"}, submission: Warning, record: Warning,
		text: "isn’t all in capitals: twelve letters or more, and none of them small"},
	{code: "length-min", fields: []string{"/description"}, param: "300", submission: Error, record: Off,
		text: "has this many characters or more (Unicode code points)"},
	{code: "length-max", fields: []string{"/description"}, param: "3000", submission: Error, record: Off,
		text: "has this many characters or fewer (Unicode code points)"},
	{code: "language", fields: []string{"/language", "/reports/*/language"}, submission: Error, record: Error,
		text: "is of the form of a BCP 47 tag: fr, pt-BR, zh-Hans"},
	{code: "items-max", fields: []string{"/pledgers"}, param: strconv.Itoa(tally.MaxPledgers), submission: Error, record: Error,
		text: "are this many at most, as in any feed: a reader leaves out the whole record otherwise"},
	{code: "items-max", fields: []string{"/themes"}, param: strconv.Itoa(tally.MaxThemes), submission: Error, record: Error,
		text: "are this many at most, likewise"},
	{code: "items-max", fields: []string{"/implementation/states"}, param: strconv.Itoa(tally.MaxImplementing), submission: Error, record: Error,
		text: "are this many at most, likewise: as many as there are"},
	{code: "items-max", fields: []string{"/contributions"}, param: strconv.Itoa(tally.MaxContributions), submission: Error, record: Error,
		text: "are this many at most, likewise"},
	{code: "items-max", fields: []string{"/reports"}, param: strconv.Itoa(tally.MaxReports), submission: Error, record: Error,
		text: "are this many at most, likewise"},
	{code: "items-max", fields: []string{"/reports/*/indicators"}, param: strconv.Itoa(tally.MaxIndicators), submission: Error, record: Error,
		text: "are this many at most, likewise"},
	{code: "items-max", fields: []string{"/reports/*/states"}, param: strconv.Itoa(tally.MaxImplementing), submission: Error, record: Error,
		text: "are this many at most, likewise: as many as there are"},
	{code: "items-max", fields: []string{"/links", "/reports/*/links"}, param: strconv.Itoa(tally.MaxLinks), submission: Error, record: Error,
		text: "are this many at most, likewise"},
	{code: "objectives-or-principles", fields: []string{"/objectives"}, submission: Error, record: Off,
		text: "there is at least one objective or one guiding principle"},
	{code: "objectives-many", fields: []string{"/objectives"}, param: "3", submission: Warning, record: Warning,
		text: "are this many at most: the form asks for the main three"},
	{code: "theme-slug", fields: []string{"/themes/*"}, submission: Error, record: Warning,
		text: "is small letters a to z and digits, with single hyphens between: child-detention"},
	{code: "pledgers-joint", fields: []string{"/pledgers"}, param: "2", submission: Error, record: Warning,
		text: "are this many or more in a joint pledge (common or in partnership)"},
	{code: "pledgers-individual", fields: []string{"/pledgers"}, param: "1", submission: Error, record: Error,
		text: "are no more than this in an individual pledge"},
	{code: "pledger-state", fields: []string{"/pledgers/*/state"}, submission: Error, record: Off,
		text: "is there for a pledger of the category member-state"},
	{code: "pledger-name-state", fields: []string{"/pledgers/*/name"}, submission: Warning, record: Warning,
		text: "isn’t that of a State, unless the category is member-state: the pledger counts under its category, not as the State"},
	{code: "match-missing", fields: []string{"/matches"}, submission: Error, record: Off,
		text: "names the matched pledge (by id, ref or title) if the type is matching"},
	{code: "match-unexpected", fields: []string{"/matches"}, submission: Warning, record: Warning,
		text: "names no pledge if the type is another one than matching"},
	{code: "match-self", fields: []string{"/matches"}, submission: Error, record: Error,
		text: "isn’t the pledge itself"},
	{code: "dates-order", fields: []string{"/deadline"}, submission: Error, record: Error,
		text: "isn’t before the announcement; partial dates are, if all their days are"},
	{code: "amount-positive", fields: []string{"/contributions/*/amount"}, submission: Error, record: Error,
		text: "is more than zero"},
	{code: "amount-currency", fields: []string{"/contributions/*/currency"}, submission: Error, record: Error,
		text: "is a currency of ISO 4217"},
	{code: "link-https", fields: []string{"/links/*", "/reports/*/links/*"}, submission: Error, record: Error,
		text: "is an https address with a host, and without user name or white space"},
	{code: "report-ahead", fields: []string{"/reports/*/date"}, submission: Error, record: Error,
		text: "isn’t after the day of the revision, anywhere on Earth: a report of what is to come isn’t counted"},
	{code: "report-early", fields: []string{"/reports/*/date"}, submission: Warning, record: Warning,
		text: "isn’t before the announcement; partial dates are, if all their days are"},
	{code: "report-order", fields: []string{"/reports/*/date"}, submission: Warning, record: Warning,
		text: "isn’t before that of the report in front of it; they are counted in the order of their dates"},
	{code: "report-back", fields: []string{"/reports/*/status"}, submission: Warning, record: Warning,
		text: "isn’t less than an earlier report says (planned, in progress, fulfilled): that may be so, and the later one counts"},
	{code: "report-status", fields: []string{"/status"}, submission: Warning, record: Warning,
		text: "is what the latest report says, where both say something"},
	{code: "report-pledger", fields: []string{"/reports/*/by"}, submission: Error, record: Error,
		text: "isn’t the name of a pledger: it says that another body reports"},
	{code: "share-range", fields: []string{"/reports/*/share"}, submission: Error, record: Error,
		text: "is from 0 to 100"},
	{code: "indicator-values", fields: []string{"/reports/*/indicators/*"}, submission: Warning, record: Warning,
		text: "states a baseline, a target or what it was on the date"},
	{code: "id-duplicate", fields: []string{"/id"}, submission: Error, record: Warning, across: true,
		text: "isn’t that of an earlier record: a feed holds one revision of each pledge"},
	{code: "ref-duplicate", fields: []string{"/ref"}, submission: Error, record: Warning, across: true,
		text: "isn’t that of an earlier pledge with another id and the same source"},
	{code: "match-unknown", fields: []string{"/matches"}, submission: Warning, record: Warning, across: true,
		text: "names a pledge of the feed"},
	{code: "duplicate-likely", fields: []string{"/title"}, submission: Warning, record: Warning, across: true,
		text: "isn’t nearly that of an earlier pledge of the same pledgers; withdrawn pledges don’t matter"},
}

// textFields are those that hold free text.
var textFields = []string{"/ref", "/title", "/description", "/matches/ref", "/matches/title", "/pledgers/*/name", "/pledgers/*/via", "/contributions/*/to",
	"/reports/*/by", "/reports/*/summary", "/reports/*/indicators/*/name", "/reports/*/indicators/*/unit", "/source"}

// severityOf returns how severe it is to break a rule at a path.
func severityOf(code, path string, p Profile) Severity {
	for i := range rules {
		if r := &rules[i]; r.code == code && (path == "" || r.applies(path)) {
			if p == PublicationProfile {
				return r.record
			}
			return r.submission
		}
	}
	return Error // a test walks all rules; never be lenient by mistake
}

func (r *rule) applies(path string) bool {
	for _, field := range r.fields {
		if matchesField(path, field) {
			return true
		}
	}
	return false
}

// matchesField reports whether a JSON pointer is one of a field, in which an
// asterisk is any place in an array.
func matchesField(path, field string) bool {
	for path != "" && field != "" {
		var part, want string
		part, path = cutPart(path)
		want, field = cutPart(field)
		if part != want && want != "*" {
			return false
		}
	}
	return path == field
}
