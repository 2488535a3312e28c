package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// example is a report in which gcmkit is first, or isn't.
func example(ours float64) *Report {
	r := &Report{Machine: Machine{CPU: "A <CPU> & co", Cores: 2}, Versions: map[string]string{"Go": "1.26", "Node": "v20"}}
	for _, n := range []int{1000, 100_000} {
		r.Feeds = append(r.Feeds, Feed{n, int64(n) * 335, int64(n) * 45})
		for _, t := range allTools() {
			seconds := 2.0
			if t.isOurs() {
				seconds = ours
			}
			if t.ID == "sqlite" {
				seconds = 9
			}
			for _, what := range []string{task.Read, task.Count} {
				for _, items := range []bool{true, false} {
					if t.does(what) {
						m := Measurement{Tool: t.ID, Task: what, Items: items, Records: n}
						m.add(&outcome{Answer: task.Answer{Seconds: []float64{seconds, 3 * seconds}, Peak: int64(seconds * 1e8)}, cpu: seconds})
						r.Measurements = append(r.Measurements, m)
					}
				}
			}
		}
	}
	return r
}

func TestEachRowSaysWhoIsFirst(t *testing.T) {
	for _, c := range []struct {
		ours float64
		want []string
	}{
		{0.5, []string{
			"| Reading, 2 cores | **500 ms** | DuckDB 2.00 s (4.0×) | gcmkit; DuckDB takes 4.0 times as long |",
			"| A click | **1.00 s** | DuckDB 4.00 s (4.0×) · SQLite 18.0 s (18×) | gcmkit; DuckDB takes 4.0 times as long |",
			"| Memory for reading | **50.0 MB** |", "gcmkit; DuckDB takes 4.0 times as much |",
		}},
		{3, []string{
			"| Reading, 2 cores | **3.00 s** | DuckDB 2.00 s (0.67×) | **not gcmkit: DuckDB**; gcmkit takes 1.5 times as long |",
			"| A click, in Node | **6.00 s** | JSON.parse 4.00 s (0.67×) ·", "**not gcmkit: JSON.parse**; gcmkit takes 1.5 times as long |",
			"**not gcmkit: DuckDB**; gcmkit takes 1.5 times as much |",
		}},
	} {
		table := example(c.ours).summary(Feed{100_000, 33_500_000, 4_500_000}, true)
		for _, row := range c.want {
			if !strings.Contains(table, row) {
				t.Errorf("no %q in\n%s", row, table)
			}
		}
		if n := strings.Count(table, "not gcmkit"); (n > 0) != (c.ours > 2) {
			t.Errorf("%d rows aren't gcmkit's:\n%s", n, table)
		}
	}
}

// A row of the second table says of those who keep nothing that they don't.
func TestRowsSayWhatIsKept(t *testing.T) {
	r, f := example(1), Feed{100_000, 33_500_000, 4_500_000}
	const nothing = "fastjson, which keeps no pledge, 2.00 s (2.0×)"
	if alone, lists := r.summary(f, false), r.summary(f, true); !strings.Contains(alone, nothing) || strings.Contains(lists, "keeps no pledge") || strings.Contains(alone, "DuckDB, which") {
		t.Errorf("%s\n%s", alone, lists)
	}
	page := r.both(f, "##")
	if first, second := strings.Index(page, "With lists"), strings.Index(page, "Counting alone"); first < 0 || first > second || !strings.Contains(page, "titles and links are 4.50 MB") {
		t.Error(page)
	}
}

func TestTheReadmeShowsTheBiggestFeedThatAllCouldDo(t *testing.T) {
	r := example(1)
	if f := r.common(); f.Records != 100_000 {
		t.Error(f)
	}
	r.Measurements[len(r.Measurements)-1].Problem = "no memory"
	if f := r.common(); f.Records != 1000 {
		t.Error(f)
	}
	if page := r.markdown(); !strings.Contains(page, `- crossfilter, task "count", counting alone, 100,000 pledges: no memory`) {
		t.Error(page)
	}
}

func TestReplacingAgainChangesNothing(t *testing.T) {
	page := []byte("# Title\n<!-- bench -->\nold\nold\n<!-- /bench -->\nrest\n")
	for range 2 {
		next, err := replaceBetween(page, "bench", []byte("new\n"))
		if err != nil || string(next) != "# Title\n<!-- bench -->\nnew\n<!-- /bench -->\nrest\n" {
			t.Fatalf("%s %v", next, err)
		}
		page = next
	}
	for _, bad := range []string{"", "<!-- bench -->\n", "<!-- /bench -->\n<!-- bench -->\n", "<!-- bench -->\n<!-- /bench -->\n<!-- bench -->\n<!-- /bench -->\n"} {
		if next, err := replaceBetween([]byte(bad), "bench", nil); err == nil {
			t.Errorf("%q gives %q", bad, next)
		}
	}
}

func TestPlotsAreWellFormed(t *testing.T) {
	r := example(1)
	for _, p := range []plot{r.readingPlot(), r.clickingPlot(), r.memoryPlot(), (&Report{}).readingPlot()} {
		p.desc += " <&>"
		svg := p.svg()
		texts := 0
		for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v in\n%s", err, svg)
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "text" && strings.HasPrefix(e.Attr[0].Value, "name") {
				texts++
			}
		}
		if texts != len(p.lines) {
			t.Errorf("%s: %d names of %d lines", p.title, texts, len(p.lines))
		}
		if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
			t.Errorf("%s: %s", p.title, svg)
		}
	}
}

func TestNamesInAPlotDoNotCollide(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		wanted := make([]float64, 1+r.IntN(12))
		for i := range wanted {
			wanted[i] = float64(100 + r.IntN(300))
		}
		places := apart(wanted, 17, 100, 400)
		for i, a := range places {
			if a < 100 || a > 400 {
				t.Fatalf("%v: %v is outside", wanted, a)
			}
			for j, b := range places {
				if i != j && (max(a, b)-min(a, b) < 17-1e-9 || wanted[i] < wanted[j] && a > b) {
					t.Fatalf("%v are at %v", wanted, places)
				}
			}
		}
	}
	if far := apart([]float64{100, 200, 300}, 17, 0, 400); !slices.Equal(far, []float64{100, 200, 300}) {
		t.Errorf("names with room are moved to %v", far)
	}
}

func TestNumbersInTables(t *testing.T) {
	for have, want := range map[string]string{
		number(7): "7", number(1000): "1,000", number(1_000_000): "1,000,000", number(123_456): "123,456",
		secondsText(0.0000123): "12.3 µs", secondsText(0.0123): "12.3 ms", secondsText(123.4): "123 s", secondsText(1.236): "1.24 s",
		bytesText(335_000): "335 kB", bytesText(33_500_000): "33.5 MB", bytesText(3_350_000_000): "3.35 GB",
		factor(1, 3): "0.33", factor(104, 100): "1.04", factor(3, 2): "1.5", factor(2345, 1): "2,345",
	} {
		if have != want {
			t.Errorf("%s, want %s", have, want)
		}
	}
}
