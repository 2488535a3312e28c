package objectives

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"
)

// contents is the slow, obvious set.
type contents map[Objective]bool

func contentsOf(s Set) contents {
	c := contents{}
	for o := range s.All() {
		c[o] = true
	}
	return c
}

// checkIs checks that all that s says about itself fits c.
func (c contents) checkIs(t *testing.T, what string, s Set) {
	t.Helper()
	var bits uint32
	var list []Objective
	for o := Objective(0); o < 255; o++ {
		if s.Has(o) != c[o] {
			t.Errorf("%s: {%v}.Has(%v) = %v", what, s, o, s.Has(o))
		}
		if c[o] {
			bits |= 1 << o
			list = append(list, o)
		}
	}
	if got := slices.Collect(s.All()); !slices.Equal(got, list) {
		t.Errorf("%s: holds %v, want %v", what, got, list)
	}
	if s.Len() != len(list) || s.IsEmpty() != (len(list) == 0) || s.Bits() != bits {
		t.Errorf("%s: {%v}: Len %d, IsEmpty %v, Bits %b", what, s, s.Len(), s.IsEmpty(), s.Bits())
	}
	if SetOf(list...) != s {
		t.Errorf("%s: {%v} is not the set of its elements", what, s)
	}
}

// randomSets returns the empty set, the full one, and some of every size.
func randomSets() []Set {
	random := rand.New(rand.NewPCG(23, 73195))
	sets := []Set{{}, SetOf(slices.Collect(All())...)}
	for size := range Count {
		var s Set
		for range size {
			s = s.With(Objective(1 + random.IntN(Count)))
		}
		sets = append(sets, s)
	}
	return sets
}

func TestSetsObeyTheLawsOfSets(t *testing.T) {
	sets := randomSets()
	full := sets[1]
	for _, a := range sets {
		laws := map[string]bool{
			"a ∪ a = a": a.Union(a) == a,
			"a ∩ a = a": a.Intersect(a) == a,
			"a ∪ ∅ = a": a.Union(Set{}) == a,
			"a ∩ ∅ = ∅": a.Intersect(Set{}) == Set{},
			"a ∪ U = U": a.Union(full) == full,
			"a ∩ U = a": a.Intersect(full) == a,
		}
		for _, b := range sets {
			laws["a ∪ b = b ∪ a"] = a.Union(b) == b.Union(a)
			laws["a ∩ b = b ∩ a"] = a.Intersect(b) == b.Intersect(a)
			laws["a ∪ (a ∩ b) = a"] = a.Union(a.Intersect(b)) == a
			laws["a ∩ (a ∪ b) = a"] = a.Intersect(a.Union(b)) == a
			laws["|a ∪ b| + |a ∩ b| = |a| + |b|"] = a.Union(b).Len()+a.Intersect(b).Len() == a.Len()+b.Len()
			for _, c := range sets {
				laws["(a ∪ b) ∪ c = a ∪ (b ∪ c)"] = a.Union(b).Union(c) == a.Union(b.Union(c))
				laws["(a ∩ b) ∩ c = a ∩ (b ∩ c)"] = a.Intersect(b).Intersect(c) == a.Intersect(b.Intersect(c))
				laws["a ∩ (b ∪ c) = (a ∩ b) ∪ (a ∩ c)"] = a.Intersect(b.Union(c)) == a.Intersect(b).Union(a.Intersect(c))
				for law, holds := range laws {
					if !holds {
						t.Fatalf("%s: not for a = {%v}, b = {%v}, c = {%v}", law, a, b, c)
					}
				}
			}
		}
	}
}

func TestSetsHoldWhatAMapWouldHold(t *testing.T) {
	sets := randomSets()
	for _, a := range sets {
		contentsOf(a).checkIs(t, "a", a)
		for _, b := range sets {
			union, both := contentsOf(a), contents{}
			for o := range b.All() {
				if union[o] {
					both[o] = true
				}
				union[o] = true
			}
			union.checkIs(t, "a ∪ b", a.Union(b))
			both.checkIs(t, "a ∩ b", a.Intersect(b))
		}
		for o := range All() {
			with, without := contentsOf(a), contentsOf(a)
			with[o] = true
			delete(without, o)
			with.checkIs(t, "with", a.With(o))
			without.checkIs(t, "without", a.Without(o))
		}
	}
}

func TestSetsIgnoreWhatIsNoObjective(t *testing.T) {
	s := SetOf(7, 13)
	for o := range 256 {
		if o := Objective(o); !o.IsValid() && (s.With(o) != s || s.Without(o) != s || s.Has(o) || SetOf(o) != Set{}) {
			t.Errorf("%v makes a difference", o)
		}
	}
}

func TestSetIterationStopsWhenAsked(t *testing.T) {
	for o := range SetOf(3, 7, 13).All() {
		if o == 7 {
			return
		}
	}
	t.Error("never came to 7")
}

func TestSetsRoundTripThroughTextAndJSON(t *testing.T) {
	for _, s := range randomSets() {
		checkRoundTrips(t, s, SetOf(1, 23))
		if text, _ := s.MarshalText(); string(text) != s.String() {
			t.Errorf("text %q, String %q", text, s.String())
		}
	}
}

