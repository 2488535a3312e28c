package tally

import (
	"iter"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// codes are those of the values of a type, as the table numbers them.
func codes[E interface {
	~uint8
	String() string
}](all iter.Seq[E]) (list []string) {
	for v := range all {
		for len(list) <= int(v) {
			list = append(list, "")
		}
		list[v] = v.String()
	}
	return list
}

// What the table says of a dimension is what the types and the fields of that name
// have: a value that is new to a type has its number in Counts and its bitmap.
func TestTableOfDimensionsIsThatOfTheTypes(t *testing.T) {
	var c Counts
	var q Query
	var f facts
	q = Query{
		Objective: AnyOf(objectives.Objective(7), 23), Principle: AnyOf(gcm.Principle(3)), Region: AnyOf(gcm.Asia), State: AnyOf(gcm.State(9), 200),
		Implementing: AnyOf(gcm.State(11)), Category: AnyOf(gcm.Category(5)), Type: AnyOf(gcm.Partnership), Nature: AnyOf(gcm.Policy),
		Status: AnyOf(gcm.Fulfilled), Mirror: AnyOf(gcm.No), Theme: AnyThemeOf("data"),
		Reported: AnyOf(gcm.Fulfilled), Evidence: AnyOf(gcm.Linked),
	}
	f.Objectives, f.Principles, f.Natures = objectives.SetOf(7, 23), gcm.PrincipleSetOf(3, 10), gcm.NatureSetOf(gcm.Policy)
	f.progress = Progress{Status: gcm.InProgress, Evidence: gcm.Confirmed}
	f.Type, f.Status, f.Mirror = gcm.Partnership, gcm.Withdrawn, gcm.No
	only := func(v ...uint8) (bits uint32) {
		for _, v := range v {
			bits |= 1 << v
		}
		return bits
	}
	states := make([]string, 256)
	for s := range gcm.States() {
		states[s] = s.Alpha3()
	}
	for d, want := range map[Dimension]struct {
		codes  []string
		counts []int
		asked  []int
		values uint32 // of f
	}{
		ByObjective:    {codes(objectives.All()), c.Objectives[:], []int{7, 23}, only(7, 23)},
		ByPrinciple:    {codes(gcm.Principles()), c.Principles[:], []int{3}, only(3, 10)},
		ByType:         {codes(gcm.Types()), c.Types[:], []int{int(gcm.Partnership)}, only(uint8(gcm.Partnership))},
		ByNature:       {codes(gcm.Natures()), c.Natures[:], []int{int(gcm.Policy)}, only(uint8(gcm.Policy))},
		ByStatus:       {codes(gcm.Statuses()), c.Statuses[:], []int{int(gcm.Fulfilled)}, only(uint8(gcm.Withdrawn))},
		ByCategory:     {codes(gcm.Categories()), c.Categories[:], []int{5}, 0},
		ByRegion:       {codes(gcm.Regions()), c.Regions[:], []int{int(gcm.Asia)}, 0},
		ByReported:     {codes(gcm.Statuses()), c.Reported[:], []int{int(gcm.Fulfilled)}, only(uint8(gcm.InProgress))},
		ByEvidence:     {codes(gcm.Evidences()), c.Evidence[:], []int{int(gcm.Linked)}, only(uint8(gcm.Confirmed))},
		ByMirror:       {[]string{"", "true", "false"}, nil, []int{int(gcm.No)}, only(uint8(gcm.No))},
		ByTheme:        {nil, nil, nil, 0},
		ByState:        {states, nil, []int{9, 200}, 0},
		ByImplementing: {states, nil, []int{11}, 0},
	} {
		if got := c.Of(d); len(got) != len(want.counts) || len(got) > 0 && &got[0] != &want.counts[0] {
			t.Errorf("%v has other counts", d)
		}
		if len(want.counts) > 0 && len(want.counts) != len(want.codes) || table[d].size > 0 && int(table[d].size) != len(want.codes) {
			t.Errorf("%v has %d values, and room for %d and %d", d, len(want.codes)-1, len(want.counts)-1, int(table[d].size)-1)
		}
		for v, code := range want.codes {
			if got := d.Code(v); got != code {
				t.Errorf("%v: the code of %d is %q, want %q", d, v, got, code)
			}
			if got, ok := d.find(code); code != "" && (got != v || !ok) {
				t.Errorf("%v: %q is %d, %v", d, code, got, ok)
			}
		}
		for _, v := range []int{-1, 0, 256 + 1} {
			if label, _ := d.Label(v, gcm.French); d.Code(v) != "" || label != "" {
				t.Errorf("%v: there is a value %d", d, v)
			}
		}
		if _, ok := d.find("nonsense"); ok {
			t.Errorf("%v has nonsense", d)
		}
		if got := q.Asked(d); !slices.Equal(got, want.asked) || q.Asks(d) != (got != nil || d == ByTheme) {
			t.Errorf("%v: the query asks for %d, want %d", d, got, want.asked)
		}
		if d >= fewValues {
			continue
		}
		if got := f.values()[d]; got != want.values {
			t.Errorf("%v: a pledge has %b, want %b", d, got, want.values)
		}
		var g facts
		for v := range want.codes {
			if want.values>>v&1 != 0 {
				g.add(d, v)
			}
		}
		if got := g.values()[d]; got != want.values {
			t.Errorf("%v: one by one they are %b, want %b", d, got, want.values)
		}
	}
}

// Each dimension can be filtered by, once.
func TestFiltersAreAllDimensionsAndFourMore(t *testing.T) {
	want := []string{nameSince, nameUntil, nameForum, nameWithdrawn}
	for d := range Dimensions() {
		want = append(want, d.Filter())
	}
	got := slices.Collect(Filters())
	if slices.Sort(want); len(got) != int(dimensions)+4 {
		t.Errorf("%q", got)
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("filters are %q, dimensions %q", got, want)
	}
	if d := dimensions; d.IsValid() || d.String() != "Dimension(13)" || d.Filter() != d.String() || new(Counts).Of(d) != nil {
		t.Errorf("%v is one", d)
	}
}
