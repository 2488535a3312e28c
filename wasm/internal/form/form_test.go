package form_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/wasm/internal/form"
)

// walk calls f for every field with its path, an asterisk for any place in an
// array.
func walk(path string, fields []form.Field, f func(path string, field form.Field)) {
	for _, field := range fields {
		at := path + "/" + field.Name
		f(at, field)
		walk(at, field.Fields, f)
		if field.Item != nil {
			item := *field.Item
			item.Name = "*"
			walk(at, []form.Field{item}, f)
		}
	}
}

func TestEveryLanguageSaysEverything(t *testing.T) {
	english := form.Describe(gcm.English)
	for lang := range gcm.Languages() {
		d := form.Describe(lang)
		if d.Lang != lang.String() || (d.Dir == "rtl") != lang.RightToLeft() {
			t.Errorf("%v: %s %s", lang, d.Lang, d.Dir)
		}
		hints := map[string]string{}
		walk("", english.Fields, func(path string, f form.Field) { hints[path] = f.Hint })
		walk("", d.Fields, func(path string, f form.Field) {
			if f.Label == "" || (f.Hint == "") != (hints[path] == "") || strings.Contains(f.Hint, "{") {
				t.Errorf("%v: %s is called %q, with the hint %q", lang, path, f.Label, f.Hint)
			}
			if (f.Kind == form.List) != (f.Add != "" && f.Item != nil) || f.Item != nil && !strings.Contains(f.Item.Label, "{n}") {
				t.Errorf("%v: %s is a list without a button or numbers", lang, path)
			}
			if (f.Kind == form.Select || f.Kind == form.Boxes) != (len(f.Options) > 1) {
				t.Errorf("%v: %s has %d options", lang, path, len(f.Options))
			}
			for _, o := range f.Options {
				if o.Label == "" || o.Lang == lang.String() {
					t.Errorf("%v: %s has the option %+v", lang, path, o)
				}
			}
		})
		if len(d.Words) != len(english.Words) || d.Words["submit"] == "" {
			t.Errorf("%v: %d words", lang, len(d.Words))
		}
	}
	if other := form.Describe(0); other.Lang != "en" {
		t.Errorf("no language is %s", other.Lang)
	}
}

func TestRequiredFieldsAreThoseOfTheRules(t *testing.T) {
	required := map[string]bool{"/id": true} // which no visitor enters
	walk("", form.Describe(gcm.English).Fields, func(path string, f form.Field) {
		if f.Required {
			required[path] = true
		}
	})
	for r := range pledge.Rules() {
		if strings.HasPrefix(r.Field, "/reports") { // a pledge that is being made has none
			continue
		}
		if r.Rule == "required" && r.Submission == pledge.Error != required[r.Field] {
			t.Errorf("%s is required: %v in the form", r.Field, required[r.Field])
		}
	}
}

// enter enters something in every field.
func enter(fields []form.Field) map[string]any {
	object := map[string]any{}
	for _, f := range fields {
		object[f.Name] = value(f)
	}
	return object
}

func value(f form.Field) any {
	switch f.Kind {
	case form.Select:
		return f.Options[len(f.Options)-1].Value
	case form.Boxes:
		var all []any
		for _, o := range f.Options {
			all = append(all, o.Value)
		}
		return all
	case form.Box:
		return true
	case form.Group:
		return enter(f.Fields)
	case form.List:
		return []any{value(*f.Item), value(*f.Item)}
	case form.Date:
		return "2026-05"
	case form.Amount:
		return "12"
	case form.URL:
		return "https://example.org/"
	}
	if f.Name == "id" {
		return "0192f0c4-0000-7000-8000-000000000001"
	}
	return "Text " + strings.Repeat("of a pledge ", 30)
}

