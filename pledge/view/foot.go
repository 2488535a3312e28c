package view

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// foot returns where the numbers are from, of when they are, and what they mean.
func (r *renderer) foot() foot {
	f := foot{summary: r.say(locale.WhatIsCounted), definition: r.definition(), sources: r.sources()}
	f.date, f.dating = r.dated()
	f.freshness, f.fresh = r.fresh()
	f.source, f.cite = r.origin(), r.cite()
	if _, _, at, offset := r.when(); f.dating == "as-of" {
		f.dated = phrase{r.date(at.DateAt(offset))}
	} else {
		f.dated = f.date
	}
	if month := r.month(); month.IsValid() {
		f.month = phrase{r.date(month)}
	}
	if f.fresh != "" {
		f.dated = r.aged(f.dated, f.fresh, "fresh "+f.freshness)
	}
	return f
}

// aged returns a date with how old that is.
func (r *renderer) aged(date phrase, age, part string) phrase {
	return say(locale.DateAge.In(r.lang), place{"date", date}, place{"age", phrase{{text: age, kind: aged, data: part}}})
}

// when returns of when the numbers are, with the message for it and the name
// of its part: as the feed says, or else the newest of its pledges, or else
// when it was read. Days are those of clocks that are so many minutes ahead of UTC,
// if the feed says so.
func (r *renderer) when() (message locale.Message, name string, at gcm.Instant, offset int) {
	switch {
	case r.s.AsOf.IsValid():
		return locale.AsOf, "as-of", r.s.AsOf, r.s.AsOfOffset
	case r.s.Latest.IsValid():
		return locale.Latest, "latest", r.s.Latest, 0
	}
	return locale.Read, "read", r.o.Read, 0
}

// dated returns of when the numbers are, nothing if it isn't known.
func (r *renderer) dated() (date phrase, dating string) {
	message, name, at, offset := r.when()
	if !at.IsValid() {
		return nil, ""
	}
	return say(message.In(r.lang), place{"date", phrase{r.date(at.DateAt(offset))}}), name
}

// mostSources is how many sources are named. A snapshot could name any number.
const mostSources = 20

// headers returns what the sources say of themselves.
func (r *renderer) headers() []tally.Header {
	if len(r.s.Sources) == 0 {
		return []tally.Header{r.s.Header}
	}
	return r.s.Sources
}

// sources returns where the numbers are from: of several feeds that were merged
// each one, but those that are called alike only once.
func (r *renderer) sources() (all []phrase) {
	headers := r.headers()
	for i := range headers {
		title, publisher := named(&headers[i])
		if title == nil {
			continue
		}
		if href, ok := httpsLink(headers[i].Feed); ok {
			title = title.linked(href)
		}
		message := locale.Source
		if publisher != nil {
			message = locale.SourcePublisher
		}
		p := say(message.In(r.lang), place{"source", title}, place{"publisher", publisher})
		said := func(other phrase) bool { return other.String() == p.String() }
		if len(all) < mostSources && !slices.ContainsFunc(all, said) {
			all = append(all, p)
		}
	}
	return all
}

// origin returns the source by its title, or how many there are.
func (r *renderer) origin() phrase {
	headers := r.headers()
	if len(headers) > 1 {
		return words(r.counted(locale.SourcesCount, len(headers)))
	}
	title, _ := named(&headers[0])
	return title
}

// cite returns how to cite the numbers, nothing if it isn't known where they are
// from or of when they are.
func (r *renderer) cite() phrase {
	title, publisher := named(&r.headers()[0])
	date, _ := r.dated()
	if title == nil || date == nil || len(r.s.Sources) > 1 {
		return nil
	}
	var address phrase
	if _, ok := httpsLink(r.s.Feed); ok {
		address = foreignText(r.s.Feed, mostOfTitle)
	}
	text := title
	for _, p := range [...]phrase{publisher, date, address} {
		if p != nil && p.String() != title.String() {
			text = text.add(piece{text: ". "}).add(p...)
		}
	}
	return say(locale.Cite.In(r.lang), place{"cite", text})
}

// named returns the title of a feed and who publishes it; the address of the
// feed if it has no title.
func named(h *tally.Header) (title, publisher phrase) {
	title, publisher = foreignText(h.Title, mostOfTitle), foreignText(h.Publisher, mostOfTitle)
	if title.String() == publisher.String() {
		publisher = nil
	}
	if title == nil {
		title, publisher = publisher, nil
	}
	if title == nil {
		title = foreignText(h.Feed, mostOfTitle)
	}
	return title, publisher
}

// definition returns what the numbers mean: in one sentence, exactly, and then
// what the publisher says about it in whatever language.
func (r *renderer) definition() definition {
	d := definition{
		short:     r.say(locale.InShort),
		exact:     r.say(locale.Definition),
		publisher: foreignText(strings.TrimPrefix(r.s.Definition, tally.Definition), mostOfDefinition),
	}
	if q := &r.s.Query; !q.IncludeWithdrawn && !q.Status.Has(gcm.Withdrawn) {
		d.short += r.blank() + r.say(locale.WithoutWithdrawn)
	}
	return d
}
