package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/examples/bench/task"
)

// plot is lines over logarithmic axes.
type plot struct {
	title, desc string
	text        func(y float64) string
	lines       []line
}

// line is what a tool took, as the number of pledges grows.
type line struct {
	name  string
	ours  bool
	class string // its colour and dash, the same in all plots
	x, y  []float64
}

func (r *Report) readingPlot() plot {
	return r.plot(task.Read, "Time for reading", func(m *Measurement) float64 { return m.Best }, secondsText)
}

func (r *Report) clickingPlot() plot {
	return r.plot(task.Count, "Time for a click", func(m *Measurement) float64 { return m.Median }, secondsText)
}

func (r *Report) memoryPlot() plot {
	return r.plot(task.Read, "Memory for reading", func(m *Measurement) float64 { return float64(m.Peak) },
		func(y float64) string { return bytesText(int64(y)) })
}

func (r *Report) plot(what, title string, value func(*Measurement) float64, text func(float64) string) plot {
	p := plot{title: title + ", with lists, against the number of pledges", text: text}
	var ends []string
	mine, others := 0, 0
	for _, t := range allTools() {
		l := line{name: t.Name, ours: t.isOurs()}
		if l.ours {
			l.class = fmt.Sprintf("c0 d%d", mine)
			mine++
		} else {
			l.class = fmt.Sprintf("c%d d%d", 1+others%7, others/7)
			others++
		}
		for _, f := range r.Feeds {
			if m, ok := r.find(t.ID, what, true, f.Records); ok && value(m) > 0 {
				l.x, l.y = append(l.x, float64(f.Records)), append(l.y, value(m))
			}
		}
		if len(l.x) > 0 {
			p.lines = append(p.lines, l)
			ends = append(ends, fmt.Sprintf("%s %s", l.name, text(l.y[len(l.y)-1])))
		}
	}
	p.desc = "Both axes are logarithmic. At the right end of each line: " + strings.Join(ends, "; ") + "."
	return p
}

// The picture, in pixels.
const (
	width, height            = 800, 500
	left, right, top, bottom = 80, 590, 56, 440
	labelHeight              = 17
)

// axis maps values to pixels, by their logarithms.
type axis struct{ low, high, from, to float64 }

func newAxis(values []float64, from, to float64) axis {
	a := axis{math.Inf(1), math.Inf(-1), from, to}
	for _, v := range values {
		a.low, a.high = min(a.low, v), max(a.high, v)
	}
	return a
}

func (a axis) at(v float64) float64 {
	if a.low == a.high {
		return (a.from + a.to) / 2
	}
	return a.from + (a.to-a.from)*math.Log(v/a.low)/math.Log(a.high/a.low)
}

// The lines of others have eight colours, which repeat with another dash.
const style = `
text{font:13px system-ui,sans-serif;fill:#222}
.title{font-size:16px;font-weight:600}
.tick{fill:#555}
.grid{stroke:#ddd}
path{fill:none;stroke-width:1.5}
.lead{stroke:#999;stroke-width:.75}
.ours{stroke-width:3.5}
text.ours{font-weight:700}
.c0{stroke:#0b5fc0}.c1{stroke:#b3541e}.c2{stroke:#5b7f00}.c3{stroke:#8e3a9d}.c4{stroke:#00796b}.c5{stroke:#9a6b00}.c6{stroke:#c2185b}.c7{stroke:#555}
circle{fill:#fff;stroke-width:1.5}
.d1{stroke-dasharray:7 4}.d2{stroke-dasharray:2 3}
@media (prefers-color-scheme:dark){
text{fill:#eee}
.tick{fill:#aaa}
.grid{stroke:#3a3a3a}
.c0{stroke:#6cb0ff}.c1{stroke:#ff9d66}.c2{stroke:#b5d84a}.c3{stroke:#d894e6}.c4{stroke:#4dd0c0}.c5{stroke:#e6bb55}.c6{stroke:#ff80ab}.c7{stroke:#bbb}
circle{fill:#111}
}
`

