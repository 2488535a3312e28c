package task

import "syscall/js"

// parse reads a job as the tools that are scripts do, but for the regions, which no
// tool in Go asks for there. Were it read with package encoding/json, Node would
// compile the large functions of that once more, and better, beside what is measured,
// as it does with all that have run for a moment. What counts pledges in a page has
// no such package in it.
func parse(text []byte) (job Job, err error) {
	v := js.Global().Get("JSON").Call("parse", string(text))
	job = Job{Task: v.Get("task").String(), Items: v.Get("items").Bool(), File: v.Get("file").String(), Threads: v.Get("threads").Int()}
	clicks := v.Get("clicks")
	for i := range clicks.Length() {
		c := clicks.Index(i)
		job.Clicks = append(job.Clicks, Filter{c.Get("objective").Int(), c.Get("region").Int()})
	}
	return job, nil
}
