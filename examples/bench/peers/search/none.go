//go:build nosearch

package main

import "github.com/gcmkit/gcmkit/pledge/tally"

func prepare(*tally.Index) {}

// search returns the newest pledges.
func search(x *tally.Index, _ string, limit int) (ids []string) {
	for _, item := range x.Newest(tally.Query{}, limit) {
		ids = append(ids, item.ID.String()[:8])
	}
	return ids
}
