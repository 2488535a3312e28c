package tally

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func readItems(t *testing.T, in string) *Feed {
	t.Helper()
	r := Reader{Items: true}
	r.Write([]byte(in))
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A sum of feeds counts what one feed with all of their records counts, however
// they are put together.
func TestMergedFeedsCountLikeOne(t *testing.T) {
	s := newSource(14)
	for range 20 {
		all := new(Index)
		feeds := make([]*Feed, 2+s.IntN(3))
		for i := range feeds {
			feeds[i] = &Feed{Index: new(Index), Records: i, Unread: 1, ProblemCount: 2, items: true}
			for range 60 {
				p := s.described(50)
				all.putDescribed(p)
				feeds[i].Index.putDescribed(p)
			}
		}
		want := json(all.Count(Query{}))
		first, err := MergeFeeds(feeds[:2]...)
		if err != nil {
			t.Fatal(err)
		}
		inSteps, _ := MergeFeeds(append(feeds[2:len(feeds):len(feeds)], first)...)
		atOnce, _ := MergeFeeds(feeds...)
		for _, f := range []*Feed{inSteps, atOnce} {
			snapshot, _ := f.Snapshot(Query{})
			if got := json(snapshot.Counts); got != want {
				t.Fatalf("got  %s\nwant %s", got, want)
			}
			if !reflect.DeepEqual(snapshot.Items, all.Newest(Query{}, MaxItems)) {
				t.Fatalf("got %+v", snapshot.Items)
			}
			if n := len(feeds); f.Unread != n || f.ProblemCount != 2*n || len(snapshot.Sources) != n {
				t.Fatalf("%+v", f)
			}
		}
	}
}

func TestHeaderOfMergedFeeds(t *testing.T) {
	early, late := gcm.InstantOfUnix(1_600_000_000, 0), gcm.InstantOfUnix(1_700_000_000, 0)
	a := Header{Feed: "a", Title: "T", Publisher: "P", License: "L", AsOf: late}
	b := Header{Feed: "b", Title: "T", Publisher: "P", License: "M", AsOf: early, Illustrative: true, Sequence: 7}
	none := Header{Feed: "c", Title: "U", Publisher: "P"}
	east, west := Header{AsOf: early, AsOfOffset: 120}, Header{AsOf: early, AsOfOffset: -300}
	for _, c := range []struct {
		parts []Header
		want  Header
	}{
		{[]Header{a}, a},
		{[]Header{east, west}, west},
		{[]Header{west, east}, west},
		{[]Header{{AsOf: late, AsOfOffset: -300}, east}, east},
		{[]Header{{}, east}, east},
		{[]Header{east, {}}, east},
		{[]Header{a, a}, a},
		{[]Header{a, b}, Header{Title: "T", Publisher: "P", AsOf: early, Illustrative: true}},
		{[]Header{b, a, none}, Header{Publisher: "P", AsOf: early, Illustrative: true}},
		{[]Header{none, a}, Header{Publisher: "P", AsOf: late}},
		{[]Header{none, none}, none},
		{nil, Header{}},
	} {
		var feeds []*Feed
		for _, h := range c.parts {
			feeds = append(feeds, &Feed{Header: h, Index: new(Index)})
		}
		f, err := MergeFeeds(feeds...)
		if err != nil || f.Header != c.want {
			t.Errorf("%+v: got %+v, %v", c.parts, f.Header, err)
		}
		if s, _ := f.Snapshot(Query{}); len(c.parts) > 1 != (s.Sources != nil) || s.Sources != nil && !reflect.DeepEqual(s.Sources, c.parts) {
			t.Errorf("%+v: got %+v", c.parts, s.Sources)
		}
	}
}

func TestSnapshotIsNotMerged(t *testing.T) {
	snapshot, feed := read(t, `{"counts":{"total":3}}`), read(t, `[]`)
	if f, err := MergeFeeds(feed, snapshot); f != nil || !errors.Is(err, ErrMerge) || !strings.Contains(err.Error(), "snapshot") {
		t.Errorf("%v, %v", f, err)
	}
	if f, err := MergeFeeds(snapshot); f != snapshot || err != nil {
		t.Errorf("%v, %v", f, err)
	}
}

func TestSnapshotOfPledgesRoundTrips(t *testing.T) {
	f, err := MergeFeeds(
		readItems(t, `{"title":"A \u003cb\u003e","as_of":"2022-05-20T00:00:00Z","pledges":[{"id":"`+id1+`","updated":"2022-05-20T00:00:00.5Z","title":"\u202e\"é","language":"fr","announced":"2022-05","links":["https://example.org/?a=1"],"pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"},{"name":"IOM"}]}]}`),
		readItems(t, `{"feed":"https://example.org/b","illustrative":true,"pledges":[{"id":"`+id2+`"},{"id":7}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := f.Snapshot(Query{})
	again := read(t, string(want.AppendJSON(nil)))
	got, err := again.Snapshot(Query{})
	if err != nil || !reflect.DeepEqual(got, want) || len(got.Items) != 2 || len(got.Sources) != 2 || got.Unread != 1 {
		t.Errorf("got\n%s\nwant\n%s", got.AppendJSON(nil), want.AppendJSON(nil))
	}
	narrow, err := again.Snapshot(Query{Region: AnyOf(gcm.Africa)})
	if err != nil || narrow.Items != nil || narrow.Counts.Total != 1 || len(narrow.Sources) != 2 {
		t.Errorf("%+v, %v", narrow, err)
	}
}

// What states no total would be shown as no pledges.
func TestASnapshotWithoutATotalIsNone(t *testing.T) {
	for _, counts := range []string{`{}`, `{"pledgers":5}`, `{"Total":5}`, `{"objectives":{"1":5}}`} {
		if err := readError(`{"counts":` + counts + `}`); err == nil || !strings.Contains(err.Error(), "/counts: required") {
			t.Errorf("%s: %v", counts, err)
		}
	}
	if s, err := read(t, `{"counts":{"total":0}}`).Snapshot(Query{}); err != nil || s.Counts.Total != 0 {
		t.Error(err)
	}
}

func TestHostileItemsOfASnapshot(t *testing.T) {
	long := strings.Repeat("é", 1000)
	f := read(t, `{"counts":{"total":0},"items":[{"title":"`+long+`","language":"`+long+`","link":"javascript:alert(1)","x":[1]},{"link":"https://example.org/`+long+`","more":null}]}`)
	s, _ := f.Snapshot(Query{})
	if len(s.Items) != 2 || len(s.Items[0].Title) > 300 || (s.Items[0].Language+s.Items[0].Link+s.Items[1].Link) != "" {
		t.Errorf("%+v", s.Items)
	}
	for _, items := range []string{`[{"more":-1}]`, `[{"more":1e3}]`, `[{"id":"x"}]`, `[{"state":"XXX"}]`, `[{"announced":"2022-02-30"}]`, `[{"title":7}]`, `[7]`, `{}`} {
		if err := readError(`{"counts":{"total":0},"items":` + items + `}`); err == nil {
			t.Errorf("%s was taken", items)
		}
	}
	if err := readError(`{"counts":{"total":0},"sources":[{"as_of":"now"}]}`); err == nil {
		t.Error("a source of no time was taken")
	}
}
