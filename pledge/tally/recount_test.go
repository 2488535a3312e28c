package tally_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/internal/hostile"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// A way is one to read a feed.
type way struct {
	name  string
	write func(r *tally.Reader, feed []byte, draw *rand.Rand) error
}

var ways = []way{
	{"whole", func(r *tally.Reader, feed []byte, _ *rand.Rand) error {
		_, err := r.Write(bytes.Clone(feed))
		return err
	}},
	{"byte by byte", func(r *tally.Reader, feed []byte, _ *rand.Rand) error {
		return inPieces(r, feed, func() int { return 1 })
	}},
	{"in pieces", func(r *tally.Reader, feed []byte, draw *rand.Rand) error {
		return inPieces(r, feed, func() int { return 1 + draw.IntN(1+draw.IntN(500)) })
	}},
	{"by one worker", func(r *tally.Reader, feed []byte, draw *rand.Rand) error {
		r.Workers = 1
		_, err := r.ReadFrom(&pieces{feed, draw})
		return err
	}},
	{"by workers", func(r *tally.Reader, feed []byte, draw *rand.Rand) error {
		r.Workers = 2 + draw.IntN(3)
		_, err := r.ReadFrom(&pieces{feed, draw})
		return err
	}},
	{"in both ways", func(r *tally.Reader, feed []byte, draw *rand.Rand) error {
		n := draw.IntN(len(feed) + 1)
		r.Workers = 1 + draw.IntN(2)
		if _, err := r.ReadFrom(&pieces{feed[:n], draw}); err != nil {
			return err
		}
		_, err := r.Write(bytes.Clone(feed[n:]))
		return err
	}},
}

func inPieces(r *tally.Reader, feed []byte, size func() int) error {
	for len(feed) > 0 {
		n := min(size(), len(feed))
		if _, err := r.Write(bytes.Clone(feed[:n])); err != nil {
			return err
		}
		feed = feed[n:]
	}
	return nil
}

// pieces is a stream that comes in pieces.
type pieces struct {
	rest []byte
	draw *rand.Rand
}

