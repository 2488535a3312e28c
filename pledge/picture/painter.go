package picture

import (
	"image"
	"image/draw"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/shaping"
)

// A painter draws one card.
type painter struct {
	img           *image.RGBA
	regular, bold set
	shaper        shaping.HarfbuzzShaper
	reverse       bool    // whether the language is written from right to left
	scale         float64 // how many pixels one of the card's takes
}

func (d *Drawer) painter(img *image.RGBA) *painter {
	return &painter{img: img, regular: setOf(d.regular), bold: setOf(d.bold, d.regular)}
}

// A frame is where something is drawn: what is at x and y in it is in the picture at
// left + x*scaleX and top + y*scaleY.
type frame struct {
	left, top, scaleX, scaleY float64
	width, height             float64 // of which lengths are shares
}

func (f frame) at(x, y float64) point { return point{f.left + x*f.scaleX, f.top + y*f.scaleY} }

// picture draws a whole card in the middle of the image.
func (p *painter) picture(root *node) error {
	p.reverse = root.attrs["direction"] == "rtl"
	var err error
	width, height := root.lengths(&err, 0, "width", 0), root.lengths(&err, 0, "height", 0)
	if err != nil || width <= 0 || height <= 0 {
		return &CardError{"a card without measures"}
	}
	size := p.img.Bounds().Size()
	p.scale = min(float64(size.X-2*Margin)/width, float64(size.Y-2*Margin)/height)
	f := frame{(float64(size.X) - width*p.scale) / 2, (float64(size.Y) - height*p.scale) / 2, p.scale, p.scale, width, height}
	for _, n := range root.children {
		if n.tag == "rect" { // what is behind all of the card is behind all of the picture
			c, err := n.paint("fill")
			if err != nil {
				return err
			}
			draw.Draw(p.img, p.img.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
			break
		}
	}
	return p.children(root, f)
}

func (p *painter) children(n *node, f frame) error {
	for _, child := range n.children {
		if err := p.node(child, f); err != nil {
			return err
		}
	}
	return nil
}

func (p *painter) node(n *node, f frame) error {
	switch n.tag {
	case "title", "desc":
		return nil
	case "svg":
		return p.inner(n, f)
	case "rect":
		return p.rect(n, f)
	case "polygon", "polyline":
		return p.poly(n, f)
	case "text":
		return p.text(n, f)
	case "":
		if strings.TrimSpace(n.text) == "" {
			return nil
		}
	}
	return &CardError{"an element " + strconv.Quote(n.tag)}
}

// inner draws a picture in the picture.
func (p *painter) inner(n *node, f frame) error {
	var err error
	x, y := n.lengths(&err, f.width, "x", 0), n.lengths(&err, f.height, "y", 0)
	width, height := n.lengths(&err, f.width, "width", f.width), n.lengths(&err, f.height, "height", f.height)
	if err != nil {
		return err
	}
	at := f.at(x, y)
	in := frame{at.x, at.y, f.scaleX, f.scaleY, width, height}
	if box, ok := n.attrs["viewBox"]; ok {
		v, err := numbers(box)
		if err != nil || len(v) != 4 || v[0] != 0 || v[1] != 0 || v[2] <= 0 || v[3] <= 0 {
			return &CardError{"a picture in the box " + strconv.Quote(box)}
		}
		sx, sy := width/v[2], height/v[3]
		switch n.attrs["preserveAspectRatio"] {
		case "none":
		case "":
			s := min(sx, sy)
			in.left += (width - v[2]*s) / 2 * f.scaleX
			in.top += (height - v[3]*s) / 2 * f.scaleY
			sx, sy = s, s
		default:
			return &CardError{"a picture in other proportions"}
		}
		in.scaleX, in.scaleY, in.width, in.height = f.scaleX*sx, f.scaleY*sy, v[2], v[3]
	}
	return p.children(n, in)
}

func (p *painter) rect(n *node, f frame) error {
	var err error
	x, y := n.lengths(&err, f.width, "x", 0), n.lengths(&err, f.height, "y", 0)
	width, height := n.lengths(&err, f.width, "width", 0), n.lengths(&err, f.height, "height", 0)
	radius, thick := n.lengths(&err, 0, "rx", 0), n.lengths(&err, 0, "stroke-width", 1)
	if err != nil {
		return err
	}
	inside, err := n.paint("fill")
	if err != nil {
		return err
	}
	around, err := n.paint("stroke")
	if err != nil {
		return err
	}
	a, b := f.at(x, y), f.at(x+width, y+height)
	var area path
	area.rounded(a.x, a.y, b.x-a.x, b.y-a.y, radius*f.scaleX, false)
	if err := fill(p.img, area, inside); err != nil {
		return err
	}
	half := thick * f.scaleX / 2
	var line path
	if dashes, ok := n.attrs["stroke-dasharray"]; ok {
		v, err := p.dashes(dashes, f.scaleX)
		if err != nil {
			return err
		}
		for _, side := range [...][]point{{a, {b.x, a.y}}, {{b.x, a.y}, b}, {b, {a.x, b.y}}, {{a.x, b.y}, a}} {
			line.line(side, 2*half, v)
		}
	} else {
		line.rounded(a.x-half, a.y-half, b.x-a.x+2*half, b.y-a.y+2*half, radius*f.scaleX+half, false)
		line.rounded(a.x+half, a.y+half, b.x-a.x-2*half, b.y-a.y-2*half, radius*f.scaleX-half, true)
	}
	return fill(p.img, line, around)
}

func (p *painter) dashes(text string, scale float64) ([]float64, error) {
	v, err := numbers(text)
	if err != nil || len(v) == 0 || len(v)%2 != 0 {
		return nil, &CardError{"a line of dashes " + strconv.Quote(text)}
	}
	for i := range v {
		v[i] *= scale
	}
	return v, nil
}

// poly draws a line through points, or what is in it. Its width doesn't go by the
// scale of the picture that it is in, but by that of the card.
func (p *painter) poly(n *node, f frame) error {
	v, err := numbers(n.attrs["points"])
	if err != nil || len(v)%2 != 0 {
		return &CardError{n.tag + " through " + strconv.Quote(n.attrs["points"])}
	}
	var all []point
	for i := 0; i < len(v); i += 2 {
		all = append(all, f.at(v[i], v[i+1]))
	}
	inside, err := n.paint("fill")
	if err != nil {
		return err
	}
	around, err := n.paint("stroke")
	if err != nil {
		return err
	}
	var area, line path
	area.polygon(all...)
	if err := fill(p.img, area, inside); err != nil || around.A == 0 {
		return err
	}
	if n.attrs["vector-effect"] != "non-scaling-stroke" {
		return &CardError{"a line whose width goes by the scale"}
	}
	thick, err := n.length("stroke-width", 0, 1)
	if err != nil {
		return err
	}
	var dashes []float64
	if text, ok := n.attrs["stroke-dasharray"]; ok {
		if dashes, err = p.dashes(text, p.scale); err != nil {
			return err
		}
	}
	if n.tag == "polygon" && len(all) > 0 {
		all = append(all, all[0])
	}
	line.line(all, thick*p.scale, dashes)
	switch cap := n.attrs["stroke-linecap"]; {
	case cap == "round" && len(all) > 0: // also where the line has no length
		r := thick * p.scale / 2
		for _, end := range [...]point{all[0], all[len(all)-1]} {
			line.rounded(end.x-r, end.y-r, 2*r, 2*r, r, false)
		}
	case cap != "":
		return &CardError{"a line that ends " + cap}
	}
	return fill(p.img, line, around)
}
