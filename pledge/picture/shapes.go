package picture

import (
	"image"
	"image/color"
	"math"
	"strconv"

	"golang.org/x/image/vector"
)

// A point is one of the picture, in pixels.
type point struct{ x, y float64 }

// A path is one or several closed lines. Curves have three points, quadratic ones two.
type path []segment

type segment struct {
	kind byte // M, L, Q or C
	to   [3]point
}

func (p *path) add(kind byte, to ...point) {
	s := segment{kind: kind}
	copy(s.to[:], to)
	*p = append(*p, s)
}

// polygon adds a closed line through some points.
func (p *path) polygon(points ...point) {
	for i, to := range points {
		if i == 0 {
			p.add('M', to)
		} else {
			p.add('L', to)
		}
	}
}

// rounded adds a rectangle with round corners; the other way round if hole says so.
func (p *path) rounded(x, y, width, height, radius float64, hole bool) {
	r := max(0, min(radius, width/2, height/2))
	const k = 0.5522847498 // of a circle by a cubic curve
	c := r * (1 - k)
	right, low := x+width, y+height
	corners := []segment{
		{'M', [3]point{{x + r, y}}}, {'L', [3]point{{right - r, y}}}, {'C', [3]point{{right - c, y}, {right, y + c}, {right, y + r}}},
		{'L', [3]point{{right, low - r}}}, {'C', [3]point{{right, low - c}, {right - c, low}, {right - r, low}}},
		{'L', [3]point{{x + r, low}}}, {'C', [3]point{{x + c, low}, {x, low - c}, {x, low - r}}},
		{'L', [3]point{{x, y + r}}}, {'C', [3]point{{x, y + c}, {x + c, y}, {x + r, y}}},
	}
	if hole {
		corners = []segment{
			{'M', [3]point{{x + r, y}}}, {'C', [3]point{{x + c, y}, {x, y + c}, {x, y + r}}}, {'L', [3]point{{x, low - r}}},
			{'C', [3]point{{x, low - c}, {x + c, low}, {x + r, low}}}, {'L', [3]point{{right - r, low}}},
			{'C', [3]point{{right - c, low}, {right, low - c}, {right, low - r}}}, {'L', [3]point{{right, y + r}}},
			{'C', [3]point{{right, y + c}, {right - c, y}, {right - r, y}}}, {'L', [3]point{{x + r, y}}},
		}
	}
	*p = append(*p, corners...)
}

// line adds what a line covers that goes through some points: each piece as a
// rectangle, which reaches over its ends, so that corners are whole.
func (p *path) line(points []point, width float64, dashes []float64) {
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		if length == 0 {
			continue
		}
		u := point{(b.x - a.x) / length, (b.y - a.y) / length}
		piece := func(from, to float64) {
			n := point{-u.y * width / 2, u.x * width / 2}
			start, end := point{a.x + u.x*from, a.y + u.y*from}, point{a.x + u.x*to, a.y + u.y*to}
			p.polygon(point{start.x + n.x, start.y + n.y}, point{start.x - n.x, start.y - n.y}, point{end.x - n.x, end.y - n.y}, point{end.x + n.x, end.y + n.y})
		}
		if len(dashes) == 0 {
			before, after := 0.0, 0.0
			if i > 1 {
				before = width / 2
			}
			if i < len(points)-1 {
				after = width / 2
			}
			piece(-before, length+after)
			continue
		}
		for at, k := 0.0, 0; at < min(length, 2*mostPixels); k++ {
			next := at + max(dashes[k%len(dashes)], 0.5)
			if k%2 == 0 {
				piece(at, min(next, length))
			}
			at = next
		}
	}
}

// fill fills a path. What several of its lines cover is covered once. What lies far
// outside of the picture is an error: nothing of a card does.
func fill(img *image.RGBA, p path, c color.NRGBA) error {
	if len(p) == 0 || c.A == 0 {
		return nil
	}
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range p {
		for _, to := range s.to[:points(s.kind)] {
			low, high = point{min(low.x, to.x), min(low.y, to.y)}, point{max(high.x, to.x), max(high.y, to.y)}
		}
	}
	room := img.Bounds().Inset(-outside)
	if !(low.x >= float64(room.Min.X) && low.y >= float64(room.Min.Y) && high.x < float64(room.Max.X) && high.y < float64(room.Max.Y)) {
		return &CardError{"something outside of it"}
	}
	bounds := image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x))+1, int(math.Ceil(high.y))+1)
	z := vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	at := func(to point) (x, y float32) {
		return float32(to.x - float64(bounds.Min.X)), float32(to.y - float64(bounds.Min.Y))
	}
	for i, s := range p {
		x, y := at(s.to[0])
		switch s.kind {
		case 'M':
			if i > 0 {
				z.ClosePath()
			}
			z.MoveTo(x, y)
		case 'L':
			z.LineTo(x, y)
		case 'Q':
			x1, y1 := at(s.to[1])
			z.QuadTo(x, y, x1, y1)
		case 'C':
			x1, y1 := at(s.to[1])
			x2, y2 := at(s.to[2])
			z.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	z.ClosePath()
	z.Draw(img, bounds, image.NewUniform(c), image.Point{})
	return nil
}

// outside is how many pixels a piece of a card may reach over the edges of a picture.
const outside = 256

func points(kind byte) int {
	switch kind {
	case 'Q':
		return 2
	case 'C':
		return 3
	}
	return 1
}

// paint reads a colour, "#1b6a8f" or "none", and how opaque it is.
func (n *node) paint(name string) (color.NRGBA, error) {
	text := n.attrs[name]
	if text == "" && name == "stroke" || text == "none" {
		return color.NRGBA{}, nil
	}
	v, err := strconv.ParseUint(text[min(len(text), 1):], 16, 32)
	if err != nil || len(text) != 7 || text[0] != '#' {
		return color.NRGBA{}, &CardError{n.tag + " in the colour " + strconv.Quote(text)}
	}
	opacity, err := n.length(name+"-opacity", 1, 1)
	if err != nil || opacity < 0 || opacity > 1 {
		return color.NRGBA{}, &CardError{n.tag + " of another opacity"}
	}
	return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), uint8(math.Round(opacity * 255))}, nil
}
