//go:build js && wasm

// Command counting reads 100,000 pledges and counts them under four filters,
// and prints how long each takes: a name and nanoseconds a line, the best of
// several times.
package main

import (
	"strconv"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

const pledges = 100_000

func main() {
	feed := feed()
	var f *tally.Feed
	best("read", 3, func() {
		var r tally.Reader
		if _, err := r.Write(feed); err != nil {
			panic(err)
		}
		var err error
		if f, err = r.Close(); err != nil {
			panic(err)
		}
	})
	total := 0
	for _, c := range []struct {
		name  string
		query tally.Query
	}{
		{"count all", tally.Query{}},
		{"count a type", tally.Query{Type: tally.AnyOf(gcm.Individual)}},
		{"count a region", tally.Query{Region: tally.AnyOf(gcm.Africa)}},
		{"count an objective in a region", tally.Query{Objective: tally.AnyOf(objectives.Objective(7)), Region: tally.AnyOf(gcm.Africa)}},
	} {
		best(c.name, 30, func() { total += f.Index.Count(c.query).Total })
	}
	if total == 0 {
		panic("nothing was counted")
	}
}

func best(name string, times int, do func()) {
	least := time.Hour
	for range times {
		start := time.Now()
		do()
		least = min(least, time.Since(start))
	}
	println(name + "\t" + strconv.FormatInt(least.Nanoseconds(), 10))
}

// feed is always the same.
func feed() []byte {
	states := [...]string{"DEU", "KEN", "MEX", "PHL", "NZL", "MAR", "CAN", "BGD"}
	types := [...]string{"individual", "common", "partnership", "matching"}
	b := []byte(`{"feed":"https://example.org/feed.json","title":"Feed","pledges":[`)
	for i := range pledges {
		if i > 0 {
			b = append(b, ',')
		}
		id := strconv.FormatInt(int64(0x100000000000+i), 16)
		b = append(b, `{"id":"0190a0b0-c0d0-7e0f-8a1b-`+id+`","updated":"2022-05-18T09:30:00Z","title":"Pledge `...)
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, `","type":"`+types[i%4]+`","objectives":[`...)
		b = strconv.AppendInt(b, int64(i%23+1), 10)
		b = append(b, `],"pledgers":[{"name":"Organization `...)
		b = strconv.AppendInt(b, int64(i%1000), 10)
		b = append(b, `","category":"civil-society","state":"`+states[i%8]+`"}],"announced":"2022-0`...)
		b = strconv.AppendInt(b, int64(i%9+1), 10)
		b = append(b, `"}`...)
	}
	return append(b, "]}"...)
}
