package tally

import (
	"cmp"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// slowItems is the reference for [Index.Newest]: a map of revisions with their
// texts, sorted for each query.
type slowItems map[ID]described

func (x slowItems) put(p described) {
	p.facets = once(p.facets)
	old, ok := x[p.facets.ID]
	if c := p.facets.Compare(&old.facets); !ok || c > 0 || c == 0 && p.compareTexts(&old) > 0 {
		x[p.facets.ID] = p
	}
}

// compareTexts orders pledges that count alike by their texts.
func (p *described) compareTexts(old *described) int {
	if p.texts == nil || old.texts == nil {
		return compareBool(p.texts != nil, old.texts != nil)
	}
	a, b := p.item(), old.item()
	return cmp.Or(
		cmp.Compare(len(a.Language), len(b.Language)), strings.Compare(a.Language, b.Language),
		cmp.Compare(len(a.Link), len(b.Link)), strings.Compare(a.Link, b.Link),
		strings.Compare(a.Title, b.Title), slices.Compare(p.names, old.names),
	)
}

func (x slowItems) newest(q Query, n int) (all []Item) {
	for _, p := range x {
		if q.Matches(&p.facets) {
			all = append(all, p.item())
		}
	}
	slices.SortFunc(all, func(a, b Item) int { return a.Compare(&b) })
	return slices.Clip(all[:min(len(all), n)])
}

func (p *described) item() Item {
	title, language, link := p.texts.split()
	pledger, links := "", []string(nil)
	if len(p.names) > 0 {
		pledger = p.names[0]
	}
	if link != "" {
		links = []string{"http://example.org/", link, "https://example.org/second"}
	}
	return ItemOf(&p.facets, title, language, pledger, links)
}

// textsOf returns texts as those of a record are kept.
func textsOf(title, language, link string) texts {
	at := 0
	span := func(s string) wire.Span {
		at += len(s)
		return wire.Span{Start: at - len(s), End: at}
	}
	l := fast.Listed{Title: span(title), Language: span(language), Link: span(link)}
	return appendTexts(nil, []byte(title+language+link), &l)
}

// described returns facets with texts that few others have.
func (s source) described(n int) described {
	p := described{facets: once(s.manyFacets(n))}
	if s.IntN(4) > 0 {
		p.texts = textsOf(pick(s, "", "A", "B"), pick(s, "", "fr"), pick(s, "", "https://example.org/1"))
		for range p.facets.Pledgers {
			p.names = append(p.names, pick(s, "", "IOM", "Á"))
		}
	}
	return p
}

func (x *Index) putDescribed(p described) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.putWith(&p.facets, p.names, p.texts)
}

func TestNewestPledgesAreThoseOfASlowList(t *testing.T) {
	for _, pledges := range []int{30, 2*blockRows + 100} {
		s := newSource(uint64(pledges))
		x, slow := new(Index), slowItems{}
		for round := range 6 {
			for range pledges {
				if s.IntN(4) == 0 {
					id := numbered(s.IntN(pledges))
					x.Remove(id)
					delete(slow, id)
					continue
				}
				p := s.described(pledges)
				x.putDescribed(p)
				slow.put(p)
			}
			if round == 3 { // a merged index is an index
				merged := new(Index)
				merged.Merge(x)
				x = merged
			}
			for _, q := range []Query{{}, s.query(), s.query(), {State: AnyOf(state("KEN"))}, {Theme: AnyThemeOf("climate"), IncludeWithdrawn: true}, {Status: AnyOf(gcm.Withdrawn)}} {
				newest := slow.newest(q, 100)
				for _, n := range []int{0, 1, 7, 10, 100} {
					if got, want := x.Newest(q, n), newest[:min(n, len(newest))]; !slices.Equal(got, want) {
						t.Fatalf("%d pledges, round %d, %v:\ngot  %+v\nwant %+v", pledges, round, q, got, want)
					}
				}
				if pledges > 30 && round < 5 {
					continue // it takes long
				}
				title := func(i *Item) string { return i.Title }
				want := slow.newest(q, pledges)
				checkListed(t, x, q, nil, want)
				slices.SortStableFunc(want, func(a, b Item) int { return strings.Compare(a.Title, b.Title) })
				checkListed(t, x, q, title, want)
			}
		}
	}
}

