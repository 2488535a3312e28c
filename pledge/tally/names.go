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
	months   map[gcm.Date]uint32
	recent   [64]numberedMonth
	others   []uint32 // pledgers that are used but not remembered
}

// numberedMonth is a month that was asked for; number 0 is none.
type numberedMonth struct {
	month  gcm.Date
	number uint32
}

// mostNames is how many are remembered before all are forgotten.
const mostNames = 1 << 16

func newNames(x *Index) *names { return &names{index: x, months: make(map[gcm.Date]uint32)} }

// pledger returns the number of a pledger, and remembers it as it is written
// unless that is empty. Texts are borrowed.
func (n *names) pledger(p *wire.Pledger, written string) uint32 {
	number := n.index.lockedUse(func(x *Index) uint32 {
		return x.usePledger(Pledger{PledgerKey(p.Name, p.Category, p.State), p.Category, p.State})
	})
	if written == "" {
		n.others = append(n.others, number)
	} else {
		n.pledgers.add(written, number)
	}
	return number
}

// theme returns the number of a theme that is borrowed.
func (n *names) theme(borrowed string) uint32 {
	number, known := n.themes.find(borrowed)
	if !known {
		theme := strings.Clone(borrowed)
		number = n.index.lockedUse(func(x *Index) uint32 { return x.useTheme(theme) })
		n.themes.add(theme, number)
	}
	return number
}

// month returns the number of the month of a date.
func (n *names) month(d gcm.Date) uint32 {
	month := monthOf(d)
	recent := &n.recent[(d.Year()<<4|d.Month())%len(n.recent)]
	if recent.number != 0 && recent.month == month {
		return recent.number
	}
	number, known := n.months[month]
	if !known {
		number = n.index.lockedUse(func(x *Index) uint32 { return x.useMonth(month) })
		n.months[month] = number
	}
	*recent = numberedMonth{month, number}
	return number
}

// trim forgets all if that is too much. No number may be in use that hasn't
// been put.
func (n *names) trim() {
	if len(n.pledgers.all)+len(n.themes.all)+len(n.months)+len(n.others) > mostNames {
		n.forget()
	}
}

// forget forgets all, and uses no number any more.
func (n *names) forget() {
	n.index.mu.Lock()
	defer n.index.mu.Unlock()
	for _, s := range n.pledgers.all {
		n.index.releasePledger(s.number)
	}
	for _, number := range n.others {
		n.index.releasePledger(number)
	}
	for _, s := range n.themes.all {
		n.index.releaseTheme(s.number)
	}
	for _, number := range n.months {
		n.index.releaseMonth(number)
	}
	n.pledgers, n.themes, n.others = spellings{}, spellings{}, nil
	clear(n.months)
	n.recent = [64]numberedMonth{}
}

// The numbers of an index, which must be locked.

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
