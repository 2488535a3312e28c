package main

import (
	"bytes"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/internal/cost"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// entrances lists what takes foreign input. What an input is refused for doesn't
// matter here.
func entrances() []entrance {
	feeds := cost.Feeds()
	return []entrance{
		{name: "tally.Reader.Write", shapes: feeds, take: func(feed []byte) { read(feed, len(feed), false) }},
		{name: "tally.Reader.Write with Items, in pieces", shapes: feeds, take: func(feed []byte) { read(feed, 1000, true) }},
		{name: "tally.Index", shapes: feeds, take: index},
		{name: "pledge.Decoder", shapes: feeds, take: func(feed []byte) {
			for range pledge.NewDecoder(bytes.NewReader(feed)).Records() {
			}
		}},
		{name: "pledge.Book", shapes: feeds, take: book},
		{name: "pledge.ValidateFeed", shapes: feeds, take: validate},
	}
}

// read reads a feed in pieces of a size, counts it and lists its newest pledges.
func read(feed []byte, size int, items bool) {
	r := tally.Reader{Items: items}
	for len(feed) > 0 {
		n := min(size, len(feed))
		if _, err := r.Write(feed[:n]); err != nil {
			return
		}
		feed = feed[n:]
	}
	if f, err := r.Close(); err == nil {
		f.Snapshot(tally.Query{})
	}
}

// index puts the pledges of a feed, merges them and removes them.
func index(feed []byte) {
	var x, merged tally.Index
	var all []tally.Facets
	for r, err := range pledge.NewDecoder(bytes.NewReader(feed)).Records() {
		if err == nil && !r.Lost {
			all = append(all, r.Pledge.Facets())
		}
	}
	for _, f := range all {
		x.Put(f)
	}
	merged.Merge(&x)
	merged.Merge(&x)
	for _, f := range all {
		x.Remove(f.ID)
	}
}

// book loads a feed, then puts each of its pledges again.
func book(feed []byte) {
	var b, again pledge.Book
	b.Load(bytes.NewReader(feed))
	again.Merge(&b)
	again.Merge(&b)
	b.Snapshot(tally.Header{}, tally.Query{})
}

// validate checks a feed under the profile that looks at most.
func validate(feed []byte) {
	report := pledge.ValidateFeed(func(yield func(pledge.Pledge) bool) {
		for r, err := range pledge.NewDecoder(bytes.NewReader(feed)).Records() {
			if err != nil || !r.Lost && !yield(r.Pledge) {
				return
			}
		}
	}, nil)
	report.AppendJSON(nil)
}