// Whatever can be entered is a field of a pledge by the same name, and may be
// entered.
func TestFieldsAreThoseOfAPledge(t *testing.T) {
	for lang := range gcm.Languages() {
		entered, err := json.Marshal(enter(form.Describe(lang).Fields))
		if err != nil {
			t.Fatal(err)
		}
		c := form.Check(entered, lang)
		if !c.Report.OK() || c.Report.Criteria.Len() != pledge.CriterionCount || c.Summary != "" {
			t.Errorf("%v: %s: %v", lang, c.Summary, c.Report)
		}
		var want, got map[string]any
		written := c.Pledge.AppendJSON(nil)
		if err := errors.Join(json.Unmarshal(entered, &want), json.Unmarshal(written, &got)); err != nil {
			t.Fatal(err)
		}
		want["id"] = c.Pledge.ID.String()
		a, _ := json.Marshal(want)
		b, _ := json.Marshal(got)
		// The amount is written with the decimals of its currency.
		if a, b := trim(a), trim(b); a != b {
			t.Errorf("%v: entered\n%s\nread\n%s", lang, a, b)
		}
	}
}

func trim(b []byte) string {
	return strings.NewReplacer(`"12.00"`, `"12"`, `"12.000"`, `"12"`, ` "`, `"`).Replace(string(b))
}

func TestProblemsLeadToTheirFields(t *testing.T) {
	tests := []struct {
		name, record string
		want         string // path and rule of errors, of those in question
		in           string // paths in question
	}{
		{"a pledger that is not filled in", `{"pledgers":[{}]}`, "/pledgers/0/category required, /pledgers/0/name required", "/pledgers"},
		{"the second of two", `{"pledgers":[{"name":"A","category":"youth"},{"category":"media"}]}`, "/pledgers/1/name required", "/pledgers"},
		{"no pledger", `{}`, "/pledgers required", "/pledgers"},
		{"a date that is none", `{"deadline":"soon"}`, "/deadline malformed", "/deadline"},
		{"an amount with a comma", `{"contributions":[{"amount":"1,5","currency":"EUR"}]}`, "/contributions/0/amount malformed", "/contributions"},
		{"no amount", `{"contributions":[{"currency":"EUR"}]}`, "/contributions/0/amount amount-positive", "/contributions"},
		{"a contribution behind one that can't be read", `{"contributions":[{"amount":"x","currency":"EUR"},{"amount":"1","currency":"EUR"},{"amount":"y","currency":"EUR"},{"amount":"0","currency":"JPY"}]}`,
			"/contributions/0/amount malformed, /contributions/2/amount malformed, /contributions/3/amount amount-positive", "/contributions"},
		{"a State that is none", `{"implementation":{"states":["ATL"]}}`, "/implementation/states/0 unknown", "/implementation"},
		{"a type that is none", `{"type":"gift"}`, "/type unknown", "/type"},
		{"not JSON", `{"title":`, "/title syntax", ""},
		{"not an object", `[]`, " type", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, p := range form.Check([]byte(test.record), gcm.French).Report.Problems {
				if p.Message == "" {
					t.Errorf("%v has no message", p)
				}
				if p.Severity == pledge.Error && strings.HasPrefix(p.Path, test.in) {
					got = append(got, p.Path+" "+p.Rule)
				}
			}
			if got := strings.Join(got, ", "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	missing := form.Check([]byte(`{"contributions":[{"amount":"5"}]}`), gcm.English)
	found := false
	for _, p := range missing.Report.Problems {
		found = found || p.Path == "/contributions/0/currency"
	}
	if !found {
		t.Errorf("a missing currency isn't said: %v", missing.Report)
	}
}

func TestCountIsThatOfTheRules(t *testing.T) {
	c := form.Check([]byte(`{"description":"`+strings.Repeat("承", 299)+`"}`), gcm.English)
	if c.Count != "Characters: 299 (from 300 to 3,000)" || !strings.Contains(c.Report.Problems[0].Path+c.Report.Problems[0].Rule, "/descriptionlength-min") {
		t.Errorf("%s: %v", c.Count, c.Report)
	}
}

func TestSummaryCountsErrors(t *testing.T) {
	for lang, want := range map[gcm.Language]string{
		gcm.English: "There are 5 problems", gcm.French: "Il y a 5 problèmes", gcm.Spanish: "Hay 5 problemas",
		gcm.Arabic: "هناك 5 مشاكل", gcm.Russian: "Найдено 5 ошибок", gcm.Chinese: "有5个问题",
	} {
		if c := form.Check([]byte(`{}`), lang); c.Summary != want {
			t.Errorf("%v: %q for %v", lang, c.Summary, c.Report.Problems)
		}
	}
}

func TestCallsAreAnsweredInJSON(t *testing.T) {
	good, err := json.Marshal(enter(form.Describe(gcm.English).Fields))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, op, arg string
		want          []string
	}{
		{"the form", form.DescribeOp, `{"lang":"fr-CA"}`, []string{`{"lang":"fr","dir":"ltr","fields":[{"name":"title","kind":"text","label":"Titre"`, `"words":{`}},
		{"the form in a seventh language", form.DescribeOp, `{"lang":"tlh"}`, []string{`{"lang":"en"`}},
		{"a check", form.CheckOp, `{"lang":"en","pledge":{}}`, []string{`{"problems":[{"path":"/description","rule":"required","severity":"error","message":"`, `"criteria":[],"ok":false,"summary":"There are 5 problems","count":"`}},
		{"a check of what is right", form.CheckOp, `{"lang":"en","pledge":` + string(good) + `}`, []string{`"ok":true,"count":`}},
		{"a submission", form.SubmitOp, `{"lang":"en","pledge":` + string(good) + `}`, []string{`"ok":true,`, `"json":"{\"id\":\"`}},
		{"a submission with errors", form.SubmitOp, `{"lang":"en","pledge":{}}`, []string{`"ok":false,`}},
		{"no pledge", form.CheckOp, `{"lang":"en"}`, []string{`"ok":false,`}},
		{"no JSON", form.CheckOp, `{`, []string{`{"error":{"code":"option","message":"`}},
		{"no such operation", "dance", `{}`, []string{`{"error":{"code":"option","message":"no operation dance"}}`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := string(form.Call(test.op, test.arg))
			if !json.Valid([]byte(got)) {
				t.Fatalf("not JSON: %s", got)
			}
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %s in\n%.1000s", want, got)
				}
			}
			if strings.Contains(got, `"json":`) != (test.name == "a submission") {
				t.Errorf("a pledge, or none: %s", got)
			}
		})
	}
	for want, broken := range map[string]any{"x": "x", "y": errors.New("y"), "panic": 7} {
		if got := string(form.Panicked(broken)); got != `{"error":{"code":"engine-panic","message":"`+want+`"}}` {
			t.Error(got)
		}
	}
}

