package gcm_test

import (
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// setOf is what the sets of the package can do.
type setOf[S any, E enum] interface {
	comparable
	With(E) S
	Without(E) S
	Has(E) bool
	Len() int
	IsEmpty() bool
	Union(S) S
	Intersect(S) S
	All() iter.Seq[E]
	Bits() uint32
	String() string
}

func TestSetsKeepTheirLaws(t *testing.T) {
	t.Run("Principles", func(t *testing.T) { checkSets[gcm.PrincipleSet](t, slices.Collect(gcm.Principles())) })
	t.Run("Natures", func(t *testing.T) { checkSets[gcm.NatureSet](t, slices.Collect(gcm.Natures())) })
}

// checkSets compares random sets with maps, the slow and obvious sets.
func checkSets[S setOf[S, E], E enum](t *testing.T, values []E) {
	random := rand.New(rand.NewPCG(15, 10))
	with := func(list ...E) (s S) {
		for _, e := range list {
			s = s.With(e)
		}
		return s
	}
	pick := func() (list []E, set map[E]bool) {
		set = map[E]bool{}
		for range random.IntN(len(values) + 2) {
			e := values[random.IntN(len(values))]
			list = append(list, e)
			set[e] = true
		}
		return list, set
	}
	for range 2000 {
		list1, set1 := pick()
		list2, set2 := pick()
		s1, s2 := with(list1...), with(list2...)
		checkSet(t, s1, set1, values)

		both, either, rest := map[E]bool{}, maps.Clone(set1), maps.Clone(set1)
		for e := range set2 {
			if set1[e] {
				both[e] = true
			}
			either[e] = true
			delete(rest, e)
		}
		checkSet(t, s1.Intersect(s2), both, values)
		checkSet(t, s1.Union(s2), either, values)
		more, less := s1, s1
		for _, e := range list2 {
			more, less = more.With(e), less.Without(e)
		}
		checkSet(t, more, either, values)
		checkSet(t, less, rest, values)
		if (s1 == s2) != maps.Equal(set1, set2) {
			t.Errorf("%v == %v is %v", s1, s2, s1 == s2)
		}
	}
}

func checkSet[S setOf[S, E], E enum](t *testing.T, s S, want map[E]bool, values []E) {
	t.Helper()
	sorted := slices.Sorted(maps.Keys(want))
	if got := slices.Collect(s.All()); !slices.Equal(got, sorted) || s.Len() != len(want) || s.IsEmpty() != (len(want) == 0) {
		t.Errorf("the set is %v of length %d, want %v", got, s.Len(), sorted)
	}
	var bits uint32
	var codes []string
	for _, e := range values {
		if s.Has(e) != want[e] {
			t.Errorf("%v has %v: %v", s, e, s.Has(e))
		}
		if want[e] {
			bits |= 1 << e
			codes = append(codes, e.String())
		}
	}
	if s.Bits() != bits || s.String() != strings.Join(codes, " ") {
		t.Errorf("the set is %b, %q, want %b, %q", s.Bits(), s, bits, codes)
	}
	data, err := json.Marshal(s)
	if want, _ := json.Marshal(append([]string{}, codes...)); string(data) != string(want) || err != nil {
		t.Errorf("the JSON of %v is %s, %v, want %s", s, data, err, want)
	}
	var back S
	for _, e := range values {
		back = back.With(e)
	}
	if err := json.Unmarshal(data, &back); back != s || err != nil {
		t.Errorf("%s is read as %v, %v", data, back, err)
	}
}

func TestSetsLeaveOutWhatIsNoValue(t *testing.T) {
	s := gcm.NatureSetOf(0, gcm.Policy, 5, 40, 255)
	if s != gcm.NatureSetOf(gcm.Policy) || s.Has(0) || s.Has(5) || s.Has(40) {
		t.Errorf("the set is %b", s.Bits())
	}
	if s.Without(0).Without(40) != s || s.With(0).With(40) != s {
		t.Error("what is no value changes the set")
	}
	for range gcm.NatureSetOf(gcm.Financial, gcm.Policy).All() {
		break // an iterator that goes on after this panics
	}
}

func TestSetsAreWrittenInOrder(t *testing.T) {
	s := gcm.NatureSetOf(gcm.Policy, gcm.Financial)
	if got, want := s.String(), "financial policy"; got != want {
		t.Errorf("String is %q, want %q", got, want)
	}
	if data, err := s.MarshalJSON(); string(data) != `["financial","policy"]` || err != nil {
		t.Errorf("JSON is %s, %v", data, err)
	}
	var empty gcm.NatureSet
	if data, err := empty.MarshalJSON(); string(data) != "[]" || err != nil || empty.String() != "" {
		t.Errorf("JSON of the empty set is %s, %v", data, err)
	}
}

func TestSetsAreReadFromJSON(t *testing.T) {
	for _, test := range []struct {
		in   string
		want gcm.NatureSet
		err  error
	}{
		{`null`, gcm.NatureSet{}, nil},
		{` [ ] `, gcm.NatureSet{}, nil},
		{`["policy"]`, gcm.NatureSetOf(gcm.Policy), nil},
		{"[ \"policy\" ,\n\t\"financial\" ]", gcm.NatureSetOf(gcm.Policy, gcm.Financial), nil},
		{`["policy","policy"]`, gcm.NatureSetOf(gcm.Policy), nil},
		{`["p\u006flicy"]`, gcm.NatureSetOf(gcm.Policy), nil},
		{`["p\u006Flicy"]`, gcm.NatureSetOf(gcm.Policy), nil},
		{`["structured"]`, gcm.NatureSet{}, gcm.ErrUnknown},
		{`["Policy"]`, gcm.NatureSet{}, gcm.ErrUnknown},
		{`[""]`, gcm.NatureSet{}, gcm.ErrUnknown},
		{`["\ud83d"]`, gcm.NatureSet{}, gcm.ErrUnknown},
		{`"policy"`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`["policy"`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`["policy",]`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`["policy" "process"]`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`["policy"]]`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`[null]`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`[4]`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`["poli\cy"]`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`["poli\u00"]`, gcm.NatureSet{}, gcm.ErrSyntax},
		{"[\"poli\ncy\"]", gcm.NatureSet{}, gcm.ErrSyntax},
		{`["policy`, gcm.NatureSet{}, gcm.ErrSyntax},
		{`["policy\`, gcm.NatureSet{}, gcm.ErrSyntax},
		{``, gcm.NatureSet{}, gcm.ErrSyntax},
	} {
		before := gcm.NatureSetOf(gcm.HumanResources)
		got := before
		if test.err != nil {
			test.want = before
		}
		if err := got.UnmarshalJSON([]byte(test.in)); got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s is read as %v, %v, want %v, %v", test.in, got, err, test.want, test.err)
		}
	}
}

func FuzzNaturesJSON(f *testing.F) {
	for _, s := range []string{`["policy","process"]`, `null`, `[]`, `["\u0070olicy"]`, `["a\"b"]`, `["policy",]`, "[\"\x7f\"]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		var got gcm.NatureSet
		err := got.UnmarshalJSON([]byte(in))

		var list []*string
		want, ok := gcm.NatureSet{}, json.Unmarshal([]byte(in), &list) == nil
		for _, s := range list {
			if s == nil {
				ok = false
				break
			}
			n, known := gcm.NatureFromCode(*s)
			ok = ok && known
			want = want.With(n)
		}
		if ok != (err == nil) || ok && got != want {
			t.Errorf("%q is read as %v, %v, want %v, %v", in, got, err, want, ok)
		}
	})
}
