package tally

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/search"
)

// words are the texts of an index that are searched. A name of a pledger and a topic are
// there once, by their numbers in the index, however many pledges have them.
type words struct {
	texts  [kindsOfText]search.Texts
	states search.Pages // the names of each State in the languages that there are
	known  string       // one of these in each language, see stateNames
}

// The kinds of texts, and what their numbers are.
const (
	textTitle   = iota // rows
	textPledger        // of Index.pledgers
	textTheme          // of Index.themes
	kindsOfText
)

// searched returns a text that is searched.
func (x *Index) searched(kind int, number uint32) string {
	switch kind {
	case textTitle:
		title, _, _ := x.textsOf(number).split()
		return title
	case textTheme:
		return x.themes.values[number]
	}
	p := &x.pledgers.values[number]
	if p.name != "" || p.pledgesAsState() { // it has the names of the State, too
		return p.name
	}
	name, _, _ := strings.Cut(x.keys.values[p.key], "\n")
	return name
}

// fold folds at most so many pages of texts, and reports whether all are folded. The
// index is locked.
func (x *Index) fold(most int) bool {
	rows := 0
	if n := len(x.records); n > 0 {
		rows = (n-1)*blockRows + len(x.records[n-1])
	}
	sizes := [...]int{textTitle: rows, textPledger: len(x.pledgers.values), textTheme: len(x.themes.values)}
	for kind, size := range sizes {
		most = x.words.texts[kind].Fold(size, most, func(number uint32) string { return x.searched(kind, number) })
	}
	return most > 0
}

// finder returns a finder of words. The index is locked.
func (x *Index) finder(all []search.Word) *finder {
	f := &finder{words: all, version: x.version()}
	if len(all) == 0 {
		return f
	}
	for !x.fold(blockRows / search.PageSize) {
	}
	for kind := range f.pages {
		f.pages[kind] = x.words.texts[kind].Pages()
	}
	states := x.words.stateNames()
	f.wanted = make([]wanted, len(all))
	for i := range f.wanted {
		w := &f.wanted[i]
		w.word = &all[i]
		w.pledgers, w.themes, w.states = f.pages[textPledger].Set(w.word), f.pages[textTheme].Set(w.word), states.Set(w.word)
	}
	return f
}

// stateNames returns the names of each State in the languages that there are. A page may
// get further ones at any time, and has them folded again then.
func (w *words) stateNames() search.Pages {
	germany, _ := gcm.StateFromAlpha3("DEU") // has another name in each language
	known := ""
	for lang := gcm.English; lang.IsValid(); lang++ {
		known += germany.Name(lang)
	}
	if known == w.known {
		return w.states
	}
	var all [1 << 8]string
	for lang := gcm.English; lang.IsValid(); lang++ {
		for s := gcm.State(1); s.IsValid(); s++ {
			if name := s.Name(lang); lang == gcm.English || name != s.Name(gcm.English) {
				all[s] += " " + name
			}
		}
	}
	addSpellings(&all)
	var t search.Texts
	t.Fold(len(all), len(all), func(n uint32) string { return all[n] })
	w.states, w.known = t.Pages(), known
	return w.states
}

// finder looks for words in an index as it was at one moment.
type finder struct {
	words   []search.Word
	wanted  []wanted
	version *Version
	pages   [kindsOfText]search.Pages
}

// wanted is a word, and the numbers of pledgers, topics and States of which the names
// have it.
type wanted struct {
	word                     *search.Word
	pledgers, themes, states search.Set
}

// ranks are the parts of a pledge in which its words are, twice: all of them whole words,
// or not.
const ranks = 2 * int(InPlace)

// ranked are the rows of a block that have all words, by rank.
type ranked [ranks]fast.Bitmap

// find finds the pledges that a query selects and that have all words.
func (f *finder) find(q *Query) []ranked {
	sets, selected := make([]ranked, len(f.version.blocks)), f.version.selection(q)
	for i, b := range f.version.blocks {
		if s := selected.of(b); s != (fast.Bitmap{}) {
			f.findIn(i, b, &s, &sets[i])
		}
	}
	return sets
}

