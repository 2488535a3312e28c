package view_test

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/view"
)

func TestTokensAreWhatTheTableSays(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("running the generator takes an operating system")
	}
	dir := t.TempDir()
	code, css := filepath.Join(dir, "tokens.go"), filepath.Join(dir, "tokens.css")
	if out, err := exec.Command("go", "run", "gen_tokens.go", "-o", code, "-css", css).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for made, kept := range map[string]string{code: "tokens.go", css: "../../wasm/shell/common/tokens.css"} {
		got, err := os.ReadFile(made)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := os.ReadFile(kept); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what gen_tokens.go makes of tokens.tsv; run go generate (%v)", kept, err)
		}
	}
}

// A palette has the colours of a theme by the names of the table.
func palette(theme view.Theme) map[string]string {
	colors := map[string]string{}
	for role, name := range view.RoleNames {
		colors[name] = view.Palettes[theme][role]
	}
	return colors
}

// The figures are those of the design, which were measured in browsers: they hold
// what the generator mixes and how contrast is computed here.
func TestColorsCanBeToldApart(t *testing.T) {
	light, dark := palette(view.Light), palette(view.Dark)
	for _, test := range []struct {
		on, color   string
		light, dark float64
	}{
		{"ground", "ink", 16.93, 15.58},
		{"ground", "muted", 7.72, 9.32},
		{"ground", "accent", 5.99, 7.54},
		{"ground", "warn", 6.33, 10.10},
		{"ground", "line", 1.45, 1.67}, // decoration
		{"tint", "ink", 13.83, 12.24},
		{"tint", "muted", 6.31, 7.32},
		{"tint", "accent", 4.89, 5.93},
		{"ground", "s1", 1.39, 1.42}, // outlined with the accent
		{"ground", "s2", 2.14, 2.48},
		{"ground", "s3", 3.51, 4.44},
		{"ground", "s4", 5.99, 7.54},
		{"ground", "s5", 14.08, 11.17},
		{"s1", "s2", 1.54, 1.75},
		{"s2", "s3", 1.64, 1.79},
		{"s3", "s4", 1.71, 1.70},
		{"s4", "s5", 2.35, 1.48},
		{"s1", "on-pale", 13.74, 12.67},
		{"s2", "on-pale", 8.92, 7.25},
		{"s3", "on-mid", 5.45, 4.71},
		{"s4", "on-full", 5.99, 8.00},
		{"s5", "on-full", 14.08, 11.85},
	} {
		for _, theme := range []struct {
			name   string
			colors map[string]string
			want   float64
		}{{"light", light, test.light}, {"dark", dark, test.dark}} {
			if got := contrast(t, theme.colors[test.color], theme.colors[test.on]); math.Abs(got-theme.want) > 0.02 {
				t.Errorf("%s: %s on %s has a contrast of %.2f, want %.2f", theme.name, test.color, test.on, got, theme.want)
			}
		}
	}
}

// What a page may set: its accent needs 3:1 on its ground, and then all that is
// mixed of the two can be read and told apart.
func TestColorsCanBeToldApartWithThePagesOwnAccent(t *testing.T) {
	for _, test := range []struct {
		theme          view.Theme
		accent, ground string
	}{
		{view.Light, "#2b6e4f", "#ffffff"}, // of the example page
		{view.Light, "#0077b6", "#ffffff"},
		{view.Light, "#c2410c", "#fff8f0"},
		{view.Light, "#6d28d9", "#f4f4f5"},
		{view.Light, "#000000", "#ffffff"},
		{view.Dark, "#e0a030", "#14171a"},
		{view.Dark, "#62c394", "#14171a"},
		{view.Dark, "#ffffff", "#000000"},
		{view.Dark, "#009edb", "#0b1f33"},
	} {
		colors := palette(test.theme)
		name := test.accent + " on " + test.ground
		least := func(what, color, on string, ratio float64) {
			if got := contrast(t, color, on); got < ratio {
				t.Errorf("%s: %s has a contrast of %.2f, want %.1f", name, what, got, ratio)
			}
		}
		least("the accent", test.accent, test.ground, 3)
		least("the focus", colors["ink"], test.ground, 3)
		tint := mixed(t, test.accent, test.ground, 0.14, false)
		muted := mixed(t, colors["ink"], test.ground, 0.76, false)
		least("text", colors["ink"], test.ground, 4.5)
		least("muted text", muted, test.ground, 4.5)
		least("text on tint", colors["ink"], tint, 4.5)
		least("muted text on tint", muted, tint, 4.5)
		last, lighter := luminance(t, test.ground), test.theme == view.Dark
		for _, share := range []float64{0.22, 0.48, 0.74, 1} {
			next := luminance(t, mixed(t, test.accent, test.ground, share, true))
			if next == last || next > last != lighter {
				t.Errorf("%s: the step of %.2f isn't further from the ground than the one before", name, share)
			}
			last = next
		}
	}
}

