package tally

import (
	"runtime"
	"sync"

	"github.com/gcmkit/gcmkit/gcm"
)

// Version is an [Index] as it was at one moment. It never changes, and is safe
// for concurrent use. The zero value holds nothing.
type Version struct {
	size     int
	blocks   []*block
	pledgers []pledger
	keys     []string // of pledgers
	themes   []string
	places   []place
	months   []gcm.Date
	pool     *sync.Pool
}

// Version returns the index as it is now, without copying it.
func (x *Index) Version() *Version {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.version()
}

// version is Version of an index that is locked.
func (x *Index) version() *Version {
	if x.current == nil {
		x.freshen()
		v := x.tables()
		v.size, v.blocks, v.pool = x.size, x.blocks, &x.pool
		x.current = &v
	}
	return x.current
}

// tables returns a Version without blocks: what a selection of the blocks as they are
// now needs. The index is locked.
func (x *Index) tables() Version {
	return Version{pledgers: x.pledgers.values, keys: x.keys.values, themes: x.themes.values, places: x.places.values, months: x.months.values}
}

// Count counts the pledges that the query selects.
func (x *Index) Count(q Query) Counts { return x.Version().Count(q) }

// Latest returns the instant of the newest revision, withdrawals included; the
// zero Instant if none states it.
func (x *Index) Latest() gcm.Instant { return x.Version().Latest() }

// Len returns how many pledges it holds, withdrawn ones included.
func (v *Version) Len() int { return v.size }

// Latest is [Index.Latest].
func (v *Version) Latest() (latest gcm.Instant) {
	for _, b := range v.blocks {
		if b.latest.Compare(latest) > 0 {
			latest = b.latest
		}
	}
	return latest
}

// share is how many blocks are worth a goroutine of their own.
const share = 32

// Count counts the pledges that the query selects, on several processors where
// there are many.
func (v *Version) Count(q Query) Counts {
	c := v.count(q)
	defer v.put(c)
	return c.counts(v)
}

// count returns a counter of what the query selects.
func (v *Version) count(q Query) *counter {
	n := max(1, min(runtime.GOMAXPROCS(0), len(v.blocks)/share))
	selected := v.selection(&q)
	all := make([]*counter, n)
	var wait sync.WaitGroup
	for i := range all {
		all[i] = v.counter()
		blocks := v.blocks[i*len(v.blocks)/n : (i+1)*len(v.blocks)/n]
		if i == n-1 {
			all[i].addAll(selected, blocks)
			break
		}
		wait.Go(func() { all[i].addAll(selected, blocks) })
	}
	wait.Wait()
	for _, c := range all[1:] {
		all[0].merge(c)
		v.put(c)
	}
	return all[0]
}
