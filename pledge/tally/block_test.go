package tally

import (
	"testing"
)

// gather makes the entry of facets as a decoder does, with numbers in use.
func (d *decoder) gather(f *Facets) {
	x := d.names.index
	x.mu.Lock()
	e := *x.entry(f, nil)
	d.batch.add(&e, x.kinds)
	x.mu.Unlock()
}

func TestBatchesCountLikePuts(t *testing.T) {
	const pledges = 3 * blockRows
	s := newSource(31)
	var x Index
	slow := slowIndex{}
	type past struct {
		version *Version
		counts  string
	}
	var all []past
	for round, size := range []int{100, blockRows, 10, blockRows, blockRows - 1, 1, blockRows, 0, blockRows} {
		d := newDecoder(&x, false, 32, nil)
		var gathered []Facets
		for range size {
			f := s.manyFacets(pledges)
			d.gather(&f)
			slow.put(f)
			gathered = append(gathered, f)
		}
		x.putBatch(&d.batch)
		x.distinguish()
		if d.batch.block != nil || len(d.batch.records) > 0 || d.batch.last != (sets[uint64]{}) {
			t.Fatalf("round %d: the batch isn't empty", round)
		}
		for i := range gathered { // the numbers that gather has used
			e := x.entry(&gathered[i], nil)
			x.release(e)
			x.release(e)
		}
		for _, q := range []Query{{}, {IncludeWithdrawn: true}, s.query()} {
			if got, want := json(x.Count(q)), json(slow.count(q)); got != want {
				t.Fatalf("round %d, %v:\ngot  %.2000s\nwant %.2000s", round, q, got, want)
			}
		}
		if x.Len() != len(slow) || x.Latest() != slow.latest() {
			t.Fatalf("round %d: %d pledges of %v, want %d of %v", round, x.Len(), x.Latest(), len(slow), slow.latest())
		}
		all = append(all, past{x.Version(), json(slow.count(Query{}))})
		for range 500 { // by which rows get free that the next batch leaves alone
			s.change(pledges, &x, slow)
		}
	}
	for i, p := range all {
		if got := json(p.version.Count(Query{})); got != p.counts {
			t.Errorf("version %d:\ngot  %.2000s\nwant %.2000s", i, got, p.counts)
		}
	}
	for id, want := range slow {
		if got, ok := x.Get(id); !ok || got.Compare(&want) != 0 {
			t.Fatalf("got %+v, want %+v", got, want)
		}
		if !x.Remove(id) {
			t.Fatalf("%v isn't there", id)
		}
	}
	if x.Len() != 0 || x.Latest().IsValid() || json(x.Count(Query{IncludeWithdrawn: true})) != json(Counts{}) {
		t.Error("something is left when all are removed")
	}
	if n := x.pledgers.numbers.Len() + x.themes.numbers.Len() + x.places.numbers.Len() + x.keys.numbers.Len(); n != 0 {
		t.Errorf("%d names are in use when all pledges are removed", n)
	}
}

// One decoder fills several blocks, of which none has the lists of another.
func TestBlocksHaveListsOfTheirOwn(t *testing.T) {
	s := newSource(32)
	var x, want Index
	d := newDecoder(&x, false, 32, nil)
	for n := range 3*blockRows + 7 {
		f := s.facets()
		f.ID = numbered(n)
		want.Put(f)
		d.gather(&f)
		if d.batch.full() {
			x.putBatch(&d.batch)
		}
	}
	x.putBatch(&d.batch)
	x.distinguish()
	if got, want := json(x.Count(Query{})), json(want.Count(Query{})); got != want {
		t.Errorf("got  %.2000s\nwant %.2000s", got, want)
	}
}
