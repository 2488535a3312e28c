package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// chart returns a picture of a series, and in words what its marks are. The
// picture is for the eye only: the table beside it has the same numbers. It
// begins where the language begins to write.
func (r *renderer) chart(s *series) node {
	if len(s.points) == 0 {
		return part("div", "chart")
	}
	area := part("polygon", "area").with("points", r.area(s))
	plot := []node{element("svg", area).
		with("viewBox", "0 0 "+strconv.Itoa(s.width())+" 1000").
		with("preserveAspectRatio", "none").
		with("width", "100%").
		with("height", "100%")}
	var forums []node
	for f, m := range s.forums {
		plot = append(plot, part("rect", "mark").
			with("x", r.across(s, 2*int(m-s.first)+1)).
			with("width", "2").
			with("height", "100%"))
		forums = append(forums, part("p", "forum", text(r.forum(f, s.by(m)))))
	}
	plot = append(plot, part("text", "most", r.number(s.by(s.last))).
		with("x", r.across(s, 0)).
		with("y", "1em"))
	return part("div", "chart", append([]node{
		part("p", "caption", r.words(locale.Cumulative)),
		part("svg", "plot", plot...).with("width", "100%").with("height", "160").with("aria-hidden", "true"),
		part("svg", "axis", r.years(s)...).with("width", "100%").with("height", "20").with("aria-hidden", "true"),
	}, forums...)...)
}

// width is how many months a series covers.
func (s *series) width() int { return int(s.last-s.first) + 1 }

// forum returns what the mark of a review forum means.
func (r *renderer) forum(f gcm.Forum, announced int) string {
	return locale.Forum.Counted(r.lang, announced).Fill(
		locale.Value{Name: "month", Text: locale.Date(r.lang, monthOf(f.Start).date())},
		locale.Value{Name: "n", Text: locale.Number(r.lang, announced)})
}

// across returns how far from the left the end of a number of half months is.
func (r *renderer) across(s *series, halves int) string {
	share := permille(halves, 2*s.width())
	if r.lang.RightToLeft() {
		share = 1000 - share
	}
	return percent(share)
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

// years returns the years below the chart, each in the middle of what there is
// of it; not all of them where there are many.
func (r *renderer) years(s *series) (labels []node) {
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
		labels = append(labels, part("text", "year", text(locale.Date(r.lang, gcm.DateOf(year, 0, 0)))).
			with("x", r.across(s, middle)).
			with("y", "1em"))
	}
	return labels
}
