package schema_test

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

//go:embed testdata/base.json
var baseFile []byte

// base is the record of which the others are variants.
var base = written(baseFile)

//go:embed testdata/records.txt
var records string

// A row is one line of testdata/records.txt.
type row struct {
	name   string
	rules  map[pledge.Profile]string
	gap    string
	record []byte
}

func rows(t testing.TB) (all []row) {
	for n, line := range strings.Split(records, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.SplitN(line, "|", 5)
		if len(c) != 5 {
			t.Fatalf("line %d doesn't have five columns", n+1)
		}
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		if c[2] == "=" {
			c[2] = c[1]
		}
		record, err := overlay(base, written([]byte(c[4])))
		if err != nil {
			t.Fatalf("line %d: %v", n+1, err)
		}
		all = append(all, row{c[0], map[pledge.Profile]string{pledge.PublicationProfile: c[1], pledge.SubmissionProfile: c[2]}, c[3], record})
	}
	return all
}

func TestSchemaAndGoCodeAgreeOnRecords(t *testing.T) {
	all := compile(t)
	used := map[string]bool{}
	for _, row := range rows(t) {
		t.Run(row.name, func(t *testing.T) {
			for profile, want := range row.rules {
				got := codes(brokenRules(row.record, profile))
				if got != want {
					t.Errorf("as %v the Go code finds %q, want %q", profile, got, want)
				}
				agree(t, profile.String(), row.gap, got, validate(all.of(profile), row.record))
				used[row.gap] = true
			}
		})
	}
	for _, row := range feeds(t) {
		used[row.gap] = true
	}
	for gap := range gaps {
		if !used[gap] {
			t.Errorf("no record exercises the gap %q", gap)
		}
	}
}

// agree checks that the rules found and what the schema says come to the same,
// or that they don't if there is a gap.
func agree(t *testing.T, as, gap, found string, err error) {
	t.Helper()
	switch {
	case gap == "" && (err == nil) != (found == "ok"):
		t.Errorf("as %s the Go code finds %q, and the schema: %v", as, found, err)
	case gap != "" && gaps[gap] == "":
		t.Errorf("the gap %q isn't listed", gap)
	case gap != "" && (err != nil || found == "ok"):
		t.Errorf("as %s both say the same, so %q is no gap: %v", as, gap, err)
	}
}

// never are the rules that no record breaks, and why.
var never = map[broken]string{
	{"items-max", "/pledgers"}:                       tooLong,
	{"items-max", "/themes"}:                         tooLong,
	{"items-max", "/implementation/states"}:          tooLong,
	{"items-max", "/contributions"}:                  tooLong,
	{"items-max", "/links"}:                          tooLong,
	{"items-max", "/reports"}:                        tooLong,
	{"items-max", "/reports/*/indicators"}:           tooLong,
	{"items-max", "/reports/*/states"}:               tooLong,
	{"items-max", "/reports/*/links"}:                tooLong,
	{"required", "/reports/*/date"}:                  "the decoder leaves out a report without a date, and says so",
	{"required", "/reports/*/indicators/*/name"}:     "the decoder leaves out an indicator without a name, and says so",
	{"unknown", "/mirror"}:                           "true, false or null is all that the decoder takes",
	{"unknown", "/champion"}:                         "true, false or null is all that the decoder takes",
	{"amount-currency", "/contributions/*/currency"}: "the decoder leaves out an amount without a currency, and says so",
}

const tooLong = "the decoder leaves out a record with such a list: see TestListsHaveTheLimitsOfTheDecoder"

func TestListsHaveTheLimitsOfTheDecoder(t *testing.T) {
	schema := compile(t).record
	for list, element := range map[string]struct {
		json string
		most int
	}{
		`"pledgers":[%s]`:                  {`{"name":"IOM","category":"un-system"}`, tally.MaxPledgers},
		`"themes":[%s]`:                    {`"climate"`, tally.MaxThemes},
		`"implementation":{"states":[%s]}`: {`"FJI"`, tally.MaxImplementing},
		`"contributions":[%s]`:             {`{"amount":"1","currency":"EUR"}`, tally.MaxContributions},
		`"links":[%s]`:                     {`"https://example.org"`, tally.MaxLinks},
		`"reports":[%s]`:                   {`{"date":"2022"}`, tally.MaxReports},
		`"reports":[{"date":"2022","indicators":[%s]}]`: {`{"name":"A"}`, tally.MaxIndicators},
		`"reports":[{"date":"2022","states":[%s]}]`:     {`"FJI"`, tally.MaxImplementing},
		`"reports":[{"date":"2022","links":[%s]}]`:      {`"https://example.org"`, tally.MaxLinks},
	} {
		for _, more := range []int{0, 1} {
			all := strings.TrimSuffix(strings.Repeat(element.json+",", element.most+more), ",")
			record := []byte(`{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071",` + strings.Replace(list, "%s", all, 1) + `}`)
			var p pledge.Pledge
			err, said := p.UnmarshalJSON(record), validate(schema, record)
			if (err != nil) != (more > 0) || (said != nil) != (more > 0) {
				t.Errorf("%s with %d: the decoder says %v, the schema %v", list, element.most+more, err, said)
			}
		}
	}
}

