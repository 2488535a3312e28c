package tally

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

// names gives texts the numbers that they have in an index, for who puts many
// pledges into it. It remembers them and uses every number that it remembers,
// so that none is given to another text meanwhile; and needn't wait for the
// index to tell one again.
type names struct {
	index    *Index
	pledgers map[Pledger]uint32 // as they are spelled: Key is the name
	themes   map[string]uint32
	months   map[gcm.Date]uint32
}

// mostNames is how many are remembered before all are forgotten.
const mostNames = 1 << 16

func newNames(x *Index) *names {
	return &names{x, make(map[Pledger]uint32), make(map[string]uint32), make(map[gcm.Date]uint32)}
}

// pledger returns the number of a pledger, of which the name is borrowed.
func (n *names) pledger(name string, c gcm.Category, s gcm.State) uint32 {
	if pledgesAsState(c, s) {
		name = "" // the State tells it
	}
	number, known := n.pledgers[Pledger{name, c, s}]
	if !known {
		number = n.index.lockedUse(func(x *Index) uint32 { return x.usePledger(Pledger{PledgerKey(name, c, s), c, s}) })
		n.pledgers[Pledger{strings.Clone(name), c, s}] = number
	}
	return number
}

// theme returns the number of a theme that is borrowed.
func (n *names) theme(borrowed string) uint32 {
	number, known := n.themes[borrowed]
	if !known {
		theme := strings.Clone(borrowed)
		number = n.index.lockedUse(func(x *Index) uint32 { return x.useTheme(theme) })
		n.themes[theme] = number
	}
	return number
}

// month returns the number of the month of a date.
func (n *names) month(d gcm.Date) uint32 {
	month := monthOf(d)
	number, known := n.months[month]
	if !known {
		number = n.index.lockedUse(func(x *Index) uint32 { return x.useMonth(month) })
		n.months[month] = number
	}
	return number
}

// trim forgets all if that is too much. No number may be in use that hasn't
// been put.
func (n *names) trim() {
	if len(n.pledgers)+len(n.themes)+len(n.months) > mostNames {
		n.forget()
	}
}

// forget forgets all, and uses no number any more.
func (n *names) forget() {
	n.index.mu.Lock()
	defer n.index.mu.Unlock()
	for _, number := range n.pledgers {
		n.index.releasePledger(number)
	}
	for _, number := range n.themes {
		n.index.releaseTheme(number)
	}
	for _, number := range n.months {
		n.index.releaseMonth(number)
	}
	clear(n.pledgers)
	clear(n.themes)
	clear(n.months)
}

// The numbers of an index, which must be locked.

func (x *Index) usePledger(p Pledger) uint32 {
	n, added := x.pledgers.use(p)
	if added {
		key, _ := x.keys.use(p.Key)
		x.pledgers.values[n] = pledger{p, key}
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
