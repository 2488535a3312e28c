package wasm

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/wasm/locale"
)

// objectives returns what is in a view of the 23 objectives.
func (r *renderer) objectives() []node {
	return []node{
		r.head(),
		r.objectivesNamed(),
		r.objectivesTable(),
		part("p", "note", r.words(locale.NotAdditive)),
		r.foot(),
		r.definition(),
	}
}

// objectivesNamed returns how many objectives have a pledge.
func (r *renderer) objectivesNamed() node {
	n := 0
	for o := range objectives.All() {
		if r.s.Counts.Objectives[o] > 0 {
			n++
		}
	}
	return part("p", "named", say(locale.ObjectivesNamed.In(r.lang),
		place{"n", r.number(n)},
		place{"all", r.number(objectives.Count)})...)
}

// objectivesTable returns a table of the objectives with a bar for each, and of
// the pledges that name none, if there are any. The bars are for the eye only:
// each has its number beside it.
func (r *renderer) objectivesTable() node {
	counts := &r.s.Counts.Objectives
	greatest := 0
	for _, n := range counts {
		greatest = max(greatest, n)
	}
	var rows []node
	for o := range objectives.All() {
		heading := say(locale.ObjectiveRow.In(r.lang),
			place{"number", text(o.String())},
			place{"title", r.shortTitle(o)})
		heading = append(heading, text(" "), r.officialTitle(o))
		rows = append(rows, r.row("row", heading, counts[o], greatest))
	}
	if n := counts[0]; n > 0 {
		rows = append(rows, r.row("row none", []node{r.words(locale.NoObjective)}, n, greatest))
	}
	return part("table", "table",
		part("caption", "caption", r.words(locale.ByObjective)),
		part("thead", "columns", element("tr",
			element("th", r.words(locale.ObjectiveColumn)).with("scope", "col"),
			element("th", r.words(locale.PledgesColumn)).with("scope", "col"),
			element("td").with("aria-hidden", "true"))),
		part("tbody", "rows", rows...))
}

func (r *renderer) row(name string, heading []node, n, greatest int) node {
	return part("tr", name,
		part("th", "objective", heading...).with("scope", "row"),
		part("td", "value", r.number(n)),
		part("td", "bar", r.bar(n, greatest)).with("aria-hidden", "true"))
}

// bar returns a picture of n, as wide as its share of the greatest number. It
// begins where the language begins to write.
func (r *renderer) bar(n, greatest int) node {
	share := permille(n, greatest)
	fill := part("rect", "fill").with("width", percent(share)).with("height", "100%")
	if r.lang.RightToLeft() {
		fill = fill.with("x", percent(1000-share))
	}
	return part("svg", "track", fill).with("width", "100%").with("height", "12")
}

// permille returns the rounded share of n in the greatest number, 0 to 1000; at
// least 1 if n isn't 0. With whole numbers it is the same on every platform.
func permille(n, greatest int) int {
	if n <= 0 || greatest <= 0 {
		return 0
	}
	for n > 1<<40 { // leave room to multiply
		n, greatest = n>>1, greatest>>1
	}
	return min(max(1, int((int64(n)*2000+int64(greatest))/(2*int64(greatest)))), 1000)
}

// percent writes 435 as "43.5%".
func percent(permille int) string {
	s := strconv.Itoa(permille / 10)
	if tenths := permille % 10; tenths != 0 {
		s += "." + strconv.Itoa(tenths)
	}
	return s + "%"
}

// shortTitle returns the short title of an objective; in English, and marked
// so, where there is none in the language.
func (r *renderer) shortTitle(o objectives.Objective) node {
	title, given := o.Short(r.lang.String())
	return r.given(title, language(given))
}

// officialTitle returns the title of an objective in the Compact, likewise.
func (r *renderer) officialTitle(o objectives.Objective) node {
	title, given := o.Title(r.lang.String())
	return r.mark(part("span", "official", text(title)), language(given))
}

// language returns the language of a code that package objectives gives.
func language(code string) gcm.Language {
	for l := range gcm.Languages() {
		if l.String() == code {
			return l
		}
	}
	return gcm.English
}
