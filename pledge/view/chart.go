package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A chart is a picture of how a number has grown, in steps: through each month it is
// what it was by the month's end, and stays level where nothing was announced. The
// picture is for the eye only: the table beside it has the same numbers. It begins
// where the language begins to write; shares, in thousandths, are from the left and
// from above in every language. The zero chart is one of nothing.
type chart struct {
	caption          string
	width            int    // in half months
	area, line, last string // corners, as SVG has them; last is the end of the line
	scale            []label
	most             label // the last number, which is the greatest
	marks            []mark
	ticks            []tick
}

// A label is text in a chart.
type label struct {
	_    [0]func() // without a function that compares two, which would be in the page
	x, y int
	part string
	text string // "" for no label
}

// A mark is a review forum, at the middle of its month.
type mark struct {
	line  string
	name  label
	words string // what it means
}

// A tick is a month or the beginning of a year.
type tick struct {
	at   int
	name label
}

// chart returns the chart of a series.
func (r *renderer) chart(s *series) *chart {
	if len(s.points) == 0 {
		return &chart{}
	}
	c := &chart{caption: r.say(locale.Cumulative), width: 2 * s.width(), marks: r.marks(s), ticks: r.ticks(s)}
	total := s.by(s.last)
	step, top := scaleOf(total)
	for n := step; n <= top; n += step {
		c.scale = append(c.scale, label{x: r.across(0, 1), y: inPlot(1000 - permille(n, top)), part: "scale", text: r.number(n)})
	}
	steps := s.corners(top)
	end := steps[len(steps)-1]
	c.most = label{x: r.across(97, 100), y: inPlot(end.y), part: "most", text: r.number(total)}
	c.line, c.last = r.points(s, steps...), r.points(s, end, end)
	c.area = r.points(s, append(append([]corner{{0, 1000}}, steps...), corner{end.x, 1000})...)
	return c
}

// width is how many months a series covers.
func (s *series) width() int { return int(s.last-s.first) + 1 }

// scaleOf returns the distance between the numbers on a scale, which is 1, 2 or 5 or
// ten times that and so on, and the last one: there are at most four of them.
func scaleOf(greatest int) (step, top int) {
	greatest = min(greatest, 1<<60)
	step = 1
	for lead := 1; (greatest-1)/4 >= step; {
		switch lead {
		case 1:
			step, lead = 2*step, 2
		case 2:
			step, lead = step/2*5, 5
		case 5:
			step, lead = 2*step, 1
		}
	}
	return step, (greatest + step - 1) / step * step
}

// A corner of the steps is in half months from the beginning, and in thousandths of
// the scale from above.
type corner struct{ x, y int }

// corners returns the steps on a scale that ends at a number.
func (s *series) corners(top int) []corner {
	level := 1000 - permille(s.earlier, top)
	steps := []corner{{0, level}}
	for _, p := range s.points {
		x := 2 * int(p.month-s.first)
		if x > 0 {
			steps = append(steps, corner{x, level})
		}
		level = 1000 - permille(p.total, top)
		steps = append(steps, corner{x, level})
	}
	return append(steps, corner{2 * s.width(), level})
}

// points writes corners as SVG has them.
func (r *renderer) points(s *series, corners ...corner) string {
	var b []byte
	for i, c := range corners {
		if i > 0 {
			b = append(b, ' ')
		}
		if r.lang.RightToLeft() {
			c.x = 2*s.width() - c.x
		}
		b = append(strconv.AppendInt(b, int64(c.x), 10), ',')
		b = strconv.AppendInt(b, int64(c.y), 10)
	}
	return string(b)
}

// across returns how far from the left something is that is so far from where the
// language begins to write.
func (r *renderer) across(n, all int) int {
	share := permille(n, all)
	if r.lang.RightToLeft() {
		share = 1000 - share
	}
	return share
}

// The scale has the plot but for what is above it, where the names of forums stand.
const aboveScale = 160

// inPlot returns where in the plot a label stands that is on a line of the scale.
func inPlot(share int) int { return aboveScale + share*(1000-aboveScale)/1000 - 22 }

// marks returns the review forums. Each name begins, ends or has its middle at its
// mark, so that it is within the chart. Where forums are near each other the later one
// is named; and only the last one where there is little room.
func (r *renderer) marks(s *series) (all []mark) {
	var places []int
	for f, m := range s.forums {
		x := 2*int(m-s.first) + 1
		name := locale.ForumName.In(r.lang).Fill(locale.Value{Name: "year", Text: locale.Date(r.lang, gcm.DateOf(f.Start.Year(), 0, 0))})
		all = append(all, mark{
			r.points(s, corner{x, -80}, corner{x, 1000}),
			label{x: r.across(x, 2*s.width()), y: 60, part: "event", text: name},
			r.forum(f, s.by(m)),
		})
		places = append(places, permille(x, 2*s.width()))
	}
	next := 2000
	for i := len(all) - 1; i >= 0; i-- {
		name := &all[i].name
		switch at := places[i]; {
		case next-at < 450:
			name.text = ""
			continue
		case at < 333:
			name.part += " first"
		case at > 667:
			name.part += " last"
		}
		if next < 2000 {
			name.part += " minor"
		}
		next = places[i]
	}
	return all
}

