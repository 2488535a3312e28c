package tally

import (
	"bytes"
	"iter"
	"strings"
	"unsafe"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// texts is what of a pledge only lists show, but for the names of pledgers, which are
// in the dictionary of these:
//
//	size of the language, language, size of the link (2 bytes, the higher first), link, title
//
// It is empty where texts aren't kept. Those of the pledges of a block stand one
// behind the other, and are never written over. Of two revisions that count alike the
// one counts of which this comes later.
type texts []byte

// appendTexts appends the texts of a record.
func appendTexts(t texts, record []byte, l *fast.Listed) texts {
	start := len(t)
	t = l.Language.Append(append(t, 0), record)
	if n := len(t) - start - 1; n <= mostOfLanguage {
		t[start] = byte(n)
	} else {
		t = t[:start+1]
	}
	start = len(t)
	t = l.Link.Append(append(t, 0, 0), record)
	n := len(t) - start - 2
	t[start], t[start+1] = byte(n>>8), byte(n)
	start = len(t)
	if t = l.Title.Append(t, record); len(t)-start > mostOfText {
		t = append(t[:start], cut(string(t[start:]), mostOfText)...)
	}
	return t
}

// split returns the texts. They are borrowed from t.
func (t texts) split() (title, language, link string) {
	return splitTexts(unsafe.String(unsafe.SliceData(t), len(t)))
}

// splitTexts is split for texts as a string.
//
//go:noinline // it is long
func splitTexts(all string) (title, language, link string) {
	if all == "" {
		return "", "", ""
	}
	behind := 1 + int(all[0])
	start := behind + 2
	end := start + int(all[behind])<<8 + int(all[behind+1])
	return all[end:], all[1:behind], all[start:end]
}

// textsOf returns the texts of the pledge in a row.
//
//go:noinline // it is long
func (x *Index) textsOf(row uint32) texts {
	if block := int(row / blockRows); block < len(x.texts) {
		return x.texts[block].Of(uint16(row % blockRows))
	}
	return nil
}

// setTexts gives a row its texts, in place of those that it had.
func (x *Index) setTexts(row uint32, t texts) {
	x.words.texts[textTitle].Change(row)
	block, at := int(row/blockRows), uint16(row%blockRows)
	if block < len(x.texts) {
		x.texts[block].Clear(at)
	}
	if len(t) > 0 {
		page := x.textPage(block)
		*page = (*page).With(at, t)
	}
}

// textPage returns where the texts of a block are.
//
//go:noinline // it is long
func (x *Index) textPage(block int) **fast.Lists[byte] {
	for len(x.texts) <= block {
		x.texts = append(x.texts, nil)
	}
	return &x.texts[block]
}

// namesOf returns the names of the pledgers of an entry.
func (x *Index) namesOf(e *entry) (names []string) {
	for _, n := range e.pledgers {
		names = append(names, x.pledgers.values[n].name)
	}
	return names
}

// compareTexts orders two revisions that count alike, one that comes and the one in a
// row. One without texts comes before all others.
func (x *Index) compareTexts(e *entry, row uint32) int {
	if c := bytes.Compare(e.texts, x.textsOf(row)); c != 0 || len(e.texts) == 0 {
		return c
	}
	return x.blocks[row/blockRows].pledgers.Compare(e.pledgers, uint16(row%blockRows), func(m, n uint32) int {
		return strings.Compare(x.pledgers.values[m].name, x.pledgers.values[n].name)
	})
}

// Text is what there is of a pledge to be searched, as its author wrote it, so it is
// foreign to any page. Titles and names are cut as those of an [Item] are.
type Text struct {
	_        [0]func() // without a function that compares two, which would be in the page
	ID       ID
	Title    string
	Language string      // of the title, BCP 47; empty if it isn't stated
	Pledgers []string    // their names; empty where only the State is stated
	States   []gcm.State // of these pledgers, 0 where none is stated
	Themes   []string
}

// Text returns what there is to be searched of the pledge in a row: see [Index.Row]. It
// reports false if there is none. Titles and names are empty unless the index comes
// from a [Reader] that keeps them. The strings share memory with the index. A program
// that keeps a few of them for long should clone them.
func (x *Index) Text(row uint32) (t Text, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return t, x.text(row, &t)
}

// Texts yields every pledge, withdrawn ones included, by its row in the order of these:
// see [Index.Text]. The index can be written to meanwhile; what is put then may or may
// not be among them. The slices are valid until the next iteration.
func (x *Index) Texts() iter.Seq2[uint32, Text] {
	return func(yield func(uint32, Text) bool) {
		var t Text
		for block := uint32(0); ; block++ {
			rows := x.rowsOf(block)
			if rows < 0 {
				return
			}
			for row := block * blockRows; row < block*blockRows+uint32(rows); row++ {
				x.mu.Lock()
				ok := x.text(row, &t)
				x.mu.Unlock()
				if ok && !yield(row, t) {
					return
				}
			}
		}
	}
}

// rowsOf returns how many rows a block has, less than 0 if there is no such block.
func (x *Index) rowsOf(block uint32) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	if int(block) >= len(x.records) {
		return -1
	}
	return len(x.records[block])
}

// text is Text, into t and the memory of its slices.
func (x *Index) text(row uint32, t *Text) bool {
	block, at := int(row/blockRows), uint16(row%blockRows)
	if block >= len(x.blocks) || !x.blocks[block].live.Has(at) {
		return false
	}
	t.ID = x.record(row).id
	t.Title, t.Language, _ = x.textsOf(row).split()
	t.Pledgers, t.States, t.Themes = t.Pledgers[:0], t.States[:0], t.Themes[:0]
	e, b := &x.there, x.blocks[block]
	e.begin()
	for _, n := range b.pledgers.AppendAll(e.pledgers, at) {
		p := &x.pledgers.values[n]
		t.Pledgers, t.States = append(t.Pledgers, p.name), append(t.States, p.state)
	}
	for _, n := range b.themes.AppendAll(e.themes, at) {
		t.Themes = append(t.Themes, x.themes.values[n])
	}
	return true
}
