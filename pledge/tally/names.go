package tally

import (
	"strings"
	"unsafe"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/intern"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// names gives texts the numbers that they have in an index, for who puts many
// pledges into it. It remembers them and uses every number that it remembers,
// so that none is given to another text meanwhile; and needn't wait for the
// index to tell one again.
type names struct {
	index    *Index
	written  bool         // keep the names of pledgers as they are written
	pledgers intern.Texts // by how they are written in JSON
	themes   intern.Texts
	places   intern.Texts // by how they are written in JSON, with what fast.Place returns
	months   map[gcm.Date]uint32
	recent   recentMonths
	others   struct{ pledgers, themes, places []uint32 } // that are used but not remembered
	kinds    []kind                                      // of the pledgers that are used
	key      []byte                                      // of a pledger
	most     int                                         // that are remembered before all are forgotten
}

// numberedMonth is a month that was asked for; number 0 is none.
type numberedMonth struct {
	month  gcm.Date
	number uint32
}

// is reports whether it is the month of a date.
func (m *numberedMonth) is(d gcm.Date) bool {
	return m.number != 0 && monthNumber(m.month) == monthNumber(d)
}

// recentMonths are months that were asked for, so that no map needs to be asked again.
type recentMonths [256]numberedMonth

// of returns where the month of a date is if it has been asked for last of some.
func (r *recentMonths) of(d gcm.Date) *numberedMonth { return &r[monthNumber(d)%len(r)] }

// mostNames is how many are remembered by default.
const mostNames = 1 << 16

func newNames(x *Index, written bool) *names {
	return &names{index: x, written: written, months: make(map[gcm.Date]uint32), most: mostNames}
}

// pledger returns the number of a pledger, and remembers it as it is written
// unless that is empty. Texts are borrowed.
func (n *names) pledger(p *wire.Pledger, written string) uint32 {
	n.key = appendPledgerKey(n.key[:0], p.Name, p.Category, p.State)
	by := named{Pledger: Pledger{unsafe.String(unsafe.SliceData(n.key), len(n.key)), p.Category, p.State}}
	if n.written {
		by.name = cut(p.Name, mostOfText)
	}
	number := n.index.lockedUse(func(x *Index) uint32 {
		number := x.useBorrowed(by, strings.Clone)
		n.kinds = x.kinds
		return number
	})
	if written == "" || !n.pledgers.Add(written, number) {
		n.others.pledgers = append(n.others.pledgers, number)
	}
	return number
}

// theme returns the number of a theme that is borrowed.
func (n *names) theme(borrowed string) uint32 {
	number, known := n.themes.Find(borrowed)
	if !known {
		theme := strings.Clone(borrowed)
		number = n.index.lockedUse(func(x *Index) uint32 { return x.useTheme(theme) })
		if !n.themes.Add(theme, number) {
			n.others.themes = append(n.others.themes, number)
		}
	}
	return number
}

// place returns the number of a place, and remembers it as it is written, with
// whether that is global, unless it is empty.
func (n *names) place(states []gcm.State, global bool, written string) uint32 {
	if known, ok := n.places.Find(written); ok {
		return fast.PlaceNumber(known)
	}
	number := n.index.lockedUse(func(x *Index) uint32 { return x.usePlace(placeOf(states)) })
	if written == "" || !n.places.Add(written, fast.Place(number, global)) {
		n.others.places = append(n.others.places, number)
	}
	return number
}

// month returns the number of the month of a date.
func (n *names) month(d gcm.Date) uint32 {
	recent := n.recent.of(d)
	if recent.is(d) {
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
	return n.pledgers.Len()+n.themes.Len()+n.places.Len()+len(n.months)+
		len(n.others.pledgers)+len(n.others.themes)+len(n.others.places) > n.most
}

// forget forgets all, and uses no number any more. No pledge may have one that
// hasn't been put.
func (n *names) forget() {
	n.index.mu.Lock()
	defer n.index.mu.Unlock()
	n.pledgers.Each(n.index.releasePledger)
	for _, number := range n.others.pledgers {
		n.index.releasePledger(number)
	}
	n.themes.Each(n.index.releaseTheme)
	for _, number := range n.others.themes {
		n.index.releaseTheme(number)
	}
	n.places.Each(func(written uint32) { n.index.releasePlace(fast.PlaceNumber(written)) })
	for _, number := range n.others.places {
		n.index.releasePlace(number)
	}
	for _, number := range n.months {
		n.index.releaseMonth(number)
	}
	*n = names{index: n.index, written: n.written, months: make(map[gcm.Date]uint32), kinds: n.kinds, key: n.key, most: n.most}
}
