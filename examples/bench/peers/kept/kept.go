// Package kept keeps of each pledge what it takes to list the newest ones of any
// selection, for tools that only parse.
package kept

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// Pledge is what is kept of a pledge: no pointers but to its texts.
type Pledge struct {
	ID         [36]byte
	Updated    [20]byte
	Announced  [10]byte // a month is followed by zeros, and comes before its days
	Objectives uint32   // a bit each
	Regions    uint8    // a bit each
	Title      string
	Pledger    string
	Link       string
}

// Pledges are those that aren't withdrawn.
type Pledges []Pledge

// Newest returns the newest pledges that a filter selects.
func (all Pledges) Newest(f task.Filter) (items []task.Item) {
	var newest []*Pledge
	for i := range all {
		p := &all[i]
		if f != (task.Filter{}) && (p.Objectives>>f.Objective&1 == 0 || p.Regions>>f.Region&1 == 0) {
			continue
		}
		if len(newest) == task.Newest && compare(p, newest[task.Newest-1]) >= 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(newest, p, compare)
		newest = slices.Insert(newest, at, p)
		newest = newest[:min(len(newest), task.Newest)]
	}
	for _, p := range newest {
		items = append(items, task.Item{
			ID: string(p.ID[:]), Title: p.Title, Pledger: p.Pledger, Link: p.Link,
			Announced: strings.TrimRight(string(p.Announced[:]), "\x00"),
		})
	}
	return items
}

func compare(p, q *Pledge) int {
	return cmp.Or(
		bytes.Compare(q.Announced[:], p.Announced[:]),
		bytes.Compare(q.Updated[:], p.Updated[:]),
		bytes.Compare(p.ID[:], q.ID[:]),
	)
}
