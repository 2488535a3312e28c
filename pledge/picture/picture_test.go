package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"golang.org/x/image/font/gofont/goregular"
)

// card returns a golden card of package view in its light colours, as they stand in
// its attributes.
func card(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile("../view/testdata/" + name + ".svg")
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`<style>.*</style>`).ReplaceAll(b, nil)
}

func drawer(t testing.TB) *Drawer {
	t.Helper()
	d, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func drawn(t testing.TB, d *Drawer, card []byte, width, height int) *image.RGBA {
	t.Helper()
	b, err := d.Draw(card, width, height)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != image.Rect(0, 0, width, height) {
		t.Errorf("%v", img.Bounds())
	}
	out := image.NewRGBA(img.Bounds())
	for y := range height {
		for x := range width {
			out.Set(x, y, img.At(x, y))
		}
	}
	return out
}

// Every card of package view is drawn but those of which this package says why not.
func TestCardsAreDrawnOrSayWhyNot(t *testing.T) {
	names, _ := filepath.Glob("../view/testdata/*-*.svg")
	d := drawer(t)
	seen := map[string]bool{}
	for _, file := range names {
		name := strings.TrimSuffix(filepath.Base(file), ".svg")
		if strings.HasPrefix(name, "badge") {
			continue
		}
		b := card(t, name)
		err := d.Check(b)
		letter, what := (*LetterError)(nil), (*CardError)(nil)
		switch kind, language, _ := strings.Cut(name, "-"); {
		case kind == "map" || kind == "dashboard": // which has a map in it
			if !errors.As(err, &what) && !errors.As(err, &letter) {
				t.Errorf("%s: %v", name, err) // has paths, and is never on a picture, as it is too high
			}
		case kind == "list":
			if err != nil && !errors.As(err, &letter) { // of titles in Chinese
				t.Errorf("%s: %v", name, err)
			}
		case language == "zh":
			if !errors.As(err, &letter) {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", name, err)
		default:
			seen[language] = true
		}
	}
	for _, l := range []string{"en", "fr", "es", "ar", "ru"} {
		if !seen[l] {
			t.Errorf("no card in %s", l)
		}
	}
	for _, name := range []string{"counter-ar", "timeline-ru", "counter-zh"} {
		b := card(t, name)
		one, err := d.Draw(b, 400, 300)
		two, _ := d.Draw(b, 400, 300)
		if (err == nil) != (d.Check(b) == nil) || !bytes.Equal(one, two) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var pieces = regexp.MustCompile(`(?s)<(rect|polyline|polygon|text)[^>]*?(/>|>.*?</(?:text|rect)>)`)

// Whatever is taken out of a card is missing on its picture: nothing is passed over.
func TestEachPieceOfACardIsOnThePicture(t *testing.T) {
	d := drawer(t)
	for _, name := range []string{"counter-ar", "timeline-en"} {
		b := card(t, name)
		whole := drawn(t, d, b, 300, 260)
		for i, at := range pieces.FindAllIndex(b, -1) {
			piece := string(b[at[0]:at[1]])
			if i == 0 { // is behind all, in the colour of the picture
				continue
			}
			without := slices.Concat(b[:at[0]], b[at[1]:])
			if bytes.Equal(drawn(t, d, without, 300, 260).Pix, whole.Pix) {
				t.Errorf("%s: nobody sees %s", name, piece)
			}
		}
	}
}

// box returns where a picture isn't in the colour of its ground.
func box(img *image.RGBA) (r image.Rectangle) {
	ground := img.At(0, 0)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.At(x, y) != ground {
				r = r.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return r
}

func svg(direction, inside string) []byte {
	return []byte(`<svg width="100" height="100" direction="` + direction + `"><rect width="100" height="100" fill="#ffffff"/>` + inside + `</svg>`)
}

// 448 pixels are 400 for the card, so that one of its pixels is four.
func TestPiecesStandWhereTheCardSays(t *testing.T) {
	d := drawer(t)
	near := func(got, want image.Rectangle) bool {
		off := func(a, b int) bool { return math.Abs(float64(a-b)) > 2 }
		return !off(got.Min.X, want.Min.X) && !off(got.Min.Y, want.Min.Y) && !off(got.Max.X, want.Max.X) && !off(got.Max.Y, want.Max.Y)
	}
	for _, test := range []struct {
		inside string
		want   image.Rectangle // on the card, times four
	}{
		{`<rect x="10" y="20" width="30" height="40" fill="#000000"/>`, image.Rect(40, 80, 160, 240)},
		{`<rect x="50%" width="25%" height="100%" fill="#000000"/>`, image.Rect(200, 0, 300, 400)},
		{`<rect x="10" y="20" width="30" height="40" fill="none" stroke="#000000" stroke-width="2"/>`, image.Rect(36, 76, 164, 244)},
		{`<rect x="10" y="20" width="30" height="40" fill="none" stroke="#000000" stroke-dasharray="3 2"/>`, image.Rect(38, 78, 162, 242)},
		{`<svg x="10" y="10" width="50" height="50"><rect x="50%" width="50%" height="100%" fill="#000000"/></svg>`, image.Rect(140, 40, 240, 240)},
		{`<svg x="10" y="10" width="50" height="20" viewBox="0 0 10 10" preserveAspectRatio="none"><polygon points="0 0 10 0 10 10 0 10" fill="#000000"/></svg>`, image.Rect(40, 40, 240, 120)},
		{`<svg x="10" y="10" width="50" height="20" viewBox="0 0 10 10"><polygon points="0 0 10 0 10 10 0 10" fill="#000000"/></svg>`, image.Rect(100, 40, 180, 120)},
		{`<polyline points="10,10 90,10 90,50" fill="none" stroke="#000000" stroke-width="2" vector-effect="non-scaling-stroke"/>`, image.Rect(40, 36, 364, 200)},
		{`<text x="10" y="50" font-size="20" textLength="60" lengthAdjust="spacingAndGlyphs" fill="#000000">HHHH</text>`, image.Rect(47, 142, 273, 200)},
		{`<text x="90" y="50" font-size="20" text-anchor="end" textLength="60" lengthAdjust="spacingAndGlyphs" fill="#000000">HHHH</text>`, image.Rect(127, 142, 353, 200)},
		{`<text x="50" y="40" dy="10" font-size="20" text-anchor="middle" textLength="60" lengthAdjust="spacingAndGlyphs" fill="#000000">HHHH</text>`, image.Rect(87, 142, 313, 200)},
	} {
		got := box(drawn(t, d, svg("ltr", test.inside), 448, 448)).Sub(image.Pt(Margin, Margin))
		if !near(got, test.want) {
			t.Errorf("%s: %v, want %v", test.inside, got, test.want)
		}
	}
	right := box(drawn(t, d, svg("rtl", `<text x="90" y="50" font-size="20" textLength="60" lengthAdjust="spacingAndGlyphs" fill="#000000">HHHH</text>`), 448, 448)).Sub(image.Pt(Margin, Margin))
	if !near(right, image.Rect(127, 142, 353, 200)) {
		t.Errorf("from right to left it stands at %v", right)
	}
	half := drawn(t, d, svg("ltr", `<rect width="100" height="100" fill="#000000" fill-opacity=".5"/>`), 448, 448)
	if c := half.RGBAAt(200, 200); c.R < 126 || c.R > 129 {
		t.Errorf("half of black is %v", c)
	}
	if c := drawn(t, d, []byte(`<svg width="1" height="1"><rect width="1" height="1" fill="#123456"/></svg>`), 100, 60).RGBAAt(0, 0); c != (color.RGBA{0x12, 0x34, 0x56, 255}) {
		t.Errorf("the ground is %v", c)
	}
}

// Arabic letters join, and what is written from left to right keeps its order between
// them.
func TestLettersAreShaped(t *testing.T) {
	d := drawer(t)
	p := d.painter(nil)
	p.reverse = true
	text := func(s string) line { return line{[]rune(s), make([]bool, len([]rune(s)))} }
	l := text("هجرة")
	runs, err := p.shape(&l, 20)
	if err != nil || len(runs) != 1 {
		t.Fatalf("%v %v", runs, err)
	}
	for _, g := range runs[0].Glyphs {
		if nominal, _ := p.regular[0].NominalGlyph(l.runes[g.TextIndex()]); nominal == g.GlyphID && l.runes[g.TextIndex()] != 'ة' {
			t.Errorf("%q stands alone", l.runes[g.TextIndex()])
		}
	}
	l = text("من \u2068IOM\u2069، \u2068UNHCR\u2069 193")
	runs, err = p.shape(&l, 20)
	if err != nil {
		t.Fatal(err)
	}
	visible := ""
	for _, r := range runs {
		for _, g := range r.Glyphs {
			if c := l.runes[g.TextIndex()]; shown(c) {
				visible += string(c)
			}
		}
	}
	if want := "193 UNHCR ،IOM نم"; visible != want { // as it stands from left to right
		t.Errorf("%q, want %q", visible, want)
	}
	bold := line{[]rune("ab"), []bool{true, false}}
	p.reverse = false
	if runs, err = p.shape(&bold, 20); err != nil || len(runs) != 2 || runs[0].Face == runs[1].Face {
		t.Errorf("what is bold has no font of its own: %v %v", runs, err)
	}
}

func TestFurtherFontsAreAsked(t *testing.T) {
	file, err := font.ParseTTF(bytes.NewReader(goregular.TTF))
	if err != nil {
		t.Fatal(err)
	}
	own := drawer(t)
	d := &Drawer{regular: []*font.Font{file.Font}, bold: own.bold[:1]}
	arabic := svg("rtl", `<text x="1" y="50" font-size="20" fill="#000000">هجرة</text>`)
	var missing *LetterError
	d.bold = []*font.Font{file.Font}
	if err := d.Check(arabic); !errors.As(err, &missing) || missing.Letter != 'ه' {
		t.Errorf("%v", err)
	}
	if _, err := d.Draw(arabic, 200, 200); !errors.As(err, &missing) {
		t.Errorf("drawn: %v", err)
	}
	d.regular = append(d.regular, own.regular...)
	if err := d.Check(arabic); err != nil {
		t.Error(err)
	}
	drawn(t, d, arabic, 200, 200)
	var bad *FontError
	if _, err := New(goregular.TTF, []byte("no font")); !errors.As(err, &bad) || bad.File != 1 {
		t.Errorf("%v", err)
	}
	if with, err := New(goregular.TTF); err != nil || len(with.regular) != 2 {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNotKnownIsAnError(t *testing.T) {
	d := drawer(t)
	var what *CardError
	for _, inside := range []string{
		`<path d="M0 0"/>`, `<g/>`, `words`, `<rect width="x" height="1" fill="#000000"/>`, `<rect width="1e99" height="1" fill="#000000"/>`, `<rect width="1" height="1" fill="red"/>`, `<rect width="1" height="1"/>`,
		`<text fill="#000000"><a>x</a></text>`, `<text font-weight="100" fill="#000000">x</text>`, `<text text-anchor="top" fill="#000000">x</text>`, `<text textLength="9" fill="#000000">x</text>`,
		`<rect x="9999" width="1" height="1" fill="#000000"/>`, `<rect width="9999" height="1" fill="#000000"/>`, `<polyline points="1" fill="#000000"/>`, `<polyline points="1 1 2 2" fill="none" stroke="#000000"/>`, `<svg viewBox="0 0 0 0"/>`, `<svg viewBox="0 0 1 1" preserveAspectRatio="xMidYMax"/>`,
		`<rect width="1" height="1" fill="none" stroke="#000000" stroke-dasharray="1"/>`, `<rect width="1" height="1" fill="#000000" fill-opacity="2"/>`,
	} {
		if _, err := d.Draw(svg("ltr", inside), 100, 100); !errors.As(err, &what) {
			t.Errorf("%s: %v", inside, err)
		}
	}
	for _, bad := range []string{"", "<svg>", "<p/>", `<svg width="0" height="1"/>`, "\x00"} {
		if _, err := d.Draw([]byte(bad), 100, 100); err == nil {
			t.Errorf("%q is drawn", bad)
		}
	}
	for _, size := range [][2]int{{0, 0}, {48, 100}, {100, 48}, {-1, 100}, {100_000, 100}} {
		if _, err := d.Draw(svg("ltr", ""), size[0], size[1]); !errors.As(err, &what) {
			t.Errorf("%v: %v", size, err)
		}
	}
}

func FuzzCardsNeverPanic(f *testing.F) {
	f.Add(`<rect x="1%" width="3" height="1" fill="#000000" rx="9"/>`)
	f.Add(`<text textLength="1" lengthAdjust="spacingAndGlyphs" fill="#000000">ه1a</text>`)
	d, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, inside string) {
		card := svg("rtl", inside)
		if _, err := d.Draw(card, 60, 60); err == nil && d.Check(card) != nil {
			t.Errorf("%q is drawn, though %v", inside, d.Check(card))
		}
	})
}

func BenchmarkCounter(b *testing.B) {
	d, c := drawer(b), card(b, "counter-ar")
	for b.Loop() {
		d.Draw(c, 1200, 630)
	}
}

func BenchmarkCheck(b *testing.B) {
	d, c := drawer(b), card(b, "counter-ar")
	for b.Loop() {
		d.Check(c)
	}
}
