package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// marked returns a text with brackets around what is marked.
func marked(words, text string) string {
	var b strings.Builder
	end := 0
	for _, r := range Ranges(Words(words), text) {
		b.WriteString(text[end:r.Start] + "[" + text[r.Start:r.End] + "]")
		end = r.End
	}
	return b.String() + text[end:]
}

func TestWordsAreMarkedAsTheyAreWritten(t *testing.T) {
	for _, test := range []struct{ name, words, marked string }{
		{"the beginning of words", "migr", "[Migr]ants and [migr]ation, not immigration"},
		{"several words, in any order", "detention child", "[Child]ren: alternatives to [detention]"},
		{"words in one another", "det detention", "[Detention] and [det]ours"},
		{"French", "egalite emploi", "L’[égalité] d’[emploi]"},
		{"marks of their own", "mexico", "En [Me\u0301xico\u0301], hoy"},
		{"of two letters", "ss oeuv", "[œuv]re, groß, [SS]"},
		{"half of a letter", "gros", "[Groß]e"},
		{"Russian", "еж", "[Ёж]ик и [еж]и, не лежи"},
		{"Arabic", "الهجرة", "ال[هِجْرَةُ] و[هجره]، وبال[هجرة]"},
		{"Arabic without the article", "هجرة", "ال[هجرة] ثم وال[هجرة] ولل[هجرة]"},
		{"Arabic, inside a word", "جرة", "الهجرة"},
		{"Arabic, and", "حقوق", "و[حقوق] الإنسان"},
		{"Arabic, too short for and", "قت", "وقت"},
		{"Chinese", "移民", "安全、有序和正常[移民]全球契约：[移民]儿童"},
		{"Chinese with blanks", "儿童 移民", "[移民儿童]拘留"},
		{"full-width", "iom", "（[ＩＯＭ]）"},
		{"digits", "2030", "[2030]年议程, [٢٠٣٠]"},
		{"nothing", "", "anything"},
		{"only signs", " -!", "any-thing!"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.NewReplacer("[", "", "]", "").Replace(test.marked)
			if got := marked(test.words, text); got != test.marked {
				t.Errorf("%q in %q:\n got %s\nwant %s", test.words, text, got, test.marked)
			}
		})
	}
}

func TestWordsOfAText(t *testing.T) {
	for _, test := range []struct{ text, words string }{
		{"Kenya detention KENYA", "kenya detention"},
		{"الهجرة هجرة", "هجره"},
		{"الم", "الم"}, // two letters behind the article at least
		{"l’égalité", "l egalite"},
		{strings.Repeat("a b c d e f g h i j k l m n o p q r s ", 3), "a b c d e f g h i j k l m n o p"},
	} {
		var got []string
		for _, w := range Words(test.text) {
			got = append(got, w.String())
		}
		if strings.Join(got, " ") != test.words {
			t.Errorf("the words of %q are %q, want %s", test.text, got, test.words)
		}
	}
}

func FuzzRanges(f *testing.F) {
	f.Add("migr", "Migrants and migration")
	f.Add("gros", "Groß")
	f.Add("هجرة", "الهِجْرَةُ والهجرة")
	f.Add("移民 iom", "移民IOM移民")
	f.Add("لا", "ﻻلا")
	f.Add("a\u0301", "a\u0301\u0301a")
	f.Fuzz(func(t *testing.T, text, in string) {
		words := Words(text)
		end := 0
		for i, r := range Ranges(words, in) {
			if r.Start < end || i > 0 && r.Start == end || r.Start >= r.End || r.End > len(in) {
				t.Fatalf("range %v behind %d of %q", r, end, in)
			}
			end = r.End
			if utf8.ValidString(in) && (!utf8.RuneStart(in[r.Start]) || r.End < len(in) && !utf8.RuneStart(in[r.End])) {
				t.Errorf("%v of %q isn't between letters", r, in)
			}
			folded := strings.ReplaceAll(Folded(in[r.Start:r.End]), " ", "")
			if !slices.ContainsFunc(words, func(w Word) bool { return strings.Contains(folded, w.String()) }) {
				t.Errorf("%q, folded %q, has none of %v", in[r.Start:r.End], folded, words)
			}
		}
		// A text has a word where the word is marked, and only there.
		for _, w := range words {
			var texts Texts
			texts.Fold(1, 1, func(uint32) string { return in })
			any, _ := texts.Pages().Match(&w, 0, 1)
			if (any != 0) != (len(Ranges([]Word{w}, in)) > 0) {
				t.Errorf("%q in %q: found %v, ranges %v", w, in, any, Ranges([]Word{w}, in))
			}
		}
	})
}