// checkListed fails the test if parts of a list aren't those of the whole.
func checkListed(t *testing.T, x *Index, q Query, key func(*Item) string, want []Item) {
	t.Helper()
	for _, from := range []int{0, -1, 1, 10, len(want) / 2, len(want) - 1, len(want), len(want) + 5} {
		rest := want[min(max(from, 0), len(want)):]
		for _, n := range []int{0, 1, 10, len(want) + 1} {
			if n > blockRows && from != 0 {
				continue // it takes long
			}
			if got, want := x.Listed(q, key, from, n), rest[:min(n, len(rest))]; !slices.Equal(got, want) {
				t.Fatalf("%v, %d behind %d: got %d\n%+v\nwant %d\n%+v", q, n, from, len(got), got, len(want), want)
			}
		}
	}
}

func TestItemsAreInATotalOrder(t *testing.T) {
	s := newSource(12)
	item := func() Item { p := s.described(5); return p.item() }
	for range 20_000 {
		a, b, c := item(), item(), item()
		if ab, ba := a.Compare(&b), b.Compare(&a); ab != -ba || a.Compare(&a) != 0 {
			t.Fatalf("%d and %d:\n%+v\n%+v", ab, ba, a, b)
		} else if ab <= 0 && b.Compare(&c) <= 0 && a.Compare(&c) > 0 {
			t.Fatalf("not transitive:\n%+v\n%+v\n%+v", a, b, c)
		}
		if !a.Announced.IsValid() && b.Announced.IsValid() && a.Compare(&b) < 0 {
			t.Fatalf("without a date, and not last: %+v", a)
		}
	}
}

// Which of two revisions of the same instant counts doesn't depend on who reads
// them, nor when, even if they differ in what isn't counted only.
func TestItemsAreTheSameWhoeverReadsAndInWhateverOrder(t *testing.T) {
	s := newSource(31)
	var lines []string
	for range 2000 {
		p := s.manyFacets(300)
		line := `{"id":"` + p.ID.String() + `","announced":"` + pick(s, "", "2022", "2022-05-20") + `","title":"` + pick(s, "", "a", "á", "\\u00e1b") +
			`","updated":"` + pick(s, "2022-05-20T00:00:00Z", "2022-05-20T02:00:00+02:00") + `","language":"` + pick(s, "", "fr") +
			`","links":["ftp://example.org","HTTPS://example.org/` + strconv.Itoa(s.IntN(3)) + `"],"pledgers":[{"name":"` + pick(s, "IOM", "iom", "Iom") + `"},{"name":"ILO"}]}`
		lines = append(lines, line)
	}
	var want string
	for round := range 6 {
		r := Reader{Items: true, Workers: 1 + round*3}
		if _, err := r.ReadFrom(strings.NewReader(strings.Join(lines, "\n"))); err != nil {
			t.Fatal(err)
		}
		f, err := r.Close()
		if err != nil || f.ProblemCount > 0 {
			t.Fatal(err, f.Problems)
		}
		snapshot, _ := f.Snapshot(Query{})
		snapshot.Items = append(snapshot.Items, f.Index.Newest(Query{}, 300)...)
		got := string(snapshot.AppendJSON(nil))
		if want == "" {
			want = got
		}
		if len(snapshot.Items) < MaxItems+200 || snapshot.Items[0].Pledger == "" || snapshot.Items[0].Link == "" {
			t.Fatalf("%d items: %+v", len(snapshot.Items), snapshot.Items[0])
		}
		if got != want {
			t.Fatalf("round %d:\ngot  %.3000s\nwant %.3000s", round, got, want)
		}
		s.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	}
}

