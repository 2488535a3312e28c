package tally

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func readListed(t *testing.T, in string) *Feed {
	t.Helper()
	r := Reader{Items: true}
	if _, err := r.Write([]byte(in)); err != nil {
		t.Fatal(err)
	}
	f, err := r.Close()
	if err != nil || f.ProblemCount > 0 {
		t.Fatal(err, f.Problems)
	}
	return f
}

func TestTextsAreThoseOfEveryPledge(t *testing.T) {
	f := readListed(t, `[{"id":"`+id1+`","title":"\u0041 \"b\"","language":"fr","themes":["x","y","x"],"links":["https://a"],"pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"},{"name":"KENIA","category":"member-state","state":"KEN"},{"state":"FJI"},{"name":"Á"}]},
		{"id":"`+id2+`","status":"withdrawn"},{"id":"`+id3+`","title":"`+strings.Repeat("é", 200)+`"}]`)
	ids := make([]ID, 3)
	for i, id := range []string{id1, id2, id3} {
		ids[i], _ = ParseID(id)
	}
	want := map[ID]Text{
		ids[0]: {Title: `A "b"`, Language: "fr", Themes: []string{"x", "y"}, Pledgers: []string{"Kenya", "", "Á"}, States: []gcm.State{state("KEN"), state("FJI"), 0}},
		ids[1]: {},
		ids[2]: {Title: strings.Repeat("é", 148) + "…"},
	}
	check := func() {
		t.Helper()
		rest := len(want)
		for row, text := range f.Index.Texts() {
			rest--
			w, id := want[text.ID], text.ID
			w.ID = id
			alone, ok := f.Index.Text(row)
			if at, found := f.Index.Row(id); !ok || !found || at != row {
				t.Errorf("%v is in row %d, %v, want %d", id, at, found, row)
			}
			for _, got := range []Text{text, alone} {
				got.Pledgers, got.States, got.Themes = append([]string(nil), got.Pledgers...), append([]gcm.State(nil), got.States...), append([]string(nil), got.Themes...)
				if !reflect.DeepEqual(got, w) {
					t.Errorf("got  %+v\nwant %+v", got, w)
				}
			}
		}
		if rest != 0 {
			t.Errorf("%d pledges are missing", rest)
		}
	}
	check()
	merged := new(Index)
	merged.Merge(f.Index)
	f.Index = merged
	check()
	f.Index.Remove(ids[0])
	delete(want, ids[0])
	f.Index.Put(Facets{ID: ids[2], Updated: gcm.InstantOfUnix(1, 0), Themes: []string{"z"}})
	want[ids[2]] = Text{Themes: []string{"z"}}
	check()
	for _, row := range []uint32{0, 5, 1 << 20} {
		if _, ok := f.Index.Text(row); ok {
			t.Errorf("row %d has a pledge", row)
		}
	}
	for range f.Index.Texts() {
		break
	}
}

// Of two revisions that count alike, and differ in the name of any pledger, the same
// one is kept whichever comes first.
func TestNamesDecideBetweenRevisionsOfOneInstant(t *testing.T) {
	revision := func(names ...string) string {
		return `{"id":"` + id1 + `","title":"T","pledgers":[{"name":"` + strings.Join(names, `"},{"name":"`) + `"}]}`
	}
	for _, pair := range [][2]string{
		{revision("IOM", "ILO"), revision("IOM", "ilo")},
		{revision("iom", "ILO"), revision("IOM", "ILO")},
	} {
		texts := func(first, second string) (all []Text) {
			for _, f := range []*Feed{readListed(t, "["+first+","+second+"]"), readListed(t, first+"\n"+second)} {
				for _, text := range f.Index.Texts() {
					all = append(all, text)
				}
			}
			merged, err := MergeFeeds(readListed(t, first), readListed(t, second))
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range merged.Index.Texts() {
				all = append(all, text)
			}
			return all
		}
		got, want := texts(pair[0], pair[1]), texts(pair[1], pair[0])
		if len(got) != 3 || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(got[0], got[2]) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
}

// A pledger who is written in two ways is one, and has the number of pledges of one.
func TestAPledgerOfManyNamesIsCountedOnce(t *testing.T) {
	in := `[{"id":"` + id1 + `","pledgers":[{"name":"IOM"},{"name":"iom"},{"name":"Iom"}]},{"id":"` + id2 + `","pledgers":[{"name":"iom"}]}]`
	f := readListed(t, in)
	if got, want := json(f.Index.Count(Query{})), json(read(t, in).Index.Count(Query{})); got != want || f.Index.Count(Query{}).Pledgers != 1 {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, item := range f.Index.Newest(Query{}, 2) {
		if item.More != 0 || item.Pledger == "" {
			t.Errorf("%+v", item)
		}
	}
}

// The texts of pledges that are revised again and again take as much as those of one.
func TestTextsOfRevisedPledgesAreForgotten(t *testing.T) {
	var x Index
	long := textsOf(strings.Repeat("x", 300), "fr", "https://example.org/")
	for revision := range int64(1000) {
		for n := range 10 {
			x.putDescribed(described{facets: Facets{ID: numbered(n), Updated: gcm.InstantOfUnix(revision, 0), Pledgers: []Pledger{{Key: "k"}}}, names: []string{"K"}, texts: long})
		}
	}
	var m [2]runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m[0])
	x.texts = nil
	runtime.GC()
	runtime.ReadMemStats(&m[1])
	if bytes := int(m[0].HeapAlloc) - int(m[1].HeapAlloc); bytes > 50*len(long) {
		t.Errorf("%d bytes for %d", bytes, 10*len(long))
	}
	if n := len(x.pledgers.values); n > 3 {
		t.Errorf("%d pledgers", n)
	}
}
