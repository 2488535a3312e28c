package tally_test

import (
	"fmt"
	"strings"
	"sync"

	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// A feed, a pledge a line, with two revisions of one of them.
const lines = `{"id":"00000000-0000-4000-8000-000000000001","updated":"2022-05-18T00:00:00Z","objectives":[7],"pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"}]}
{"id":"00000000-0000-4000-8000-000000000002","updated":"2022-05-18T00:00:00Z","objectives":[7,13],"pledgers":[{"name":"City of Y","category":"local-authority"}]}
{"id":"00000000-0000-4000-8000-000000000003","updated":"2022-05-19T00:00:00Z","objectives":[23],"pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"}]}
{"id":"00000000-0000-4000-8000-000000000001","updated":"2022-06-01T00:00:00Z","objectives":[7,8],"pledgers":[{"name":"Kenya","category":"member-state","state":"KEN"}]}
`

// A feed that is cut anywhere between two lines: every piece makes an index of
// its own, and the indexes are merged in whatever order they come.
func ExampleIndex_Merge() {
	all := strings.SplitAfter(strings.TrimSpace(lines), "\n")
	shards := make(chan *tally.Index)
	var wait sync.WaitGroup
	for len(all) > 0 {
		piece := strings.Join(all[:2], "")
		all = all[2:]
		wait.Go(func() {
			var r tally.Reader
			if _, err := r.ReadFrom(strings.NewReader(piece)); err != nil {
				panic(err)
			}
			feed, err := r.Close()
			if err != nil {
				panic(err)
			}
			shards <- feed.Index
		})
	}
	go func() { wait.Wait(); close(shards) }()

	var whole tally.Index
	for shard := range shards {
		whole.Merge(shard)
	}
	c := whole.Count(tally.Query{})
	fmt.Println(c.Total, "pledges by", c.Pledgers, "pledgers; objective 8:", c.Objectives[8])
	// Output: 3 pledges by 2 pledgers; objective 8: 1
}

// Map and reduce: all revisions of a pledge go to one worker, which counts and
// sends what it has counted as JSON. Whoever adds it up needs no pledges.
func ExamplePartial() {
	const workers = 2
	var shards [workers]tally.Index
	var r tally.Reader
	r.Write([]byte(lines))
	feed, err := r.Close()
	if err != nil {
		panic(err)
	}
	for pledge := range feed.Index.All() {
		shards[pledge.ID.Shard(workers)].Put(pledge)
	}

	query := tally.Query{Objective: tally.AnyOf(objectives.Objective(7))}
	var sum tally.Partial
	for i := range shards {
		message := shards[i].Partial(query).AppendJSON(nil)
		var part tally.Partial
		if err := part.UnmarshalJSON(message); err != nil {
			panic(err)
		}
		sum.Add(&part)
	}
	c := sum.Counts()
	fmt.Println(c.Total, "pledges for objective 7 by", c.Pledgers, "pledgers,", c.MemberStates, "Member State among them")
	// Output: 2 pledges for objective 7 by 2 pledgers, 1 Member State among them
}
