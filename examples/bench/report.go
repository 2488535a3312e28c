package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// Report is all that was measured: bench.json.
type Report struct {
	Date         string            `json:"date"`
	Machine      Machine           `json:"machine"`
	Versions     map[string]string `json:"versions"`
	Feeds        []Feed            `json:"feeds"`
	Measurements []Measurement     `json:"measurements"`
}

// Feed is a file of pledges.
type Feed struct {
	Records int   `json:"records"`
	Bytes   int64 `json:"bytes"`
	Texts   int64 `json:"texts,omitempty"` // bytes of the titles and links
}

// Measurement is what a task took a tool. Where it couldn't do it there is a
// problem and nothing else.
type Measurement struct {
	Tool    string    `json:"tool"`
	Task    string    `json:"task"`
	Items   bool      `json:"items,omitempty"` // with what lists show
	Records int       `json:"records"`
	Best    float64   `json:"best,omitempty"`   // seconds: of a reading, without the start of the process; of a click
	Median  float64   `json:"median,omitempty"` // likewise
	Number  int       `json:"number,omitempty"` // of readings or clicks
	Wall    []float64 `json:"wall,omitempty"`   // seconds of each process, from start to end
	CPU     []float64 `json:"cpu,omitempty"`    // likewise, of all cores
	Peak    int64     `json:"peak,omitempty"`   // bytes of memory at most
	Problem string    `json:"problem,omitempty"`

	seconds []float64
}

// add adds what a process did.
func (m *Measurement) add(o *outcome) {
	m.seconds = append(m.seconds, o.Seconds...)
	slices.Sort(m.seconds)
	n := len(m.seconds)
	m.Best, m.Median, m.Number = m.seconds[0], (m.seconds[(n-1)/2]+m.seconds[n/2])/2, n
	m.Wall, m.CPU = append(m.Wall, o.wall), append(m.CPU, o.cpu)
	m.Peak = max(m.Peak, o.Peak)
}

// time is what a tool is compared by: the best of few readings, and the median
// of many clicks.
func (m *Measurement) time() float64 {
	if m.Task == task.Count {
		return m.Median
	}
	return m.Best
}

func (r *Report) describe(b *built) {
	r.Date = time.Now().UTC().Format(time.DateOnly)
	r.Machine = thisMachine()
	r.Versions = b.versions
}

// find returns the measurement of a tool, if it could do the task.
func (r *Report) find(id, what string, items bool, records int) (*Measurement, bool) {
	for i := range r.Measurements {
		m := &r.Measurements[i]
		if m.Tool == id && m.Task == what && m.Items == items && m.Records == records && m.Problem == "" {
			return m, true
		}
	}
	return nil, false
}

// problems says what couldn't be done, a line each.
func (r *Report) problems() (all []string) {
	for _, m := range r.Measurements {
		if m.Problem != "" {
			all = append(all, fmt.Sprintf("%s, task %q, %s, %s pledges: %s", m.Tool, m.Task, withItems(m.Items), number(m.Records), m.Problem))
		}
	}
	return all
}

// withItems says whether what lists show is kept.
func withItems(items bool) string {
	if items {
		return "with lists"
	}
	return "counting alone"
}

// common returns the biggest feed that every tool could do, the smallest one
// if there is none.
func (r *Report) common() Feed {
	feeds := slices.SortedFunc(slices.Values(r.Feeds), func(a, b Feed) int { return b.Records - a.Records })
	for _, f := range feeds {
		if !slices.ContainsFunc(r.Measurements, func(m Measurement) bool { return m.Records == f.Records && m.Problem != "" }) {
			return f
		}
	}
	return feeds[len(feeds)-1]
}

// write writes everything that comes out.
func write(o options, r *Report) error {
	if err := o.save("bench.json", r, map[string][]byte{
		"bench.md":     []byte(r.markdown()),
		"reading.svg":  r.readingPlot().svg(),
		"clicking.svg": r.clickingPlot().svg(),
		"memory.svg":   r.memoryPlot().svg(),
	}); err != nil || o.readme == "" {
		return err
	}
	here, err := relative(o.readme, o.out)
	if err != nil {
		return err
	}
	return o.publish(marker, r.readme(here))
}

// save writes what was measured as JSON, and other files beside it.
func (o *options) save(name string, measured any, others map[string][]byte) error {
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(measured, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(o.out, name), append(text, '\n'), 0o644); err != nil {
		return err
	}
	for name, content := range others {
		if err := os.WriteFile(filepath.Join(o.out, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// publish puts a table into README, if one is named.
func (o *options) publish(marker string, table []byte) error {
	if o.readme == "" {
		return nil
	}
	page, err := os.ReadFile(o.readme)
	if err != nil {
		return err
	}
	if page, err = replaceBetween(page, marker, table); err != nil {
		return fmt.Errorf("%s: %w", o.readme, err)
	}
	return os.WriteFile(o.readme, page, 0o644)
}

// relative returns the way from a file to a directory as a link has it.
func relative(file, dir string) (string, error) {
	from, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	way, err := filepath.Rel(from, to)
	return filepath.ToSlash(way), err
}
