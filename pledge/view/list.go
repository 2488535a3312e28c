package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// newest returns the newest pledges, and how many of all they are; a note in
// their place if there are none.
func (r *renderer) newest() *list {
	items := r.s.Items[:min(len(r.s.Items), tally.MaxItems)] // a snapshot that somebody has made up may have more
	if len(items) == 0 {
		if r.s.Counts.Total == 0 {
			return &list{note: r.say(locale.NoPledges)}
		}
		return &list{note: r.say(locale.NoList)}
	}
	return r.list(string(r.share(locale.NewestNamed, len(items), r.s.Counts.Total)), items)
}

func (r *renderer) list(caption string, items []tally.Item) *list {
	l := &list{caption: caption}
	for i := range items {
		l.items = append(l.items, r.item(&items[i]))
	}
	return l
}

// listed returns all pledges, of which one part is shown, in an order that a reader
// can choose; the newest first unless that is another one.
func (r *renderer) listed() *list {
	part, usual := r.o.Part, OrderNewest
	if r.s.Search != "" {
		usual = OrderBest
	}
	if part == nil {
		part = &Part{Order: usual, Items: r.s.Items}
	}
	items := part.Items[:min(len(part.Items), tally.MaxItems)]
	if len(items) == 0 {
		return r.newest()
	}
	l := r.list(r.say(locale.Listed), items)
	l.sortBy = r.say(locale.Sort)
	for o, words := range [...]locale.Message{locale.SortBest, locale.SortNewest, locale.SortPledger, locale.SortTitle} {
		order := [...]Order{OrderBest, OrderNewest, OrderPledger, OrderTitle}[o]
		c := choice{name: "order", words: r.say(words), pressed: order == part.Order}
		if order != usual { // which needn't be named
			c.value = order.String()
		}
		if order != OrderBest || order == usual {
			l.sort = append(l.sort, c)
		}
	}
	value := func(name string, n int) locale.Value { return locale.Value{Name: name, Text: r.number(n)} }
	total := r.s.Counts.Total
	from, to := part.From+1, part.From+len(items)
	// Pages are numbered from 1, which needn't be said.
	page := func(m locale.Message, n int) choice {
		c := choice{name: "page", words: r.say(m), pressed: n < 1 || (n-1)*tally.MaxItems >= total}
		if n > 1 && !c.pressed {
			c.value = strconv.Itoa(n)
		}
		return c
	}
	now := part.From/tally.MaxItems + 1
	l.pager = &pager{
		locale.PageOf.In(r.lang).Fill(value("from", from), value("to", to), value("all", total)),
		page(locale.Previous, now-1), page(locale.Next, now+1),
	}
	return l
}

// item returns a pledge: its title in its own language, as a link if it has an
// https one, who pledges and since when, how far it has come, and its objectives.
func (r *renderer) item(i *tally.Item) item {
	title := foreignIn(i.Language, i.Title, mostOfTitle)
	if title == nil {
		title = words(r.say(locale.Untitled))
	}
	title = r.found(title)
	if href, ok := httpsLink(i.Link); ok {
		title = title.linked(href)
	}
	by := r.found(r.pledgers(i))
	if i.Announced.IsValid() {
		if by != nil {
			by = by.add(piece{text: separator})
		}
		by = by.add(r.date(i.Announced))
	}
	it := item{title: title, by: by, state: notStated, status: i.Status.Label(r.lang), objectives: r.say(locale.ObjectivesOf)}
	if i.Status.IsValid() {
		it.state = i.Status.String()
	} else {
		it.status = r.say(locale.NotStated)
	}
	for o := range i.Objectives.All() {
		it.numbers = append(it.numbers, r.number(int(o)))
	}
	return it
}

// found returns a phrase in which the words that are searched for are marked.
func (r *renderer) found(p phrase) phrase {
	if r.s.Search == "" {
		return p
	}
	for i := range p {
		for start, end := range r.s.Marks(p[i].text) {
			p[i].found = append(p[i].found, stretch{start, end})
		}
	}
	return p
}

// pledgers returns who pledges, "Sierra Leone and 2 more": a State by its name
// in the language of the view, others by the name that the feed gives them;
// nothing if it gives none.
func (r *renderer) pledgers(i *tally.Item) phrase {
	first := foreignText(i.Pledger, mostOfTitle)
	if i.State.IsValid() {
		first = words(i.State.Name(r.lang))
	}
	if first == nil || i.More <= 0 {
		return first
	}
	return say(locale.AndMore.Counted(r.lang, i.More), place{"pledger", first}, place{"n", words(r.number(i.More))})
}

// date returns a date with as much of it as is known.
func (r *renderer) date(d gcm.Date) piece {
	return piece{text: locale.Date(r.lang, d), kind: dated, data: d.String()}
}
