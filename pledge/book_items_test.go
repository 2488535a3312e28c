package pledge

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// A server and a page show the same list of the same feed.
func TestBookListsWhatAReaderLists(t *testing.T) {
	for _, feed := range []string{string(data.Reference()), string(data.Published())} {
		var b Book
		loaded, err := b.Load(strings.NewReader(feed))
		if err != nil {
			t.Fatal(err)
		}
		r := tally.Reader{Items: true}
		r.Write([]byte(feed))
		f, err := r.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []tally.Query{{}, {Region: tally.AnyOf(gcm.Africa)}, {Objective: tally.AnyOf(objectives.Objective(13))}, {Category: tally.AnyOf(gcm.UNSystem), Type: tally.AnyOf(gcm.Common)}, {Status: tally.AnyOf(gcm.Withdrawn)}} {
			want, err := f.Snapshot(q)
			if err != nil {
				t.Fatal(err)
			}
			got := b.Snapshot(loaded.Header, q)
			if !slices.Equal(got.Items, want.Items) || len(got.Items) != min(got.Counts.Total, tally.MaxItems) {
				t.Errorf("%v: got\n%+v\nwant\n%+v", q, got.Items, want.Items)
			}
			chosen := tally.Query{Region: q.Region, Type: q.Type}
			choices, err := f.Choices(want, chosen)
			if err != nil || !reflect.DeepEqual(b.Choices(got, chosen), choices) {
				t.Errorf("%v: %v, got\n%+v\nwant\n%+v", q, err, b.Choices(got, chosen), choices)
			}
		}
	}
}

func TestBookListsTheLatestRevision(t *testing.T) {
	var b Book
	put := func(title string, updated int64, status gcm.Status) {
		if _, err := b.Put(Pledge{ID: uuid.UUID{15: 1}, Title: title, Updated: gcm.InstantOfUnix(updated, 0), Status: status}); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		title   string
		updated int64
		status  gcm.Status
		want    string
	}{
		{"a", 100, gcm.Planned, "a"}, {"b", 50, 0, "a"}, {"c", 100, gcm.Planned, "c"}, {"b", 100, gcm.Planned, "c"},
		{"d", 200, gcm.Withdrawn, ""}, {"e", 300, 0, "e"},
	} {
		put(step.title, step.updated, step.status)
		got := ""
		for _, item := range b.Snapshot(tally.Header{}, tally.Query{}).Items {
			got += item.Title
		}
		if got != step.want {
			t.Errorf("after %s of %d: %q, want %q", step.title, step.updated, got, step.want)
		}
	}
}