// The one who reads for counting only pays nothing, and doesn't look at texts.
func TestItemsAreKeptOnlyIfAskedFor(t *testing.T) {
	const in = `[{"id":"` + id1 + `","title":"T","language":"fr","links":["https://example.org"],"announced":"2022","pledgers":[{"name":"A"},{"name":"B"}]},{"id":"` + id2 + `","title":7}]`
	f := read(t, in)
	if s, _ := f.Snapshot(Query{}); s.Items != nil || f.Index.texts != nil || f.ProblemCount != 0 {
		t.Errorf("%+v, %v, %v", s.Items, f.Index.texts, f.Problems)
	}
	id, _ := ParseID(id1)
	item := Item{ID: id, More: 1, Announced: gcm.DateOf(2022, 0, 0)}
	if got := f.Index.Newest(Query{}, 1); !reflect.DeepEqual(got, []Item{item}) {
		t.Errorf("got %+v", got)
	}
	r := Reader{Items: true}
	r.Write([]byte(in))
	f, err := r.Close()
	if err != nil || f.ProblemCount != 1 || f.Problems[0].Path != "/title" {
		t.Fatal(err, f.Problems)
	}
	item.Title, item.Language, item.Pledger, item.Link = "T", "fr", "A", "https://example.org"
	id, _ = ParseID(id2)
	if s, _ := f.Snapshot(Query{}); !reflect.DeepEqual(s.Items, []Item{item, {ID: id}}) {
		t.Errorf("got %+v", s.Items)
	}
}

func TestItemNamesWhoPledges(t *testing.T) {
	for in, want := range map[string]Item{
		`{"name":"Deutschland","category":"member-state","state":"DEU"},{"name":"x"}`: {Pledger: "Deutschland", State: state("DEU"), More: 1},
		`{"name":"City of Y","category":"local-government","state":"DEU"}`:            {Pledger: "City of Y"},
		`{"state":"DEU"},{"name":"x"},{"name":"X"},{"name":"y"}`:                      {State: state("DEU"), More: 2},
		`{"category":"media"},{"name":"x"}`:                                           {Pledger: "x"},
		``:                                                                            {},
	} {
		r := Reader{Items: true}
		// Twice, for a pledger that is known by then is read in another way.
		r.Write([]byte(`[{"id":"` + id1 + `","pledgers":[` + in + `]},{"id":"` + id2 + `","pledgers":[` + in + `]}]`))
		f, err := r.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range f.Index.Newest(Query{}, 2) {
			want.ID = got.ID
			if got != want {
				t.Errorf("%s: got %+v, want %+v", in, got, want)
			}
		}
	}
}

func TestTextsOfItemsAreCut(t *testing.T) {
	long := strings.Repeat("é", 200)
	item := ItemOf(&Facets{}, long, strings.Repeat("x", 36), "a"+long, []string{"https://example.org/" + long + long, "https://", "//example.org", "https://example.org/é"})
	for _, s := range []string{item.Title, item.Pledger} {
		if cut, ok := strings.CutSuffix(s, "…"); !ok || len(s) > 300 || len(s) < 298 || !utf8.ValidString(s) || !strings.HasPrefix("a"+long, cut) && !strings.HasPrefix(long, cut) {
			t.Errorf("%d bytes: %q", len(s), s)
		}
	}
	if item.Language != "" || item.Link != "https://example.org/é" {
		t.Errorf("%+v", item)
	}
	if again := ItemOf(&Facets{}, item.Title, item.Language, item.Pledger, []string{item.Link}); again != item {
		t.Errorf("cut twice: %+v", again)
	}
	broken := strings.Repeat("\x80", 400) // no rune begins anywhere
	if item := ItemOf(&Facets{}, broken, "", "", nil); len(item.Title) > 300 {
		t.Errorf("%d bytes", len(item.Title))
	}
}

