package objectives

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// table returns the rows of objectives.tsv, each a map from the name of the
// column, with objective n at index n.
func table(t testing.TB) []map[string]string {
	t.Helper()
	text, err := os.ReadFile("objectives.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var header []string
	rows := []map[string]string{nil}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSpace(line), "\t")
		switch {
		case strings.HasPrefix(line, "#"):
		case header == nil:
			header = cells
		default:
			row := map[string]string{}
			for i, cell := range cells {
				row[header[i]] = cell
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func TestObjectivesAreWhatTheTableSays(t *testing.T) {
	rows := table(t)
	if len(rows) != Count+1 {
		t.Fatalf("the table holds %d objectives, want %d", len(rows)-1, Count)
	}
	for o := range All() {
		got := map[string]string{
			"number":      strconv.Itoa(o.Number()),
			"paragraph":   strconv.Itoa(o.Paragraph()),
			"round_table": strconv.Itoa(o.RoundTable()),
			"slug":        o.Slug(),
			"sdg_targets": strings.Join(slices.Collect(o.SDGTargets()), " "),
		}
		if o.SupportsAllSDGs() {
			got["sdg_targets"] += "ALL"
		}
		for lang := range titled() {
			title, given := o.Title(lang)
			short, givenShort := o.Short(lang)
			if given != lang || givenShort != lang {
				t.Errorf("objective %v in %v: title given in %v, short title in %v", o, lang, given, givenShort)
			}
			got["title_"+lang.String()], got["short_"+lang.String()] = title, short
		}
		if !maps.Equal(got, rows[o]) {
			t.Errorf("objective %v:\n got %q\nwant %q", o, got, rows[o])
		}
	}
}

func TestRoundTablesReviewTheirObjectives(t *testing.T) {
	want := [...]Set{ // A/RES/73/326
		1: SetOf(2, 5, 6, 12, 18),
		2: SetOf(4, 8, 9, 10, 11, 13, 21),
		3: SetOf(14, 15, 16, 19, 20, 22),
		4: SetOf(1, 3, 7, 17, 23),
	}
	var got [len(want)]Set
	for o := range All() {
		got[o.RoundTable()] = got[o.RoundTable()].With(o)
	}
	if got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestSDGTargetsAscendWithNumbersBeforeLetters(t *testing.T) {
	rank := func(target string) int {
		goal, item, _ := strings.Cut(target, ".")
		g, err := strconv.Atoi(goal)
		if err != nil {
			t.Fatalf("target %q: %v", target, err)
		}
		n, err := strconv.Atoi(item)
		if err != nil {
			n = 100 + int(item[0])
		}
		return g*1000 + n
	}
	for o := range All() {
		last := 0
		for target := range o.SDGTargets() {
			if rank(target) <= last {
				t.Errorf("objective %v: %q is out of order", o, target)
			}
			last = rank(target)
		}
		if (last == 0) != o.SupportsAllSDGs() {
			t.Errorf("objective %v: has targets and supports all goals, or neither", o)
		}
	}
}

func TestAllAscendsAndStopsWhenAsked(t *testing.T) {
	want := Objective(0)
	for o := range All() {
		if want++; o != want {
			t.Fatalf("got %d, want %d", o, want)
		}
	}
	if want != Count {
		t.Errorf("ended at %d, want %d", want, Count)
	}
	for o := range All() {
		if o == 5 {
			break
		}
	}
}

func TestTitleSaysWhichLanguageItIsIn(t *testing.T) {
	english, french, spanish := "Save lives", "Sauver des vies", "Salvar vidas"
	for _, tt := range []struct {
		lang  gcm.Language
		text  string
		given gcm.Language
	}{
		{gcm.English, english, gcm.English},
		{gcm.French, french, gcm.French},
		{gcm.Spanish, spanish, gcm.Spanish},
		{gcm.Arabic, english, gcm.English},
		{gcm.Russian, english, gcm.English},
		{gcm.Chinese, english, gcm.English},
		{0, english, gcm.English},
		{77, english, gcm.English},
	} {
		if text, given := Objective(8).Short(tt.lang); text != tt.text || given != tt.given {
			t.Errorf("Short(%v) = %q, %v; want %q, %v", tt.lang, text, given, tt.text, tt.given)
		}
		if text, given := Objective(8).Title(tt.lang); !strings.HasPrefix(text, tt.text) || given != tt.given {
			t.Errorf("Title(%v) = %q, %v; want %q..., %v", tt.lang, text, given, tt.text, tt.given)
		}
	}
}

func TestAccessorsOfAnInvalidObjectiveGiveZero(t *testing.T) {
	for o := range 256 {
		o := Objective(o)
		if o.IsValid() != (o >= 1 && o <= 23) {
			t.Errorf("%d: IsValid() = %v", o, o.IsValid())
		}
		if o.IsValid() {
			continue
		}
		if o.Number() != 0 || o.Paragraph() != 0 || o.RoundTable() != 0 || o.Slug() != "" || o.SupportsAllSDGs() {
			t.Errorf("%d: an accessor gives something", o)
		}
		for target := range o.SDGTargets() {
			t.Errorf("%d: has target %q", o, target)
		}
		title, given := o.Title(gcm.French)
		short, givenShort := o.Short(gcm.French)
		if title+short != "" || given != 0 || givenShort != 0 {
			t.Errorf("%d: has a title", o)
		}
		if want := "Objective(" + strconv.Itoa(int(o)) + ")"; o.String() != want {
			t.Errorf("%d: String() = %q, want %q", o, o.String(), want)
		}
	}
}

// textAndJSON is what Objective and Set have in common.
type textAndJSON interface {
	encoding.TextAppender
	encoding.TextMarshaler
	json.Marshaler
}

// checkRoundTrips checks that v survives its text and its JSON form, read over
// a value that is something else, and that its ways to give text agree.
func checkRoundTrips[T interface {
	comparable
	textAndJSON
}, P interface {
	*T
	encoding.TextUnmarshaler
	json.Unmarshaler
}](t *testing.T, v, other T) {
	t.Helper()
	text, err := v.MarshalText()
	if err != nil {
		t.Fatalf("%v: MarshalText: %v", v, err)
	}
	appended, err := v.AppendText([]byte("before "))
	if want := "before " + string(text); err != nil || string(appended) != want {
		t.Errorf("%v: AppendText gives %q, %v; want %q", v, appended, err, want)
	}
	got := other
	if err := P(&got).UnmarshalText(text); err != nil || got != v {
		t.Errorf("%v: read from text %q as %v, %v", v, text, got, err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%v: %v", v, err)
	}
	direct, err := v.MarshalJSON()
	if err != nil || !bytes.Equal(direct, data) {
		t.Errorf("%v: MarshalJSON gives %s, %v; want %s", v, direct, err, data)
	}
	got = other
	if err := json.Unmarshal(data, &got); err != nil || got != v {
		t.Errorf("%v: read from JSON %s as %v, %v", v, data, got, err)
	}
}

func TestObjectivesRoundTripThroughTextAndJSON(t *testing.T) {
	for o := range All() {
		checkRoundTrips(t, o, 23-o)
		if got, err := Parse(o.String()); got != o || err != nil {
			t.Errorf("Parse(%q) = %v, %v", o.String(), got, err)
		}
		if got, ok := FromCode(o.String()); got != o || !ok {
			t.Errorf("FromCode(%q) = %v, %v", o.String(), got, ok)
		}
	}
	checkRoundTrips(t, Objective(0), 7)
	if data, _ := json.Marshal(struct{ A, B Objective }{B: 7}); string(data) != `{"A":null,"B":7}` {
		t.Errorf("got %s", data)
	}
}

func TestInvalidObjectivesHaveNoTextOrJSON(t *testing.T) {
	for _, o := range []Objective{24, 77, 255} {
		if text, err := o.MarshalText(); !errors.Is(err, ErrUnknown) {
			t.Errorf("%v: MarshalText gives %q, %v", o, text, err)
		}
		if data, err := o.MarshalJSON(); !errors.Is(err, ErrUnknown) {
			t.Errorf("%v: MarshalJSON gives %q, %v", o, data, err)
		}
	}
}

func TestTextAndJSONAreReadStrictly(t *testing.T) {
	tests := []struct {
		input string
		want  error
	}{
		{"0", ErrUnknown},
		{"24", ErrUnknown},
		{"99999999999999999999999", ErrUnknown},
		{"07", ErrSyntax},
		{"00", ErrSyntax},
		{"-7", ErrSyntax},
		{"+7", ErrSyntax},
		{"7.0", ErrSyntax},
		{"7e0", ErrSyntax},
		{`"7"`, ErrSyntax},
		{"7 8", ErrSyntax},
		{"Data", ErrSyntax},
		{"true", ErrSyntax},
		{"[7]", ErrSyntax},
		{"٧", ErrSyntax},
	}
	for _, tt := range tests {
		o := Objective(13)
		var parseError *ParseError
		if err := o.UnmarshalText([]byte(tt.input)); !errors.Is(err, tt.want) || !errors.As(err, &parseError) || parseError.Input != tt.input {
			t.Errorf("text %q: %v, want %v", tt.input, err, tt.want)
		}
		if err := o.UnmarshalJSON([]byte(tt.input)); !errors.Is(err, tt.want) {
			t.Errorf("JSON %s: %v, want %v", tt.input, err, tt.want)
		}
		if o != 13 {
			t.Errorf("%q: an error changed the value to %v", tt.input, o)
		}
		if o, ok := FromCode(tt.input); o != 0 || ok {
			t.Errorf("FromCode(%q) = %v, %v", tt.input, o, ok)
		}
	}
	if o, ok := FromCode(""); o != 0 || ok {
		t.Errorf("FromCode of nothing = %v, %v", o, ok)
	}
	if err := new(Objective).UnmarshalJSON(nil); !errors.Is(err, ErrSyntax) {
		t.Errorf("JSON of no bytes: %v, want %v", err, ErrSyntax)
	}
}