// Mixes of the table as the test mixes them, from CSS Color 4 and the same
// colours as the generator's: two programs that share no code.
func TestMixesAreThoseOfCSS(t *testing.T) {
	for theme, end := range map[view.Theme]string{view.Light: "#000000", view.Dark: "#ffffff"} {
		colors := palette(theme)
		for _, test := range []struct {
			name, a, b string
			share      float64
			oklab      bool
		}{
			{"tint", "accent", "ground", 0.14, false}, {"muted", "ink", "ground", 0.76, false}, {"line", "ink", "ground", 0.18, false},
			{"s1", "accent", "ground", 0.22, true}, {"s2", "accent", "ground", 0.48, true}, {"s3", "accent", "ground", 0.74, true},
		} {
			if got := mixed(t, colors[test.a], colors[test.b], test.share, test.oklab); got != colors[test.name] {
				t.Errorf("%v %s: %s, want %s", theme, test.name, got, colors[test.name])
			}
		}
		if got := mixed(t, colors["accent"], end, 0.58, true); got != colors["s5"] {
			t.Errorf("%v s5: %s, want %s", theme, got, colors["s5"])
		}
	}
}

// rgb returns red, green and blue, from 0 to 1.
func rgb(t *testing.T, color string) (c [3]float64) {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 24)
	if err != nil || len(color) != 7 {
		t.Fatalf("%q is no color", color)
	}
	for i := range c {
		c[i] = float64(n>>(16-8*i)&0xff) / 255
	}
	return c
}

// linear takes the gamma out of a channel of sRGB.
func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// luminance and contrast are those of WCAG 2.2.
func luminance(t *testing.T, color string) float64 {
	c := rgb(t, color)
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// mixed is color-mix(in srgb or oklab, a share, b), for OKLab by way of XYZ, with
// the matrices of CSS Color 4.
func mixed(t *testing.T, a, b string, share float64, oklab bool) string {
	x, y := rgb(t, a), rgb(t, b)
	mix := func(x, y [3]float64) (c [3]float64) {
		for i := range c {
			c[i] = x[i]*share + y[i]*(1-share)
		}
		return c
	}
	c := mix(x, y)
	if oklab {
		toLMS := func(c [3]float64) (lms [3]float64) {
			for i := range c {
				c[i] = linear(c[i])
			}
			c = times(c, [9]float64{0.41239079926595934, 0.357584339383878, 0.1804807884018343,
				0.21263900587151027, 0.715168678767756, 0.07219231536073371, 0.01933081871559182, 0.11919477979462598, 0.9505321522496607})
			c = times(c, [9]float64{0.8190224379967030, 0.3619062600528904, -0.1288737815209879,
				0.0329836539323885, 0.9292868615863434, 0.0361446663506424, 0.0481771893596242, 0.2642395317527308, 0.6335478284694309})
			for i := range c {
				lms[i] = math.Cbrt(c[i])
			}
			return lms // OKLab is linear in these, so that mixing them is mixing there
		}
		c = mix(toLMS(x), toLMS(y))
		for i := range c {
			c[i] = c[i] * c[i] * c[i]
		}
		c = times(c, [9]float64{1.2268798758459243, -0.5578149944602171, 0.2813910456659647,
			-0.0405757452148008, 1.1122868032803170, -0.0717110580655164, -0.0763729366746601, -0.4214933324022432, 1.5869240198367816})
		c = times(c, [9]float64{3.2409699419045226, -1.537383177570094, -0.4986107602930034,
			-0.9692436362808796, 1.8759675015077202, 0.04155505740717559, 0.05563007969699366, -0.20397695888897652, 1.0569715142428786})
		for i, v := range c {
			if c[i] = 12.92 * v; v > 0.0031308 {
				c[i] = 1.055*math.Pow(v, 1/2.4) - 0.055
			}
		}
	}
	out := uint64(0)
	for _, v := range c {
		out = out<<8 | uint64(math.Round(255*min(1, max(0, v))))
	}
	s := strconv.FormatUint(1<<24|out, 16)
	return "#" + s[1:]
}

func times(c [3]float64, m [9]float64) (out [3]float64) {
	for i := range m {
		out[i/3] += m[i] * c[i%3]
	}
	return out
}
