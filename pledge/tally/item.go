package tally

import (
	"cmp"
	"math/bits"
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
	t := new(texts)
	t.setTitle(title)
	t.setLanguage(language)
	t.setPledger(pledger)
	for _, link := range links {
		t.addLink(link)
	}
	item := Item{ID: f.ID, Announced: f.Announced, Status: f.Status, Objectives: f.Objectives, Updated: f.Updated}
	if len(f.Pledgers) > 0 {
		item.by(&f.Pledgers[0], len(f.Pledgers)-1)
	}
	item.say(t)
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

func (i *Item) say(t *texts) {
	if t != nil {
		i.Title, i.Language, i.Pledger, i.Link = t.title, t.language, t.pledger, t.link
	}
}

// texts is what of a pledge isn't counted, but shown in lists. It never changes
// once it is in an index; nil has no texts.
type texts struct {
	_                              [0]func() // without a function that compares two, which would be in the page
	title, language, pledger, link string
}

// How many bytes are kept of a text.
const (
	mostOfText     = 300
	mostOfLanguage = 35
	mostOfLink     = 500
)

func (t *texts) setTitle(s string)   { t.title = cut(s, mostOfText) }
func (t *texts) setPledger(s string) { t.pledger = cut(s, mostOfText) }

// setLanguage sets a tag, of which a part would be another language.
func (t *texts) setLanguage(s string) {
	if len(s) <= mostOfLanguage {
		t.language = s
	}
}

// addLink takes the first link that leads to https, and isn't too long: a part
// of it would lead elsewhere. It may be borrowed.
func (t *texts) addLink(s string) {
	const scheme = "https://"
	if t.link == "" && len(s) <= mostOfLink && len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
		t.link = strings.Clone(s)
	}
}

// compare orders texts, none before all others.
func (t *texts) compare(other *texts) int {
	if t == nil || other == nil {
		return compareBool(t != nil, other != nil)
	}
	return cmp.Or(
		strings.Compare(t.title, other.title),
		strings.Compare(t.language, other.language),
		strings.Compare(t.pledger, other.pledger),
		strings.Compare(t.link, other.link),
	)
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
	for i := len(v.blocks) - 1; i >= 0; i-- { // the newest ones are likely to be last
		b := v.blocks[i]
		if s := v.newerThan(b, &q, &l); s != (fast.Bitmap{}) {
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
func (v *Version) newerThan(b *block, q *Query, l *newest) fast.Bitmap {
	s := v.selected(b, q)
	if len(l.items) < l.most {
		return s
	}
	if last := monthNumber(l.items[l.most-1].Announced); last > 0 {
		b.months.Keep(&s, func(n uint32) bool { return monthNumber(v.months[n]) >= last })
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
	item.Status, item.Objectives = x.there.Status, x.there.Objectives
	if by := x.there.pledgers; len(by) > 0 {
		item.by(&x.pledgers.values[by[0]].Pledger, len(by)-1)
	}
	item.say(x.texts.Of(row))
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
