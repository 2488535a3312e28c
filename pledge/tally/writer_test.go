package tally

import "testing"

// Two writers in turn, beside a slow index and one of puts.
func TestWritersPutLikePut(t *testing.T) {
	const pledges = 2000
	s := newSource(37)
	var x, put Index
	slow := slowIndex{}
	writers := [...]*Writer{NewWriter(&x), NewWriter(&x)}
	var waiting [2][]Facets
	for range 12_000 {
		i := s.IntN(2)
		w := writers[i]
		f := s.manyFacets(pledges)
		slow.put(f)
		var by []Number
		for _, p := range f.Pledgers {
			by = append(by, w.Pledger(p))
		}
		place := w.Place(f.Implementing)
		plain := f
		f.Pledgers, f.Implementing = nil, nil
		w.Add(&f, by, place)
		if waiting[i] = append(waiting[i], plain); s.IntN(100) > 0 {
			continue
		}
		n := 0
		w.Flush(func(k int, row uint32, o Outcome) {
			f := &waiting[i][k]
			if want := put.Put(*f); k != n || o != want {
				t.Fatalf("outcome %d of %d: %v, want %v", k, n, o, want)
			}
			if got, _ := put.Row(f.ID); got != row {
				t.Fatalf("row %d, want %d", row, got)
			}
			n++
		})
		if n != len(waiting[i]) {
			t.Fatalf("%d were put, %d added", n, len(waiting[i]))
		}
		if waiting[i] = waiting[i][:0]; w.Len() > 300 {
			w.Forget()
		}
	}
	for i, w := range writers {
		w.Flush(func(int, uint32, Outcome) {})
		w.Close()
		for _, f := range waiting[i] {
			put.Put(f)
		}
	}
	for range 20 {
		q := s.query()
		if got, want := json(x.Count(q)), json(slow.count(q)); got != want {
			t.Fatalf("%v:\ngot  %.2000s\nwant %.2000s", q, got, want)
		}
	}
	for id := range slow {
		if !x.Remove(id) {
			t.Fatalf("%v isn't there", id)
		}
		if _, ok := x.Row(id); ok {
			t.Fatalf("%v has a row, though it is removed", id)
		}
	}
	if n := x.pledgers.numbers.Len() + x.keys.numbers.Len() + x.places.numbers.Len() + x.themes.numbers.Len() + x.months.numbers.Len(); n != 0 {
		t.Errorf("%d numbers are still used", n)
	}
}
