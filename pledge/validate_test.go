package pledge

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

var update = flag.Bool("update", false, "write the golden files anew")

var profiles = []Profile{SubmissionProfile, PublicationProfile}

func TestSoundPledgeHasNoProblem(t *testing.T) {
	p := soundPledge()
	for _, profile := range profiles {
		if r := p.Validate(&ValidateOptions{Profile: profile}); len(r.Problems) > 0 || !r.OK() {
			t.Errorf("%v: %v", profile, r.Problems)
		}
	}
}

func TestEveryRuleIsBrokenByItsCaseAndByNothingElse(t *testing.T) {
	for _, c := range ruleCases {
		for _, profile := range profiles {
			p := soundPledge()
			c.change(&p)
			before := p.Clone()
			r := p.Validate(&ValidateOptions{Profile: profile})
			want := severityOf(c.rule, c.path, profile)
			found := slices.IndexFunc(r.Problems, func(q Problem) bool { return q.Rule == c.rule && q.Path == c.path })
			switch {
			case want == Off && len(r.Problems) > 0:
				t.Errorf("%s %s (%s) as a %v: %v, want nothing", c.rule, c.path, c.why, profile, r.Problems)
			case want != Off && (found < 0 || len(r.Problems) != 1 || r.Problems[0].Severity != want):
				t.Errorf("%s %s (%s) as a %v: %v", c.rule, c.path, c.why, profile, r.Problems)
			}
			if r.OK() != (want != Error) {
				t.Errorf("%s %s as a %v: OK is %v", c.rule, c.path, profile, r.OK())
			}
			if !reflect.DeepEqual(p, before) {
				t.Errorf("%s %s: the pledge has changed", c.rule, c.path)
			}
		}
	}
}

func TestEveryRuleHasACase(t *testing.T) {
	covered := map[string]bool{}
	for _, c := range ruleCases {
		covered[c.rule+" "+genericPath(c.path)] = true
	}
	for _, c := range feedCases {
		covered[c.rule+" "+c.path] = true
	}
	for r := range Rules() {
		if !covered[r.Rule+" "+r.Field] {
			t.Errorf("no case breaks %s in %s", r.Rule, r.Field)
		}
		if FieldLabel(r.Field, gcm.English) == "" {
			t.Errorf("%s has no label", r.Field)
		}
		delete(covered, r.Rule+" "+r.Field)
	}
	for c := range covered {
		t.Errorf("a case breaks %s, which isn't in the table", c)
	}
}

// Tags that no rule has would panic at first use, and a rule without its tag
// would never be broken.
func TestTagsOfTheModelAreTheRulesOfTheTable(t *testing.T) {
	aliases := map[string][]string{"line": {"text-control", "text-blank"}, "lines": {"text-control", "text-blank"}}
	known := map[string]bool{}
	for r := range Rules() {
		known[r.Rule+" "+r.Field] = true
	}
	fields := 0
	walkModel(reflect.TypeFor[Pledge](), "", func(path string, f reflect.StructField) {
		fields++
		if FieldLabel(path, gcm.English) == "" && f.Name != "Money" {
			t.Errorf("%s has no label", path)
		}
		for tag := range strings.SplitSeq(f.Tag.Get("validate"), ",") {
			tag, _, _ = strings.Cut(tag, "=")
			switch tag {
			case "", "-":
				continue
			case "dive":
				path += "/*"
				continue
			}
			codes := aliases[tag]
			if codes == nil {
				codes = []string{codeOf(tag)}
			}
			for _, code := range codes {
				if !known[code+" "+path] {
					t.Errorf("%s has the tag %s, which the table doesn't have there", path, tag)
				}
				delete(known, code+" "+path)
			}
		}
	})
	between := []string{
		"amount-currency", "amount-positive", "dates-order", "duplicate-likely", "id-duplicate", "indicator-values", "items-max", "match-missing",
		"match-self", "match-unexpected", "match-unknown", "objectives-many", "objectives-or-principles",
		"pledger-name-state", "pledger-state", "pledgers-individual", "pledgers-joint", "ref-duplicate",
		"report-ahead", "report-back", "report-early", "report-order", "report-pledger", "report-status", "required", "share-range",
	}
	for rule := range known {
		code, field, _ := strings.Cut(rule, " ")
		if !slices.Contains(between, code) || code == "required" && field != "/pledgers" && field != "/reports/*/date" {
			t.Errorf("%s is neither a tag nor a rule between fields", rule)
		}
	}
	if fields < 35 {
		t.Errorf("only %d fields", fields)
	}
}

// walkModel calls visit for every field of the model with its JSON pointer.
func walkModel(s reflect.Type, path string, visit func(path string, f reflect.StructField)) {
	for f := range s.Fields() {
		at := path + "/" + memberName(f)
		visit(at, f)
		next := f.Type
		if next.Kind() == reflect.Slice {
			next, at = next.Elem(), at+"/*"
		}
		if next.Kind() == reflect.Struct && next.PkgPath() == s.PkgPath() {
			walkModel(next, at, visit)
		}
	}
}

func TestModelNamesItsFieldsAsJSONDoes(t *testing.T) {
	p := soundPledge()
	another(&p)
	p.Implementation.Global = true
	var tree any
	if err := json.Unmarshal(p.AppendJSON(nil), &tree); err != nil {
		t.Fatal(err)
	}
	inJSON := map[string]bool{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, member := range v {
				inJSON[path+"/"+name] = true
				walk(path+"/"+name, member)
			}
		case []any:
			for _, element := range v {
				walk(path+"/*", element)
			}
		}
	}
	walk("", tree)
	walkModel(reflect.TypeFor[Pledge](), "", func(path string, _ reflect.StructField) {
		if !inJSON[path] {
			t.Errorf("%s isn't in the JSON", path)
		}
		delete(inJSON, path)
	})
	delete(inJSON, "/contributions/*/currency") // a part of Money
	for path := range inJSON {
		t.Errorf("%s isn't in the model", path)
	}
}

func TestValidateIsSafeForConcurrentUse(t *testing.T) {
	p := soundPledge()
	p.Title, p.Type, p.Pledgers[0].State = "", 77, 0
	want := map[gcm.Language]Report{}
	for lang := range gcm.Languages() {
		want[lang] = p.Validate(&ValidateOptions{Language: lang})
	}
	var all sync.WaitGroup
	for lang, w := range want {
		for range 4 {
			all.Go(func() {
				for range 20 {
					if got := p.Validate(&ValidateOptions{Language: lang}); !reflect.DeepEqual(got, w) {
						t.Errorf("%v: got %v, want %v", lang, got, w)
					}
				}
			})
		}
	}
	all.Wait()
}

func TestEverythingMissingIsNoProblemOfARecord(t *testing.T) {
	p := Pledge{ID: testID(1)}
	if r := p.Validate(&ValidateOptions{Profile: PublicationProfile}); len(r.Problems) > 0 {
		t.Error(r.Problems)
	}
	p = Pledge{}
	r := p.Validate(nil)
	var got []string
	for _, q := range r.Problems {
		got = append(got, q.Rule+" "+q.Path)
	}
	want := []string{"required /description", "required /id", "objectives-or-principles /objectives", "required /pledgers", "required /title", "required /type"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; go test ./pledge -update writes it anew. Got:\n%s", file, got)
	}
}
