package tally

import (
	"slices"
	"testing"
)

// TestListsAreWhatAMapIs sets and clears lists in any order, with copies that must
// stay as they were.
func TestListsAreWhatAMapIs(t *testing.T) {
	s := newSource(16)
	type version struct {
		lists *lists[uint32]
		want  map[uint16][]uint32
	}
	var old []version
	var l *lists[uint32]
	want := map[uint16][]uint32{}
	check := func(l *lists[uint32], want map[uint16][]uint32) {
		t.Helper()
		var all rows
		seen := 0
		for row := range uint16(blockRows) {
			all.set(row)
			if !slices.Equal(l.of(row), want[row]) {
				t.Fatalf("row %d: %d, want %d", row, l.of(row), want[row])
			}
		}
		last := -1
		if l == nil {
			return
		}
		l.each(&all, func(row uint16, e extent) {
			list := l.list(e)
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
		l.clear(row)
		delete(want, row)
		if s.IntN(3) > 0 {
			var list []uint32
			for range 1 + s.IntN(9) {
				list = append(list, uint32(s.IntN(1000)))
			}
			l = l.with(row, list)
			want[row] = list
		}
		if step%100 == 0 {
			kept := version{l, map[uint16][]uint32{}}
			for row, list := range want {
				kept.want[row] = list
			}
			old, l = append(old, kept), l.clone()
		}
	}
	check(l, want)
	for _, v := range old {
		check(v.lists, v.want)
	}
	if l.dead > len(l.values)/2 {
		t.Errorf("%d of %d values are dead", l.dead, len(l.values))
	}
	for row := range uint16(blockRows) {
		l.clear(row)
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
		{"all rows in turn", func(i int) uint16 { return uint16(i * 7 % blockRows) }},
		{"backwards", func(i int) uint16 { return uint16((10*blockRows - i) % blockRows) }},
	} {
		t.Run(lists.name, func(t *testing.T) {
			c := column{}
			for row := range uint16(blockRows) {
				c.addAll(row, list)
			}
			const revisions = 10_000
			for i := range revisions {
				row := lists.row(i)
				c.clear(row)
				c.addAll(row, list)
			}
			if put := revisions * len(list); c.more.moved > put+blockRows*len(list) {
				t.Errorf("%d values moved for %d", c.more.moved, put)
			}
			if kept := len(c.more.values); kept > 2*blockRows*len(list)+len(list) {
				t.Errorf("%d values kept of %d", kept, blockRows*len(list))
			}
		})
	}
}