func TestSetsAreWrittenAscending(t *testing.T) {
	tests := []struct {
		set        Set
		text, json string
	}{
		{Set{}, "", "[]"},
		{SetOf(7), "7", "[7]"},
		{SetOf(13, 7, 13), "7 13", "[7,13]"},
		{SetOf(23, 1), "1 23", "[1,23]"},
	}
	for _, tt := range tests {
		if data, err := tt.set.MarshalJSON(); tt.set.String() != tt.text || string(data) != tt.json || err != nil {
			t.Errorf("got %q and %s, %v; want %q and %s", tt.set, data, err, tt.text, tt.json)
		}
	}
}

func TestSetsAreReadInAnyOrder(t *testing.T) {
	for input, want := range map[string]Set{
		`[]`:                  {},
		` [ ] `:               {},
		`null`:                {},
		`[13,7]`:              SetOf(7, 13),
		"\t[ 7 ,\r\n 13, 7 ]": SetOf(7, 13),
	} {
		got := SetOf(23)
		if err := got.UnmarshalJSON([]byte(input)); got != want || err != nil {
			t.Errorf("JSON %s: {%v}, %v; want {%v}", input, got, err, want)
		}
	}
	for input, want := range map[string]Set{
		"":           {},
		" ":          {},
		"13 7":       SetOf(7, 13),
		" 7\n13  7 ": SetOf(7, 13),
	} {
		got := SetOf(23)
		if err := got.UnmarshalText([]byte(input)); got != want || err != nil {
			t.Errorf("text %q: {%v}, %v; want {%v}", input, got, err, want)
		}
	}
}

func TestSetsSayWhichElementIsWrong(t *testing.T) {
	tests := []struct {
		input string
		index int // -1: not an element
		want  error
	}{
		{`[0]`, 0, ErrUnknown},
		{`[7,24]`, 1, ErrUnknown},
		{`[7,13,1.5]`, 2, ErrSyntax},
		{`[7,1e1]`, 1, ErrSyntax},
		{`["7"]`, 0, ErrSyntax},
		{`[7,"a,b",24]`, 1, ErrSyntax},
		{`[7,-1]`, 1, ErrSyntax},
		{`[7,07]`, 1, ErrSyntax},
		{`[7,]`, 1, ErrSyntax},
		{`[,7]`, 0, ErrSyntax},
		{`[7 8]`, 0, ErrSyntax},
		{`[null]`, 0, ErrSyntax},
		{`[[7]]`, 0, ErrSyntax},
		{`7`, -1, ErrSyntax},
		{`"7"`, -1, ErrSyntax},
		{`{"7":true}`, -1, ErrSyntax},
		{`[7`, -1, ErrSyntax},
		{`[`, -1, ErrSyntax},
		{`]`, -1, ErrSyntax},
		{``, -1, ErrSyntax},
	}
	for _, tt := range tests {
		s := SetOf(23)
		err := s.UnmarshalJSON([]byte(tt.input))
		index := -1
		var element *ElementError
		if errors.As(err, &element) {
			index = element.Index
		}
		var parseError *ParseError
		if !errors.Is(err, tt.want) || !errors.As(err, &parseError) || index != tt.index {
			t.Errorf("%s: %v; want %v at %d", tt.input, err, tt.want, tt.index)
		}
		if s != SetOf(23) {
			t.Errorf("%s: an error changed the set to {%v}", tt.input, s)
		}
	}

	var s Set
	err := s.UnmarshalText([]byte("7 24"))
	want := `objectives: element 1: unknown objective "24": objectives are numbered 1 to 23`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

var element = regexp.MustCompile(`^([1-9]|1[0-9]|2[0-3])$`)

// decodeSet reads a set with encoding/json.
func decodeSet(data []byte) (s Set, ok bool) {
	var list []json.RawMessage
	if json.Unmarshal(data, &list) != nil {
		return Set{}, false
	}
	for _, raw := range list {
		var n int
		if !element.Match(raw) || json.Unmarshal(raw, &n) != nil {
			return Set{}, false
		}
		s = s.With(Objective(n))
	}
	return s, true
}

func FuzzSetJSON(f *testing.F) {
	for _, s := range randomSets() {
		data, _ := s.MarshalJSON()
		f.Add(data)
	}
	for _, s := range []string{"", "null", "[]", "[ ]", "[", "]", "[7", "[7,]", "[,]", "[0]", "[24]", "[1.5]", `["7"]`, `["a,b"]`, "[7 8]", "[[7]]", " [ 13 ,\n7 ] ", "{}", "[07]", "[-7]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Set
		err := s.UnmarshalJSON(data)
		if want, ok := decodeSet(data); s != want || (err == nil) != ok {
			t.Errorf("%q: {%v}, %v; encoding/json says {%v}, %v", data, s, err, want, ok)
		}
		if err == nil {
			checkRoundTrips(t, s, SetOf(1, 23))
		} else if !errors.Is(err, ErrSyntax) && !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v is neither malformed nor unknown", data, err)
		}
	})
}
