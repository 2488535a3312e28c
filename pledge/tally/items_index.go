package tally

import (
	"math/bits"

	"github.com/gcmkit/gcmkit/gcm"
)

// Newest returns the newest n pledges that the query selects, in the order of
// [Item.Compare]; it is meant for few. Their texts are empty unless the index
// comes from a [Reader] that keeps them. It holds writers up for no longer than
// it takes to look at a block of 4,096 pledges; each pledge is as it was at some
// moment meanwhile.
func (x *Index) Newest(q Query, n int) []Item {
	if n <= 0 {
		return nil
	}
	l := newest{most: n}
	v := x.Version()
	for i := len(v.blocks) - 1; i >= 0; i-- { // the newest ones are likely to be last
		b := v.blocks[i]
		if s := v.newerThan(b, &q, &l); s != (rows{}) {
			x.newestOf(i, b, &s, &q, &l)
		}
	}
	return l.items
}

// newestOf puts what stands in the rows of a block into a list; if somebody has
// written to it since, what the query selects there now.
func (x *Index) newestOf(block int, b *block, s *rows, q *Query, l *newest) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.blocks[block] != b {
		now := Version{pledgers: x.pledgers.values, themes: x.themes.values, places: x.places.values, months: x.months.values}
		*s = now.newerThan(x.blocks[block], q, l)
	}
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			row := uint32(block*blockRows + i<<6 + bits.TrailingZeros64(w))
			if item := x.place(row); l.takes(&item) {
				x.describe(row, &item)
				l.put(item)
			}
		}
	}
}

// newerThan returns the rows of a block that the query selects, but for those
// announced in an earlier month than all in a list that is full.
func (v *Version) newerThan(b *block, q *Query, l *newest) rows {
	s := v.selected(b, q)
	if len(l.items) < l.most {
		return s
	}
	if last := monthNumber(l.items[l.most-1].Announced); last > 0 {
		b.months.keep(&s, func(n uint32) bool { return monthNumber(v.months[n]) >= last })
	}
	return s
}

// monthNumber numbers the months, and years without one, in their order.
func monthNumber(d gcm.Date) int { return d.Year()<<4 | d.Month() }

// place returns what says where in a list a pledge stands.
func (x *Index) place(row uint32) Item {
	r := x.record(row)
	return Item{ID: r.id, Announced: x.announced(row), Updated: x.updated(row)}
}

// describe adds what a list says about a pledge.
func (x *Index) describe(row uint32, item *Item) {
	x.read(row, &x.there)
	item.Status, item.Objectives = x.there.status, x.there.objectives
	if by := x.there.pledgers; len(by) > 0 {
		item.by(&x.pledgers.values[by[0]].Pledger, len(by)-1)
	}
	item.say(x.texts.of(row))
}

// newest is a list of at most so many items, the newest ones of those put.
type newest struct {
	most  int
	items []Item
}

// takes reports whether an item is among the newest ones.
func (l *newest) takes(item *Item) bool {
	return len(l.items) < l.most || item.Compare(&l.items[l.most-1]) < 0
}

// put puts an item in its place. A pledge that has moved to another row while
// one looked is there once, as it is now.
func (l *newest) put(item Item) {
	for i := range l.items {
		if l.items[i].ID == item.ID {
			l.items = append(l.items[:i], l.items[i+1:]...)
			break
		}
	}
	if len(l.items) == l.most {
		l.items = l.items[:l.most-1]
	}
	at := len(l.items)
	for at > 0 && item.Compare(&l.items[at-1]) < 0 {
		at--
	}
	l.items = append(l.items, Item{})
	copy(l.items[at+1:], l.items[at:])
	l.items[at] = item
}
