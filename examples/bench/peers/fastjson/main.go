// Command fastjson reads a line at a time with the parser of valyala/fastjson,
// used again and again. It keeps no pledge, or what lists show of each.
package main

import (
	"bufio"
	"errors"
	"io"
	"os"

	"github.com/gcmkit/gcmkit/examples/bench/peers/kept"
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
	c := counter{items: job.Items, regions: job.Regions, pledgers: map[string]string{}, months: map[string]*int{}}
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
		if job.Items {
			c.Newest = c.kept.Newest(f)
		}
		return c.result, nil
	}, nil
}

type counter struct {
	task.Result
	items    bool
	kept     kept.Pledges
	regions  map[string]int
	pledgers map[string]string // their names
	months   map[string]*int
}

func (c *counter) add(pledge *fastjson.Value) {
	if string(pledge.GetStringBytes("status")) == "withdrawn" {
		return
	}
	var p kept.Pledge
	c.Total++
	objectives := pledge.GetArray("objectives")
	for _, o := range objectives {
		c.Objectives[o.GetInt()]++
		p.Objectives |= 1 << o.GetInt()
	}
	if len(objectives) == 0 {
		c.Objectives[0]++
	}
	var regions [len(c.Result.Regions)]bool
	regions[0] = true
	for i, by := range pledge.GetArray("pledgers") {
		spelled := by.GetStringBytes("name")
		name, known := c.pledgers[string(spelled)]
		if !known { // a look-up doesn't allocate, storing does
			name = string(spelled)
			c.pledgers[name] = name
		}
		if i == 0 {
			p.Pledger = name
		}
		if r := c.regions[string(by.GetStringBytes("state"))]; r != 0 {
			regions[0], regions[r] = false, true
		}
	}
	for r, there := range regions {
		if there {
			c.Result.Regions[r]++
			p.Regions |= 1 << r
		}
	}
	announced := pledge.GetStringBytes("announced")
	month := announced[:len("2022-05")]
	n := c.months[string(month)]
	if n == nil {
		n = new(int)
		c.months[string(month)] = n
	}
	*n++
	if c.items {
		copy(p.ID[:], pledge.GetStringBytes("id"))
		copy(p.Updated[:], pledge.GetStringBytes("updated"))
		copy(p.Announced[:], announced)
		p.Title = string(pledge.GetStringBytes("title"))
		p.Link = string(pledge.GetStringBytes("links", "0"))
		c.kept = append(c.kept, p)
	}
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
