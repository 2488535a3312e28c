package search

import (
	"strings"
	"unicode/utf8"
)

// MaxWords is how many words are looked for; further ones aren't.
const MaxWords = 16

// Word is a word that is looked for. A text has it where one of its words begins with
// it, or is the word itself, which ranks before.
//
// What is written without blanks may have it anywhere. An Arabic word may have the
// article, "and", or both before it.
type Word struct {
	_      [0]func() // without a function that compares two, which would be in the page
	folded string
	joined bool // it is written without blanks around it
	arabic bool
}

// Words returns the different words of a text.
func Words(text string) (all []Word) {
	folded := Folded(text)
	for folded != "" && len(all) < MaxWords {
		word, _, _ := strings.Cut(folded[1:], " ")
		folded = folded[1+len(word):]
		first, _ := utf8.DecodeRuneInString(word)
		w := Word{joined: isJoined(first), arabic: arabicFirst <= first && first < arabicEnd}
		if w.folded = word; w.arabic {
			w.folded = withoutArticle(word)
		}
		known := false
		for i := range all {
			known = known || all[i].folded == w.folded
		}
		if !known {
			all = append(all, w)
		}
	}
	return all
}

// String returns the word as it is looked for.
func (w Word) String() string { return w.folded }

// articles are what Arabic writes together with the word behind it: the article, alone
// and with "with", "as", "so" and "for". Before them, or without them, may be "and". They
// are those of the light stemmer of Larkey, Ballesteros and Connell (2002).
var articles = [...]string{"ال", "بال", "كال", "فال", "لل"}

const and = "و"

// How many bytes a word has at least for something to be written before it: two
// letters, and three for "and", with which many short words begin.
const (
	leastBehindArticle = 4
	leastBehindAnd     = 6
)

// withoutArticle returns a word without the article.
func withoutArticle(folded string) string {
	for _, s := range articles {
		if rest, ok := strings.CutPrefix(strings.TrimPrefix(folded, and), s); ok && len(rest) >= leastBehindArticle {
			return rest
		}
	}
	return folded
}

// in looks for the word at or behind i in folded texts, and returns where it is, and
// whether it ends a word there; -1 if it isn't there.
func (w *Word) in(folded string, i int) (at int, whole bool) {
	for {
		n := strings.Index(folded[i:], w.folded)
		if n < 0 {
			return -1, false
		}
		if at = i + n; w.joined {
			return at, true
		}
		if folded[at-1] == ' ' || w.arabic && w.follows(folded[:at]) {
			end := at + len(w.folded)
			return at, end == len(folded) || folded[end] == ' '
		}
		if i = at + 1; !w.arabic { // a blank would have to be in the word
			i = at + len(w.folded)
		}
	}
}

// follows reports whether the word may follow what a folded text ends with.
func (w *Word) follows(folded string) bool {
	const most = len(" وبال")
	folded = folded[max(0, len(folded)-most):]
	head := folded[strings.LastIndexByte(folded, ' ')+1:]
	if len(head) == most {
		return false
	}
	if head == and {
		return len(w.folded) >= leastBehindAnd
	}
	head = strings.TrimPrefix(head, and)
	for _, s := range articles {
		if head == s {
			return len(w.folded) >= leastBehindArticle
		}
	}
	return false
}

// Range is a part of a text, in bytes.
type Range struct{ Start, End int }

// Ranges returns where the words are in a text, in its order. Where they touch or overlap
// is one range. Each begins and ends between letters, a letter having its marks.
func Ranges(words []Word, text string) (all []Range) {
	// Where each letter, or what parts words, begins in the text, and ends when folded.
	type letter struct{ start, end int }
	letters, n := make([]letter, len(text)+1), 0
	var f folder
	for i, r := range text {
		if f.letter(fold(r)) {
			letters[n] = letter{i, len(f.b)}
			n++
		}
	}
	letters[n].start = len(text)
	folded, has := string(f.b), make([]bool, len(f.b))
	for i := range words {
		size := len(words[i].folded)
		for at, _ := words[i].in(folded, 0); at >= 0; at, _ = words[i].in(folded, at+size) {
			for j := range size {
				has[at+j] = true
			}
		}
	}
	at, before := 0, false
	for i := range n {
		in := false
		for ; at < letters[i].end; at++ {
			in = in || has[at]
		}
		if in && !before {
			all = append(all, Range{Start: letters[i].start})
		}
		if in {
			all[len(all)-1].End = letters[i+1].start
		}
		before = in
	}
	return all
}
