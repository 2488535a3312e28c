package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// contest compares tools that do the same in the same place: a row.
type contest struct {
	title  string
	task   string
	memory bool // what is compared: memory, or time
	tools  []string
}

// contests returns the rows, as many as the machine has.
func contests(cores int) []contest {
	native := []string{"ours", "duckdb", "sqlite"}
	node := []string{"ours-wasm", "plain", "d3", "arquero", "crossfilter"}
	all := []contest{
		{"Reading, " + plural(cores, "core"), task.Read, false, []string{"ours", "duckdb"}},
		{"Reading, one core", task.Read, false, []string{"ours-1", "duckdb-1", "fastjson", "encodingjson", "sqlite"}},
		{"Reading, in Node", task.Read, false, node},
		{"A click", task.Count, false, native},
		{"A click, in Node", task.Count, false, node},
		{"Memory for reading", task.Read, true, append(native, "fastjson", "encodingjson")},
		{"Memory for reading, in Node", task.Read, true, node},
	}
	if cores == 1 {
		all[1].tools[0], all[1].tools[1] = "ours", "duckdb"
		all = all[1:]
	}
	return all
}

// entry is a tool in a contest.
type entry struct {
	name  string
	keeps bool // something of each pledge
	ours  bool
	value float64 // seconds or bytes: less is better
	text  string
}

// entries returns the tools that could do it, the best one first.
func (c *contest) entries(r *Report, items bool, records int) (all []entry) {
	for _, t := range allTools() {
		m, ok := r.find(t.ID, c.task, items, records)
		if !ok || !slices.Contains(c.tools, t.ID) {
			continue
		}
		e := entry{name: baseName(&t), keeps: items || t.keeps || c.task == task.Count, ours: t.isOurs(), value: m.time(), text: secondsText(m.time())}
		if c.memory {
			e.value, e.text = float64(m.Peak), bytesText(m.Peak)
		}
		if e.value > 0 {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Compare(a.value, b.value) })
	return all
}

// baseName is the name of a tool without what the row says.
func baseName(t *tool) string {
	name, _, _ := strings.Cut(t.Name, ",")
	return strings.TrimSuffix(name, " (wasm)")
}

// row returns the row of a table: what, ours, the others, who is first.
func (c *contest) row(all []entry) string {
	mine := "–"
	var others []string
	us := slices.IndexFunc(all, func(e entry) bool { return e.ours })
	for i, e := range all {
		if i == us {
			mine = "**" + e.text + "**"
			continue
		}
		text := e.name + " " + e.text
		if !e.keeps {
			text = e.name + ", which keeps no pledge, " + e.text
		}
		if us >= 0 {
			text += " (" + factor(e.value, all[us].value) + "×)"
		}
		others = append(others, text)
	}
	return "| " + strings.Join([]string{c.title, mine, strings.Join(others, " · "), c.verdict(all, us)}, " | ") + " |\n"
}

// verdict says who is first, and by how much the next one, or gcmkit where it
// isn't first, is behind.
func (c *contest) verdict(all []entry, us int) string {
	takes := func(e entry) string {
		if c.memory {
			return e.name + " takes " + factor(e.value, all[0].value) + " times as much"
		}
		return e.name + " takes " + factor(e.value, all[0].value) + " times as long"
	}
	switch {
	case us < 0:
		return all[0].name + "; gcmkit couldn’t"
	case us > 0:
		return "**not gcmkit: " + all[0].name + "**; " + takes(all[us])
	case len(all) == 1:
		return "gcmkit, alone"
	}
	return "gcmkit; " + takes(all[1])
}
