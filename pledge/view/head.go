package view

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// memberStates is how many Member States the United Nations have.
const memberStates = 193

// head returns the number of pledges and what must be known to read it right.
func (r *renderer) head() head {
	n := r.s.Counts.Total
	h := head{
		number:       r.number(n),
		blank:        " ",
		label:        string(locale.Label.Counted(r.lang, n)),
		selection:    r.selection(),
		memberStates: r.byMemberStates(),
		missing:      r.missing(),
	}
	if r.lang == gcm.Chinese {
		h.blank = ""
	}
	if r.s.Illustrative {
		h.illustrative = r.say(locale.Illustrative)
	}
	if r.s.Unread > 0 {
		h.unread = r.counted(locale.Unread, r.s.Unread)
	}
	return h
}

// byMemberStates returns "102 of them by 25 Member States (of 193)", nothing if
// it isn't known. Nor is there anything to say of a selection of pledgers: of
// the pledges of African pledgers some may be by Member States elsewhere that
// joined in, and nobody would read the number like that.
func (r *renderer) byMemberStates() string {
	q, c := &r.s.Query, &r.s.Counts
	if r.s.TotalOnly || c.MemberStates == 0 || q.Region != 0 || q.State != 0 || q.Category != 0 {
		return ""
	}
	return r.counted(locale.ByMemberStates, c.MemberStates,
		locale.Value{Name: "pledges", Text: r.number(c.ByMemberStates)},
		locale.Value{Name: "all", Text: r.number(memberStates)})
}

// missing returns how many of several sources couldn't be read.
func (r *renderer) missing() string {
	if r.o.Missing <= 0 {
		return ""
	}
	all := r.o.Missing + max(len(r.s.Sources), 1)
	return r.counted(locale.Missing, r.o.Missing, locale.Value{Name: "all", Text: r.number(all)})
}

// foot returns of when the numbers are, and where from.
func (r *renderer) foot() (f foot) {
	f.date, f.dating = r.dated()
	if message, name, days := r.fresh(); name != "" {
		f.fresh, f.freshness = r.counted(message, days), name
	}
	f.sources = r.sources()
	return f
}

// when returns of when the numbers are, with the message for it and the name
// of its part: as the feed says, or else the newest of its pledges, or else
// when it was read.
func (r *renderer) when() (message locale.Message, name string, at gcm.Instant) {
	switch {
	case r.s.AsOf.IsValid():
		return locale.AsOf, "as-of", r.s.AsOf
	case r.s.Latest.IsValid():
		return locale.Latest, "latest", r.s.Latest
	}
	return locale.Read, "read", r.o.Read
}

// dated returns of when the numbers are, nothing if it isn't known.
func (r *renderer) dated() (date phrase, dating string) {
	message, name, at := r.when()
	if !at.IsValid() {
		return nil, ""
	}
	return say(message.In(r.lang), place{"date", phrase{r.date(at.Date())}}), name
}

// mostSources is how many sources are named. A snapshot could name any number.
const mostSources = 20

// sources returns where the numbers are from: of several feeds that were merged
// each one, but those that are called alike only once.
func (r *renderer) sources() (all []phrase) {
	if len(r.s.Sources) == 0 {
		if p := r.source(&r.s.Header); p != nil {
			all = append(all, p)
		}
		return all
	}
	for i := range r.s.Sources {
		p := r.source(&r.s.Sources[i])
		said := func(other phrase) bool { return other.String() == p.String() }
		if p != nil && len(all) < mostSources && !slices.ContainsFunc(all, said) {
			all = append(all, p)
		}
	}
	return all
}

// source returns the title of a feed and who publishes it; the address of the
// feed if it has no title. It is a link if the address is one of https.
func (r *renderer) source(h *tally.Header) phrase {
	title, publisher := foreignText(h.Title, mostOfTitle), foreignText(h.Publisher, mostOfTitle)
	if title.String() == publisher.String() {
		publisher = nil
	}
	if title == nil {
		title, publisher = publisher, nil
	}
	if title == nil {
		title = foreignText(h.Feed, mostOfTitle)
	}
	if title == nil {
		return nil
	}
	if href, ok := httpsLink(h.Feed); ok {
		title = title.linked(href)
	}
	message := locale.Source
	if publisher != nil {
		message = locale.SourcePublisher
	}
	return say(message.In(r.lang), place{"source", title}, place{"publisher", publisher})
}

// definition returns what the numbers mean, to unfold: in the language of the
// view, and then what the publisher says about it in whatever language.
func (r *renderer) definition() definition {
	return definition{
		summary:   r.say(locale.WhatIsCounted),
		words:     r.say(locale.Definition),
		publisher: foreignText(strings.TrimPrefix(r.s.Definition, tally.Definition), mostOfDefinition),
	}
}
