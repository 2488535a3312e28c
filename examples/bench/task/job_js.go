package task

import "syscall/js"

// parse reads a job as the tools that are scripts do. With package encoding/json
// an engine would be busy for half a second, beside what is measured: it compiles
// every large function that has run for a moment once more, better. What counts
// pledges in a page has no such package in it.
func parse(text []byte) (job Job, err error) {
	v := js.Global().Get("JSON").Call("parse", string(text))
	job = Job{Task: v.Get("task").String(), File: v.Get("file").String(), Threads: v.Get("threads").Int()}
	clicks := v.Get("clicks")
	for i := range clicks.Length() {
		c := clicks.Index(i)
		job.Clicks = append(job.Clicks, Filter{c.Get("objective").Int(), c.Get("region").Int()})
	}
	return job, nil
}
