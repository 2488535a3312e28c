package tally

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// names gives texts the numbers that they have in an index, for who puts many
// pledges into it. It remembers them and uses every number that it remembers,
// so that none is given to another text meanwhile; and needn't wait for the
// index to tell one again.
type names struct {
	index    *Index
	pledgers spellings // as they are written in JSON
	themes   spellings
	places   spellings // as they are written in JSON, with what writtenPlace returns
	months   map[gcm.Date]uint32
	recent   [256]numberedMonth
	others   struct{ pledgers, themes, places []uint32 } // that are used but not remembered
	kinds    []kind                                      // of the pledgers that are used
	most     int                                         // that are remembered before all are forgotten
}

// numberedMonth is a month that was asked for; number 0 is none.
type numberedMonth struct {
	month  gcm.Date
	number uint32
}

// mostNames is how many are remembered by default.
const mostNames = 1 << 16

func newNames(x *Index) *names {
	return &names{index: x, months: make(map[gcm.Date]uint32), most: mostNames}
}

// pledger returns the number of a pledger, and remembers it as it is written
// unless that is empty. Texts are borrowed.
func (n *names) pledger(p *wire.Pledger, written string) uint32 {
	key := PledgerKey(p.Name, p.Category, p.State)
	number := n.index.lockedUse(func(x *Index) uint32 {
		number := x.usePledger(Pledger{key, p.Category, p.State})
		n.kinds = x.kinds
		return number
	})
	if written == "" || !n.pledgers.add(written, number) {
		n.others.pledgers = append(n.others.pledgers, number)
	}
	return number
}

// theme returns the number of a theme that is borrowed.
func (n *names) theme(borrowed string) uint32 {
	number, known := n.themes.find(borrowed)
	if !known {
		theme := strings.Clone(borrowed)
		number = n.index.lockedUse(func(x *Index) uint32 { return x.useTheme(theme) })
		if !n.themes.add(theme, number) {
			n.others.themes = append(n.others.themes, number)
		}
	}
	return number
}

// place returns the number of a place, and remembers it as it is written, with
// whether that is global, unless it is empty.
func (n *names) place(states []gcm.State, global bool, written string) uint32 {
	if known, ok := n.places.find(written); ok {
		return known >> 1
	}
	number := n.index.lockedUse(func(x *Index) uint32 { return x.usePlace(placeOf(states)) })
	if written == "" || !n.places.add(written, writtenPlace(number, global)) {
		n.others.places = append(n.others.places, number)
	}
	return number
}

// writtenPlace returns a number of a place, and whether it is global, as one.
func writtenPlace(number uint32, global bool) uint32 {
	number <<= 1
	if global {
		number++
	}
	return number
}

// month returns the number of the month of a date.
func (n *names) month(d gcm.Date) uint32 {
	recent := &n.recent[(d.Year()<<4|d.Month())%len(n.recent)]
	if recent.number != 0 && recent.month.Year() == d.Year() && recent.month.Month() == d.Month() {
		return recent.number
	}
	month := monthOf(d)
	number, known := n.months[month]
	if !known {
		number = n.index.lockedUse(func(x *Index) uint32 { return x.useMonth(month) })
		n.months[month] = number
	}
	*recent = numberedMonth{month, number}
	return number
}

// tooMany reports whether more are remembered than there should be.
func (n *names) tooMany() bool {
	return n.pledgers.table.size+n.themes.table.size+n.places.table.size+len(n.months)+
		len(n.others.pledgers)+len(n.others.themes)+len(n.others.places) > n.most
}

// forget forgets all, and uses no number any more. No pledge may have one that
// hasn't been put.
func (n *names) forget() {
	n.index.mu.Lock()
	defer n.index.mu.Unlock()
	n.pledgers.each(n.index.releasePledger)
	for _, number := range n.others.pledgers {
		n.index.releasePledger(number)
	}
	n.themes.each(n.index.releaseTheme)
	for _, number := range n.others.themes {
		n.index.releaseTheme(number)
	}
	n.places.each(func(written uint32) { n.index.releasePlace(written >> 1) })
	for _, number := range n.others.places {
		n.index.releasePlace(number)
	}
	for _, number := range n.months {
		n.index.releaseMonth(number)
	}
	*n = names{index: n.index, months: make(map[gcm.Date]uint32), kinds: n.kinds, most: n.most}
}

// The numbers of an index, which must be locked.

// use says that the numbers of a pledge, which are used already, are used once
// more.
func (x *Index) use(e *entry) {
	x.months.uses[e.month]++
	if e.place != 0 {
		x.places.uses[e.place]++
	}
	for _, n := range e.pledgers {
		x.pledgers.uses[n]++
	}
	for _, n := range e.themes {
		x.themes.uses[n]++
	}
}

// useAll is use for all pledges of a block.
func (x *Index) useAll(b *block) {
	b.months.count(&b.live, x.months.uses)
	b.pledgers.count(&b.live, x.pledgers.uses)
	b.themes.count(&b.live, x.themes.uses)
	b.places.count(&b.live, x.places.uses)
}

// release undoes use, or what [Index.entry] uses.
func (x *Index) release(e *entry) {
	x.releaseMonth(e.month)
	x.releasePlace(e.place)
	for _, n := range e.pledgers {
		x.releasePledger(n)
	}
	for _, n := range e.themes {
		x.releaseTheme(n)
	}
}

func (x *Index) usePledger(p Pledger) uint32 {
	n, added := x.pledgers.use(p)
	if added {
		key, _ := x.keys.use(p.Key)
		x.pledgers.values[n] = pledger{p, key}
		for int(n) >= len(x.kinds) {
			x.kinds = append(x.kinds, kind{})
		}
		x.kinds[n] = kind{p.Category, p.State.Region(), p.pledgesAsState() && p.State.IsMember()}
	}
	return n
}

func (x *Index) releasePledger(n uint32) {
	p := x.pledgers.values[n]
	if x.pledgers.release(p.Pledger, n) {
		x.keys.release(p.Key, p.key)
	}
}

func (x *Index) useTheme(theme string) uint32 {
	n, added := x.themes.use(theme)
	if added {
		x.themes.values[n] = theme
	}
	return n
}

func (x *Index) releaseTheme(n uint32) { x.themes.release(x.themes.values[n], n) }

func (x *Index) useMonth(month gcm.Date) uint32 {
	n, added := x.months.use(month)
	if added {
		x.months.values[n] = month
	}
	return n
}

func (x *Index) releaseMonth(n uint32) { x.months.release(x.months.values[n], n) }

func (x *Index) lockedUse(use func(*Index) uint32) uint32 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return use(x)
}
