package tally

import (
	"encoding/binary"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

// numbered returns an ID of a number.
func numbered(n int) (id ID) {
	id[6] = 0x40
	binary.BigEndian.PutUint32(id[12:], uint32(n)+1)
	return id
}

// manyFacets are facets of one of n pledges, with a name that few others have.
func (s source) manyFacets(n int) Facets {
	f := s.facets()
	f.ID = numbered(s.IntN(n))
	f.Updated = gcm.InstantOfUnix(int64(1_650_000_000+s.IntN(1000)), 0)
	if s.IntN(3) == 0 {
		name := "Organization " + strconv.Itoa(s.IntN(5*n))
		f.Pledgers = append(f.Pledgers, Pledger{PledgerKey(name, gcm.CivilSociety, 0), gcm.CivilSociety, 0})
		f.Themes = append(f.Themes, "theme-"+strconv.Itoa(s.IntN(n)))
	}
	return f
}

// change puts or removes a random pledge of n.
func (s source) change(n int, x *Index, slow slowIndex) {
	if s.IntN(4) == 0 {
		id := numbered(s.IntN(n))
		x.Remove(id)
		delete(slow, id)
		return
	}
	f := s.manyFacets(n)
	x.Put(f)
	slow.put(f)
}

func TestCountsOfManyBlocksEqualARecount(t *testing.T) {
	const pledges = 3 * blockRows
	s := newSource(11)
	var x Index
	slow := slowIndex{}
	for round := range 4 {
		for range pledges {
			s.change(pledges, &x, slow)
		}
		for _, q := range []Query{{}, s.query(), s.query(), {State: AnyOf(state("KEN"))}, {Implementing: AnyOf(state("TUV")), Theme: AnyThemeOf("climate")}} {
			if got, want := json(x.Count(q)), json(slow.count(q)); got != want {
				t.Fatalf("round %d, %v:\ngot  %.2000s\nwant %.2000s", round, q, got, want)
			}
		}
		if x.Len() != len(slow) || x.Latest() != slow.latest() {
			t.Fatalf("round %d: %d pledges of %v, want %d of %v", round, x.Len(), x.Latest(), len(slow), slow.latest())
		}
	}
	seen := 0
	for f := range x.All() {
		if want, ok := slow[f.ID]; !ok || f.Compare(&want) != 0 {
			t.Fatalf("got %+v, want %+v", f, want)
		}
		if got, ok := x.Get(f.ID); !ok || got.Compare(&f) != 0 {
			t.Fatalf("All yields %+v, Get %+v", f, got)
		}
		seen++
	}
	if seen != len(slow) {
		t.Fatalf("All yields %d of %d", seen, len(slow))
	}
}

func TestVersionStaysAsItWas(t *testing.T) {
	const pledges = 2 * blockRows
	s := newSource(5)
	var x Index
	slow := slowIndex{}
	type past struct {
		version *Version
		len     int
		latest  gcm.Instant
		counts  map[Query]string
	}
	var all []past
	for range 12 {
		for range pledges / 3 {
			s.change(pledges, &x, slow)
		}
		p := past{x.Version(), x.Len(), x.Latest(), map[Query]string{}}
		for _, q := range []Query{{}, s.query(), s.query()} {
			p.counts[q] = json(slow.count(q))
		}
		all = append(all, p)
	}
	for i, p := range all {
		for q, want := range p.counts {
			if got := json(p.version.Count(q)); got != want {
				t.Errorf("version %d, %v:\ngot  %.2000s\nwant %.2000s", i, q, got, want)
			}
		}
		if p.version.Len() != p.len || p.version.Latest() != p.latest {
			t.Errorf("version %d: %d pledges of %v, then %d of %v", i, p.len, p.latest, p.version.Len(), p.version.Latest())
		}
	}
}

func TestZeroValuesHoldNothing(t *testing.T) {
	var x Index
	var v Version
	for name, got := range map[string]string{"Index": json(x.Count(Query{})), "Version": json(v.Count(Query{State: AnyOf(state("KEN"))})), "Partial": json(new(Partial).Counts())} {
		if want := json(Counts{}); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
	if _, ok := x.Get(numbered(1)); ok || x.Remove(numbered(1)) || x.Len() != 0 || v.Len() != 0 || v.Latest().IsValid() {
		t.Error("something is there")
	}
}

// Writers change pledges in ways that keep sums as they are. Whatever is
// counted beside them must be one state, not a mixture.
func TestCountsBesideWritesAreOfOneState(t *testing.T) {
	var x Index
	const pledges = 2*blockRows + 100
	put := func(n, revision int) {
		name := "Organization " + strconv.Itoa((n+revision)%1000)
		x.Put(Facets{
			ID:        numbered(n),
			Updated:   gcm.InstantOfUnix(int64(1_650_000_000+revision), 0),
			Type:      gcm.Type(1 + (n+revision)%4),
			Themes:    []string{"theme-" + strconv.Itoa(revision%7)},
			Announced: gcm.DateOf(2018+revision%5, 1+n%12, 0),
			Pledgers:  []Pledger{{PledgerKey(name, gcm.CivilSociety, 0), gcm.CivilSociety, 0}},
		})
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
				put(s.IntN(pledges), revision)
			}
		})
	}
	for range 2 {
		readers.Go(func() {
			for ended := false; !ended; {
				select {
				case <-done:
					ended = true
				default:
				}
				runtime.Gosched() // where there is one thread, nobody else gets it
				c := x.Count(Query{})
				types, months, themes := 0, 0, 0
				for _, n := range c.Types {
					types += n
				}
				for _, m := range c.Months {
					months += m.Number
				}
				for _, m := range c.Themes {
					themes += m.Number
				}
				if c.Total != pledges || types != pledges || months != pledges || themes != pledges || c.Categories[gcm.CivilSociety] != pledges {
					t.Errorf("%d pledges, %d by type, %d by month, %d by theme", c.Total, types, months, themes)
					return
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
}

func TestIndexesMergeInAnyOrder(t *testing.T) {
	s := newSource(8)
	shards := make([][]Facets, 5)
	slow := slowIndex{}
	for range 3000 {
		f := s.manyFacets(2000) // so that revisions of one pledge are in several shards
		slow.put(f)
		i := s.IntN(len(shards))
		shards[i] = append(shards[i], f)
	}
	index := func(i int) *Index {
		x := new(Index)
		for _, f := range shards[i] {
			x.Put(f)
		}
		return x
	}
	want := json(slow.count(Query{}))
	for round := range 6 {
		order := s.Perm(len(shards))
		all := new(Index)
		if round%2 == 0 { // one after the other
			for _, i := range order {
				all.Merge(index(i))
			}
		} else { // in pairs
			left, right := index(order[0]), index(order[1])
			left.Merge(index(order[2]))
			right.Merge(index(order[3]))
			all = index(order[4])
			all.Merge(left)
			all.Merge(right)
		}
		all.Merge(index(order[0])) // again
		all.Merge(all)
		if got := json(all.Count(Query{})); got != want {
			t.Fatalf("order %v:\ngot  %.2000s\nwant %.2000s", order, got, want)
		}
	}
}

// manyPledgers returns an index of pledges, each by a pledger of its own.
func manyPledgers(pledges int) *Index {
	x := new(Index)
	for n := range pledges {
		name := "Organization " + strconv.Itoa(n)
		x.Put(Facets{ID: numbered(n), Pledgers: []Pledger{{PledgerKey(name, gcm.CivilSociety, 0), gcm.CivilSociety, 0}}})
	}
	return x
}

// What a query allocates is its answer. (On one processor, where whoever counts
// next finds what the last one has left; and the smallest of some runs, as a
// garbage collection may take it.)
func TestCountAllocatesNothingThatGrowsWithTheIndex(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	bytes := func(pledges int) uint64 {
		x := manyPledgers(pledges)
		least := ^uint64(0)
		for range 30 {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			x.Count(Query{Category: AnyOf(gcm.CivilSociety)})
			runtime.ReadMemStats(&after)
			least = min(least, after.TotalAlloc-before.TotalAlloc)
		}
		return least
	}
	if few, many := bytes(100), bytes(20*blockRows); few > 4096 || many > few+4096 {
		t.Errorf("a query allocates %d bytes over 100 pledges and %d over a great many", few, many)
	}
}

func TestSeveralProcessorsCountWhatOneCounts(t *testing.T) {
	x := manyPledgers(2 * share * blockRows)
	q := Query{Category: AnyOf(gcm.CivilSociety)}
	several := json(x.Count(q))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if one := json(x.Count(q)); several != one {
		t.Errorf("several: %s\none: %s", several, one)
	}
}

func TestNumbersOfNamesThatAreGoneAreGivenAgain(t *testing.T) {
	var x Index
	for n := range 50_000 {
		name := "Organization " + strconv.Itoa(n)
		x.Put(Facets{
			ID:       numbered(n % 10),
			Updated:  gcm.InstantOfUnix(int64(n)+1, 0),
			Themes:   []string{"theme-" + strconv.Itoa(n)},
			Pledgers: []Pledger{{PledgerKey(name, gcm.CivilSociety, 0), gcm.CivilSociety, 0}},
		})
	}
	if n := len(x.pledgers.values) + len(x.keys.values) + len(x.themes.values); n > 1000 {
		t.Errorf("%d numbers for 20 names", n)
	}
	if c := x.Count(Query{}); c.Pledgers != 10 || len(c.Themes) != 10 {
		t.Errorf("%d pledgers, %d themes", c.Pledgers, len(c.Themes))
	}
}

func TestLongListsAreKeptWithoutRepetitions(t *testing.T) {
	f := Facets{ID: numbered(1), Pledgers: []Pledger{}, Implementing: []gcm.State{}}
	for i := range 5000 {
		f.Themes = append(f.Themes, "theme-"+strconv.Itoa(i%700))
		f.Implementing = append(f.Implementing, gcm.State(1+i%190))
		name := "Organization " + strconv.Itoa(i%900)
		f.Pledgers = append(f.Pledgers, Pledger{PledgerKey(name, gcm.CivilSociety, 0), gcm.CivilSociety, 0})
	}
	var x Index
	x.Put(Facets{ID: numbered(0), Themes: []string{"theme-1"}})
	x.Put(f)
	f.Themes, f.Implementing, f.Pledgers = f.Themes[:700], f.Implementing[:190], f.Pledgers[:900]
	if got, _ := x.Get(f.ID); got.Compare(&f) != 0 {
		t.Error("not kept as they were, but for repetitions")
	}
	if got, want := json(x.Count(Query{})), json((slowIndex{f.ID: f, numbered(0): {ID: numbered(0), Themes: []string{"theme-1"}}}).count(Query{})); got != want {
		t.Errorf("got  %.500s\nwant %.500s", got, want)
	}
}
