package search

// PageSize is how many texts are folded, and looked through, at once: as many as a set
// of 64 bits holds.
const PageSize = 64

// Texts are numbered texts to look for words in, folded, in pages of [PageSize]. A page
// is folded when it is first looked through, and again once one of its texts has changed.
// The zero value has none.
type Texts struct{ pages []*page }

// page is the folded texts of some numbers, one after another. It never changes.
type page struct {
	folded string
	ends   []uint32 // of each text; nil if all are empty
}

// Change says that the text of a number isn't what it was.
func (t *Texts) Change(number uint32) {
	if n := int(number / PageSize); n < len(t.pages) {
		t.pages[n] = nil
	}
}

// Fold folds what has changed, of the texts of the numbers below size. It folds at most
// so many pages, and returns how many more it could have folded: all is folded if
// that is any.
func (t *Texts) Fold(size, most int, text func(number uint32) string) (left int) {
	for len(t.pages) < (size+PageSize-1)/PageSize {
		t.pages = append(t.pages, nil)
	}
	var f folder
	for i, p := range t.pages {
		if p != nil {
			continue
		}
		if most == 0 {
			return 0
		}
		most--
		f.b = f.b[:0]
		ends := make([]uint32, PageSize)
		for j := range ends {
			if number := i*PageSize + j; number < size {
				f.add(text(uint32(number)))
			}
			ends[j] = uint32(len(f.b))
		}
		if len(f.b) == 0 {
			ends = nil
		}
		t.pages[i] = &page{string(f.b), ends}
	}
	return most
}

// Pages are texts as they were when all was folded. They never change.
type Pages []*page

// Pages returns the texts, all of which must be folded.
func (t *Texts) Pages() Pages { return append(Pages(nil), t.pages...) }

// Match looks for a word in the texts of a page that are in a set, and returns those that
// have it, and those that have it as a whole word: bit n stands for the number n of the
// page. A page that doesn't exist has none.
func (all Pages) Match(w *Word, page int, among uint64) (any, whole uint64) {
	if among == 0 || page >= len(all) {
		return 0, 0
	}
	p := all[page]
	for at, row := 0, 0; ; {
		end := false
		if at, end = w.in(p.folded, at); at < 0 {
			return any & among, whole & among
		}
		for int(p.ends[row]) <= at {
			row++
		}
		any |= 1 << row
		if at += len(w.folded); end {
			whole |= 1 << row
			at = int(p.ends[row])
		}
	}
}

// Set is numbers of texts that have a word. Nil is empty.
type Set []struct{ any, whole uint64 }

// Set returns the numbers of all texts that have a word.
func (all Pages) Set(w *Word) Set {
	s := make(Set, len(all))
	for i := range s {
		s[i].any, s[i].whole = all.Match(w, i, ^uint64(0))
	}
	return s
}

// Has reports whether the text of a number has the word, and as a whole word.
func (s Set) Has(number uint32) (any, whole bool) {
	i, bit := int(number/PageSize), number%PageSize
	if i >= len(s) {
		return false, false
	}
	return s[i].any>>bit&1 != 0, s[i].whole>>bit&1 != 0
}