func (p *pieces) Read(b []byte) (int, error) {
	n := copy(b[:min(len(b), 1+p.draw.IntN(1+p.draw.IntN(4000)))], p.rest)
	if p.rest = p.rest[n:]; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func limitsOf(l hostile.Limits) tally.Limits {
	return tally.Limits{Record: l.Record, Records: l.Records, Depth: l.Depth}
}

func read(w way, feed []byte, limits hostile.Limits, items bool, draw *rand.Rand) (*tally.Feed, error) {
	r := tally.Reader{Limits: limitsOf(limits), Items: items}
	if err := w.write(&r, feed, draw); err != nil {
		if _, again := r.Close(); again != err {
			return nil, fmt.Errorf("Close says %v after %w", again, err)
		}
		return nil, err
	}
	return r.Close()
}

// Every way to read a feed gives what the oracle counts, and refuses the same
// records for the same reasons.
func TestHostileFeedsCountAsTheOracleCounts(t *testing.T) {
	hostile.Run(t, func(c *hostile.Case, draw *rand.Rand) error {
		items := draw.IntN(2) == 0
		fields := hostile.Counted
		if items {
			fields = hostile.Listed
		}
		want := hostile.Recount(c.Feed, c.Limits, fields)
		q, err := tally.ParseQuery(c.Query.Get)
		if err != nil {
			return err
		}
		var first *tally.Feed
		var firstErr error
		ways := ways
		if len(c.Feed) > 100_000 { // one by one it takes too long
			ways = append(ways[:1:1], ways[2:]...)
		}
		for i, n := range append([]int{0}, draw.IntN(len(ways))) {
			w := ways[n]
			got, err := read(w, c.Feed, c.Limits, items, draw)
			if err := compareFeed(got, err, want, c); err != nil {
				return fmt.Errorf("%s, items %v: %w", w.name, items, err)
			}
			if i == 0 {
				first, firstErr = got, err
				continue
			}
			if fmt.Sprint(err) != fmt.Sprint(firstErr) {
				return fmt.Errorf("%s: %v, but whole: %v", w.name, err, firstErr)
			}
			if err == nil {
				if err := sameFeeds(first, got, q); err != nil {
					return fmt.Errorf("%s: %w", w.name, err)
				}
			}
		}
		if first == nil || first.IsSnapshot() {
			return nil
		}
		if items {
			if err := compareItems(first, want, c.Query); err != nil {
				return err
			}
		}
		return compareIndex(first, want, c, q, draw)
	})
}

// FuzzFeedCountsAsTheOracleCounts begins with what is drawn.
func FuzzFeedCountsAsTheOracleCounts(f *testing.F) {
	for seed := range uint64(100) {
		if c := hostile.Draw(seed); len(c.Feed) < 10_000 {
			f.Add(string(c.Feed), uint16(c.Limits.Record), uint8(c.Limits.Depth), seed)
		}
	}
	f.Fuzz(func(t *testing.T, feed string, record uint16, depth uint8, seed uint64) {
		draw := rand.New(rand.NewPCG(seed, 1))
		c := &hostile.Case{Feed: []byte(feed), Limits: hostile.Limits{Record: int(record), Depth: int(depth)}}
		want := hostile.Recount(c.Feed, c.Limits, hostile.Counted)
		w := ways[draw.IntN(len(ways))]
		got, err := read(w, c.Feed, c.Limits, false, draw)
		if err := compareFeed(got, err, want, c); err != nil {
			t.Fatalf("%s: %v", w.name, err)
		}
	})
}

// FuzzRevisionsCountAsTheOracleCounts puts what a stream sends into a feed: what
// can't be read changes nothing, and the rest counts as if it had been in the feed.
func FuzzRevisionsCountAsTheOracleCounts(f *testing.F) {
	for seed := range uint64(100) {
		if c := hostile.Draw(seed); len(c.Feed) < 5000 {
			f.Add(string(c.Feed), seed)
		}
	}
	f.Fuzz(func(t *testing.T, batch string, seed uint64) {
		draw := rand.New(rand.NewPCG(seed, 1))
		base := []byte(`[{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6011","updated":"2022-05-20T10:00:00Z","objectives":[7]},{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6010"}]`)
		want, news := hostile.Recount(base, hostile.Limits{}, hostile.Counted), hostile.Recount([]byte(batch), hostile.Limits{}, hostile.Counted)
		if news.Snapshot {
			return
		}
		feed, err := read(ways[0], base, hostile.Limits{}, true, draw)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // twice: what has come already changes nothing
			if revisions, err := read(ways[draw.IntN(len(ways))], []byte(batch), hostile.Limits{}, true, draw); err == nil {
				feed.Index.Merge(revisions.Index)
				want.Merge(news)
			} else if news.Broken < 0 && !news.BadHeader && (news.Records == 0 || news.Lost < news.Records) {
				t.Fatal(err)
			}
			if err := compareCounts(feed.Index, want, nil); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// compareFeed compares what was read with what the oracle says.
func compareFeed(got *tally.Feed, err error, want *hostile.Recounted, c *hostile.Case) error {
	bad, _ := err.(*tally.FeedError)
	switch {
	case err != nil && bad == nil:
		return fmt.Errorf("another error: %w", err)
	case want.Snapshot:
		return nil
	case want.Broken >= 0:
		if bad == nil || bad.Offset != want.Broken {
			return fmt.Errorf("%v, want a feed that ends at byte %d", err, want.Broken)
		}
		return nil
	case want.BadHeader, want.Records > 0 && want.Lost == want.Records:
		if bad == nil {
			return fmt.Errorf("no error, of %d records %d are lost, header bad: %v", want.Records, want.Lost, want.BadHeader)
		}
		return nil
	case bad != nil:
		return fmt.Errorf("%w, want %d records", err, want.Records)
	}
	if got.Records != want.Records || got.Unread != want.Lost {
		return fmt.Errorf("%d records and %d unread, want %d and %d", got.Records, got.Unread, want.Records, want.Lost)
	}
	if got.ProblemCount != want.Found || len(got.Problems) != min(len(want.Problems), tally.MaxProblems) {
		return fmt.Errorf("%d problems, want %d:\ngot  %v\nwant %v", got.ProblemCount, want.Found, got.Problems, want.Problems)
	}
	for i, p := range got.Problems {
		if found := (hostile.Problem{Record: p.Record, Offset: p.Offset, Path: p.Path, Rule: p.Rule, Lost: p.Lost, More: p.More}); found != want.Problems[i] {
			return fmt.Errorf("problem %d:\ngot  %+v\nwant %+v", i, p, want.Problems[i])
		}
	}
	return compareCounts(got.Index, want, c.Query)
}

func compareCounts(x *tally.Index, want *hostile.Recounted, q hostile.Query) error {
	for _, q := range []hostile.Query{nil, q} {
		parsed, err := tally.ParseQuery(q.Get)
		if err != nil {
			return err
		}
		counts := x.Count(parsed)
		if got, want := hostile.Canonical(counts.AppendJSON(nil)), want.Count(q); got != want {
			return fmt.Errorf("%v:\ngot  %s\nwant %s", q, got, want)
		}
	}
	return nil
}

// compareItems compares the lists of the newest pledges.
func compareItems(f *tally.Feed, want *hostile.Recounted, q hostile.Query) error {
	parsed, err := tally.ParseQuery(q.Get)
	if err != nil {
		return err
	}
	snapshot, err := f.Snapshot(parsed)
	if err != nil {
		return err
	}
	var s struct{ Items []any }
	if err := json.Unmarshal(snapshot.AppendJSON(nil), &s); err != nil {
		return err
	}
	list, err := json.Marshal(s.Items)
	if err != nil {
		return err
	}
	if s.Items == nil {
		list = []byte("[]")
	}
	if got, want := hostile.Canonical(list), want.Newest(q); got != want {
		return fmt.Errorf("%v:\ngot  %s\nwant %s", q, got, want)
	}
	return nil
}

// sameFeeds compares two ways to read one feed.
func sameFeeds(a, b *tally.Feed, q tally.Query) error {
	s, err := a.Snapshot(q)
	t, otherErr := b.Snapshot(q)
	if (err == nil) != (otherErr == nil) {
		return fmt.Errorf("%v and %v", err, otherErr)
	}
	if err == nil {
		if got, want := t.AppendJSON(nil), s.AppendJSON(nil); !bytes.Equal(got, want) {
			return fmt.Errorf("\ngot  %s\nwant %s", got, want)
		}
	}
	if !reflect.DeepEqual(a.Problems, b.Problems) {
		return fmt.Errorf("\ngot  %v\nwant %v", b.Problems, a.Problems)
	}
	return nil
}

// compareIndex compares one of the things that can be done with the pledges of a
// feed.
func compareIndex(f *tally.Feed, want *hostile.Recounted, c *hostile.Case, q tally.Query, draw *rand.Rand) error {
	switch draw.IntN(5) {
	case 3:
		return compareMerged(c, draw)
	case 0:
		return compareSnapshot(f, q, draw)
	case 1:
		return comparePartials(f.Index, q, draw)
	case 2:
		return comparePuts(f.Index, want, c.Query, draw)
	}
	for _, text := range want.IDs() {
		if draw.IntN(4) > 0 {
			continue
		}
		id, err := tally.ParseID(text)
		if err != nil {
			return err
		}
		if !f.Index.Remove(id) {
			return fmt.Errorf("%s isn't there to be removed", text)
		}
		want.Remove(text)
	}
	if err := compareCounts(f.Index, want, c.Query); err != nil {
		return fmt.Errorf("without some: %w", err)
	}
	return nil
}

// compareSnapshot reads the snapshot of a feed.
func compareSnapshot(f *tally.Feed, q tally.Query, draw *rand.Rand) error {
	snapshot, err := f.Snapshot(q)
	if err != nil {
		return err
	}
	text := snapshot.AppendJSON(nil)
	again, err := read(ways[draw.IntN(len(ways))], text, hostile.Limits{}, false, draw)
	if err != nil {
		return fmt.Errorf("the snapshot: %w\n%s", err, text)
	}
	if s, err := again.Snapshot(q); err != nil || !bytes.Equal(s.AppendJSON(nil), text) {
		return fmt.Errorf("the snapshot, read again: %v\ngot  %s\nwant %s", err, s.AppendJSON(nil), text)
	}
	return nil
}

// comparePuts puts all pledges into another index, some of them twice.
func comparePuts(x *tally.Index, want *hostile.Recounted, q hostile.Query, draw *rand.Rand) error {
	var put tally.Index
	all := slices.Collect(x.All())
	draw.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, facets := range all {
		if got := put.Put(facets); got != tally.Added {
			return fmt.Errorf("Put of %v says %d", facets.ID, got)
		}
	}
	for _, facets := range all[:len(all)/2] {
		if got := put.Put(facets); got != tally.Alike {
			return fmt.Errorf("Put of %v for the second time says %d", facets.ID, got)
		}
	}
	if err := compareCounts(&put, want, q); err != nil {
		return fmt.Errorf("put one by one: %w", err)
	}
	return nil
}

// comparePartials adds up what is counted of parts.
func comparePartials(x *tally.Index, q tally.Query, draw *rand.Rand) error {
	parts := make([]tally.Index, 1+draw.IntN(3))
	for facets := range x.All() {
		parts[facets.ID.Shard(len(parts))].Put(facets)
	}
	var sum tally.Partial
	for i := range parts {
		text := parts[i].Partial(q).AppendJSON(nil)
		var p tally.Partial
		if err := p.UnmarshalJSON(text); err != nil {
			return fmt.Errorf("%w: %s", err, text)
		}
		sum.Add(&p)
	}
	got, want := sum.Counts(), x.Count(q)
	if got, want := got.AppendJSON(nil), want.AppendJSON(nil); !bytes.Equal(got, want) {
		return fmt.Errorf("in %d parts:\ngot  %s\nwant %s", len(parts), got, want)
	}
	return nil
}

// compareMerged merges feeds that have the records of the case between them. A
// pledge may be in several, and feeds may come in any order.
func compareMerged(c *hostile.Case, draw *rand.Rand) error {
	want := hostile.Recount(nil, c.Limits, hostile.Counted)
	var feeds []*tally.Feed
	unread, records := 0, 0
	for _, part := range c.Split(2 + draw.IntN(3)) {
		f, err := read(ways[draw.IntN(len(ways))], part, c.Limits, draw.IntN(2) == 0, draw)
		if err != nil || f.IsSnapshot() {
			continue
		}
		recount := hostile.Recount(part, c.Limits, hostile.Counted)
		feeds = append(feeds, f)
		want.Merge(recount)
		unread += recount.Lost
		records += recount.Records
	}
	draw.Shuffle(len(feeds), func(i, j int) { feeds[i], feeds[j] = feeds[j], feeds[i] })
	all, err := tally.MergeFeeds(feeds...)
	if err != nil {
		return err
	}
	if all.Unread != unread || all.Records != records {
		return fmt.Errorf("%d records and %d unread, want %d and %d", all.Records, all.Unread, records, unread)
	}
	if err := compareCounts(all.Index, want, c.Query); err != nil {
		return err
	}
	half := len(feeds) / 2
	head, err := tally.MergeFeeds(feeds[:half]...)
	if err != nil {
		return err
	}
	tail, err := tally.MergeFeeds(feeds[half:]...)
	if err != nil {
		return err
	}
	merged, err := tally.MergeFeeds(tail, head)
	if err != nil {
		return err
	}
	if err := compareCounts(merged.Index, want, c.Query); err != nil {
		return fmt.Errorf("in two steps: %w", err)
	}
	return nil
}
