package tally

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/gcmkit/gcmkit/gcm"
)

// remember returns a function that remembers what it has returned.
func remember[K comparable, V any](f func(K) V) func(K) V {
	known := map[K]V{}
	return func(key K) V {
		v, ok := known[key]
		if !ok {
			v = f(key)
			known[key] = v
		}
		return v
	}
}

// slowWords returns the words of a text, folded by Unicode's decompositions: what the
// texts of these tests need. Chinese is a word of its own.
var slowWords = remember(func(text string) []string {
	var b strings.Builder
	han := false
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 'ـ':
			continue
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			r = ' '
		case unicode.Is(unicode.Han, r) != han:
			han = !han
			b.WriteByte(' ')
		}
		b.WriteString(strings.NewReplacer("ة", "ه", "ى", "ي", "œ", "oe").Replace(string(r)))
	}
	return strings.Fields(b.String())
})

// slowHas reports whether texts have a word.
func slowHas(word string, texts ...string) (any, whole bool) {
	heads := []string{""}
	switch letters := []rune(word); {
	case unicode.Is(unicode.Arabic, letters[0]) && len(letters) >= 3:
		heads = append(heads, strings.Fields("ال بال كال فال لل و وال وبال وكال وفال ولل")...)
	case unicode.Is(unicode.Arabic, letters[0]) && len(letters) == 2:
		heads = append(heads, strings.Fields("ال بال كال فال لل وال وبال وكال وفال ولل")...)
	}
	for _, text := range texts {
		for _, w := range slowWords(text) {
			for _, head := range heads {
				any = any || strings.HasPrefix(w, head+word)
				whole = whole || w == head+word
			}
			if r := []rune(word)[0]; unicode.Is(unicode.Han, r) && strings.Contains(w, word) {
				any, whole = true, true
			}
		}
	}
	return any, whole
}

// slowSearch is the reference for [Index.Search]: it looks at every pledge.
func (x slowItems) search(q Query, words []string) (hits []Hit) {
	for _, p := range x {
		if !q.Matches(&p.facets) {
			continue
		}
		hit := Hit{Item: p.item(), In: InTitle, Whole: true}
		var in [InPlace + 1][]string
		in[InTitle] = []string{hit.Title}
		for i, by := range p.facets.Pledgers {
			name, _, _ := strings.Cut(by.Key, "\n")
			if by.pledgesAsState() {
				name = ""
				in[InPledger] = append(in[InPledger], allNames(by.State)...)
			} else {
				in[InPlace] = append(in[InPlace], allNames(by.State)...)
			}
			if len(p.names) > 0 && p.names[i] != "" {
				name = p.names[i]
			}
			in[InPledger] = append(in[InPledger], name)
		}
		in[InTopic] = p.facets.Themes
		for _, s := range p.facets.Implementing {
			in[InPlace] = append(in[InPlace], allNames(s)...)
		}
		found := true
		for _, w := range words {
			first := InTitle
			for ; first <= InPlace; first++ {
				if any, _ := slowHas(w, in[first]...); any {
					break
				}
			}
			found = found && first <= InPlace
			hit.In = max(hit.In, first)
		}
		if !found {
			continue
		}
		for _, w := range words {
			_, whole := slowHas(w, slices.Concat(in[:hit.In+1]...)...)
			hit.Whole = hit.Whole && whole
		}
		if len(words) == 0 {
			hit.In, hit.Whole = 0, false
		}
		hits = append(hits, hit)
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.In, b.In), compareBool(b.Whole, a.Whole), a.Item.Compare(&b.Item))
	})
	return hits
}

// allNames returns the names and spellings of a State.
var allNames = remember(func(s gcm.State) (all []string) {
	if !s.IsValid() {
		return nil
	}
	for lang := range gcm.Languages() {
		all = append(all, s.Name(lang))
	}
	for v, name := range gcm.StateSpellings() {
		if v == s {
			all = append(all, name)
		}
	}
	return all
})

