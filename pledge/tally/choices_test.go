package tally

import (
	"errors"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

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
			d := Dimension(s.IntN(int(arrays)))
			chosen.asked(d).add(1 + s.IntN(len(new(Counts).Of(d))-1))
		}
		if s.IntN(3) == 0 {
			chosen.State = AnyOf(pick(s, state("KEN"), state("DEU"), state("VAT")))
		}
		q := own
		for _, d := range append(slices.Collect(Dimensions())[:arrays], ByState) {
			if chosen.Asks(d) {
				*q.asked(d) = *chosen.asked(d)
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
		if own.State.IsZero() || !chosen.State.IsZero() {
			for _, of := range c.Counts.States {
				other := q
				other.State = AnyOf(of.State)
				if want := x.Count(other).Total; of.Number != want {
					t.Fatalf("%v, chosen %v, by %v: %d, want %d", q, chosen, of.State, of.Number, want)
				}
			}
		}
		for d := range arrays {
			isChosen := chosen.Asks(d)
			fixed := q.Asks(d) && !isChosen
			if isChosen {
				chosenSome++
			}
			for value, got := range c.Counts.Of(d) {
				other := q
				*other.asked(d) = numberSet{}
				if other.asked(d).add(value); value == 0 || fixed {
					// Not stated, or beside what the page filters by.
					if other = q; isChosen {
						*other.asked(d) = numberSet{}
					}
					counts := x.Count(other)
					if want := counts.Of(d)[value]; got != want && (value != int(gcm.Withdrawn) || !chosen.Status.Has(gcm.Withdrawn)) {
						t.Fatalf("%v, chosen %v, by %v, value %d: %d, want %d", q, chosen, d, value, got, want)
					}
					continue
				}
				if other.Status.Has(gcm.Withdrawn) && !q.Status.Has(gcm.Withdrawn) && !q.IncludeWithdrawn {
					if got != 0 {
						t.Fatalf("withdrawn pledges are counted: %d", got)
					}
					continue
				}
				if other.Status.Has(gcm.Withdrawn) {
					withdrawn++
				}
				if want := x.Count(other).Total; got != want {
					t.Fatalf("%v, chosen %v, by %v, value %d: %d, want %d", q, chosen, d, value, got, want)
				}
			}
		}
	}
	if chosenSome < 50 || withdrawn < 5 {
		t.Errorf("tested too little: %d, %d", chosenSome, withdrawn)
	}
}

// Without choices nothing is counted, so a snapshot has them too.
func TestSnapshotRefusesChoicesThatItCannotAnswer(t *testing.T) {
	s := newSource(6)
	f := &Feed{Index: new(Index)}
	for range 200 {
		f.Index.Put(s.facets())
	}
	q := Query{Region: AnyOf(gcm.Africa)}
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
