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
func (r *renderer) head() node {
	return part("div", "head", r.total(), r.selection(), r.byMemberStates(), r.illustrative(), r.missing(), r.unread())
}

// total returns "158 pledges", without the blank in Chinese, which writes none.
func (r *renderer) total() node {
	n := r.s.Counts.Total
	blank := text(" ")
	if r.lang == gcm.Chinese {
		blank = node{}
	}
	return part("p", "total",
		part("strong", "number", r.number(n)),
		blank,
		part("span", "label", text(string(locale.Label.Counted(r.lang, n)))))
}

// byMemberStates returns "102 of them by 25 Member States (of 193)", nothing if
// it isn't known. Nor is there anything to say of a selection of pledgers: of
// the pledges of African pledgers some may be by Member States elsewhere that
// joined in, and nobody would read the number like that.
func (r *renderer) byMemberStates() node {
	q, c := &r.s.Query, &r.s.Counts
	if r.s.TotalOnly || c.MemberStates == 0 || q.Region != 0 || q.State != 0 || q.Category != 0 {
		return node{}
	}
	return part("p", "member-states", say(locale.ByMemberStates.Counted(r.lang, c.MemberStates),
		place{"pledges", r.number(c.ByMemberStates)},
		place{"n", r.number(c.MemberStates)},
		place{"all", r.number(memberStates)})...)
}

// illustrative returns the notice that the numbers are made up, if they are.
func (r *renderer) illustrative() node {
	if !r.s.Illustrative {
		return node{}
	}
	return part("p", "illustrative", r.words(locale.Illustrative))
}

// unread returns how many records aren't counted because they can't be read.
func (r *renderer) unread() node {
	if r.s.Unread == 0 {
		return node{}
	}
	return part("p", "unread", say(locale.Unread.Counted(r.lang, r.s.Unread), place{"n", r.number(r.s.Unread)})...)
}

// missing returns how many of several sources couldn't be read.
func (r *renderer) missing() node {
	if r.o.Missing <= 0 {
		return node{}
	}
	return part("p", "missing", text(r.missingSources()))
}

func (r *renderer) missingSources() string {
	n, all := r.o.Missing, r.o.Missing+max(len(r.s.Sources), 1)
	return locale.Missing.Counted(r.lang, n).Fill(
		locale.Value{Name: "n", Text: locale.Number(r.lang, n)},
		locale.Value{Name: "all", Text: locale.Number(r.lang, all)})
}

// foot returns of when the numbers are, and where from.
func (r *renderer) foot() node {
	return part("div", "foot", append([]node{r.date(), r.freshness()}, r.sources()...)...)
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

// date returns of when the numbers are, nothing if nobody knows.
func (r *renderer) date() node {
	message, name, at := r.when()
	if !at.IsValid() {
		return node{}
	}
	day := at.Date()
	return part("p", "date "+name, say(message.In(r.lang), place{"date",
		element("time", text(locale.Date(r.lang, day))).with("datetime", day.String())})...)
}

// mostSources is how many sources are named. A snapshot could name any number.
const mostSources = 20

// sources returns where the numbers are from: of several feeds that were merged
// each one, but those that are called alike only once.
func (r *renderer) sources() (nodes []node) {
	if len(r.s.Sources) == 0 {
		return []node{r.source(&r.s.Header)}
	}
	for i := range r.s.Sources {
		n := r.source(&r.s.Sources[i])
		said := func(other node) bool { return other.textContent() == n.textContent() }
		if len(nodes) < mostSources && !slices.ContainsFunc(nodes, said) {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// source returns the title of a feed and who publishes it; the address of the
// feed if it has no title. It is a link if the address is one of https.
func (r *renderer) source(h *tally.Header) node {
	title, publisher := foreign(h.Title, mostOfTitle), foreign(h.Publisher, mostOfTitle)
	if title.textContent() == publisher.textContent() {
		publisher = node{}
	}
	if title.isNothing() {
		title, publisher = publisher, node{}
	}
	if title.isNothing() {
		title = foreign(h.Feed, mostOfTitle)
	}
	if title.isNothing() {
		return node{}
	}
	if href, ok := httpsLink(h.Feed); ok {
		title = element("a", title).with("href", href)
	}
	message := locale.Source
	if !publisher.isNothing() {
		message = locale.SourcePublisher
	}
	return part("p", "source", say(message.In(r.lang), place{"source", title}, place{"publisher", publisher})...)
}

// definition returns what the numbers mean, to unfold: in the language of the
// view, and then what the publisher says about it in whatever language.
func (r *renderer) definition() node {
	return part("details", "definition",
		part("summary", "summary", r.words(locale.WhatIsCounted)),
		element("p", r.words(locale.Definition)),
		r.publisherDefinition())
}

func (r *renderer) publisherDefinition() node {
	more := foreign(strings.TrimPrefix(r.s.Definition, tally.Definition), mostOfDefinition)
	if more.isNothing() {
		return node{}
	}
	return element("p", more)
}
