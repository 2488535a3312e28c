package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gcmkit/gcmkit/examples/bench/feed"
	"github.com/gcmkit/gcmkit/examples/bench/task"
	"github.com/gcmkit/gcmkit/gcm"
)

// seed is that of the pledges, see TestPledgesAreTheSameEverywhere.
const seed = 1

// bench is a benchmark that runs.
type bench struct {
	options
	*progress
	temp    string
	tools   []tool
	built   *built
	report  Report
	missing map[string]string // why a tool couldn't do a task, by both
}

// measure has all tools do all tasks on n pledges. Readings go round: what else
// happens on the machine meets all tools alike. The error is one that ends the
// benchmark: a wrong number, or an interruption.
func (b *bench) measure(ctx context.Context, n int) error {
	b.say("%s pledges", number(n))
	made, err := makeFeed(ctx, b.data, n)
	if err != nil {
		return err
	}
	if b.data == b.temp {
		defer os.Remove(made.file)
	}
	if err := warm(made.file); err != nil {
		return err
	}
	b.report.Feeds = append(b.report.Feeds, Feed{n, made.size, made.texts})
	for _, items := range []bool{true, false} {
		for _, what := range []string{task.Read, task.Count} {
			job := task.Job{Task: what, Items: items, File: made.file, Regions: regions(), Clicks: task.Clicks()}
			want, runs := made.clicks, 1
			if what == task.Read {
				want, runs = []task.Result{made.all}, b.runs
			}
			if err := b.round(ctx, job, job.Wanted(want), runs, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// round has all tools do a job so many times, in turn.
func (b *bench) round(ctx context.Context, job task.Job, want []task.Result, runs, n int) error {
	var tools []*tool
	var all []Measurement
	for i := range b.tools {
		if t := &b.tools[i]; t.does(job.Task) {
			tools = append(tools, t)
			all = append(all, Measurement{Tool: t.ID, Task: job.Task, Items: job.Items, Records: n})
		}
	}
	for range runs {
		for i, t := range tools {
			if err := b.once(ctx, t, job, want, &all[i]); err != nil {
				return err
			}
		}
	}
	b.report.Measurements = append(b.report.Measurements, all...)
	return nil
}

// once runs a tool once and adds what it took.
func (b *bench) once(ctx context.Context, t *tool, job task.Job, want []task.Result, m *Measurement) error {
	key := t.ID + " " + job.Task + " " + withItems(job.Items)
	if m.Problem != "" {
		return nil
	}
	if m.Problem = b.missing[key]; m.Problem != "" {
		return nil
	}
	if n := len(m.Wall); n > 0 && m.Wall[n-1] > time.Minute.Seconds() {
		return nil
	}
	o, err := b.process(ctx, t, job)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		*m = Measurement{Tool: m.Tool, Task: m.Task, Items: m.Items, Records: m.Records, Problem: err.Error()}
		b.missing[key] = fmt.Sprintf("not tried: couldn't do %s pledges", number(m.Records))
		b.say("%-14s %-5s %-14s can't: %v", t.ID, job.Task, withItems(job.Items), err)
		return nil
	}
	if d := differ(o.Results, want); d != "" {
		return fmt.Errorf("%s, task %q, %s, %s pledges: %s", t.Name, job.Task, withItems(job.Items), number(m.Records), d)
	}
	m.add(&o)
	b.say("%-14s %-5s %-14s %9s  %9s", t.ID, job.Task, withItems(job.Items), secondsText(slices.Min(o.Seconds)), bytesText(o.Peak))
	return nil
}

// differ returns the first difference of results, "" if there is none.
func differ(have, want []task.Result) string {
	if len(have) != len(want) {
		return fmt.Sprintf("%d results, want %d", len(have), len(want))
	}
	for i := range want {
		if d := have[i].Diff(&want[i]); d != "" {
			return fmt.Sprintf("result %d: %s", i+1, d)
		}
	}
	return ""
}

// made is a file of pledges, and their numbers.
type made struct {
	file   string
	size   int64
	texts  int64
	all    task.Result
	clicks []task.Result
}

// makeFeed writes n pledges into a directory, unless they are there. Their
// numbers come from generating them, so that is done in either case.
func makeFeed(ctx context.Context, dir string, n int) (m made, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return m, err
	}
	m.file = filepath.Join(dir, fmt.Sprintf("pledges-%d.ndjson", n))
	file, err := os.CreateTemp(dir, "pledges-*.part")
	if err != nil {
		return m, err
	}
	defer os.Remove(file.Name()) // in vain if all went well
	defer file.Close()
	g, out := feed.New(seed), bufio.NewWriterSize(file, 1<<20)
	var line []byte
	for i := range n {
		line = g.Append(line[:0])
		m.size += int64(len(line))
		if _, err := out.Write(line); err != nil {
			return m, err
		}
		if i%10_000 == 0 && ctx.Err() != nil {
			return m, ctx.Err()
		}
	}
	if err := out.Flush(); err != nil {
		return m, err
	}
	if err := file.Close(); err != nil {
		return m, err
	}
	m.all, m.clicks = g.Results()
	m.texts = g.Texts()
	return m, os.Rename(file.Name(), m.file)
}

// warm reads a file, so that it is in memory for the first tool as well.
func warm(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(io.Discard, file)
	return err
}

// regions returns the region of each State, which no tool but ours knows.
func regions() map[string]int {
	all := map[string]int{}
	for s := range gcm.States() {
		all[s.Alpha3()] = int(s.Region())
	}
	return all
}
