package tally

import (
	"strings"
	"testing"
)

func TestPartialsAddUpInAnyOrder(t *testing.T) {
	s := newSource(17)
	for round := range 30 {
		n := 1 + s.IntN(6)
		shards := make([]Index, n)
		var whole Index
		for range 400 {
			f := s.manyFacets(200)
			whole.Put(f)
			shards[f.ID.Shard(n)].Put(f)
		}
		for _, q := range []Query{{}, s.query(), s.query()} {
			parts := make([]*Partial, n)
			for i := range shards {
				// On its way from one machine to another.
				parts[i] = new(Partial)
				if err := parts[i].UnmarshalJSON(shards[i].Partial(q).AppendJSON(nil)); err != nil {
					t.Fatal(err)
				}
			}
			parts = append(parts, new(Partial)) // which changes nothing
			s.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
			for len(parts) > 1 { // any two that stand side by side
				i := s.IntN(len(parts) - 1)
				parts[i].Add(parts[i+1])
				parts = append(parts[:i+1], parts[i+2:]...)
			}
			want := whole.Partial(q)
			if got, want := string(parts[0].AppendJSON(nil)), string(want.AppendJSON(nil)); got != want {
				t.Fatalf("round %d, %v in %d parts:\ngot  %s\nwant %s", round, q, n, got, want)
			}
			if got, want := json(parts[0].Counts()), json(whole.Count(q)); got != want {
				t.Fatalf("round %d, %v:\ngot  %s\nwant %s", round, q, got, want)
			}
		}
	}
}

func TestAddingLeavesTheOtherPartAsItWas(t *testing.T) {
	s := newSource(2)
	var x, y Index
	for range 100 {
		f := s.manyFacets(1000)
		x.Put(f)
		f.ID[0]++
		y.Put(f)
	}
	a, b := x.Partial(Query{}), y.Partial(Query{})
	before, taken := string(b.AppendJSON(nil)), a.Counts()
	was := json(taken)
	a.Add(b)
	a.Add(b)
	if string(b.AppendJSON(nil)) != before || json(taken) != was {
		t.Error("changed")
	}
}

func TestShardsHoldAboutAsManyPledges(t *testing.T) {
	for _, like := range []func(n int) ID{numbered, func(n int) (id ID) {
		id[3], id[4], id[15] = byte(n>>8), byte(n), 7 // alike but for a time
		return id
	}} {
		counts := make([]int, 7)
		for n := range 7000 {
			counts[like(n).Shard(len(counts))]++
		}
		for _, n := range counts {
			if n < 800 || n > 1200 {
				t.Errorf("%v", counts)
			}
		}
	}
}

func TestPartialThatIsNotUnderstoodIsRefused(t *testing.T) {
	var x Index
	x.Put(newSource(1).facets())
	good := string(x.Partial(Query{}).AppendJSON(nil))
	var p Partial
	if err := p.UnmarshalJSON([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{``, `{`, `[]`, strings.Replace(good, `"keys":[`, `"keys":["another",`, 1), strings.Replace(good, `"total":1`, `"total":"1"`, 1),
		strings.Replace(good, `"objectives":{`, `"objectives":{"77":1,`, 1)} {
		if bad == good {
			t.Fatal("nothing replaced")
		}
		if err := p.UnmarshalJSON([]byte(bad)); err != ErrPartial {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if string(p.AppendJSON(nil)) != good {
		t.Error("changed by what was refused")
	}
}

func TestThereIsNoShardOfNoParts(t *testing.T) {
	for _, n := range []int{0, -1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a shard of %d parts", n)
				}
			}()
			numbered(1).Shard(n)
		}()
	}
}
