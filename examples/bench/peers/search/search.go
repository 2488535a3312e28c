//go:build !nosearch

package main

import "github.com/gcmkit/gcmkit/pledge/tally"

func prepare(x *tally.Index) {
	for !x.PrepareSearch() {
	}
}

// search returns the pledges that have the words of a text, the first so many of them.
func search(x *tally.Index, text string, limit int) []string {
	found := x.Search(tally.Query{}, text, limit)
	ids := make([]string, 0, len(found.Hits))
	for _, h := range found.Hits {
		for range found.Marks(h.Title) { // as a list would
		}
		ids = append(ids, h.ID.String()[:8])
	}
	return ids
}
