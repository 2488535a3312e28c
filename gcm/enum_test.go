package gcm_test

import (
	"encoding/json"
	"errors"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// enum is what every enumeration of the package can do.
type enum interface {
	~uint8
	comparable
	IsValid() bool
	String() string
	AppendText([]byte) ([]byte, error)
	MarshalText() ([]byte, error)
}

// laws is an enumeration with its functions, for the laws that hold for all.
type laws[E enum] struct {
	name      string // of the type
	count     int
	all       iter.Seq[E]
	fromCode  func(string) (E, bool)
	parse     func(string) (E, error)
	label     func(E, gcm.Language) string // nil if there are none
	unmarshal func(*E, []byte) error
}

func TestEnumerationsKeepTheirLaws(t *testing.T) {
	laws[gcm.Answer]{"Answer", 2, gcm.Answers(), gcm.AnswerFromCode, gcm.ParseAnswer, gcm.Answer.Label, (*gcm.Answer).UnmarshalText}.check(t)
	laws[gcm.Category]{"Category", 16, gcm.Categories(), gcm.CategoryFromCode, gcm.ParseCategory, gcm.Category.Label, (*gcm.Category).UnmarshalText}.check(t)
	laws[gcm.Level]{"Level", 4, gcm.Levels(), gcm.LevelFromCode, gcm.ParseLevel, gcm.Level.Label, (*gcm.Level).UnmarshalText}.check(t)
	laws[gcm.Membership]{"Membership", 3, gcm.Memberships(), gcm.MembershipFromCode, gcm.ParseMembership, gcm.Membership.Label, (*gcm.Membership).UnmarshalText}.check(t)
	laws[gcm.Nature]{"Nature", 4, gcm.Natures(), gcm.NatureFromCode, gcm.ParseNature, gcm.Nature.Label, (*gcm.Nature).UnmarshalText}.check(t)
	laws[gcm.Principle]{"Principle", 10, gcm.Principles(), gcm.PrincipleFromCode, gcm.ParsePrinciple, title, (*gcm.Principle).UnmarshalText}.check(t)
	laws[gcm.Region]{"Region", 5, gcm.Regions(), gcm.RegionFromCode, gcm.ParseRegion, gcm.Region.Name, (*gcm.Region).UnmarshalText}.check(t)
	laws[gcm.Evidence]{"Evidence", 4, gcm.Evidences(), gcm.EvidenceFromCode, gcm.ParseEvidence, gcm.Evidence.Label, (*gcm.Evidence).UnmarshalText}.check(t)
	laws[gcm.Stage]{"Stage", 3, gcm.Stages(), gcm.StageFromCode, gcm.ParseStage, gcm.Stage.Label, (*gcm.Stage).UnmarshalText}.check(t)
	laws[gcm.Status]{"Status", 4, gcm.Statuses(), gcm.StatusFromCode, gcm.ParseStatus, gcm.Status.Label, (*gcm.Status).UnmarshalText}.check(t)
	laws[gcm.Type]{"Type", 4, gcm.Types(), gcm.TypeFromCode, gcm.ParseType, gcm.Type.Label, (*gcm.Type).UnmarshalText}.check(t)

	laws[gcm.State]{"State", 197, gcm.States(), gcm.StateFromAlpha3, gcm.ParseState, gcm.State.Name, (*gcm.State).UnmarshalText}.check(t)
	laws[gcm.Currency]{"Currency", 165, gcm.Currencies(), gcm.CurrencyFromCode, gcm.ParseCurrency, nil, (*gcm.Currency).UnmarshalText}.check(t)
	laws[gcm.Language]{"Language", 6, gcm.Languages(), languageFromCode, gcm.ParseLanguage, nil, (*gcm.Language).UnmarshalText}.check(t)
}

func title(p gcm.Principle, l gcm.Language) string {
	text, _ := p.Title(l)
	return text
}

func languageFromCode(s string) (l gcm.Language, ok bool) {
	err := l.UnmarshalText([]byte(s))
	return l, err == nil && l != 0
}

func (e laws[E]) check(t *testing.T) {
	t.Run(e.name, func(t *testing.T) {
		values := slices.Collect(e.all)
		if len(values) != e.count || values[0] != 1 || !slices.IsSorted(values) {
			t.Fatalf("the values are %v, want 1 to %d", values, e.count)
		}
		for range e.all {
			break // an iterator that goes on after this panics
		}
		for _, v := range values {
			e.checkValue(t, v)
		}
		e.checkZero(t)
		e.checkOutOfRange(t, E(e.count+1))
		e.checkOutOfRange(t, 255)
		e.checkErrors(t)
	})
}

// checkValue: a value is what its code and each of its labels is read as.
func (e laws[E]) checkValue(t *testing.T, v E) {
	code := v.String()
	if !v.IsValid() || code == "" {
		t.Errorf("%d: valid %v, code %q", v, v.IsValid(), code)
	}
	if got, ok := e.fromCode(code); got != v || !ok {
		t.Errorf("FromCode(%q) = %v, %v, want %v", code, got, ok, v)
	}
	if got, err := e.parse(code); got != v || err != nil {
		t.Errorf("Parse(%q) = %v, %v, want %v", code, got, err, v)
	}
	text, err := v.MarshalText()
	if string(text) != code || err != nil {
		t.Errorf("%v.MarshalText() = %q, %v", v, text, err)
	}
	if b, err := v.AppendText([]byte("a ")); string(b) != "a "+code || err != nil {
		t.Errorf("%v.AppendText = %q, %v", v, b, err)
	}
	var back E
	if err := e.unmarshal(&back, text); back != v || err != nil {
		t.Errorf("UnmarshalText(%q) gives %v, %v, want %v", text, back, err, v)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Errorf("JSON of %v: %v", v, err)
	}
	if err := json.Unmarshal(data, &back); back != v || err != nil {
		t.Errorf("JSON %s gives %v, %v, want %v", data, back, err, v)
	}
	for lang := range gcm.Languages() {
		if e.label == nil {
			break
		}
		label := e.label(v, lang)
		for _, s := range []string{label, strings.ToUpper(label), "  " + label + "\u00a0", label + " (217)"} {
			if got, err := e.parse(s); got != v || err != nil {
				t.Errorf("Parse(%q) = %v, %v, want %v", s, got, err, v)
			}
		}
		if label != code && e.name != "Answer" { // the code "no" is the label "no", too
			if err := e.unmarshal(&back, []byte(label)); err == nil {
				t.Errorf("UnmarshalText accepts the label %q", label)
			}
		}
	}
}

// checkZero: zero has the empty text and no label.
func (e laws[E]) checkZero(t *testing.T) {
	var zero E
	if zero.IsValid() || zero.String() != "" {
		t.Errorf("zero: valid %v, %q", zero.IsValid(), zero)
	}
	if text, err := zero.MarshalText(); len(text) != 0 || err != nil {
		t.Errorf("zero.MarshalText() = %q, %v", text, err)
	}
	v := E(1)
	if err := e.unmarshal(&v, nil); v != 0 || err != nil {
		t.Errorf("empty text gives %v, %v", v, err)
	}
	if _, ok := e.fromCode(""); ok {
		t.Error("the empty text is a code")
	}
	if e.label != nil && e.label(zero, gcm.French) != "" {
		t.Errorf("zero has the label %q", e.label(zero, gcm.French))
	}
}

// checkOutOfRange: what is no value says so and can't be written.
func (e laws[E]) checkOutOfRange(t *testing.T, v E) {
	want := e.name + "(255)"
	if v.IsValid() || v == 255 && v.String() != want {
		t.Errorf("valid %v, %q, want %q", v.IsValid(), v, want)
	}
	if b, err := v.AppendText([]byte("a")); string(b) != "a" || !errors.Is(err, gcm.ErrUnknown) {
		t.Errorf("%v.AppendText = %q, %v", v, b, err)
	}
	if text, err := v.MarshalText(); len(text) != 0 || !errors.Is(err, gcm.ErrUnknown) {
		t.Errorf("%v.MarshalText() = %q, %v", v, text, err)
	}
	if e.label != nil && e.label(v, gcm.English) != "" {
		t.Errorf("%v has the label %q", v, e.label(v, gcm.English))
	}
}

// checkErrors: malformed and unknown are told apart, and nothing is changed.
func (e laws[E]) checkErrors(t *testing.T) {
	for _, test := range []struct {
		in   string
		want error
	}{
		{"", gcm.ErrSyntax}, {" ", gcm.ErrSyntax}, {"–", gcm.ErrSyntax}, {"(217)", gcm.ErrSyntax}, {"\xffa", gcm.ErrSyntax},
		{"zzz", gcm.ErrUnknown}, {"Qqq", gcm.ErrUnknown},
	} {
		_, err := e.parse(test.in)
		var pe *gcm.ParseError
		if !errors.Is(err, test.want) || !errors.As(err, &pe) || pe.Input != test.in || pe.What == "" {
			t.Errorf("Parse(%q): %v, want %v", test.in, err, test.want)
		}
	}
	v := E(1)
	if err := e.unmarshal(&v, []byte("zzz")); v != 1 || !errors.Is(err, gcm.ErrUnknown) {
		t.Errorf("UnmarshalText of an unknown code gives %v, %v", v, err)
	}
}

// The codes are written down twice, beside the constants and in the tables.
func TestTablesListTheCodesInTheOrderOfTheConstants(t *testing.T) {
	files := map[string][]string{}
	for _, line := range append(tableRows(t, "labels.tsv"), tableRows(t, "principles.tsv")...) {
		kind := line[0]
		if len(kind) == 1 {
			kind = "principle"
		}
		if list := files[kind]; len(list) == 0 || list[len(list)-1] != line[1] {
			files[kind] = append(list, line[1])
		}
	}
	for kind, codes := range map[string][]string{
		"answer": codesOf(gcm.Answers()), "category": codesOf(gcm.Categories()), "level": codesOf(gcm.Levels()),
		"membership": codesOf(gcm.Memberships()), "nature": codesOf(gcm.Natures()), "principle": codesOf(gcm.Principles()),
		"region": codesOf(gcm.Regions()), "evidence": codesOf(gcm.Evidences()), "stage": codesOf(gcm.Stages()), "status": codesOf(gcm.Statuses()), "type": codesOf(gcm.Types()),
	} {
		if !slices.Equal(files[kind], codes) {
			t.Errorf("%s: the table has %v, the constants are %v", kind, files[kind], codes)
		}
	}
}

func codesOf[E enum](all iter.Seq[E]) (codes []string) {
	for v := range all {
		codes = append(codes, v.String())
	}
	return codes
}

// tableRows returns the rows of a TSV file without its header.
func tableRows(t *testing.T, file string) (rows [][]string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows[1:]
}
