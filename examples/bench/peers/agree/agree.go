// Package agree tests that a tool gives the numbers that the generator of the
// pledges has counted.
package agree

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gcmkit/gcmkit/examples/bench/feed"
	"github.com/gcmkit/gcmkit/examples/bench/task"
	"github.com/gcmkit/gcmkit/gcm"
)

// Test runs the tasks on 2,000 pledges.
func Test(t *testing.T, load task.LoadFunc, tasks ...string) {
	g := feed.New(2)
	var b []byte
	for range 2000 {
		b = g.Append(b)
	}
	all, clicks := g.Results()
	job := task.Job{
		File:    filepath.Join(t.TempDir(), "pledges.ndjson"),
		Regions: map[string]int{},
		Clicks:  task.Clicks(),
	}
	for s := range gcm.States() {
		job.Regions[s.Alpha3()] = int(s.Region())
	}
	if err := os.WriteFile(job.File, b, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, job.Items = range []bool{true, false} {
		for _, job.Task = range tasks {
			filters, want := job.Clicks, clicks
			if job.Task == task.Read {
				filters, want = []task.Filter{{}}, []task.Result{all}
			}
			agree(t, load, job, filters, job.Wanted(want))
		}
	}
}

func agree(t *testing.T, load task.LoadFunc, job task.Job, filters []task.Filter, want []task.Result) {
	count, err := load(job)
	if err != nil {
		t.Fatal(err)
	}
	for round := range 2 {
		for i, f := range filters {
			finish, err := count(f)
			if err != nil {
				t.Fatal(err)
			}
			result := finish()
			if d := result.Diff(&want[i]); d != "" {
				t.Errorf("%s, items %v, %+v, round %d: %s", job.Task, job.Items, f, round+1, d)
			}
		}
	}
}
