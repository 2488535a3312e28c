package picture

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"strconv"
	"unicode"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-text/typesetting/font"
)

// A Drawer draws cards. [New] makes one. It is safe for concurrent use.
type Drawer struct {
	regular, bold []*font.Font // of which the first one that has a letter draws it
}

// New returns a drawer that has DejaVu Sans, and after that fonts that are given: the
// bytes of TrueType or OpenType files, or of collections. Those whose weight is bold
// are for what is bold, the others for all else and for what no bold font has. The
// error says of which number the file is that can't be read, from 0.
func New(files ...[]byte) (*Drawer, error) {
	d := &Drawer{}
	for i, file := range append([][]byte{dejavusans.TTF, dejavusansbold.TTF}, files...) {
		faces, err := font.ParseTTC(bytes.NewReader(file))
		if err != nil {
			return nil, &FontError{i - 2, err}
		}
		for _, f := range faces {
			if f.Describe().Aspect.Weight >= font.WeightSemibold {
				d.bold = append(d.bold, f.Font)
			} else {
				d.regular = append(d.regular, f.Font)
			}
		}
	}
	return d, nil
}

// A FontError says which font can't be read.
type FontError struct {
	File int // its number among those given to [New]
	Err  error
}

func (e *FontError) Error() string {
	return "picture: font " + strconv.Itoa(e.File) + ": " + e.Err.Error()
}

// Unwrap returns e.Err.
func (e *FontError) Unwrap() error { return e.Err }

// A LetterError says which letter no font has.
type LetterError struct{ Letter rune }

func (e *LetterError) Error() string {
	return "picture: no font has " + strconv.QuoteRune(e.Letter)
}

// A CardError says what on a card can't be drawn.
type CardError struct{ What string }

func (e *CardError) Error() string { return "picture: what can't be drawn: " + e.What }

// Check returns why a card can't be drawn, nil if it can: a [*LetterError], a
// [*CardError], or an error of package xml. It takes less time than to draw it.
func (d *Drawer) Check(card []byte) error {
	root, err := parse(card)
	if err != nil {
		return err
	}
	p := d.painter(nil)
	return p.check(root)
}

// Margin is how much room is around a card, in pixels.
const Margin = 24

// Draw returns a card as a PNG of so many pixels, in its middle and as large as it can
// be. The error is one of [Drawer.Check].
func (d *Drawer) Draw(card []byte, width, height int) ([]byte, error) {
	root, err := parse(card)
	if err != nil {
		return nil, err
	}
	if width <= 2*Margin || height <= 2*Margin || width > mostPixels || height > mostPixels {
		return nil, &CardError{"a picture of " + strconv.Itoa(width) + " by " + strconv.Itoa(height) + " pixels"}
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	p := d.painter(img)
	if err := p.picture(root); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	e := png.Encoder{}
	err = e.Encode(&b, img)
	return b.Bytes(), err
}

// mostPixels bounds the memory of a picture.
const mostPixels = 4096

// shown reports whether a letter is one that can be seen, and not one that says how
// others are set.
func shown(r rune) bool {
	return !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Variation_Selector, r) && r != '\n'
}

// set is the fonts for one weight, for one goroutine.
type set []*font.Face

// ResolveFace returns the first font that has a letter.
func (s set) ResolveFace(r rune) *font.Face {
	for _, f := range s {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return s[0]
}

func (s set) has(r rune) bool {
	_, ok := s.ResolveFace(r).NominalGlyph(r)
	return ok
}

func setOf(fonts ...[]*font.Font) (s set) {
	for _, all := range fonts {
		for _, f := range all {
			s = append(s, font.NewFace(f))
		}
	}
	return s
}
