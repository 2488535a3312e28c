package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// newest returns the newest pledges, and how many of all they are; a note in
// their place if there are none.
func (r *renderer) newest() node {
	items := r.s.Items[:min(len(r.s.Items), tally.MaxItems)] // a snapshot that somebody has made up may have more
	if len(items) == 0 {
		note := locale.NoList
		if r.s.Counts.Total == 0 {
			note = locale.NoPledges
		}
		return part("div", "newest", part("p", "note", r.words(note)))
	}
	var lines []node
	for i := range items {
		lines = append(lines, r.item(&items[i]))
	}
	return part("div", "newest",
		part("p", "caption", say(locale.NewestNamed.In(r.lang),
			place{"n", r.number(len(items))},
			place{"all", r.number(r.s.Counts.Total)})...),
		part("ol", "items", lines...))
}

// item returns a pledge: its title in its own language, as a link if it has an
// https one, and below it who pledges and since when.
func (r *renderer) item(i *tally.Item) node {
	title := foreignIn(i.Language, i.Title, mostOfTitle)
	if title.isNothing() {
		title = r.words(locale.Untitled)
	}
	if href, ok := httpsLink(i.Link); ok {
		title = element("a", title).with("href", href)
	}
	by := r.pledgers(i)
	if i.Announced.IsValid() {
		if len(by) > 0 {
			by = append(by, text(separator))
		}
		by = append(by, r.time(i.Announced))
	}
	line := []node{part("p", "title", title)}
	if len(by) > 0 {
		line = append(line, part("p", "by", by...))
	}
	return part("li", "item", line...)
}

// pledgers returns who pledges, "Sierra Leone and 2 more": a State by its name
// in the language of the view, others by the name that the feed gives them;
// nothing if it gives none.
func (r *renderer) pledgers(i *tally.Item) []node {
	first := foreign(i.Pledger, mostOfTitle)
	if i.State.IsValid() {
		first = text(i.State.Name(r.lang))
	}
	switch {
	case first.isNothing():
		return nil
	case i.More <= 0:
		return []node{first}
	}
	return say(locale.AndMore.Counted(r.lang, i.More),
		place{"pledger", first},
		place{"n", r.number(i.More)})
}

// time returns a date with as much of it as is known.
func (r *renderer) time(d gcm.Date) node {
	return element("time", text(locale.Date(r.lang, d))).with("datetime", d.String())
}
