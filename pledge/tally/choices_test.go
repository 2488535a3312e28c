package tally

import (
	"errors"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// put sets the value of a facet in a query.
var put = [...]func(q *Query, i int){
	func(q *Query, i int) { q.Objective = objectives.Objective(i) },
	func(q *Query, i int) { q.Principle = gcm.Principle(i) },
	func(q *Query, i int) { q.Region = gcm.Region(i) },
	func(q *Query, i int) { q.Category = gcm.Category(i) },
	func(q *Query, i int) { q.Status = gcm.Status(i) },
	func(q *Query, i int) { q.Nature = gcm.Nature(i) },
	func(q *Query, i int) { q.Type = gcm.Type(i) },
}

// The number of what could be chosen is the total that one gets by choosing it.
func TestNumbersOfChoicesAreTheTotalsThatTheyGive(t *testing.T) {
	s := newSource(77)
	var x Index
	for range 4000 {
		x.Put(s.manyFacets(3000))
	}
	f := &Feed{Index: &x}
	chosenSome, withdrawn := 0, 0
	for range 150 {
		own, chosen := s.query(), Query{}
		for range s.IntN(4) { // a choice wins over the page's own filter
			i := s.IntN(len(put))
			put[i](&chosen, 1+s.IntN(len(facets[i].counts(&Counts{}))-1))
		}
		q := own
		for i, facet := range facets {
			if facet.in(&chosen) {
				put[i](&q, valueOf(i, &chosen))
			}
		}
		snapshot, err := f.Snapshot(q)
		if err != nil {
			t.Fatal(err)
		}
		c, err := f.Choices(snapshot, chosen)
		if err != nil || c.Chosen != chosen {
			t.Fatal(err)
		}
		for i, facet := range facets {
			fixed := facet.in(&q) && !facet.in(&chosen)
			if facet.in(&chosen) {
				chosenSome++
			}
			for value, got := range facet.counts(&c.Counts) {
				other := q
				if put[i](&other, value); value == 0 || fixed {
					// Not stated, or beside what the page filters by.
					if other = q; facet.in(&chosen) {
						facet.out(&other)
					}
					counts := x.Count(other)
					if want := facet.counts(&counts)[value]; got != want && (value != int(gcm.Withdrawn) || chosen.Status != gcm.Withdrawn) {
						t.Fatalf("%v, chosen %v, facet %d, value %d: %d, want %d", q, chosen, i, value, got, want)
					}
					continue
				}
				if other.Status == gcm.Withdrawn && q.Status != gcm.Withdrawn && !q.IncludeWithdrawn {
					if got != 0 {
						t.Fatalf("withdrawn pledges are counted: %d", got)
					}
					continue
				}
				if other.Status == gcm.Withdrawn {
					withdrawn++
				}
				if want := x.Count(other).Total; got != want {
					t.Fatalf("%v, chosen %v, facet %d, value %d: %d, want %d", q, chosen, i, value, got, want)
				}
			}
		}
	}
	if chosenSome < 50 || withdrawn < 5 {
		t.Errorf("tested too little: %d, %d", chosenSome, withdrawn)
	}
}

func valueOf(facet int, q *Query) int {
	return [...]int{int(q.Objective), int(q.Principle), int(q.Region), int(q.Category), int(q.Status), int(q.Nature), int(q.Type)}[facet]
}

// Without choices nothing is counted, so a snapshot has them too.
func TestSnapshotRefusesChoicesThatItCannotAnswer(t *testing.T) {
	s := newSource(6)
	f := &Feed{Index: new(Index)}
	for range 200 {
		f.Index.Put(s.facets())
	}
	q := Query{Region: gcm.Africa}
	of := func(q Query) *Feed {
		snapshot, _ := f.Snapshot(q)
		return read(t, string(snapshot.AppendJSON(nil)))
	}
	snapshot, _ := of(q).Snapshot(q)
	if c, err := of(q).Choices(snapshot, Query{}); err != nil || c.Counts.Regions != snapshot.Counts.Regions || c.Counts.Types != snapshot.Counts.Types {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := of(q).Choices(snapshot, q); c != nil || !errors.As(err, new(*NarrowError)) {
		t.Errorf("%+v, %v", c, err)
	}
	snapshot, _ = of(Query{}).Snapshot(q)
	if c, err := of(Query{}).Choices(snapshot, q); err != nil || c.Counts.Regions != f.Index.Count(Query{}).Regions {
		t.Errorf("%+v, %v", c, err)
	}
}