// spoken are words in six languages, some of them beginnings of others.
var spoken = strings.Fields("Child children Child-friendly detention detained Migrants migrant migration l’égalité d'emploi DROITS enfants " +
	"niños niñas migración дети детей ёлки Ежи ПРАВА الهجرة وهجرة للأطفال أطفال حقوق وحقوق مسؤولية 移民儿童 儿童 移民 全球契约 2030年 IOM ＩＯＭ " +
	"Kenya Germany’s Кения 肯尼亚 Deutsch climate")

func (s source) say(most int) string {
	words := make([]string, s.IntN(most+1))
	for i := range words {
		words[i] = pick(s, spoken...)
	}
	return strings.Join(words, pick(s, " ", ", ", " – ", "，"))
}

// told returns a pledge with texts of few words.
func (s source) told(pledges int) described {
	p := described{facets: s.manyFacets(pledges)}
	for i := range p.facets.Pledgers {
		by := &p.facets.Pledgers[i]
		by.Key = PledgerKey(s.say(3), by.Category, by.State)
	}
	for i := range p.facets.Themes {
		p.facets.Themes[i] = strings.ToLower(pick(s, spoken...)) + "-" + p.facets.Themes[i]
	}
	p.facets = once(p.facets)
	if s.IntN(5) > 0 {
		p.texts = textsOf(s.say(6), "", "")
		for range p.facets.Pledgers {
			p.names = append(p.names, s.say(2))
		}
	}
	return p
}

// typed returns what somebody may type, and its words.
func (s source) typed() (text string, words []string) {
	text = s.say(3)
	if letters := []rune(text); s.IntN(2) == 0 && len(letters) > 2 {
		text = string(letters[:len(letters)-s.IntN(3)])
	}
	for _, w := range slowWords(text) {
		for _, head := range strings.Fields("ال لل وال ولل") {
			if rest, ok := strings.CutPrefix(w, head); ok && len([]rune(rest)) >= 2 {
				w = rest
			}
		}
		if !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return text, words
}

// search returns hits without what the reference doesn't say.
func (x *Index) search(q Query, text string, limit int) (total int, hits []Hit) {
	f := x.Search(q, text, limit)
	for _, h := range f.Hits {
		h.Topics, h.Places = nil, nil
		hits = append(hits, h)
	}
	return f.Total, hits
}

func TestSearchFindsWhatASlowOneFindsWhateverIsPutAndRemoved(t *testing.T) {
	for _, pledges := range []int{30, 400, blockRows + 100} {
		s := newSource(uint64(pledges))
		x, slow := new(Index), slowItems{}
		found := 0
		rounds := 12
		if pledges > blockRows {
			rounds = 7
		}
		for round := range rounds {
			for range 1 + s.IntN(pledges/min(4, round+1)) {
				if id := numbered(s.IntN(pledges)); s.IntN(5) == 0 {
					x.Remove(id)
					delete(slow, id)
					continue
				}
				p := s.told(pledges)
				x.putDescribed(p)
				slow.put(p)
			}
			if round == 5 {
				merged := new(Index)
				merged.Merge(x)
				x = merged
			}
			queries := 20
			if pledges > blockRows {
				queries = 3
			}
			for range queries {
				q := s.query()
				text, words := s.typed()
				want := slow.search(q, words)
				limit := pick(s, 0, 1, 3, 10, 10_000)
				total, got := x.search(q, text, limit)
				if first := want[:min(len(want), limit)]; total != len(want) || len(got)+len(first) > 0 && !reflect.DeepEqual(got, first) {
					t.Fatalf("%d pledges, round %d, %q of %v: %d, want %d\ngot  %+v\nwant %+v", pledges, round, text, q, total, len(want), got, first)
				}
				found += total
			}
		}
		if found < 100 {
			t.Errorf("of %d pledges only %d were found", pledges, found)
		}
	}
}

func TestSearchObeysItsLaws(t *testing.T) {
	s := newSource(23)
	x, slow := new(Index), slowItems{}
	for range 600 {
		p := s.told(500)
		x.putDescribed(p)
		slow.put(p)
	}
	ids := func(hits []Hit) (all []ID) {
		for _, h := range hits {
			all = append(all, h.ID)
		}
		return all
	}
	for range 300 {
		q := s.query()
		text, _ := s.typed()
		found := x.Search(q, text, 1000)
		if found.Total != len(found.Hits) {
			t.Fatalf("%q: a total of %d, and %d hits", text, found.Total, len(found.Hits))
		}
		// A search of a query is the query of a search.
		var those []ID
		for _, h := range x.Search(Query{IncludeWithdrawn: true}, text, 1000).Hits {
			if f, _ := x.Get(h.ID); q.Matches(&f) {
				those = append(those, h.ID)
			}
		}
		if !slices.Equal(ids(found.Hits), those) {
			t.Fatalf("%q of %v: %v, want %v", text, q, ids(found.Hits), those)
		}
		// Further words never find more, and an empty text all.
		more, _ := s.typed()
		for _, h := range x.Search(q, text+" "+more, 1000).Hits {
			if !slices.Contains(those, h.ID) {
				t.Fatalf("%q doesn't find %v, but %q does", text, h.ID, text+" "+more)
			}
		}
		// What is found is counted like anything else.
		var few Index
		for _, h := range found.Hits {
			f, _ := x.Get(h.ID)
			few.Put(f)
		}
		if got, want := found.Counts(), few.Count(Query{IncludeWithdrawn: true}); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q of %v:\ngot  %+v\nwant %+v", text, q, got, want)
		}
		for _, h := range found.Hits {
			for start, end := range found.Marks(h.Title) {
				if part := h.Title[start:end]; len(slowWords(part)) == 0 {
					t.Fatalf("%q marks %q of %q", text, part, h.Title)
				}
			}
		}
	}
	if got, want := x.Search(Query{}, " — ", 7), x.Newest(Query{}, 7); got.Total != x.Count(Query{}).Total || len(got.Hits) != 7 || !reflect.DeepEqual(got.Hits[6].Item, want[6]) || got.Hits[0].In != 0 {
		t.Errorf("a text without words finds %+v, want %+v", got.Hits, want)
	}
	if got := (*Found).Counts(new(Found)); got.Total != 0 {
		t.Error("nothing counts")
	}
	if got := new(Index).Search(Query{}, "a", 5); got.Total != 0 || got.Hits != nil || got.Counts().Total != 0 {
		t.Errorf("an empty index has %+v", got)
	}
}