func TestNewPledgesGetAnIDAndOthersKeepTheirs(t *testing.T) {
	a, b := form.Check([]byte(`{}`), 0).Pledge.ID, form.Check([]byte(`{}`), 0).Pledge.ID
	if a.Version() != 7 || a == b {
		t.Errorf("%v, %v", a, b)
	}
	const id = "0192f0c4-0000-7000-8000-000000000001"
	if got := form.Check([]byte(`{"id":"`+id+`"}`), 0).Pledge.ID.String(); got != id {
		t.Errorf("%s became %s", id, got)
	}
}

func FuzzCheckNeverPanics(f *testing.F) {
	for _, seed := range []string{`{}`, `[]`, `{"pledgers":[{}],"contributions":[{},{"amount":"1"},null,7]}`, `{"pledgers":[null,{"name":""}]}`, "{\"title\":\"\xff\"}", `{"id":"","links":[1]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		c := form.Check(record, gcm.English)
		if c.Report.OK() != (c.Summary == "") {
			t.Errorf("%q: %v", c.Summary, c.Report)
		}
		if c.Report.OK() {
			var p pledge.Pledge
			if err := p.UnmarshalJSON(c.Pledge.AppendJSON(nil)); err != nil || !p.Validate(nil).OK() {
				t.Errorf("what was good is not: %v", err)
			}
		}
	})
}

func TestTablesAreWhatTheGeneratorWrites(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("running the generator takes an operating system")
	}
	file := filepath.Join(t.TempDir(), "tables.go")
	if out, err := exec.Command("go", "run", "gen.go", "-o", file).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("tables.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("tables.go is not what gen.go makes of messages_*.tsv; run go generate")
	}
}
