package feed

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// tally counts what a filter selects, in the plainest way.
type tally struct {
	filter   task.Filter
	counts   task.Result
	pledgers []uint64 // a bit each
	newest   []listed
}

// listed is a pledge in a list of the newest.
type listed struct {
	task.Item
	updated string
}

func (l listed) compare(m listed) int {
	return cmp.Or(
		strings.Compare(m.Announced, l.Announced), // a month comes before its days
		strings.Compare(m.updated, l.updated),
		strings.Compare(l.ID, m.ID),
	)
}

func newTally(f task.Filter) tally {
	return tally{filter: f, counts: task.Result{Months: map[string]int{}}, pledgers: make([]uint64, (number+63)/64)}
}

func (t *tally) add(r *record, all []pledger) {
	var regions [6]bool
	based := false
	for _, p := range r.pledgers {
		if region := all[p].region; region != 0 {
			based, regions[region] = true, true
		}
	}
	regions[0] = !based
	switch f := t.filter; {
	case r.withdrawn,
		f.Objective != 0 && !slices.Contains(r.objectives, f.Objective),
		f.Region != 0 && !regions[f.Region]:
		return
	}
	t.counts.Total++
	for _, o := range r.objectives {
		t.counts.Objectives[o]++
	}
	if len(r.objectives) == 0 {
		t.counts.Objectives[0]++
	}
	for i, is := range regions {
		if is {
			t.counts.Regions[i]++
		}
	}
	for _, p := range r.pledgers {
		t.pledgers[p/64] |= 1 << (p % 64)
	}
	t.counts.Months[r.month]++
	item := listed{r.Item, r.updated}
	if at, _ := slices.BinarySearchFunc(t.newest, item, listed.compare); at < task.Newest {
		t.newest = slices.Insert(t.newest, at, item)
		t.newest = t.newest[:min(len(t.newest), task.Newest)]
	}
}

func (t *tally) result() task.Result {
	r := t.counts
	r.Months = maps.Clone(r.Months)
	for _, l := range t.newest {
		r.Newest = append(r.Newest, l.Item)
	}
	for _, w := range t.pledgers {
		r.Pledgers += bits.OnesCount64(w)
	}
	return r
}