func TestEveryRuleIsBrokenByARecord(t *testing.T) {
	found := map[pledge.Profile]map[broken]bool{pledge.SubmissionProfile: {}, pledge.PublicationProfile: {}}
	for _, row := range rows(t) {
		for profile := range row.rules {
			for _, b := range brokenRules(row.record, profile) {
				found[profile][b] = true
			}
		}
	}
	for r := range pledge.Rules() {
		b := broken{r.Rule, r.Field}
		for profile, severity := range map[pledge.Profile]pledge.Severity{pledge.SubmissionProfile: r.Submission, pledge.PublicationProfile: r.Publication} {
			switch {
			case severity != pledge.Error || r.Across:
			case found[profile][b] && never[b] != "":
				t.Errorf("as %v a record does break %v", profile, b)
			case !found[profile][b] && never[b] == "":
				t.Errorf("as %v no record breaks %v", profile, b)
			}
		}
	}
}

// A broken rule is one at a path, in which an asterisk is any place in an array.
type broken struct{ rule, field string }

// brokenRules returns what the Go code says a record breaks: the rules of
// reading it or, if it can be read, those of the profile. Warnings don't count.
func brokenRules(record []byte, profile pledge.Profile) (all []broken) {
	var p pledge.Pledge
	var unreadable *pledge.ProblemsError
	switch err := p.UnmarshalJSON(record); {
	case errors.As(err, &unreadable):
		for _, problem := range unreadable.Problems {
			all = append(all, broken{problem.Rule, fieldOf(problem.Path)})
		}
	case err != nil:
		all = append(all, broken{err.Error(), ""})
	default:
		for _, problem := range p.Validate(&pledge.ValidateOptions{Profile: profile}).Problems {
			if problem.Severity == pledge.Error {
				all = append(all, broken{problem.Rule, fieldOf(problem.Path)})
			}
		}
	}
	return all
}

var place = regexp.MustCompile(`/[0-9]+`)

func fieldOf(path string) string { return place.ReplaceAllString(path, "/*") }

// codes returns the rules, each once, in their order; "ok" if there are none.
func codes(all []broken) string {
	var codes []string
	for _, b := range all {
		if !slices.Contains(codes, b.rule) {
			codes = append(codes, b.rule)
		}
	}
	if codes == nil {
		return "ok"
	}
	return strings.Join(codes, " ")
}

var letters = regexp.MustCompile(`@([0-9]+)@`)

// written returns a JSON text with the texts that "@300@" stands for.
func written(text []byte) []byte {
	return letters.ReplaceAllFunc(text, func(text []byte) []byte {
		n, _ := strconv.Atoi(strings.Trim(string(text), "@"))
		return []byte(strings.Repeat("é", n))
	})
}

// overlay returns an object with the members of another in the place of its
// own, as they are written; those that read "@absent@" are left out.
func overlay(object, other []byte) ([]byte, error) {
	below, err := members(object)
	if err != nil {
		return nil, err
	}
	above, err := members(other)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for i, m := range slices.Concat(below, above) {
		replaced := i < len(below) && slices.ContainsFunc(above, func(o member) bool { return o.name == m.name })
		if replaced || string(m.value) == `"@absent@"` {
			continue
		}
		fmt.Fprintf(&b, ",%q:%s", m.name, m.value)
	}
	record := append([]byte("{"), bytes.TrimPrefix(b.Bytes(), []byte(","))...)
	return append(record, '}'), nil
}

type member struct {
	name  string
	value json.RawMessage
}

// members returns the members of an object in their order, also those whose
// name is there twice.
func members(object []byte) (all []member, err error) {
	d := json.NewDecoder(bytes.NewReader(object))
	if _, err = d.Token(); err != nil {
		return nil, err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		all = append(all, member{name.(string), value})
	}
	if _, err = d.Token(); err != nil {
		return nil, err
	}
	if _, err = d.Token(); err != io.EOF {
		return nil, errors.New("something behind the object")
	}
	return all, nil
}