func TestSearchRanksTitlesBeforePledgersBeforeTopicsBeforePlaces(t *testing.T) {
	x := new(Index)
	put := func(n byte, f Facets, title, pledger string) {
		f.ID, f.Announced = ID{15: n}, gcm.DateOf(2022, 5, int(n))
		x.putDescribed(described{facets: f, names: []string{pledger}, texts: textsOf(title, "", "")})
	}
	kenya, city := Pledger{"KEN", gcm.MemberState, state("KEN")}, Pledger{PledgerKey("City of Nairobi", gcm.LocalAuthority, state("KEN")), gcm.LocalAuthority, state("KEN")}
	put(9, Facets{Pledgers: []Pledger{city}}, "Housing", "City of Nairobi")
	put(8, Facets{Implementing: []gcm.State{state("KEN")}}, "Housing in Nairobi", "IOM")
	put(7, Facets{Themes: []string{"kenya-programme"}}, "Housing", "IOM")
	put(6, Facets{Pledgers: []Pledger{kenya}}, "Housing", "Republic of Kenya")
	put(5, Facets{}, "Kenyan housing", "IOM")
	put(4, Facets{}, "Housing in Kenya", "IOM")
	put(3, Facets{}, "KENYA: Housing", "IOM")
	put(2, Facets{}, "Housing elsewhere", "IOM")

	f := x.Search(Query{}, "kenya", 100)
	var order []byte
	for _, h := range f.Hits {
		order = append(order, h.ID[15])
	}
	if want := []byte{4, 3, 5, 6, 7, 9, 8}; !slices.Equal(order, want) {
		t.Errorf("in the order %v, want %v", order, want)
	}
	for i, want := range []Where{InTitle, InTitle, InTitle, InPledger, InTopic, InPlace, InPlace} {
		if f.Hits[i].In != want || f.Hits[i].Whole != (i != 2) {
			t.Errorf("hit %d is in %v, whole %v; want %v", i, f.Hits[i].In, f.Hits[i].Whole, want)
		}
	}
	if h := f.Hits[4]; !slices.Equal(h.Topics, []string{"kenya-programme"}) || h.Places != nil {
		t.Errorf("%+v", h)
	}
	if h := f.Hits[6]; !slices.Equal(h.Places, []gcm.State{state("KEN")}) || h.Topics != nil {
		t.Errorf("%+v", h)
	}
	for _, text := range []string{"Kénya", "кения", "كينيا", "肯尼亚", "Kenia"} {
		if got := x.Search(Query{}, text, 0).Total; got < 3 {
			t.Errorf("%s finds %d of the pledges of Kenya or in it", text, got)
		}
	}
	// Words in several parts: the farthest one ranks.
	for text, want := range map[string]Where{"housing": InTitle, "kenya republic housing": InPledger, "nairobi housing ken": InPlace} {
		if h := x.Search(Query{}, text, 1).Hits; len(h) == 0 || h[0].In != want {
			t.Errorf("%s: %+v", text, h)
		}
	}
	var marked []string
	for start, end := range f.Marks("Kenyan housing in KENYA") {
		marked = append(marked, "Kenyan housing in KENYA"[start:end])
	}
	if !slices.Equal(marked, []string{"Kenya", "KENYA"}) {
		t.Errorf("marked: %q", marked)
	}
}

