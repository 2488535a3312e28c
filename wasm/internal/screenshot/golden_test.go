package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/wasm/build/bundle"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

var update = flag.Bool("update", false, "take the golden pictures anew: look at them")

// golden are the pictures that are kept: each look and each layout once.
var golden = []struct {
	shown
	width int
}{
	{shown{"counter", "", gcm.English, false}, 375},
	{shown{"counter", "hero", gcm.English, false}, 768},
	{shown{"counter", "", gcm.Arabic, true}, 220},
	{shown{"regions", "", gcm.English, false}, 768},
	{shown{"status", "", gcm.Arabic, false}, 375},
	{shown{"map", "", gcm.English, true}, 768},
	{shown{"timeline", "", gcm.French, false}, 375},
}

// A painter is what pictures depend on beside the code: the browser, and the fonts
// of the machine, of which it says how wide some text is.
type painter struct{ Browser, Fonts string }

const askPainter = `const { fullVersionList } = await navigator.userAgentData.getHighEntropyValues(["fullVersionList"]);
const pen = document.createElement("canvas").getContext("2d");
const wide = (font) => { pen.font = font; return pen.measureText("Pledges 1,580 · Engagements · تعهّداً").width; };
return { Browser: fullVersionList.find(({ brand }) => /Chrom/.test(brand)).version, Fonts: ["400", "600"].map((weight) => wide(weight + " 100px sans-serif").toFixed(1)).join(" ") };`

func TestViewsLookAsTheyDid(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the widget and runs a browser")
	}
	dir := t.TempDir()
	if _, err := bundle.Build(context.Background(), bundle.Options{Dir: dir, Uncompressed: true}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler(dir))
	defer server.Close()
	browsers := map[bool]*browser.Browser{}
	for _, dark := range []bool{false, true} {
		browsers[dark] = browser.Start(t, "chromium", browser.Options{Dark: dark, ReducedMotion: true})
	}
	if err := golden[0].open(browsers[false], server.URL); err != nil {
		t.Fatal(err)
	}
	pinned(t, browsers[false])
	for _, g := range golden {
		t.Run(g.name(g.width), func(t *testing.T) {
			b := browsers[g.dark]
			if err := g.open(b, server.URL); err != nil {
				t.Fatal(err)
			}
			got, err := takeView(b, g.width)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", g.name(g.width))
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v; go test ./wasm/internal/screenshot -update, and look at what it takes", err)
			}
			if share := differing(t, got, want); share > tolerance {
				kept := filepath.Join(t.ArtifactDir(), g.name(g.width))
				os.WriteFile(kept, got, 0o644)
				t.Errorf("%.2f %% of %s isn't as it was: compare it with %s (-artifacts keeps it); if it is meant so, -update", 100*share, file, kept)
			}
			// A check that notices nothing would be none: a line that moves by two pixels
			// is seen, and another accent.
			changes := []string{`document.querySelector("gcm-pledges").shadowRoot.querySelector("[part~=view]").style.paddingBlockStart = "2px"`}
			if g.view == "regions" {
				changes = append(changes, `document.body.style.setProperty("--gcm-accent", "#2b6e4f")`)
			}
			for _, change := range changes {
				if _, err := b.Eval(change); err != nil {
					t.Fatal(err)
				}
				changed, err := takeView(b, g.width)
				if err != nil {
					t.Fatal(err)
				}
				if share := differing(t, changed, want); share <= tolerance {
					t.Errorf("nobody would notice %s: %.2f %%", change, 100*share)
				}
			}
		})
	}
}

// pinned skips the test where the pictures were taken by another browser or with
// other fonts, which draw letters otherwise: -update takes them anew, for somebody to
// look at.
func pinned(t *testing.T, b *browser.Browser) {
	t.Helper()
	const file = "testdata/painter.json"
	answer, err := b.Await(askPainter)
	var here, then painter
	if err == nil {
		err = json.Unmarshal(answer, &here)
	}
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		text, _ := json.MarshalIndent(here, "", "  ")
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &then)
	}
	if err != nil {
		t.Fatal(err)
	}
	if here == then {
		return
	}
	t.Skipf("the pictures are of %+v, and here is %+v: go test ./wasm/internal/screenshot -update, and look at what it takes", then, here)
}

// tolerance is which share of a picture may differ: edges of letters.
const tolerance = 0.0005

// differing returns which share of two pictures differs so that one sees it; all of
// it if they aren't of one size.
func differing(t *testing.T, a, b []byte) float64 {
	t.Helper()
	x, y := pixels(t, a), pixels(t, b)
	if x.Rect != y.Rect {
		return 1
	}
	const seen = 24 // of 255
	n := 0
	for i := 0; i < len(x.Pix); i += 4 {
		for c := range 3 {
			if d := int(x.Pix[i+c]) - int(y.Pix[i+c]); d > seen || d < -seen {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(x.Pix)/4)
}

func pixels(t *testing.T, file []byte) *image.RGBA {
	t.Helper()
	p, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewRGBA(image.Rectangle{Max: p.Bounds().Size()})
	draw.Draw(out, out.Rect, p, p.Bounds().Min, draw.Src)
	return out
}

func TestPicturesAreCompared(t *testing.T) {
	blank := func(width, height int) *image.RGBA {
		p := image.NewRGBA(image.Rect(0, 0, width, height))
		draw.Draw(p, p.Rect, image.White, image.Point{}, draw.Src)
		return p
	}
	file := func(p *image.RGBA) []byte {
		var b bytes.Buffer
		if err := png.Encode(&b, p); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	white, edge, dot := blank(20, 10), blank(20, 10), blank(20, 10)
	edge.Set(3, 3, color.RGBA{240, 240, 240, 255})
	dot.Set(3, 3, color.RGBA{255, 255, 200, 255})
	for _, test := range []struct {
		name string
		p    *image.RGBA
		want float64
	}{{"the same", white, 0}, {"an edge of a letter", edge, 0}, {"a pixel", dot, 1. / 200}, {"higher", blank(20, 11), 1}, {"wider", blank(21, 10), 1}} {
		if got := differing(t, file(test.p), file(white)); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// Each view, size, language and width has a picture of its own, light and dark.
func TestEveryViewIsTaken(t *testing.T) {
	var names []string
	for s := range views() {
		for _, width := range widths {
			names = append(names, s.name(width))
		}
	}
	for _, want := range []string{"counter-en-220.png", "counter-hero-ar-dark-375.png", "dashboard-zh-1200.png", "timeline-ru-dark-768.png"} {
		if !slices.Contains(names, want) {
			t.Errorf("no %s", want)
		}
	}
	n := len(names)
	slices.Sort(names)
	if len(slices.Compact(names)) != n || n%(6*2*4) != 0 {
		t.Errorf("%d names", n)
	}
}
