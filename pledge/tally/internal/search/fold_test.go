package search

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestSpellingsThatPeoplePutForEachOtherAreFoldedAlike(t *testing.T) {
	for _, test := range []struct{ name, a, b, folded string }{
		{"case", "DETENTION", "detention", " detention"},
		{"French accents", "Égalité à l’œuvre", "egalite a l'oeuvre", " egalite a l oeuvre"},
		{"accents as marks of their own", "me\u0301xico", "México", " mexico"},
		{"Spanish", "NIÑOS, ¿MIGRACIÓN?", "ninos migracion", " ninos migracion"},
		{"German", "Straße Größe", "STRASSE GROSSE", " strasse grosse"},
		{"Turkish", "İstanbul ılıman Türkiye", "istanbul iliman turkiye", " istanbul iliman turkiye"},
		{"Vietnamese", "Việt Nam", "Viet Nam", " viet nam"},
		{"Polish and Danish", "Łódź Ærø", "lodz aero", " lodz aero"},
		{"Russian", "ЁЛКИ, Йод", "елки иод", " елки иод"},
		{"Russian, marks of their own", "и\u0306од", "йод", " иод"},
		{"Russian stress", "мигра\u0301ция", "миграция", " миграция"},
		{"Ukrainian", "Київ", "киів", " киів"},
		{"Greek", "Ελλάς", "ΕΛΛΑΣ", " ελλασ"},
		{"Arabic vowel signs", "الهِجْرَةُ", "الهجرة", " الهجره"},
		{"Arabic elongation", "هجـــرة", "هجرة", " هجره"},
		{"alef", "أطفال إدماج آمنة ٱلله", "اطفال ادماج امنه الله", " اطفال ادماج امنه الله"},
		{"alef maksura", "مستشفى", "مستشفي", " مستشفي"},
		{"teh marbuta", "حماية", "حمايه", " حمايه"},
		{"hamza on a seat", "مسؤول هيئة", "مسوول هييه", " مسوول هييه"},
		{"Arabic forms", "ﻻﺟﺌﻮﻥ", "لاجيون", " لاجيون"},
		{"Arabic digits and comma", "٢٠٢٦، ۲۰۲۶", "2026 2026", " 2026 2026"},
		{"full-width", "ＩＯＭ（２０２６）", "iom 2026", " iom 2026"},
		{"Chinese", "《移民问题》全球契约", "移民问题 全球契约", " 移民问题 全球契约"},
		{"Chinese with others", "2030年议程和IOM", "2030 年议程和 iom", " 2030 年议程和 iom"},
		{"ligatures of print", "o\ufb03ce \ufb01nance", "office finance", " office finance"},
		{"dashes", "Guinea–Bissau", "Guinea-Bissau", " guinea bissau"},
		{"what can't be seen", "de\u00adten\u200dtion\ufeff", "detention", " detention"},
		{"emoji and symbols", "Safe ✈ migration™ 🌍!", "safe migration", " safe migration"},
		{"not UTF-8", "a\xffb", "a b", " a b"},
		{"nothing", " —…。 ", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, s := range []string{test.a, test.b} {
				if got := Folded(s); got != test.folded {
					t.Errorf("%q is folded to %q, want %q", s, got, test.folded)
				}
			}
		})
	}
}

// plainly folds as fold does, by Unicode's tables.
func plainly(r rune) (string, bool) {
	if unicode.In(r, unicode.Mn, unicode.Me) || unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) || r == 'ـ' {
		return "", true
	}
	letter := func(r rune) bool {
		return (unicode.IsLetter(r) || unicode.IsDigit(r)) && (r < 0x02b9 || r > 0x02ff) && r != 'ـ' // an apostrophe is no letter
	}
	if !letter(r) {
		return "", false
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(strings.ToLower(string(r))) {
		switch d = unicode.ToLower(d); {
		case d == 'æ':
			b.WriteString("ae")
		case d == 'œ':
			b.WriteString("oe")
		case d == 'ß':
			b.WriteString("ss")
		case d == 'þ':
			b.WriteString("th")
		case '٠' <= d && d <= '٩':
			b.WriteRune(d - '٠' + '0')
		case '۰' <= d && d <= '۹':
			b.WriteRune(d - '۰' + '0')
		case letter(d):
			b.WriteString(strings.NewReplacer("ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ı", "i", "ł", "l", "ŋ", "n", "ŧ", "t", "ĸ", "k",
				"ς", "σ", "ٱ", "ا", "ى", "ي", "ة", "ه", "ک", "ك", "ی", "ي").Replace(string(d)))
		}
	}
	return b.String(), true
}

// Each code point of the scripts of the six languages is folded as Unicode decomposes it,
// on its own and in a word, and each letter of all others stays a letter.
func TestLettersAreFoldedAsUnicodeDecomposesThem(t *testing.T) {
	for r := rune(1); r < 0x20000; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		got, want := Folded("a"+string(r)+"a"), "?"
		base, ok := plainly(r)
		switch {
		case !ok:
			want = " a a"
		case isJoined(r):
			want = " a " + base + " a"
		default:
			want = " a" + base + "a"
		}
		exact := r < 0x0250 || 0x02b9 <= r && r < 0x0530 && unicode.IsOneOf([]*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Inherited}, r) ||
			0x0600 <= r && r < 0x0700 || 0x1e00 <= r && r < 0x1f00 || 0x2000 <= r && r < 0x2070 && r != 0x2065 || 0x3000 <= r && r < 0x3021 && r != 0x3007 || 0xfb00 <= r && r < 0xfb07 ||
			0x4e00 <= r && r < 0xa000 || 0xfe70 <= r && r < 0xff5f && r != 0xff00
		switch {
		case exact && got != want:
			t.Errorf("%U %c is folded to %q, want %q", r, r, got, want)
		case unicode.IsLetter(r) && ok && got == " a a" && (r < 0x2100 || r >= 0x2200) && r != 0x2e2f: // signs such as that for Kelvin
			t.Errorf("the letter %U %c parts words", r, r)
		case (unicode.IsPunct(r) || unicode.IsSpace(r)) && (r < 0x0600 || 0x2000 <= r && r < 0x3100) && unicode.IsOneOf([]*unicode.RangeTable{unicode.Common, unicode.Latin, unicode.Arabic, unicode.Cyrillic}, r) && got != " a a":
			t.Errorf("the sign %U %c doesn't part words: %q", r, r, got)
		}
		if again := Folded(got); again != got {
			t.Errorf("%U %c is folded to %q, and that to %q", r, r, got, again)
		}
	}
}

func FuzzFolded(f *testing.F) {
	for _, s := range []string{"Égalité", "الهِجْرَةُ ﻻ", "ЁЛКИ и\u0306", "移民2030年IOM", "a\xff\u0301b", "ＩＯＭ（２０２６）", "\u0301a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Folded(s)
		if again := Folded(folded); again != folded || !utf8.ValidString(folded) || strings.Contains(folded, "  ") || strings.HasSuffix(folded, " ") {
			t.Errorf("%q is folded to %q, and that to %q", s, folded, again)
		}
	})
}
