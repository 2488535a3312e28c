// Command encodingjson reads with the standard library into maps and counts
// with maps: what one writes who has ten minutes. It keeps no pledge, or what lists
// show of each.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/gcmkit/gcmkit/examples/bench/peers/kept"
	"github.com/gcmkit/gcmkit/examples/bench/task"
)

func main() { task.Main(load) }

func load(job task.Job) (task.CountFunc, error) {
	file, err := os.Open(job.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	result := task.Result{Months: map[string]int{}}
	pledgers := map[string]bool{}
	var all kept.Pledges
	for d := json.NewDecoder(file); ; {
		var pledge map[string]any
		if err := d.Decode(&pledge); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		if pledge["status"] == "withdrawn" {
			continue
		}
		var p kept.Pledge
		result.Total++
		objectives, _ := pledge["objectives"].([]any)
		for _, o := range objectives {
			number, _ := o.(float64)
			result.Objectives[int(number)]++
			p.Objectives |= 1 << int(number)
		}
		if len(objectives) == 0 {
			result.Objectives[0]++
		}
		regions := map[int]bool{}
		by, _ := pledge["pledgers"].([]any)
		for _, one := range by {
			pledger, _ := one.(map[string]any)
			name, _ := pledger["name"].(string)
			pledgers[name] = true
			if p.Pledger == "" {
				p.Pledger = name
			}
			state, _ := pledger["state"].(string)
			if region := job.Regions[state]; region != 0 {
				regions[region] = true
			}
		}
		for r := range regions {
			result.Regions[r]++
			p.Regions |= 1 << r
		}
		if len(regions) == 0 {
			result.Regions[0]++
		}
		announced, _ := pledge["announced"].(string)
		result.Months[announced[:len("2022-05")]]++
		if job.Items {
			id, _ := pledge["id"].(string)
			updated, _ := pledge["updated"].(string)
			copy(p.ID[:], id)
			copy(p.Updated[:], updated)
			copy(p.Announced[:], announced)
			p.Title, _ = pledge["title"].(string)
			if links, _ := pledge["links"].([]any); len(links) > 0 {
				p.Link, _ = links[0].(string)
			}
			all = append(all, p)
		}
	}
	result.Pledgers = len(pledgers)
	return func(f task.Filter) (func() task.Result, error) {
		if f != (task.Filter{}) {
			return nil, errors.New("nothing is kept to filter")
		}
		result := result
		if job.Items {
			result.Newest = all.Newest(f)
		}
		return func() task.Result { return result }, nil
	}, nil
}