func TestSearchWhileOthersWriteFindsWhatIsThereAtOneMoment(t *testing.T) {
	const pledges = 200
	x := new(Index)
	put := func(n int, word string, revision int) {
		f := Facets{ID: numbered(n), Updated: gcm.InstantOfUnix(int64(revision), 0)}
		x.putDescribed(described{facets: f, texts: textsOf(word+" title", "", "")})
	}
	for n := range pledges {
		put(n, "even", 1)
	}
	var wait sync.WaitGroup
	stop := make(chan struct{})
	wait.Go(func() { // each pledge has one of two words at any time
		r := rand.New(rand.NewPCG(1, 2))
		for revision := 2; ; revision++ {
			select {
			case <-stop:
				return
			default:
			}
			put(r.IntN(pledges), [...]string{"even", "odd"}[r.IntN(2)], revision)
		}
	})
	for range 100 {
		f := x.Search(Query{}, "even", pledges)
		seen := map[ID]bool{}
		for _, h := range f.Hits {
			if h.Title != "even title" || seen[h.ID] {
				t.Fatalf("found %+v", h)
			}
			seen[h.ID] = true
		}
		if len(f.Hits) != f.Total || f.Counts().Total != f.Total {
			t.Fatalf("a total of %d, %d hits, and %d counted", f.Total, len(f.Hits), f.Counts().Total)
		}
		if all := x.Search(Query{}, "title", 0); all.Total != pledges {
			t.Fatalf("%d have the word that all have", all.Total)
		}
	}
	close(stop)
	wait.Wait()
}

// Preparing takes several steps where there are many pledges, none if nothing has changed,
// and one after a change.
func TestSearchIsPreparedInSteps(t *testing.T) {
	x := new(Index)
	for n := range 2*blockRows + 1 {
		x.putDescribed(described{facets: Facets{ID: numbered(n)}, texts: textsOf("title", "", "")})
	}
	steps := func() (n int) {
		for n = 1; !x.PrepareSearch(); n++ {
		}
		return n
	}
	if n := steps(); n < 3 {
		t.Errorf("prepared in %d steps", n)
	}
	if x.Put(Facets{ID: numbered(3), Status: gcm.Planned}); steps() != 1 || x.Search(Query{}, "title", 0).Total != 2*blockRows {
		t.Error("not prepared after a change")
	}
}

func TestWhereHasANameForEachPart(t *testing.T) {
	for w, want := range map[Where]string{0: "", InTitle: "title", InPledger: "pledger", InTopic: "topic", InPlace: "place", 9: "Where(9)"} {
		if w.String() != want || w.IsValid() != (w > 0 && w < 9) {
			t.Errorf("%d is %q, valid %v", w, w.String(), w.IsValid())
		}
	}
}
