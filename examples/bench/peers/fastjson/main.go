// Command fastjson reads a line at a time with the parser of valyala/fastjson,
// used again and again, and keeps no pledge.
package main

import (
	"bufio"
	"errors"
	"io"
	"os"

	"github.com/gcmkit/gcmkit/examples/bench/task"
	"github.com/valyala/fastjson"
)

func main() { task.Main(load) }

func load(job task.Job) (task.CountFunc, error) {
	file, err := os.Open(job.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	c := counter{regions: job.Regions, pledgers: map[string]struct{}{}, months: map[string]*int{}}
	var parser fastjson.Parser
	for in := bufio.NewReaderSize(file, 1<<20); ; {
		line, err := in.ReadSlice('\n')
		if err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		pledge, err := parser.ParseBytes(line)
		if err != nil {
			return nil, err
		}
		c.add(pledge)
	}
	return func(f task.Filter) (func() task.Result, error) {
		if f != (task.Filter{}) {
			return nil, errors.New("nothing is kept to filter")
		}
		return c.result, nil
	}, nil
}

type counter struct {
	task.Result
	regions  map[string]int
	pledgers map[string]struct{}
	months   map[string]*int
}

func (c *counter) add(pledge *fastjson.Value) {
	if string(pledge.GetStringBytes("status")) == "withdrawn" {
		return
	}
	c.Total++
	objectives := pledge.GetArray("objectives")
	for _, o := range objectives {
		c.Objectives[o.GetInt()]++
	}
	if len(objectives) == 0 {
		c.Objectives[0]++
	}
	var regions [len(c.Result.Regions)]bool
	regions[0] = true
	for _, p := range pledge.GetArray("pledgers") {
		name := p.GetStringBytes("name")
		if _, known := c.pledgers[string(name)]; !known { // a look-up doesn't allocate, storing does
			c.pledgers[string(name)] = struct{}{}
		}
		if r := c.regions[string(p.GetStringBytes("state"))]; r != 0 {
			regions[0], regions[r] = false, true
		}
	}
	for r, there := range regions {
		if there {
			c.Result.Regions[r]++
		}
	}
	month := pledge.GetStringBytes("announced")[:len("2022-05")]
	n := c.months[string(month)]
	if n == nil {
		n = new(int)
		c.months[string(month)] = n
	}
	*n++
}

func (c *counter) result() task.Result {
	r := c.Result
	r.Pledgers = len(c.pledgers)
	r.Months = make(map[string]int, len(c.months))
	for m, n := range c.months {
		r.Months[m] = *n
	}
	return r
}
