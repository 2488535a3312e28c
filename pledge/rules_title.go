package pledge

import (
	"slices"
	"strings"
	"unicode"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// maxCompared is how many earlier titles of the same pledgers a title is
// compared with, so that the work stays in proportion to the feed. Titles that
// are the same but for case and punctuation are found however far apart.
const maxCompared = 32

// A titleGroup has the titles of those who make pledges together.
type titleGroup struct {
	exact  map[string]int // folded title to the first record
	recent []titled       // the last maxCompared, at index modulo maxCompared
	next   int
}

type titled struct {
	index  int
	title  []rune
	digits string
}

// addTitle compares the title of a pledge with those that the same pledgers
// have made before. A pledge that is withdrawn is no duplicate, and neither is
// another revision of the same one.
func (c *feedChecker) addTitle(index int, p *Pledge) {
	title := foldTitle(p.Title)
	if title == "" {
		return
	}
	if c.titles == nil {
		c.titles = map[string]struct{}{}
	}
	c.titles[title] = struct{}{}
	key := whoPledges(p.Pledgers)
	if key == "" || p.Status == gcm.Withdrawn {
		return
	}
	g := c.groups[key]
	if g == nil {
		g = &titleGroup{exact: map[string]int{}}
		c.groups[key] = g
	}
	if first, found := g.like(title, p.ID, c.seen); found {
		c.found(index, "/title", "duplicate-likely", c.seen[first].String())
	}
	g.add(index, title)
}

// like returns the first known record whose title is nearly the same.
func (g *titleGroup) like(title string, id uuid.UUID, ids []uuid.UUID) (index int, found bool) {
	if first, same := g.exact[title]; same && ids[first] != id {
		return first, true
	}
	runes, digits := []rune(title), digitsOf(title)
	for _, t := range g.recent {
		if ids[t.index] != id && t.digits == digits && near(t.title, runes) && (!found || t.index < index) {
			index, found = t.index, true
		}
	}
	return index, found
}

func (g *titleGroup) add(index int, title string) {
	if _, known := g.exact[title]; !known {
		g.exact[title] = index
	}
	t := titled{index, []rune(title), digitsOf(title)}
	if len(g.recent) < maxCompared {
		g.recent = append(g.recent, t)
	} else {
		g.recent[g.next%maxCompared] = t
	}
	g.next++
}

// whoPledges returns a key of the pledgers without regard to their order.
func whoPledges(pledgers []Pledger) string {
	keys := make([]string, 0, len(pledgers))
	for _, by := range pledgers {
		if key := tally.PledgerKey(by.Name, by.Category, by.State); key != "\n" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return strings.Join(slices.Compact(keys), "\x00")
}

// foldTitle returns the small letters and digits of a title, with one blank
// for whatever stands between.
func foldTitle(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range title {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// digitsOf returns the numbers in a title. Titles that differ in a number are
// of a series and not the same: "Objective 7", "Objective 8".
func digitsOf(title string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(title, " ") {
		if strings.ContainsFunc(word, unicode.IsDigit) {
			b.WriteString(word)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// maxTitle is how long a title may be to be compared letter by letter, so that
// a feed of very long ones takes no longer.
const maxTitle = 256

// near reports whether few letters have to change to make one title of the
// other: one in ten of the shorter, and eight at most.
func near(a, b []rune) bool {
	return len(a) <= maxTitle && len(b) <= maxTitle && distanceWithin(a, b, min(len(a)/10, len(b)/10, 8))
}

// distanceWithin reports whether the edit distance of two texts is at most k.
// It looks at the diagonal only, so that it takes k times the length.
func distanceWithin(a, b []rune, k int) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > k {
		return false
	}
	const far = 1 << 20
	row := make([]int, len(b)+1) // of the distances to the beginnings of b
	for j := range row {
		row[j] = j
	}
	for i, r := range a {
		from, to := max(1, i+1-k), min(len(b), i+1+k)
		diagonal, left := row[from-1], far
		if from == 1 {
			left = i + 1
		}
		row[from-1] = left
		best := left
		for j := from; j <= to; j++ {
			above := row[j]
			if j == i+1+k {
				above = far // outside of what the last row has seen
			}
			d := diagonal
			if r != b[j-1] {
				d = 1 + min(diagonal, above, left)
			}
			diagonal, row[j], left = above, d, d
			best = min(best, d)
		}
		if best > k {
			return false
		}
	}
	return row[len(b)] <= k
}
