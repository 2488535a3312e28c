package main

import (
	"context"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// loadMarker names what is replaced in a README.
const loadMarker = "loading"

// Loading is all that was measured of loading pledges: loading.json.
type Loading struct {
	Date         string            `json:"date"`
	Machine      Machine           `json:"machine"`
	Versions     map[string]string `json:"versions"`
	Feeds        []Feed            `json:"feeds"`
	Measurements []LoadMeasurement `json:"measurements"`
}

// LoadMeasurement is what loading a feed took a tool.
type LoadMeasurement struct {
	Tool      string    `json:"tool"`
	Records   int       `json:"records"`
	Cores     int       `json:"cores"`
	Seconds   []float64 `json:"seconds"` // of each process
	Allocated int64     `json:"allocated"`
	Objects   int64     `json:"objects"`
	Kept      int64     `json:"kept"`
}

// loadTools are the tools, as peers/load names them.
var loadTools = []struct{ id, name, library string }{
	{"ours", "gcmkit, `pledge.Book.Load`", ""},
	{"sonic", "bytedance/sonic", "github.com/bytedance/sonic"},
	{"goccy", "goccy/go-json", "github.com/goccy/go-json"},
	{"jsonv2", "encoding/json/v2 (go-json-experiment)", "github.com/go-json-experiment/json"},
	{"encodingjson", "encoding/json", ""},
}

// compareLoading measures, prints and writes.
func compareLoading(ctx context.Context, o options, p *progress) error {
	temp, err := os.MkdirTemp("", "gcmkit-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if o.data == "" {
		o.data = temp
	}
	program := filepath.Join(temp, "load")
	if _, err := output(ctx, "", nil, "go", "build", "-o", program, "./peers/load"); err != nil {
		return err
	}
	l := Loading{Date: time.Now().UTC().Format(time.DateOnly), Machine: thisMachine(), Versions: map[string]string{}}
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	l.Versions["Go"] = strings.TrimPrefix(info.GoVersion, "go")
	for _, m := range info.Deps {
		l.Versions[m.Path] = m.Version
	}
	for _, n := range o.sizes {
		if err := l.measure(ctx, o, p, program, n); err != nil {
			return err
		}
	}
	return l.write(o)
}

// measure has all tools load n pledges. They take turns, so that what else happens on
// the machine meets all alike.
func (l *Loading) measure(ctx context.Context, o options, p *progress, program string, n int) error {
	made, err := makeFeed(ctx, o.data, n)
	if err != nil {
		return err
	}
	if err := warm(made.file); err != nil {
		return err
	}
	l.Feeds = append(l.Feeds, Feed{n, made.size, made.texts})
	first := len(l.Measurements)
	for _, cores := range slices.Compact([]int{runtime.NumCPU(), 1}) {
		for _, t := range loadTools {
			l.Measurements = append(l.Measurements, LoadMeasurement{Tool: t.id, Records: n, Cores: cores})
		}
	}
	var same *task.Loaded
	for range o.runs {
		for i := range l.Measurements[first:] {
			m := &l.Measurements[first+i]
			text, err := output(ctx, "", []string{"GOMAXPROCS=" + strconv.Itoa(m.Cores)}, program, m.Tool, made.file)
			if err != nil {
				return err
			}
			var loaded task.Loaded
			if err := json.Unmarshal([]byte(text), &loaded); err != nil {
				return err
			}
			if same == nil {
				same = &loaded
			}
			if loaded.Pledges != n || loaded.Sum != same.Sum {
				return fmt.Errorf("%s holds other pledges than %s, or not %d", m.Tool, loadTools[0].id, n)
			}
			m.Seconds = append(m.Seconds, loaded.Seconds)
			m.Allocated, m.Objects, m.Kept = loaded.Allocated, loaded.Objects, loaded.Kept
			p.say("%-12s %s  %9s", m.Tool, plural(m.Cores, "core"), secondsText(loaded.Seconds))
		}
	}
	return nil
}

// markdown returns the tables.
func (l *Loading) markdown() string {
	var b strings.Builder
	for _, f := range l.Feeds {
		fmt.Fprintf(&b, "| Loading %s pledges, %s | time | MB/s |", number(f.Records), bytesText(f.Bytes))
		cores := slices.Compact([]int{l.Machine.Cores, 1})
		if len(cores) > 1 {
			b.WriteString(" one core | MB/s |")
		}
		b.WriteString(" allocated a pledge | objects | kept |\n| --- |" + strings.Repeat(" ---: |", 2*len(cores)+3) + "\n")
		for i, t := range loadTools {
			row := "| " + t.name
			for _, c := range cores {
				m, ours := l.find(t.id, f.Records, c), l.find("ours", f.Records, c)
				best := slices.Min(m.Seconds)
				text := secondsText(best)
				if i == 0 {
					text = "**" + text + "**"
				} else {
					text += " (" + factor(best, slices.Min(ours.Seconds)) + "×)"
				}
				row += " | " + text + " | " + threeDigits(float64(f.Bytes)/1e6/best)
			}
			m, n := l.find(t.id, f.Records, cores[0]), float64(f.Records)
			fmt.Fprintf(&b, "%s | %s B | %s | %s B |\n", row, threeDigits(float64(m.Allocated)/n), threeDigits(float64(m.Objects)/n), threeDigits(float64(m.Kept)/n))
		}
		b.WriteString("\n")
	}
	var versions []string
	for _, t := range loadTools {
		if t.library != "" {
			versions = append(versions, t.library+" "+l.Versions[t.library])
		}
	}
	fmt.Fprintf(&b, "Loaded in turn on %s (%s, Go %s), %s, the best of %d. Every tool held the same pledges. gcmkit has counted them, and checked each record; the others hold them by ID, decoded into the same fields of the same types, a line at a time in a goroutine for each core. %s. In brackets: how many times what gcmkit took.\n",
		plural(l.Machine.Cores, "core"), l.Machine.CPU, l.Versions["Go"], l.Date, len(l.Measurements[0].Seconds), strings.Join(versions, ", "))
	return b.String()
}

func (l *Loading) find(tool string, records, cores int) *LoadMeasurement {
	for i := range l.Measurements {
		if m := &l.Measurements[i]; m.Tool == tool && m.Records == records && m.Cores == cores {
			return m
		}
	}
	return nil
}

func (l *Loading) write(o options) error {
	table := l.markdown()
	fmt.Print(table)
	if err := o.save("loading.json", l, map[string][]byte{"loading.md": []byte("# Loading pledges, side by side\n\n" + table)}); err != nil {
		return err
	}
	return o.publish(loadMarker, []byte(table))
}
