package webform

import (
	"runtime"
	"strings"
	"testing"
)

// What a row costs grows with its bytes, whatever is in it: with each doubling
// of what is said over and over, no more than 2.5 times as much is allocated.
func TestCostsGrowWithTheBytes(t *testing.T) {
	n := 1 << 10
	if testing.Short() || slowly {
		n = 1 << 8
	}
	header := []string{
		"Name of entity submitting the pledge", "Participating States and Actors", "Country", "Countries of implementation",
		"Nature of the pledge", "Objectives", "Guiding principles", "Type of pledge", "Created", "Links", "Themes", "Contributions", "Name of the pledge",
	}
	for name, shape := range map[string]func(n int) string{
		"brackets":       func(n int) string { return strings.Repeat("(", n) },
		"pairs":          func(n int) string { return strings.Repeat("(1)", n/3) },
		"roles":          func(n int) string { return strings.Repeat(" (chair)", n/8) },
		"commas":         func(n int) string { return strings.Repeat("a,", n/2) },
		"semicolons":     func(n int) string { return strings.Repeat("a;", n/2) },
		"objectives":     func(n int) string { return strings.Repeat("7;", n/2) },
		"ands":           func(n int) string { return strings.Repeat("7 and ", n/6) },
		"entities":       func(n int) string { return "&" + strings.Repeat("amp;", n/4) },
		"names":          func(n int) string { return strings.Repeat("Name of state/actor: A; Country: ", n/33) },
		"labels":         func(n int) string { return strings.Repeat("e-mail ", n/7) },
		"addresses":      func(n int) string { return strings.Repeat("https://a.example ", n/18) },
		"links":          func(n int) string { return distinct("https://a.example/", n) },
		"e-mail":         func(n int) string { return strings.Repeat("a@b.cc", n/6) },
		"at":             func(n int) string { return strings.Repeat("a@", n/2) },
		"blanks":         func(n int) string { return "a" + strings.Repeat(" ", n) + "a" },
		"digits":         func(n int) string { return strings.Repeat("0", n) },
		"telephones":     func(n int) string { return strings.Repeat("+41 22 555 0", n/12) },
		"behalf":         func(n int) string { return strings.Repeat("in the name of ", n/15) },
		"introductions":  func(n int) string { return strings.Repeat("is composed of ", n/15) },
		"combining":      func(n int) string { return "a" + strings.Repeat("\u0301", n/2) },
		"apostrophes":    func(n int) string { return strings.Repeat("'", n) },
		"quotation":      func(n int) string { return strings.Repeat("\"\"", n/2) },
		"full stops":     func(n int) string { return strings.Repeat("7.", n/2) },
		"bars":           func(n int) string { return strings.Repeat("7|", n/2) },
		"lines":          func(n int) string { return strings.Repeat("a\n", n/2) },
		"contributions":  func(n int) string { return strings.Repeat("EUR 5 to ", n/9) },
		"States":         func(n int) string { return strings.Repeat("Congo, Rep., ", n/13) },
		"open quotation": func(n int) string { return strings.Repeat("\"", n|1) },
	} {
		t.Run(name, func(t *testing.T) {
			var took [2]uint64
			for i, n := range [...]int{2 * n, 8 * n} {
				row := map[string]string{"Submission Number": "1"}
				for _, label := range header {
					row[label] = shape(n)
				}
				file := string(sheetOf(row))
				_, _, _ = Import(strings.NewReader(file), nil) // what is made once
				took[i] = allocated(func() { _, _, _ = Import(strings.NewReader(file), nil) })
			}
			if took[1] > 256<<10 && float64(took[1]) > 2.5*2.5*float64(took[0]) {
				t.Errorf("%d bytes, and %d for four times as much: %.2f times as many", took[0], took[1], float64(took[1])/float64(took[0]))
			}
		})
	}
}

func distinct(prefix string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(prefix + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + ";")
	}
	return b.String()
}

func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