// Beside writers a list is in order, has no pledge twice, and none that the
// query has never selected.
func TestNewestBesideWrites(t *testing.T) {
	var x Index
	const pledges = blockRows + 500
	put := func(n, revision int) {
		f := Facets{ID: numbered(n), Updated: gcm.InstantOfUnix(int64(1_650_000_000+revision), 0), Type: gcm.Type(1 + n%4), Announced: gcm.DateOf(2018+(n+revision)%5, 0, 0)}
		x.putDescribed(described{facets: f, texts: textsOf(strconv.Itoa(n), "", "")})
	}
	for n := range pledges {
		put(n, 0)
	}
	var writers, readers sync.WaitGroup
	done := make(chan struct{})
	for w := range 2 {
		writers.Go(func() {
			s := newSource(uint64(w))
			for revision := 1; revision < 3000; revision++ {
				n := s.IntN(pledges)
				if revision%5 == 0 {
					x.Remove(numbered(n))
				}
				put(n, revision)
			}
		})
	}
	readers.Go(func() {
		for ended := false; !ended; {
			runtime.Gosched() // where there is one thread only
			select {
			case <-done:
				ended = true
			default:
			}
			items := x.Newest(Query{Type: AnyOf(gcm.Common)}, 20)
			if len(items) != 20 {
				t.Errorf("%d items", len(items))
			}
			seen := map[ID]bool{}
			for i, item := range items {
				n, err := strconv.Atoi(item.Title)
				if err != nil || item.ID != numbered(n) || gcm.Type(1+n%4) != gcm.Common || seen[item.ID] || i > 0 && items[i-1].Compare(&item) >= 0 {
					t.Errorf("%d: %+v", i, item)
					return
				}
				seen[item.ID] = true
			}
		}
	})
	writers.Wait()
	close(done)
	readers.Wait()
}

// Somebody has written to a block between the choice of its rows and the look at
// them.
func TestNewestOfABlockThatHasChanged(t *testing.T) {
	var x Index
	q := Query{Type: AnyOf(gcm.Common)}
	for n := range 5 {
		x.Put(Facets{ID: numbered(n), Type: gcm.Common})
	}
	l := newest{most: 10}
	b := x.Version().blocks[0]
	rows := x.Version().selection(&q).newerThan(b, &l)
	x.Put(Facets{ID: numbered(1), Type: gcm.Individual, Updated: gcm.InstantOfUnix(1, 0)})
	x.Remove(numbered(2))
	x.Put(Facets{ID: numbered(7), Type: gcm.Common})
	x.newestOf(0, b, &rows, &q, &l)
	if want := x.Newest(q, 10); len(want) != 4 || !reflect.DeepEqual(l.items, want) {
		t.Errorf("got %+v, want %+v", l.items, want)
	}
}

// A pledge that is removed and put again may be met in two rows.
func TestPledgeThatMovesIsListedOnce(t *testing.T) {
	l := newest{most: 3}
	for revision := range int64(5) {
		for n := range 3 {
			item := Item{ID: numbered(n), Updated: gcm.InstantOfUnix(100+revision*int64(n-1), 0)}
			if l.takes(&item) {
				l.put(item)
			}
		}
	}
	seen := map[ID]bool{}
	for _, item := range l.items {
		seen[item.ID] = true
	}
	if len(l.items) != 3 || len(seen) != 3 || l.items[0].ID != numbered(2) {
		t.Errorf("%+v", l.items)
	}
}

func TestTextsOfARemovedPledgeAreForgotten(t *testing.T) {
	var x Index
	for n := range 10 {
		x.putDescribed(described{facets: Facets{ID: numbered(n)}, texts: textsOf("T", "", "")})
	}
	x.Remove(numbered(3))
	kept := 0
	for row := range uint32(10) {
		if len(x.textsOf(row)) > 0 {
			kept++
		}
	}
	if kept != 9 {
		t.Errorf("the texts of %d pledges are kept", kept)
	}
}