// findIn ranks the selected rows of a block.
func (f *finder) findIn(block int, b *block, selected *fast.Bitmap, to *ranked) {
	// For each part, the rows that have all words in the parts up to it.
	var all, whole [InPlace]fast.Bitmap
	for i := range all {
		all[i], whole[i] = *selected, *selected
	}
	for i := range f.wanted {
		m := matches{among: all[InPlace-1]}
		for part := range all {
			f.match(block, b, &f.wanted[i], InTitle+Where(part), &m)
			all[part].And(&m.all)
			whole[part].And(&m.whole)
		}
	}
	var known fast.Bitmap
	for part := range all {
		all[part].AndNot(&known)
		known.Or(&all[part])
		to[2*part], to[2*part+1] = all[part], all[part]
		to[2*part].And(&whole[part])
		to[2*part+1].AndNot(&whole[part])
	}
}

// matches are the rows of a block, among some, that have a word.
type matches struct{ among, all, whole fast.Bitmap }

// match adds the rows that have the word in a part.
func (f *finder) match(block int, b *block, w *wanted, in Where, m *matches) {
	v := f.version
	switch in {
	case InTitle:
		m.pages(f.pages[textTitle], w.word, block)
	case InPledger:
		m.column(&b.pledgers, func(n uint32) (any, whole bool) {
			any, whole = w.pledgers.Has(n)
			if p := &v.pledgers[n]; !whole && p.pledgesAsState() {
				a, w := w.states.Has(uint32(p.state))
				any, whole = any || a, w
			}
			return any, whole
		})
	case InTopic:
		m.column(&b.themes, w.themes.Has)
	case InPlace:
		m.column(&b.places, func(n uint32) (any, whole bool) {
			for _, s := range []byte(v.places[n]) {
				a, w := w.states.Has(uint32(s))
				any, whole = any || a, whole || w
			}
			return any, whole
		})
		m.column(&b.pledgers, func(n uint32) (bool, bool) { return w.states.Has(uint32(v.pledgers[n].state)) })
	}
}

// pages adds rows by a text that each has.
func (m *matches) pages(pages search.Pages, w *search.Word, block int) {
	for i, among := range m.among {
		all, whole := pages.Match(w, block*len(m.among)+i, among)
		m.all[i] |= all
		m.whole[i] |= whole
	}
}

// column adds rows by the numbers that they have in a column.
func (m *matches) column(c *fast.Column, has func(number uint32) (any, whole bool)) {
	s := m.among
	c.Keep(&s, func(n uint32) bool { any, _ := has(n); return any })
	if s == (fast.Bitmap{}) {
		return
	}
	m.all.Or(&s)
	c.Keep(&s, func(n uint32) bool { _, whole := has(n); return whole })
	m.whole.Or(&s)
}

// explain says which topics and places of a pledge have a word.
func (f *finder) explain(e *entry, h *Hit) {
	v := f.version
	for _, n := range e.themes {
		if f.any(n, func(w *wanted) search.Set { return w.themes }) {
			h.Topics = append(h.Topics, v.themes[n])
		}
	}
	var states [1 << 8]bool
	if e.Place != 0 {
		for _, s := range []byte(v.places[e.Place]) {
			states[s] = true
		}
	}
	for _, n := range e.pledgers {
		states[v.pledgers[n].state] = true
	}
	for s, is := range states {
		if is && f.any(uint32(s), func(w *wanted) search.Set { return w.states }) {
			h.Places = append(h.Places, gcm.State(s))
		}
	}
}

// any reports whether the text of a number has one of the words.
func (f *finder) any(number uint32, of func(*wanted) search.Set) bool {
	for i := range f.wanted {
		if any, _ := of(&f.wanted[i]).Has(number); any {
			return true
		}
	}
	return false
}
