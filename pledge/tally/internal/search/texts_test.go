package search

import (
	"math/rand/v2"
	"strings"
	"testing"
)

var vocabulary = strings.Fields("Child children child’s detention Migration migrants Migraciones niños droits l’égalité Éducation " +
	"миграция мигранты дети ёлки الهجرة وهجرة للأطفال أطفال حقوق وحقوق 移民儿童 儿童 移民 IOM ＩＯＭ UN 2030年 a an ant")

func draw(r *rand.Rand, most int) string {
	words := make([]string, r.IntN(most+1))
	for i := range words {
		words[i] = vocabulary[r.IntN(len(vocabulary))]
	}
	return strings.Join(words, [...]string{" ", ", ", "-"}[r.IntN(3)])
}

// Whatever changes, what is found is what one finds in the texts one by one.
func TestTextsThatChangeAreFoundLikeNewOnes(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 3))
	var texts Texts
	var all []string
	for range 300 {
		for range r.IntN(4) {
			if n := len(all); n == 0 || r.IntN(2) == 0 {
				all = append(all, draw(r, 6))
				texts.Change(uint32(n))
			} else {
				n = r.IntN(n)
				all[n] = draw(r, 6)
				texts.Change(uint32(n))
			}
		}
		for texts.Fold(len(all), 1+r.IntN(3), func(n uint32) string { return all[n] }) == 0 {
		}
		pages := texts.Pages()
		for _, w := range Words(draw(r, 2)) {
			s := pages.Set(&w)
			for n, text := range all {
				any, whole := plainlyHas(w, text)
				if gotAny, gotWhole := s.Has(uint32(n)); gotAny != any || gotWhole != whole {
					t.Fatalf("%q in %q: %v, whole %v; want %v, %v", w, text, gotAny, gotWhole, any, whole)
				}
			}
			if any, _ := s.Has(uint32(len(all) + 200)); any {
				t.Fatal("a number without a text has a word")
			}
		}
	}
	if len(all) < 3*PageSize {
		t.Fatalf("only %d texts", len(all))
	}
}

// plainlyHas looks at the words of a text one by one.
func plainlyHas(w Word, text string) (any, whole bool) {
	for _, word := range strings.Fields(Folded(text)) {
		if w.joined && strings.Contains(word, w.folded) {
			return true, true
		}
		heads := []string{""}
		if w.arabic {
			heads = append(heads, strings.Fields("ال بال كال فال لل و وال وبال وكال وفال ولل")...)
		}
		for _, head := range heads {
			rest, ok := strings.CutPrefix(word, head)
			switch letters := len([]rune(w.folded)); {
			case head == "و" && letters < 3, head != "" && letters < 2:
				ok = false
			}
			any = any || ok && strings.HasPrefix(rest, w.folded)
			whole = whole || ok && rest == w.folded
		}
	}
	return any, whole
}

func TestFoldStopsWhereItIsToldTo(t *testing.T) {
	var texts Texts
	folded := 0
	fold := func(most int) int {
		folded = 0
		return texts.Fold(5*PageSize, most, func(uint32) string { folded++; return "text" })
	}
	if left := fold(3); left != 0 || folded != 3*PageSize {
		t.Errorf("%d left, %d folded", left, folded)
	}
	if left := fold(3); left != 1 || folded != 2*PageSize {
		t.Errorf("%d left, %d folded", left, folded)
	}
	if texts.Change(70); fold(3) != 2 || folded != PageSize {
		t.Errorf("%d folded after one has changed", folded)
	}
	if fold(3) != 3 || folded != 0 {
		t.Errorf("%d folded though none has changed", folded)
	}
}
