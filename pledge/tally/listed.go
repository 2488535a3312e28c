package tally

import (
	"math/bits"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/search"
)

// Listed returns n pledges that the query selects, those behind the first from of
// them. They are in the order of the texts that key makes of them, and of
// [Item.Compare] where these are the same; of that alone if key is nil. Their texts are
// empty unless the index comes from a [Reader] that keeps them.
//
// It looks at all pledges that are selected, and sorts them. Writers wait for the first
// of this. The newest n pledges are found as [Index.Newest] finds them.
func (x *Index) Listed(q Query, key func(*Item) string, from, n int) []Item {
	if key == nil && from <= 0 {
		return x.Newest(q, n)
	}
	return x.sorted(&q, nil, key, from, n)
}

// sorted returns pledges as Listed does, of those that have the words.
func (x *Index) sorted(q *Query, words []search.Word, key func(*Item) string, from, n int) []Item {
	all := x.listed(q, words)
	if key != nil {
		for _, l := range all {
			l.key = key(&l.item)
		}
	}
	all = sorted(all)
	var items []Item
	for _, l := range all[min(max(from, 0), len(all)):] {
		if len(items) < n {
			items = append(items, l.item)
		}
	}
	return items
}

// A listed pledge has the text by which it is sorted.
type listed struct {
	item Item
	key  string
}

func (l *listed) less(other *listed) bool {
	if c := strings.Compare(l.key, other.key); c != 0 {
		return c < 0
	}
	return l.item.Compare(&other.item) < 0
}

// listed returns what the query selects that has the words, in no order.
func (x *Index) listed(q *Query, words []search.Word) (all []*listed) {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.tables()
	selected := now.selection(q)
	var found []fast.Bitmap
	if len(words) > 0 {
		f := x.finder(words)
		found = x.found(f, f.find(q), 0).sets
	}
	for block, b := range x.blocks {
		s := selected.of(b)
		if found != nil {
			s.And(&found[block])
		}
		for i, w := range s {
			for ; w != 0; w &= w - 1 {
				row := uint32(block*blockRows + i<<6 + bits.TrailingZeros64(w))
				l := &listed{item: x.place(row)}
				x.describe(row, &l.item)
				all = append(all, l)
			}
		}
	}
	return all
}

// sorted sorts by merging: in the order of n log n, whatever the order was.
func sorted(all []*listed) []*listed {
	if len(all) < 2 {
		return all
	}
	a, b := sorted(all[:len(all)/2]), sorted(all[len(all)/2:])
	merged := make([]*listed, 0, len(all))
	for len(a) > 0 && len(b) > 0 {
		if b[0].less(a[0]) {
			merged, b = append(merged, b[0]), b[1:]
		} else {
			merged, a = append(merged, a[0]), a[1:]
		}
	}
	return append(append(merged, a...), b...)
}