// forum returns what the mark of a review forum means.
func (r *renderer) forum(f gcm.Forum, announced int) string {
	return r.counted(locale.Forum, announced, locale.Value{Name: "month", Text: locale.Date(r.lang, monthOf(f.Start).date())})
}

// ticks returns three to five years, or where there are fewer the first month, the one
// in the middle and the last. Some go where there is little room.
func (r *renderer) ticks(s *series) (ticks []tick) {
	all := 2 * s.width()
	add := func(x int, date gcm.Date, minor bool) {
		t := tick{r.across(x, all), label{x: r.across(x, all), part: "tick", text: locale.Date(r.lang, date)}}
		switch edge := all / 16; {
		case date.Month() != 0 && x == 1 && all > 2, date.Month() == 0 && x <= edge:
			t.name.x, t.name.part = r.across(0, 1), "tick first"
		case date.Month() != 0 && x == all-1 && all > 2, date.Month() == 0 && x >= all-edge:
			t.name.x, t.name.part = r.across(1, 1), "tick last"
		}
		if minor {
			t.name.part += " minor"
		}
		ticks = append(ticks, t)
	}
	first := s.first.year() // whose January is in the series
	if s.first != month(12*first) {
		first++
	}
	if years := s.last.year() - first + 1; years >= 3 {
		step := (years + 4) / 5
		for i := 0; i < years; i += step {
			add(2*(12*(first+i)-int(s.first)), gcm.DateOf(first+i, 0, 0), years > 3*step && i/step%2 == 1)
		}
		return ticks
	}
	middle := (s.first + s.last) / 2
	for m := s.first; m <= s.last; m++ {
		if m == s.first || m == middle || m == s.last {
			add(2*int(m-s.first)+1, m.date(), m == middle && m != s.first && m != s.last)
		}
	}
	return ticks
}

// The pictures of a chart and of a bar are the same for a page and for a card, but
// for their looks: a page has parts, which style sheets give colours to, and a card
// has the colours. A look begins an element, and ends it.
type look struct {
	begin func(tag, part string) node
	end   func(n node, part string) node
}

func (l look) element(tag, part string, attrs ...attribute) node {
	n := l.begin(tag, part)
	n.attrs = append(n.attrs, attrs...)
	return l.end(n, part)
}

func (l look) label(t label) node {
	if t.text == "" {
		return nil
	}
	n := l.element("text", t.part, attribute{"x", percent(t.x)}, attribute{"y", percent(t.y)})
	n.children = merge([]node{text(t.text)})
	return n
}

// meanings returns what the marks mean.
func (c *chart) meanings() (all notes) {
	for _, m := range c.marks {
		all = append(all, m.words)
	}
	return all
}

// plot returns what is in the picture of a chart.
func (c *chart) plot(l look) (nodes []node) {
	shape := func(tag, part, points string) node {
		return l.element(tag, part, attribute{"points", points})
	}
	for _, n := range c.scale {
		nodes = append(nodes, l.element("rect", "grid",
			attribute{"y", percent(n.y + 22)}, attribute{"width", "100%"}, attribute{"height", "1"}))
		nodes = append(nodes, l.label(n))
	}
	graph := l.element("svg", "graph",
		attribute{"viewBox", "0 0 " + strconv.Itoa(c.width) + " 1000"},
		attribute{"preserveAspectRatio", "none"},
		attribute{"y", percent(aboveScale)},
		attribute{"width", "100%"},
		attribute{"height", percent(1000 - aboveScale)})
	graph.children = []node{shape("polygon", "area", c.area)}
	for _, m := range c.marks {
		graph.children = append(graph.children, shape("polyline", "mark", m.line))
	}
	graph.children = append(graph.children, shape("polyline", "line", c.line), shape("polyline", "end", c.last))
	nodes = append(nodes, graph)
	for _, m := range c.marks {
		nodes = append(nodes, l.label(m.name))
	}
	return append(nodes, l.label(c.most))
}

// axis returns what is in the picture below it.
func (c *chart) axis(l look) (nodes []node) {
	for _, t := range c.ticks {
		nodes = append(nodes, l.element("rect", "notch",
			attribute{"x", percent(t.at)}, attribute{"width", "1"}, attribute{"height", "4"}), l.label(t.name))
	}
	return nodes
}

// fill returns the picture of a share, in thousandths. It begins where the
// language begins to write.
func fill(l look, share int, reverse bool) node {
	attrs := []attribute{{"width", percent(share)}, {"height", "100%"}}
	if reverse {
		attrs = append(attrs, attribute{"x", percent(1000 - share)})
	}
	return l.element("rect", "fill", attrs...)
}

// percent writes 435 thousandths as "43.5%".
func percent(permille int) string {
	s := strconv.Itoa(permille / 10)
	if tenths := permille % 10; tenths != 0 {
		s += "." + strconv.Itoa(tenths)
	}
	return s + "%"
}
