// Command ours reads and counts with package tally.
package main

import (
	"os"

	"github.com/gcmkit/gcmkit/examples/bench/task"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

func main() { task.Main(load) }

func load(job task.Job) (task.CountFunc, error) {
	file, err := os.Open(job.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := tally.Reader{Items: job.Items}
	if err := read(&r, file); err != nil {
		return nil, err
	}
	feed, err := r.Close()
	if err != nil {
		return nil, err
	}
	return func(f task.Filter) (func() task.Result, error) {
		q := tally.Query{
			Objective: tally.AnyOf(objectives.Objective(f.Objective)),
			Region:    tally.AnyOf(gcm.Region(f.Region)),
		}
		counts := feed.Index.Count(q)
		var items []tally.Item
		if job.Items {
			items = feed.Index.Newest(q, task.Newest)
		}
		return func() task.Result { return result(&counts, items) }, nil
	}, nil
}

func result(c *tally.Counts, items []tally.Item) task.Result {
	r := task.Result{
		Total:      c.Total,
		Objectives: c.Objectives,
		Regions:    c.Regions,
		Pledgers:   c.Pledgers,
		Months:     make(map[string]int, len(c.Months)),
	}
	for _, m := range c.Months {
		r.Months[m.Month.String()] = m.Number
	}
	for _, i := range items {
		r.Newest = append(r.Newest, task.Item{ID: i.ID.String(), Title: i.Title, Pledger: i.Pledger, Announced: i.Announced.String(), Link: i.Link})
	}
	return r
}
