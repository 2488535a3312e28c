package task

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"
)

// LoadFunc takes the file of a job in, and returns what counts it.
type LoadFunc func(Job) (CountFunc, error)

// CountFunc counts a selection. What it returns puts the numbers into the
// common form: a step that users of the tool don't have, so it isn't measured.
type CountFunc func(Filter) (func() Result, error)

// Count clicks at least this often and for this long, but not more often than
// that.
const (
	leastRounds = 5
	mostRounds  = 100
	roundsTake  = 500 * time.Millisecond
)

// Main is the main function of a tool: it does the job that the only argument
// names.
func Main(load LoadFunc) {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: %s JOB.json", os.Args[0]))
	}
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail(err)
	}
	job, err := parse(text)
	if err != nil {
		fail(err)
	}
	answer, err := job.run(load)
	if err != nil {
		fail(err)
	}
	answer.Peak = peak()
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func (job Job) run(load LoadFunc) (a Answer, err error) {
	start := time.Now()
	count, err := load(job)
	if err != nil {
		return a, err
	}
	if job.Task == Read {
		finish, err := count(Filter{})
		if err != nil {
			return a, err
		}
		a.Seconds = []float64{time.Since(start).Seconds()}
		a.Results = []Result{finish()}
		return a, nil
	}
	start = time.Now()
	for round := 0; round < leastRounds || round < mostRounds && time.Since(start) < roundsTake; round++ {
		for i, click := range job.Clicks {
			begin := time.Now()
			finish, err := count(click)
			if err != nil {
				return a, err
			}
			a.Seconds = append(a.Seconds, time.Since(begin).Seconds())
			r := finish()
			if round == 0 {
				a.Results = append(a.Results, r)
			} else if d := r.Diff(&a.Results[i]); d != "" {
				return a, fmt.Errorf("clicking again gives something else: %s", d)
			}
		}
	}
	return a, nil
}

// peak returns how much memory the process has had at most, as Linux knows it;
// elsewhere the program that started this one asks its own system.
func peak() int64 {
	status, _ := os.ReadFile("/proc/self/status")
	_, text, _ := bytes.Cut(status, []byte("VmHWM:"))
	text, _, _ = bytes.Cut(text, []byte("kB"))
	kilobytes, _ := strconv.ParseInt(string(bytes.TrimSpace(text)), 10, 64)
	return kilobytes << 10
}
