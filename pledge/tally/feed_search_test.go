package tally

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// What a feed says of a search is what its index finds, in each of its answers, and the
// feed itself stays as it was.
func TestFeedOfASearchHasWhatWasFound(t *testing.T) {
	s := newSource(24)
	f := &Feed{Index: new(Index), items: true}
	for range 400 {
		f.Index.putDescribed(s.told(300))
	}
	title := func(i *Item) string { return i.Title }
	ids := func(items []Item) (all []ID) {
		for _, i := range items {
			all = append(all, i.ID)
		}
		return all
	}
	some := 0
	for range 200 {
		q := s.query()
		text, words := s.typed()
		searched, err := f.Search("  " + text + " ")
		if err != nil {
			t.Fatal(err)
		}
		if len(words) == 0 {
			if searched != f {
				t.Fatalf("%q has no words", text)
			}
			continue
		}
		found := f.Index.Search(q, text, 1000)
		got, err := searched.Snapshot(q)
		if err != nil {
			t.Fatal(err)
		}
		if got.Search != strings.TrimSpace(text) || !reflect.DeepEqual(got.Counts, found.Counts()) {
			t.Fatalf("%q of %v: %q, %+v, want %+v", text, q, got.Search, got.Counts, found.Counts())
		}
		var hits []Item
		for _, h := range found.Hits {
			hits = append(hits, h.Item)
		}
		if !slices.Equal(ids(got.Items), ids(hits[:min(len(hits), MaxItems)])) {
			t.Fatalf("%q of %v lists %v", text, q, ids(got.Items))
		}
		from := s.IntN(len(hits) + 2)
		if part := ids(searched.Listed(q, nil, from, 3)); !slices.Equal(part, ids(hits[min(from, len(hits)):min(from+3, len(hits))])) {
			t.Fatalf("%q of %v, from %d: %v", text, q, from, part)
		}
		sorted := slices.Clone(hits)
		slices.SortFunc(sorted, func(a, b Item) int {
			if c := strings.Compare(a.Title, b.Title); c != 0 {
				return c
			}
			return a.Compare(&b)
		})
		if all := ids(searched.Listed(q, title, 0, 1000)); !slices.Equal(all, ids(sorted)) {
			t.Fatalf("%q of %v by title: %v, want %v", text, q, all, ids(sorted))
		}
		choices, err := searched.Choices(got, Query{Region: q.Region, Theme: q.Theme})
		if err != nil {
			t.Fatal(err)
		}
		without := q
		without.Region = Any[gcm.Region]{}
		if want := f.Index.Search(without, text, 0).Counts(); choices.Counts.Regions != want.Regions {
			t.Fatalf("%q of %v: regions %v, want %v", text, q, choices.Counts.Regions, want.Regions)
		}
		without = q
		without.Theme = AnyTheme{}
		if want := f.Index.Search(without, text, 0).Counts(); !slices.Equal(choices.Counts.Themes, want.Themes) {
			t.Fatalf("%q of %v: themes %v, want %v", text, q, choices.Counts.Themes, want.Themes)
		}
		if all, err := f.Snapshot(q); err != nil || all.Search != "" || !reflect.DeepEqual(all.Counts, f.Index.Count(q)) {
			t.Fatalf("%v without a search: %+v, %v", q, all, err)
		}
		some += min(len(hits), 1)
	}
	if some < 20 {
		t.Errorf("found something %d times", some)
	}
}

// A snapshot of a search says so wherever it is read, answers nothing else, and can't be
// searched any further.
func TestSnapshotOfASearchSaysSo(t *testing.T) {
	r := Reader{Items: true}
	r.Write([]byte(`{"pledges":[{"id":"00000000-0000-4000-8000-000000000001","title":"End detention"},{"id":"00000000-0000-4000-8000-000000000002"}]}`))
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	searched, err := f.Search("detention")
	if err != nil {
		t.Fatal(err)
	}
	s, err := searched.Snapshot(Query{})
	if err != nil || s.Counts.Total != 1 {
		t.Fatal(s, err)
	}
	again := read(t, string(s.AppendJSON(nil)))
	same, err := again.Snapshot(Query{})
	if err != nil || same.Search != "detention" || same.Counts.Total != 1 {
		t.Error(same, err)
	}
	var narrow *NarrowError
	if n, err := again.Snapshot(Query{Region: AnyOf(gcm.Africa)}); !errors.As(err, &narrow) {
		t.Errorf("of a search it knows Africa: %+v, %v", n, err)
	}
	if _, err := again.Search("detention"); !errors.Is(err, ErrSearch) {
		t.Error(err)
	}
	if same, err := again.Search(" .,"); err != nil || same != again {
		t.Error(same, err)
	}
}
