package view

// For tests in package wasm_test.
var RoleNames = roleNames

var Palettes = map[Theme][roles]string{Light: lightColors, Dark: darkColors}

const (
	Ground, Ink, Muted, Accent = ground, ink, muted, accent

	CardWidth = cardWidth
)

// Wrap returns the lines of a text of two languages, and how wide they are.
func Wrap(a, b string, size, room, most int) (lines []string, widths []int) {
	f := font{size: size}
	for _, l := range f.wrap([]span{{id: 1, text: a}, {id: 2, text: b, marked: true}}, room, most) {
		s := ""
		for _, span := range l.spans {
			s += span.text
		}
		lines, widths = append(lines, s), append(widths, l.width)
	}
	return lines, widths
}

// Width estimates how wide a text is.
func Width(s string, size int, bold bool) int { return font{size, bold}.width(s) }
