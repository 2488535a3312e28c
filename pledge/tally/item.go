package tally

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// Item is a pledge as a list of pledges shows it, in its latest revision. The
// texts are as their author wrote them, so they are foreign to any page; long
// ones are cut. The zero value is no pledge.
type Item struct {
	ID       ID
	Title    string // at most 300 bytes
	Language string // of the title, BCP 47; empty if it isn't stated

	// Pledger is the name of the first pledger, at most 300 bytes; where that
	// is a State, or has no name, State says which one. More is how many
	// others there are.
	Pledger string
	State   gcm.State
	More    int

	Announced  gcm.Date
	Status     gcm.Status
	Objectives objectives.Set
	Updated    gcm.Instant
	Link       string // the first https link of at most 500 bytes
}

// MaxItems is how many items a [Snapshot] holds at most.
const MaxItems = 10

// ItemOf returns the item of a pledge of which f are the facets. Pledger is the
// name of the first one as it is written, links are those of the pledge.
func ItemOf(f *Facets, title, language, pledger string, links []string) Item {
	item := Item{
		ID: f.ID, Title: cut(title, mostOfText), Language: whole(language, mostOfLanguage), Pledger: cut(pledger, mostOfText),
		Announced: f.Announced, Status: f.Status, Objectives: f.Objectives, Updated: f.Updated,
	}
	if i := slices.IndexFunc(links, fast.IsLink); i >= 0 {
		item.Link = links[i]
	}
	if len(f.Pledgers) > 0 {
		item.by(&f.Pledgers[0], len(f.Pledgers)-1)
	}
	return item
}

// Compare orders items as lists show them, the newest first: by the date of
// announcement, those without one last, then by the instant of the revision,
// then by ID. It is 0 only for items of the same pledge and revision.
func (i *Item) Compare(other *Item) int {
	return cmp.Or(
		other.Announced.Compare(i.Announced),
		other.Updated.Compare(i.Updated),
		i.ID.Compare(other.ID),
	)
}

// by sets who pledges: p and some others.
func (i *Item) by(p *Pledger, more int) {
	if i.More = more; p.pledgesAsState() || p.State.IsValid() && strings.HasPrefix(p.Key, "\n") {
		i.State = p.State
	}
}

// How many bytes are kept of a text; of a link, see [fast.IsLink].
const (
	mostOfText     = 300
	mostOfLanguage = 35
)

// whole returns a text, "" if it has more bytes than that: a part of a tag would be
// another language.
func whole(s string, most int) string {
	if len(s) > most {
		return ""
	}
	return s
}

// cut returns a text of at most so many bytes, with an ellipsis at the end if it
// was longer.
func cut(s string, most int) string {
	const ellipsis = "…"
	if len(s) <= most {
		return s
	}
	end := most - len(ellipsis)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + ellipsis
}

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
	selected := v.selection(&q)
	for i := len(v.blocks) - 1; i >= 0; i-- { // the newest ones are likely to be last
		b := v.blocks[i]
		if s := selected.newerThan(b, &l); s != (fast.Bitmap{}) {
			x.newestOf(i, b, &s, &q, &l)
		}
	}
	return l.items
}

// newestOf puts what stands in the rows of a block into a list; if somebody has
// written to it since, what the query selects there now.
func (x *Index) newestOf(block int, b *block, s *fast.Bitmap, q *Query, l *newest) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.blocks[block] != b {
		now := x.tables()
		*s = now.selection(q).newerThan(x.blocks[block], l)
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
func (s *selection) newerThan(b *block, l *newest) fast.Bitmap {
	rows := s.of(b)
	if len(l.items) < l.most {
		return rows
	}
	if last := monthNumber(l.items[l.most-1].Announced); last > 0 {
		b.months.Keep(&rows, func(n uint32) bool { return monthNumber(s.v.months[n]) >= last })
	}
	return rows
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
	item.Status, item.Objectives = x.there.Status, x.there.Objectives
	if by := x.there.pledgers; len(by) > 0 {
		first := x.pledgerOf(by[0])
		item.by(&first, len(by)-1)
		item.Pledger = x.pledgers.values[by[0]].name
	}
	item.Title, item.Language, item.Link = splitTexts(string(x.textsOf(row)))
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
