package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// marker names what is replaced in a README.
const marker = "bench"

// markdown returns bench.md: who is first, and every measurement.
func (r *Report) markdown() string {
	var b strings.Builder
	b.WriteString("# Reading and counting pledges, side by side\n\n")
	fmt.Fprintf(&b, "%s; %s; Go %s, Node %s.\n\n", r.Date, r.Machine, r.Versions["Go"], strings.TrimPrefix(r.Versions["Node"], "v"))
	b.WriteString(explanation)
	b.WriteString("![Time for reading against the number of pledges](reading.svg)\n\n")
	b.WriteString("![Time for a click against the number of pledges](clicking.svg)\n\n")
	b.WriteString("![Memory for reading against the number of pledges](memory.svg)\n")
	feeds := slices.Clone(r.Feeds)
	slices.Reverse(feeds)
	for _, f := range feeds {
		fmt.Fprintf(&b, "\n## %s pledges, %s\n\n", number(f.Records), bytesText(f.Bytes))
		b.WriteString(r.both(f, "###"))
		for _, items := range []bool{true, false} {
			if !r.hasMode(items) {
				continue
			}
			fmt.Fprintf(&b, "\nAll measurements, %s:\n\n%s", withItems(items), r.details(f, items))
		}
	}
	b.WriteString("\n## The tools\n\n| tool | version | how |\n| --- | --- | --- |\n")
	for _, t := range allTools() {
		if version := orElse(r.Versions[t.library], "–"); r.has(t.ID) {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", t.Name, version, t.About)
		}
	}
	if problems := r.problems(); len(problems) > 0 {
		b.WriteString("\n## What couldn’t be done\n\n")
		for _, p := range problems {
			b.WriteString("- " + strings.ReplaceAll(p, "\n", " ") + "\n")
		}
	}
	return b.String()
}

const explanation = `Written by ` + "`make bench`" + `, from pledges that are generated and always the same; every tool gave exactly the numbers that the generator counted, and listed the same pledges. **Reading** is from the file, which is in memory, to the numbers of all pledges that aren’t withdrawn: total, by objective, by region of the pledgers, distinct pledgers, by month. It doesn’t include the start of the process. **A click** is the same numbers for another objective and region, once all is loaded; gcmkit gives all of its counts for it, more than is asked. **With lists**, every tool keeps the title, the first pledger, the date and the first link of each pledge, and gives the ten newest of what it counts as well: that is what ships. **Counting alone** keeps what is counted, or nothing. Times are the best of the readings and the median of the clicks; memory is the most that the process had. In brackets: how many times what gcmkit took. On one core gcmkit and DuckDB are held to it; the others work on one, though those in Go may collect garbage on another.

`

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// has reports whether a tool was run.
func (r *Report) has(id string) bool {
	return slices.ContainsFunc(r.Measurements, func(m Measurement) bool { return m.Tool == id })
}

// both returns the tables of who is first under their headings: what ships, and
// counting alone.
func (r *Report) both(f Feed, heading string) string {
	var parts []string
	if r.hasMode(true) {
		parts = append(parts, fmt.Sprintf("%s With lists: what ships\n\nKept of each pledge: its title, first pledger, date and first link, so that the ten newest of any selection can be listed. The titles and links are %s.\n\n%s", heading, bytesText(f.Texts), r.summary(f, true)))
	}
	if r.hasMode(false) {
		parts = append(parts, fmt.Sprintf("%s Counting alone\n\nKept of each pledge: what is counted, or nothing.\n\n%s", heading, r.summary(f, false)))
	}
	return strings.Join(parts, "\n")
}

// hasMode reports whether anything was measured with lists, or without.
func (r *Report) hasMode(items bool) bool {
	return slices.ContainsFunc(r.Measurements, func(m Measurement) bool { return m.Items == items })
}

// summary returns the table of who is first.
func (r *Report) summary(f Feed, items bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "| %s pledges, %s, %s | gcmkit | others | first |\n| --- | --- | --- | --- |\n", number(f.Records), bytesText(f.Bytes), withItems(items))
	for _, c := range contests(r.Machine.Cores) {
		if all := c.entries(r, items, f.Records); len(all) > 0 {
			b.WriteString(c.row(all))
		}
	}
	return b.String()
}

// details returns the table of all measurements.
func (r *Report) details(f Feed, items bool) string {
	var b strings.Builder
	b.WriteString("| tool | reading, best | median | MB/s | CPU | memory | click, best | median | memory |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n")
	for _, t := range allTools() {
		if !r.has(t.ID) {
			continue
		}
		cells := []string{t.Name, "–", "–", "–", "–", "–", "–", "–", "–"}
		if m, ok := r.find(t.ID, task.Read, items, f.Records); ok {
			copy(cells[1:], []string{secondsText(m.Best), secondsText(m.Median), threeDigits(float64(f.Bytes) / 1e6 / m.Best), secondsText(slices.Min(m.CPU)), bytesText(m.Peak)})
		}
		if m, ok := r.find(t.ID, task.Count, items, f.Records); ok {
			copy(cells[6:], []string{secondsText(m.Best), secondsText(m.Median), bytesText(m.Peak)})
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return b.String()
}

// readme returns what stands in README, with links by way of the directory of
// the results.
func (r *Report) readme(way string) []byte {
	f := r.common()
	var b strings.Builder
	b.WriteString(r.both(f, "##"))
	fmt.Fprintf(&b, "\nMeasured side by side on %s (%s, Go %s), %s. Every tool gave the same numbers and lists. [How, and with fewer pledges](%s/bench.md).\n\n",
		plural(r.Machine.Cores, "core"), r.Machine.CPU, r.Versions["Go"], r.Date, way)
	fmt.Fprintf(&b, "![Time for reading against the number of pledges](%s/reading.svg)\n\n", way)
	fmt.Fprintf(&b, "![Memory for reading against the number of pledges](%s/memory.svg)\n", way)
	return []byte(b.String())
}

// replaceBetween replaces what stands between <!-- name --> and <!-- /name -->,
// each on a line of its own.
func replaceBetween(page []byte, name string, with []byte) ([]byte, error) {
	begin, end := []byte("<!-- "+name+" -->\n"), []byte("<!-- /"+name+" -->\n")
	before, rest, ok := bytes.Cut(page, begin)
	_, after, closed := bytes.Cut(rest, end)
	if !ok || !closed || bytes.Contains(after, begin) {
		return nil, fmt.Errorf("not one <!-- %s --> with its <!-- /%s --> behind it", name, name)
	}
	return slices.Concat(before, begin, with, end, after), nil
}
