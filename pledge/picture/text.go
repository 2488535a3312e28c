package picture

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/di"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// A line is a text on its way to being drawn.
type line struct {
	runes []rune
	bold  []bool // of each
}

// lineOf returns the text in an element.
func lineOf(n *node) (line, error) {
	var l line
	var walk func(n *node, bold bool) error
	walk = func(n *node, bold bool) error {
		switch weight := n.attrs["font-weight"]; weight {
		case "":
		case "600":
			bold = true
		default:
			return &CardError{"a text of the weight " + strconv.Quote(weight)}
		}
		for _, child := range n.children {
			switch child.tag {
			case "":
				for _, r := range child.text {
					l.runes, l.bold = append(l.runes, r), append(l.bold, bold)
				}
			case "tspan":
				if err := walk(child, bold); err != nil {
					return err
				}
			default:
				return &CardError{"an element " + strconv.Quote(child.tag) + " in a text"}
			}
		}
		return nil
	}
	return l, walk(n, false)
}

// check returns why what is in a card can't be drawn, without drawing it.
func (p *painter) check(n *node) error {
	switch n.tag {
	case "title", "desc":
		return nil
	case "text":
		l, err := lineOf(n)
		if err != nil {
			return err
		}
		for _, r := range l.runes {
			if shown(r) && !p.regular.has(r) && !p.bold.has(r) {
				return &LetterError{r}
			}
		}
		return nil
	case "svg", "rect", "polygon", "polyline", "":
	default:
		return &CardError{"an element " + strconv.Quote(n.tag)}
	}
	for _, child := range n.children {
		if err := p.check(child); err != nil {
			return err
		}
	}
	return nil
}

// text draws a line of text.
func (p *painter) text(n *node, f frame) error {
	var err error
	x, y := n.lengths(&err, f.width, "x", 0), n.lengths(&err, f.height, "y", 0)
	y += n.lengths(&err, f.height, "dy", 0)
	size, forced := n.lengths(&err, 0, "font-size", 16), n.lengths(&err, f.width, "textLength", 0)
	if err != nil {
		return err
	}
	c, err := n.paint("fill")
	if err != nil {
		return err
	}
	l, err := lineOf(n)
	if err != nil || len(l.runes) == 0 {
		return err
	}
	runs, err := p.shape(&l, size*f.scaleY)
	if err != nil {
		return err
	}
	width := 0.0
	for _, r := range runs {
		width += float64(r.Advance) / 64
	}
	squeeze := 1.0
	if forced > 0 && width > 0 {
		if n.attrs["lengthAdjust"] != "spacingAndGlyphs" {
			return &CardError{"a text that is set by its blanks"}
		}
		squeeze = forced * f.scaleX / width
	}
	width *= squeeze
	at := f.at(x, y)
	switch anchor := n.attrs["text-anchor"]; {
	case anchor == "middle":
		at.x -= width / 2
	case anchor == "end" && !p.reverse, anchor == "" && p.reverse:
		at.x -= width
	case anchor != "" && anchor != "end" && anchor != "start":
		return &CardError{"a text at its " + anchor}
	}
	var letters path
	for _, r := range runs {
		scale := size * f.scaleY / float64(r.Face.Upem())
		for _, g := range r.Glyphs {
			outline, _ := r.Face.GlyphDataOutline(g.GlyphID) // blanks have none
			left, base := at.x+float64(g.XOffset)/64*squeeze, at.y-float64(g.YOffset)/64
			place := func(s ot.SegmentPoint) point {
				return point{left + float64(s.X)*scale*squeeze, base - float64(s.Y)*scale}
			}
			for i := range outline.Segments {
				s := &outline.Segments[i]
				switch s.Op {
				case ot.SegmentOpMoveTo:
					letters.add('M', place(s.Args[0]))
				case ot.SegmentOpLineTo:
					letters.add('L', place(s.Args[0]))
				case ot.SegmentOpQuadTo:
					letters.add('Q', place(s.Args[0]), place(s.Args[1]))
				case ot.SegmentOpCubeTo:
					letters.add('C', place(s.Args[0]), place(s.Args[1]), place(s.Args[2]))
				}
			}
			at.x += float64(g.Advance) / 64 * squeeze
		}
	}
	return fill(p.img, letters, c)
}

// shape returns the runs of a line from left to right, of one font and one direction
// each.
func (p *painter) shape(l *line, size float64) ([]shaping.Output, error) {
	direction := di.DirectionLTR
	if p.reverse {
		direction = di.DirectionRTL
	}
	whole := shaping.Input{Text: l.runes, RunEnd: len(l.runes), Direction: direction, Size: fixed.Int26_6(math.Round(size * 64)), Language: language.DefaultLanguage()}
	var outputs []shaping.Output
	var seg shaping.Segmenter
	for _, in := range seg.Split(whole, p.regular[:1]) {
		for start := in.RunStart; start < in.RunEnd; {
			end := start + 1
			for end < in.RunEnd && l.bold[end] == l.bold[start] {
				end++
			}
			part := in
			part.RunStart, part.RunEnd = start, end
			fonts := p.regular
			if l.bold[start] {
				fonts = p.bold
			}
			for _, run := range shaping.SplitByFace(part, fonts) {
				out := p.shaper.Shape(run)
				for _, g := range out.Glyphs {
					if r := l.runes[g.TextIndex()]; g.GlyphID == 0 && shown(r) {
						return nil, &LetterError{r}
					}
				}
				outputs = append(outputs, out)
			}
			start = end
		}
	}
	var wrap shaping.LineWrapper
	lines, _ := wrap.WrapParagraph(shaping.WrapConfig{Direction: direction, DisableTrailingWhitespaceTrim: true}, math.MaxInt32>>7, l.runes, shaping.NewSliceIterator(outputs))
	if len(lines) != 1 {
		return nil, &CardError{"a text of several lines: " + strings.TrimSpace(string(l.runes))}
	}
	ordered := make([]shaping.Output, len(lines[0]))
	for _, out := range lines[0] {
		ordered[out.VisualIndex] = out
	}
	return ordered, nil
}
