package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A chart is a picture of how a number has grown, and in words what its marks
// are. The picture is for the eye only: the table beside it has the same numbers.
// It begins where the language begins to write: across, shares are from the left
// in every language. The zero chart is one of nothing.
type chart struct {
	caption string
	most    string // the last number, which is the greatest
	mostAt  int    // the share at which it stands
	width   int    // in months
	area    string // the corners of the area below the line, as SVG has them
	marks   []mark
	years   []tick
}

// A mark is a review forum.
type mark struct {
	at    int // share of the width, in thousandths
	words string
}

// A tick is a year below the chart, in the middle of what there is of it.
type tick struct {
	at   int
	year string
}

// chart returns the chart of a series.
func (r *renderer) chart(s *series) *chart {
	if len(s.points) == 0 {
		return &chart{}
	}
	c := &chart{
		caption: r.say(locale.Cumulative),
		most:    r.number(s.by(s.last)),
		mostAt:  r.across(s, 0),
		width:   s.width(),
		area:    r.area(s),
		years:   r.years(s),
	}
	for f, m := range s.forums {
		c.marks = append(c.marks, mark{r.across(s, 2*int(m-s.first)+1), r.forum(f, s.by(m))})
	}
	return c
}

// width is how many months a series covers.
func (s *series) width() int { return int(s.last-s.first) + 1 }

// forum returns what the mark of a review forum means.
func (r *renderer) forum(f gcm.Forum, announced int) string {
	return r.counted(locale.Forum, announced, locale.Value{Name: "month", Text: locale.Date(r.lang, monthOf(f.Start).date())})
}

// across returns how far from the left the end of a number of half months is, in
// thousandths of the width.
func (r *renderer) across(s *series, halves int) int {
	share := permille(halves, 2*s.width())
	if r.lang.RightToLeft() {
		share = 1000 - share
	}
	return share
}

// area returns the corners of the area below the series. One across is a month,
// during which the number grows evenly; 1000 up and down is the last number.
func (r *renderer) area(s *series) string {
	width, greatest := s.width(), s.by(s.last)
	var b []byte
	corner := func(x, n int) {
		if r.lang.RightToLeft() {
			x = width - x
		}
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(strconv.AppendInt(b, int64(x), 10), ',')
		b = strconv.AppendInt(b, int64(1000-permille(n, greatest)), 10)
	}
	corner(0, 0)
	corner(0, s.earlier)
	x, n := 0, s.earlier
	for _, p := range s.points {
		begin := int(p.month - s.first)
		if begin > x {
			corner(begin, n)
		}
		x, n = begin+1, p.total
		corner(x, n)
	}
	corner(width, n)
	corner(width, 0)
	return string(b)
}

// years returns the years below the chart; not all of them where there are many.
func (r *renderer) years(s *series) (ticks []tick) {
	const most = 6
	from := s.first.year()
	step := (s.last.year()-from)/most + 1
	for year := from; year <= s.last.year(); year += step {
		begin := int(max(month(12*year), s.first) - s.first)
		end := int(min(month(12*year+11), s.last)-s.first) + 1
		if (end-begin)*step*10 < s.width() {
			continue // too narrow to be written on
		}
		edge := (s.width() + 9) / 10 // 5 %, half of a label on a telephone
		middle := min(max(begin+end, edge), 2*s.width()-edge)
		ticks = append(ticks, tick{r.across(s, middle), locale.Date(r.lang, gcm.DateOf(year, 0, 0))})
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

func (l look) text(part, s string, at int) node {
	n := l.element("text", part, attribute{"x", percent(at)}, attribute{"y", "1em"})
	n.children = merge([]node{text(s)})
	return n
}

// plot returns what is in the picture of a chart.
func (c *chart) plot(l look) []node {
	nodes := []node{element("svg", l.element("polygon", "area", attribute{"points", c.area})).
		with("viewBox", "0 0 "+strconv.Itoa(c.width)+" 1000").
		with("preserveAspectRatio", "none").
		with("width", "100%").
		with("height", "100%")}
	for _, m := range c.marks {
		nodes = append(nodes, l.element("rect", "mark",
			attribute{"x", percent(m.at)}, attribute{"width", "2"}, attribute{"height", "100%"}))
	}
	return append(nodes, l.text("most", c.most, c.mostAt))
}

// axis returns what is in the picture below it.
func (c *chart) axis(l look) (nodes []node) {
	for _, t := range c.years {
		nodes = append(nodes, l.text("year", t.year, t.at))
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
