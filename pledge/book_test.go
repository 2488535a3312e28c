package pledge

import (
	"bytes"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

func bookOf(pledges []Pledge) *Book {
	b := new(Book)
	for _, p := range pledges {
		if _, err := b.Put(p); err != nil {
			panic(err)
		}
	}
	return b
}

// text is all that a book holds and counts.
func text(b *Book) string {
	var out bytes.Buffer
	e := Encoder{out: &out, Form: LinesForm}
	for p := range b.All() {
		e.Encode(&p)
	}
	c := b.Count(tally.Query{IncludeWithdrawn: true})
	return out.String() + string(c.AppendJSON(nil))
}

func merged(books ...*Book) *Book {
	all := new(Book)
	for _, b := range books {
		all.Merge(b)
	}
	return all
}

func TestMergeIsCommutativeAssociativeAndIdempotent(t *testing.T) {
	for seed := range uint64(60) {
		s := newSource(seed)
		var revisions [3][]Pledge
		var all []Pledge
		for i := range revisions {
			for range 25 {
				revisions[i] = append(revisions[i], s.pledge())
			}
			all = append(all, revisions[i]...)
		}
		s.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		want := text(bookOf(all))
		a, b, c := bookOf(revisions[0]), bookOf(revisions[1]), bookOf(revisions[2])
		for name, got := range map[string]*Book{
			"a b c":     merged(a, b, c),
			"c b a":     merged(c, b, a),
			"(a b) c":   merged(merged(a, b), c),
			"a (b c)":   merged(a, merged(b, c)),
			"a a b c b": merged(a, a, b, c, b),
		} {
			if text(got) != want {
				t.Fatalf("seed %d, %s: got\n%s\nwant\n%s", seed, name, text(got), want)
			}
		}
	}
}

func TestWithdrawingIsARevision(t *testing.T) {
	var b Book
	p := newSource(1).pledge()
	p.Status, p.Updated = gcm.InProgress, gcm.InstantOfUnix(100, 0)
	b.Put(p)
	w := p
	w.Status, w.Updated = gcm.Withdrawn, gcm.InstantOfUnix(200, 0)
	if outcome, _ := b.Put(w); outcome != tally.Revised {
		t.Error(outcome)
	}
	if n := b.Count(tally.Query{}).Total; n != 0 {
		t.Errorf("a withdrawn pledge counts: %d", n)
	}
	if got, ok := b.Get(p.ID); !ok || got.Status != gcm.Withdrawn {
		t.Errorf("a withdrawn pledge is gone: %+v", got)
	}
	if outcome, _ := b.Put(p); outcome != tally.Ignored {
		t.Error("an older revision brought it back")
	}
	if n := b.Count(tally.Query{IncludeWithdrawn: true}).Total; n != 1 || b.Len() != 1 {
		t.Error(n)
	}
}

func TestBookSharesNothingWithItsUsers(t *testing.T) {
	var b Book
	p := newSource(8).pledge()
	p.Themes = []string{"climate"}
	b.Put(p)
	want := text(&b)
	p.Themes[0] = "x"
	got, _ := b.Get(p.ID)
	got.Themes[0] = "y"
	for q := range b.All() {
		q.Themes[0] = "z"
	}
	if text(&b) != want {
		t.Error("the book changed from outside")
	}
	if !reflect.DeepEqual(b.Count(tally.Query{Theme: tally.AnyThemeOf("climate")}).Total, 1) {
		t.Error("the theme is not counted")
	}
}

func TestPledgeWithoutIDIsRefused(t *testing.T) {
	var b Book
	if _, err := b.Put(Pledge{Title: "x"}); err != ErrNoID {
		t.Error(err)
	}
}

func TestBookIsSafeForConcurrentUse(t *testing.T) {
	var b, other Book
	var all []Pledge
	s := newSource(6)
	for range 400 {
		all = append(all, s.pledge())
	}
	var wg sync.WaitGroup
	for part := range slices.Chunk(all, 100) {
		wg.Go(func() {
			for _, p := range part {
				b.Put(p)
				b.Get(p.ID)
				b.Count(tally.Query{Objective: tally.AnyOf(objectives.Objective(7))})
			}
			for range b.All() {
			}
			b.Merge(&other)
			other.Merge(&b)
			b.Merge(&b)
		})
	}
	wg.Wait()
	if want := text(bookOf(all)); text(&b) != want {
		t.Error("concurrent puts gave another book")
	}
}

func TestSnapshotCountsAndGrowsWithEveryChange(t *testing.T) {
	var b Book
	h := tally.Header{Title: "T"}
	p := newSource(3).pledge()
	p.Status, p.Updated = gcm.Planned, gcm.InstantOfUnix(100, 0)
	for n, at := range []int64{100, 200, 150} { // the last is older and changes nothing
		p.Updated = gcm.InstantOfUnix(at, 0)
		b.Put(p)
		want := h
		want.Sequence = uint64(min(n+1, 2))
		s := b.Snapshot(h, tally.Query{})
		if s.Header != want || !reflect.DeepEqual(s.Counts, b.Count(tally.Query{})) || s.Counts.Total != 1 {
			t.Errorf("after %d puts: %+v", n+1, s)
		}
	}
	h.Sequence = 7 // the header of a record that counts its changes itself
	if s := b.Snapshot(h, tally.Query{}); s.Sequence != 7 || s.Latest != gcm.InstantOfUnix(200, 0) || s.Definition != tally.Definition {
		t.Errorf("%+v", s)
	}
}

func TestLoadReportsProblemsOfTheHeader(t *testing.T) {
	var b Book
	l, err := b.Load(strings.NewReader(`{"as_of":"2022-05-20","pledges":[],"title":"T"}`))
	if err != nil || len(l.Problems) != 1 || l.Problems[0].Record != tally.HeaderRecord || l.Problems[0].Path != "/as_of" || l.Header.Title != "T" {
		t.Errorf("%+v %v", l, err)
	}
}

// The header is in two parts, before the records and behind them.
func TestHeaderProblemsSayWhereInTheFeedTheyAre(t *testing.T) {
	const feed = "\ufeff" + ` {"title":1,"pledges":[{"id":"0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071"}],"as_of":"soon"}`
	want := []int64{int64(strings.Index(feed, `,"pledges"`)), int64(strings.LastIndex(feed, "}"))}
	d := NewDecoder(strings.NewReader(feed))
	for _, err := range d.Records() {
		if err != nil {
			t.Fatal(err)
		}
	}
	var r tally.Reader
	r.Write([]byte(feed))
	f, err := r.Close()
	if err != nil {
		t.Fatal(err)
	}
	for _, problems := range [][]tally.Problem{d.HeaderProblems(), f.Problems} {
		if len(problems) != 2 || problems[0].Offset != want[0] || problems[1].Offset != want[1] {
			t.Errorf("%v, want them near bytes %v", problems, want)
		}
	}
	const broken = `{"pledges":[{}],"title":"a","title":"b"}`
	for _, err := range NewDecoder(strings.NewReader(broken)).Records() {
		if e, ok := err.(*tally.FeedError); ok && (e.Offset != int64(strings.LastIndex(broken, ":")) || e.Records != 1) {
			t.Error(e)
		}
	}
	r = tally.Reader{}
	r.Write([]byte(broken))
	if _, err := r.Close(); err == nil || err.(*tally.FeedError).Offset != int64(strings.LastIndex(broken, ":")) {
		t.Error(err)
	}
}

func TestLoadCountsWhatItCouldNotRead(t *testing.T) {
	var b Book
	l, err := b.Load(strings.NewReader(`{"title":"T","pledges":[{"id":"` + uuid.NewString() + `"},{"id":7}]}`))
	if err != nil || l.Records != 2 || l.Lost != 1 || l.Header.Title != "T" || b.Len() != 1 || len(l.Problems) != 2 {
		t.Errorf("%+v %v", l, err)
	}
}

// Whoever writes a feed while others revise it writes one state, and not parts
// of several.
func TestAllIsTheBookAsItWas(t *testing.T) {
	var b Book
	s := newSource(5)
	for n := range 20 {
		p := s.pledge()
		p.ID, p.Updated = IDFromRef("a", strconv.Itoa(n)), gcm.InstantOfUnix(100, 0)
		b.Put(p)
	}
	all := b.All()
	for p := range all {
		p.Updated = gcm.InstantOfUnix(200, 0)
		b.Put(p)
		p.ID = IDFromRef("b", p.ID.String())
		b.Put(p)
	}
	n := 0
	for p := range all {
		if n++; p.Updated != gcm.InstantOfUnix(100, 0) {
			t.Errorf("%v is of %v", p.ID, p.Updated)
		}
	}
	if n != 20 || b.Len() != 40 {
		t.Errorf("%d pledges of %d", n, b.Len())
	}
}