// svg draws the plot: names stand at the ends of their lines, in ink that
// suits a light and a dark page.
func (p plot) svg() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title desc">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, "<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n<style>%s</style>\n", escape(p.title), escape(p.desc), style)
	fmt.Fprintf(&b, `<text class="title" x="%d" y="28">%s</text>`+"\n", left, escape(p.title))
	var xs, ys []float64
	for _, l := range p.lines {
		xs, ys = append(xs, l.x...), append(ys, l.y...)
	}
	if len(xs) > 0 {
		x, y := newAxis(xs, left, right), newAxis(ys, bottom, top)
		p.grid(&b, x, y, xs)
		p.draw(&b, x, y)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// grid draws the sizes that were measured, and the powers of ten between the
// least and the most.
func (p plot) grid(b *bytes.Buffer, x, y axis, sizes []float64) {
	slices.Sort(sizes)
	for _, v := range slices.Compact(sizes) {
		fmt.Fprintf(b, `<line class="grid" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/><text class="tick" x="%.1f" y="%d" text-anchor="middle">%s</text>`+"\n",
			x.at(v), x.at(v), top, bottom, x.at(v), bottom+22, number(int(v)))
	}
	for v := math.Pow(10, math.Ceil(math.Log10(y.low))); v <= y.high; v *= 10 {
		fmt.Fprintf(b, `<line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/><text class="tick" x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n",
			left, right, y.at(v), y.at(v), left-8, y.at(v)+4, p.tick(v))
	}
	fmt.Fprintf(b, `<text class="tick" x="%d" y="%d" text-anchor="middle">pledges</text>`+"\n", (left+right)/2, bottom+44)
}

// tick returns the text of a power of ten without zeros behind the point.
func (p plot) tick(v float64) string {
	digits, unit, _ := strings.Cut(p.text(v*(1+1e-9)), " ")
	if strings.Contains(digits, ".") {
		digits = strings.TrimRight(strings.TrimRight(digits, "0"), ".")
	}
	return digits + " " + unit
}

func (p plot) draw(b *bytes.Buffer, x, y axis) {
	ends := make([]float64, len(p.lines))
	for i, l := range p.lines {
		ends[i] = y.at(l.y[len(l.y)-1])
		var path, points strings.Builder
		command := 'M'
		for j := range l.x {
			fmt.Fprintf(&path, "%c%.1f %.1f", command, x.at(l.x[j]), y.at(l.y[j]))
			command = 'L'
			fmt.Fprintf(&points, `<circle class="%s" cx="%.1f" cy="%.1f" r="3"><title>%s, %s pledges: %s</title></circle>`,
				l.class[:2], x.at(l.x[j]), y.at(l.y[j]), escape(l.name), number(int(l.x[j])), escape(p.text(l.y[j])))
		}
		fmt.Fprintf(b, "<path class=\"%s%s\" d=\"%s\"/>%s\n", l.class, l.weight(), path.String(), points.String())
	}
	for i, at := range apart(ends, labelHeight, top, bottom) {
		l := p.lines[i]
		fmt.Fprintf(b, `<path class="lead" d="M%.1f %.1fL%d %.1fH%d"/><text class="name%s" x="%d" y="%.1f">%s %s</text>`+"\n",
			x.at(l.x[len(l.x)-1])+5, ends[i], right+24, at, right+30, l.weight(), right+34, at+4, escape(l.name), escape(p.text(l.y[len(l.y)-1])))
	}
}

// weight returns the class that makes our lines stand out.
func (l *line) weight() string {
	if l.ours {
		return " ours"
	}
	return ""
}

// apart returns places near those wanted, in the same order, between two
// limits if there is room, and no two nearer than a gap.
func apart(wanted []float64, gap, low, high float64) []float64 {
	order := make([]int, len(wanted))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(math.Copysign(1, wanted[a]-wanted[b])) })
	places := slices.Clone(wanted)
	for k, next := len(order)-1, high; k >= 0; k-- {
		i := order[k]
		places[i] = min(places[i], next)
		next = places[i] - gap
	}
	for k, next := 0, low; k < len(order); k++ {
		i := order[k]
		places[i] = max(places[i], next)
		next = places[i] + gap
	}
	return places
}

func escape(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
