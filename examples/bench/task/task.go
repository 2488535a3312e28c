// Package task says what the tools are asked, in what form they answer, and
// runs those that are written in Go.
package task

import (
	"fmt"
	"maps"
	"slices"
)

// The tasks.
const (
	// Read is from a file to the numbers of all pledges.
	Read = "read"
	// Count is the numbers of a selection, again and again, once all is
	// loaded: what a click on a filter costs.
	Count = "count"
)

// Newest is how many of the newest pledges are listed.
const Newest = 10

// Job is what a tool is given: the name of a file that holds it as JSON.
type Job struct {
	Task    string         `json:"task"`
	Items   bool           `json:"items"`   // keep what lists show, and list the newest pledges
	File    string         `json:"file"`    // a pledge a line
	Regions map[string]int `json:"regions"` // of States by alpha-3: 1 to 5
	Clicks  []Filter       `json:"clicks"`  // for Count, one after the other
	Threads int            `json:"threads"` // that the tool may use
}

// Wanted returns what of results the job asks for.
func (j *Job) Wanted(all []Result) (wanted []Result) {
	for _, r := range all {
		if !j.Items {
			r.Newest = nil
		}
		wanted = append(wanted, r)
	}
	return wanted
}

// Filter selects pledges. The zero value selects all.
type Filter struct {
	Objective int `json:"objective"`
	Region    int `json:"region"` // in which a pledger is based
}

// Clicks returns the selections that Count alternates between, so that no
// answer is the one before.
func Clicks() []Filter {
	const africa, asia, europe = 1, 3, 4
	return []Filter{{7, africa}, {8, asia}, {23, europe}}
}

// Result is the numbers of a selection of the pledges that aren't withdrawn.
// In the arrays index 0 is for pledges without any.
type Result struct {
	Total      int            `json:"total"`
	Objectives [24]int        `json:"objectives"`
	Regions    [6]int         `json:"regions"`  // of pledgers: a pledge counts once in each
	Pledgers   int            `json:"pledgers"` // distinct names
	Months     map[string]int `json:"months"`   // of announcement, "2022-05", without those of no pledges

	// Newest lists the newest pledges, for a job with items: by the date of
	// announcement, then by the instant of the revision, the latest first, then by ID.
	Newest []Item `json:"newest,omitempty"`
}

// Item is a pledge as a list shows it.
type Item struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Pledger   string `json:"pledger"`   // name of the first one
	Announced string `json:"announced"` // a day or a month
	Link      string `json:"link"`      // the first one, "" for none
}

// Answer is what a tool prints, as JSON.
type Answer struct {
	Seconds []float64 `json:"seconds"` // one for Read; one a click for Count
	Results []Result  `json:"results"` // one for Read; one a filter for Count
	Peak    int64     `json:"peak"`    // bytes of memory at most; 0 if the tool can't say
}

// Diff returns the first difference between a result and the right one, ""
// if there is none.
func (r *Result) Diff(want *Result) string {
	if r.Total != want.Total {
		return differ("total", r.Total, want.Total)
	}
	for i, n := range want.Objectives {
		if r.Objectives[i] != n {
			return differ(fmt.Sprintf("objectives[%d]", i), r.Objectives[i], n)
		}
	}
	for i, n := range want.Regions {
		if r.Regions[i] != n {
			return differ(fmt.Sprintf("regions[%d]", i), r.Regions[i], n)
		}
	}
	if r.Pledgers != want.Pledgers {
		return differ("pledgers", r.Pledgers, want.Pledgers)
	}
	months := slices.Concat(slices.Collect(maps.Keys(want.Months)), slices.Collect(maps.Keys(r.Months)))
	slices.Sort(months)
	for _, m := range slices.Compact(months) {
		n, there := r.Months[m]
		if w, wanted := want.Months[m]; n != w || there != wanted {
			return differ(fmt.Sprintf("months[%q]", m), n, w)
		}
	}
	if len(r.Newest) != len(want.Newest) {
		return differ("number of the newest", len(r.Newest), len(want.Newest))
	}
	for i, item := range want.Newest {
		if r.Newest[i] != item {
			return fmt.Sprintf("newest[%d] is %+v, want %+v", i, r.Newest[i], item)
		}
	}
	return ""
}

func differ(what string, have, want int) string {
	return fmt.Sprintf("%s is %d, want %d", what, have, want)
}
