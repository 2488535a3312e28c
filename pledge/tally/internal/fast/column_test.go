package fast

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestListsAreWhatAMapIs sets and clears lists in any order, with copies that must
// stay as they were.
func TestListsAreWhatAMapIs(t *testing.T) {
	s := rand.New(rand.NewPCG(16, 16))
	type version struct {
		lists *Lists[uint32]
		want  map[uint16][]uint32
	}
	var old []version
	var l *Lists[uint32]
	want := map[uint16][]uint32{}
	check := func(l *Lists[uint32], want map[uint16][]uint32) {
		t.Helper()
		var all Bitmap
		seen := 0
		for row := range uint16(Rows) {
			all.Set(row)
			if !slices.Equal(l.Of(row), want[row]) {
				t.Fatalf("row %d: %d, want %d", row, l.Of(row), want[row])
			}
		}
		last := -1
		l.Each(&all, func(row uint16, list []uint32) {
			if seen++; int(row) <= last || !slices.Equal(list, want[row]) {
				t.Fatalf("row %d behind %d: %d, want %d", row, last, list, want[row])
			}
			last = int(row)
		})
		if seen != len(want) {
			t.Fatalf("%d rows of %d", seen, len(want))
		}
	}
	for step := range 3000 {
		row := uint16(s.IntN(200) * 20)
		l.Clear(row)
		delete(want, row)
		if s.IntN(3) > 0 {
			var list []uint32
			for range 1 + s.IntN(9) {
				list = append(list, uint32(s.IntN(1000)))
			}
			l = l.With(row, list)
			want[row] = list
		}
		if step%100 == 0 {
			kept := version{l, map[uint16][]uint32{}}
			for row, list := range want {
				kept.want[row] = list
			}
			old, l = append(old, kept), l.Clone()
		}
	}
	check(l, want)
	for _, v := range old {
		check(v.lists, v.want)
	}
	if l.dead > len(l.values)/2 {
		t.Errorf("%d of %d values are dead", l.dead, len(l.values))
	}
	for row := range uint16(Rows) {
		l.Clear(row)
	}
	if len(l.runs) != 0 || len(l.values) != 0 {
		t.Errorf("%d runs, %d values when all are cleared", len(l.runs), len(l.values))
	}
}

// TestRevisionsMoveLittle revises pledges with large lists in the middle of a block
// again and again: what is moved for that is no more than what was put.
func TestRevisionsMoveLittle(t *testing.T) {
	list := make([]uint32, 500)
	for _, lists := range []struct {
		name string
		row  func(i int) uint16
	}{
		{"one row", func(int) uint16 { return 5 }},
		{"all rows in turn", func(i int) uint16 { return uint16(i * 7 % Rows) }},
		{"backwards", func(i int) uint16 { return uint16((10*Rows - i) % Rows) }},
	} {
		t.Run(lists.name, func(t *testing.T) {
			c := Column{}
			for row := range uint16(Rows) {
				c.AddAll(row, list)
			}
			const revisions = 10_000
			for i := range revisions {
				row := lists.row(i)
				c.Clear(row)
				c.AddAll(row, list)
			}
			if put := revisions * len(list); c.more.moved > put+Rows*len(list) {
				t.Errorf("%d values moved for %d", c.more.moved, put)
			}
			if kept := len(c.more.values); kept > 2*Rows*len(list)+len(list) {
				t.Errorf("%d values kept of %d", kept, Rows*len(list))
			}
		})
	}
}

// Numbers of two bytes are kept in two, until there is one of more.
func TestColumnHoldsNumbersOfAnySize(t *testing.T) {
	s := rand.New(rand.NewPCG(52, 52))
	for _, most := range []int{1 << 4, 1 << 16, 1 << 18} {
		var c Column
		want := map[uint16][]uint32{}
		for range 5000 {
			row, value := uint16(s.IntN(Rows)), uint32(1+s.IntN(most))
			if s.IntN(4) == 0 {
				c.Clear(row)
				delete(want, row)
			} else if !slices.Contains(want[row], value) {
				list := append(slices.Clone(want[row]), value)
				c.Clear(row)
				c.AddAll(row, list)
				want[row] = list
			}
		}
		if (c.large != nil) != (most > 1<<16) {
			t.Errorf("up to %d: large %v", most, c.large != nil)
		}
		c.Own()
		var selected, kept Bitmap
		odd := func(value uint32) bool { return value%2 == 1 }
		counts, got := make([]uint32, most+1), make([]uint32, most+1)
		for row := range uint16(Rows) {
			first := uint32(0)
			if values := want[row]; len(values) > 0 {
				first = values[0]
			}
			if c.First(row) != first {
				t.Fatalf("row %d: %d, want %d", row, c.First(row), first)
			}
			if all := c.AppendAll(nil, row); !slices.Equal(all, want[row]) {
				t.Fatalf("row %d: %d, want %d", row, all, want[row])
			}
			if s.IntN(2) == 0 {
				continue
			}
			selected.Set(row)
			for _, value := range want[row] {
				counts[value]++
			}
			if slices.ContainsFunc(want[row], odd) {
				kept.Set(row)
			}
		}
		if c.Count(&selected, got); !slices.Equal(got, counts) {
			t.Errorf("up to %d: wrong counts", most)
		}
		if c.Keep(&selected, odd); selected != kept {
			t.Errorf("up to %d: wrong rows kept", most)
		}
	}
}
