package fold

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func TestKeyIgnoresWhatSpellingsDifferIn(t *testing.T) {
	for _, test := range []struct{ name, a, b string }{
		{"case", "GERMANY", "Germany"},
		{"Latin accents", "Türkiye", "Turkiye"},
		{"accents as separate marks", "Co\u0302te d’Ivoire", "Côte d’Ivoire"},
		{"apostrophes", "Lao People’s", "Lao People's"},
		{"apostrophe left out", "Côte dIvoire", "Côte d’Ivoire"},
		{"spaces", " Sierra  Leone\t", "Sierra Leone"},
		{"no-break space", "Sierra\u00a0Leone", "Sierra Leone"},
		{"dashes", "Guinea – Bissau", "Guinea-Bissau"},
		{"comma and brackets", "Iran, Islamic Republic of", "Iran (Islamic Republic of)"},
		{"full-width brackets", "刚果（金）", "刚果(金)"},
		{"article in front", "The Gambia", "Gambia"},
		{"article behind", "Gambia, The", "Gambia (the)"},
		{"ampersand", "Trinidad & Tobago", "Trinidad and Tobago"},
		{"ampersand without spaces", "Trinidad&Tobago", "Trinidad and Tobago"},
		{"Cyrillic marks", "Королёв й", "Королев и\u0306"},
		{"Arabic hamza", "أفغانستان", "افغانستان"},
		{"Arabic elongation", "مصـــر", "مصر"},
		{"direction marks", "\u200fمصر\u200e", "مصر"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if a, b := Key(test.a), Key(test.b); a != b {
				t.Errorf("Key(%q) = %q, Key(%q) = %q", test.a, a, test.b, b)
			}
		})
	}
}

func TestKeyKeepsWhatNamesDifferIn(t *testing.T) {
	for _, test := range [][2]string{
		{"Niger", "Nigeria"},
		{"Guinea", "Guinea-Bissau"},
		{"Dominica", "Dominican Republic"},
		{"Theatre", "atre"},
		{"多米尼加", "多米尼克"},
		{"Lethe", "Le"},
	} {
		if Key(test[0]) == Key(test[1]) {
			t.Errorf("Key(%q) == Key(%q)", test[0], test[1])
		}
	}
}

func TestKeyOfNoLettersIsEmpty(t *testing.T) {
	for _, s := range []string{"", " ", "—", "{}", "()", "'", "\u0301"} {
		if got := Key(s); got != "" {
			t.Errorf("Key(%q) = %q", s, got)
		}
	}
}

// Stripping marks off the decomposed letter is the slow and obvious way.
func TestKeyDropsMarksAsDecompositionDoes(t *testing.T) {
	for r := rune(0xa1); r < 0x180; r++ {
		if !unicode.IsLetter(r) {
			continue
		}
		decomposed := []rune(norm.NFD.String(string(unicode.ToLower(r))))
		if len(decomposed) == 1 {
			continue // no mark
		}
		if got, want := Key(string(r)), string(decomposed[0]); got != want {
			t.Errorf("Key(%q) = %q, want %q", r, got, want)
		}
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"", "the the", "The Gambia", "a&b", "& the", "Côte d’Ivoire", "刚果（金）", "\xff", "İ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		key := Key(s)
		if again := Key(key); again != key {
			t.Errorf("Key(%q) = %q, whose key is %q", s, key, again)
		}
		if strings.TrimSpace(key) != key || strings.Contains(key, "  ") {
			t.Errorf("Key(%q) = %q has spaces to spare", s, key)
		}
		if decomposed := Key(norm.NFD.String(s)); isLatin(s) && decomposed != key {
			t.Errorf("Key(%q) = %q, decomposed %q", s, key, decomposed)
		}
	})
}

func isLatin(s string) bool {
	for _, r := range s {
		if r >= 0x180 {
			return false
		}
	}
	return true
}
