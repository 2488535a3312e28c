// Package feed serves a [pledge.Book] over HTTP: the feed, counts of it, badges,
// and a stream of what changes.
//
//	book := new(pledge.Book)
//	loaded, err := book.Load(file)
//	...
//	pledges := feed.New(book, feed.Options{Header: loaded.Header})
//	pledges.Register(mux, "/pledges/")
//	...
//	sequence, outcome, err := pledges.Put(revision)
//
// # What there is
//
//	pledges.json           the feed
//	countable.json         the same feed with what is counted and listed only
//	snapshot.json          a [tally.Snapshot]: counts with source, date and definition
//	counts.json            the numbers alone
//	counts.csv             the numbers as a table
//	counts.metadata.json   what the numbers mean, whose they are, and as of when
//	pledges.csv, .xlsx     the pledges as a table, a row each; what its columns mean is
//	                       in pledges.csv-metadata.json
//	view.json              a view for the widget, which then counts nothing itself
//	events                 what changes, as it changes
//	badge.svg, badge.json  the number of pledges as a picture, and for badge services
//	card.svg               a view of the widget as a picture
//	page                   a view as a page, with how to cite it
//	list, pledge           the pledges one by one, and one with all of its facts
//	pledge.json            the same for programs
//	oembed.json, frame     how to embed a page
//	card.png               the picture of a page for social networks
//	sitemap.xml            all pages, for search engines
//	(nothing)              an index of these
//
// All that shows counts or several pledges takes the filters of the widget by the names
// of its attributes, such as snapshot.json?region=africa&objective=7; see
// [tally.ParseQuery]. Several values of one stand in one parameter with commas between
// them, region=africa,europe, and any of them is meant; a parameter that stands there
// twice is an error. Texts and labels are in English unless lang says en, fr,
// es, ar, ru or zh; view.json takes view, size and sort,
// and card.svg view and theme, as the widget does. A value
// that means nothing is an error, and so is a name that looks like one of ours
// misspelt or that another resource has, so that a misspelt filter can't show the
// number of everything. Other names are passed over: whoever shares an address
// appends fbclid, utm_source or a number to it.
//
// Answers are for anybody, from any origin. They have strong entity tags made of
// the sequence of the record and of what is in it, one for each content coding,
// and answer conditional requests and ranges. Errors are problem details (RFC
// 9457). Of a parameter they have its name, and the values that it can have.
//
// # Sequence
//
// Every change of the book has a number, its sequence, which is that of the
// feed, of snapshots, of entity tags and of events. [Server.Put] counts itself;
// [Server.Apply] takes the numbers of a record that is kept elsewhere, such as a
// stream of messages. Servers that were given the same pairs of sequence and
// pledge give the same answers, byte for byte, so any of them can answer any
// reader. No clock is in any answer.
//
// # Events
//
// The stream is one of Server-Sent Events (text/event-stream). A reader says
// what it has seen by the header Last-Event-ID, or else by the parameter after,
// which takes the entity tag of a feed or snapshot that it has read. The server
// sends
//
//	retry: 3642                          how long to wait before coming back, in milliseconds
//	event: heartbeat
//	data: {"interval":15000,"at":"42-…"} at once, and after so many milliseconds of silence
//
//	id: 43-00c0ffee00c0ffee
//	event: pledge
//	data: {"id":"0190a0b0-…","title":…}  one revision, as in countable.json
//
// An id is a sequence, and a mark of what was in the book then. Entity tags begin
// with the same. Records that have branched, as one that was restored from a backup
// and went on, have the same sequences and other marks.
//
// Whoever has seen an id that is still in the history gets what came after it,
// each revision once and none left out, on whichever server. A sequence alone says
// too little for that, unless the server has counted by itself from nothing, so
// that nobody else can have meant the same number by something else (see
// [Server.Put]). Whoever says
// nothing, has been away for too long, or has seen what isn't in the record gets
// a fresh start first:
//
//	id: 43-00c0ffee00c0ffee
//	event: snapshot
//	data: {"title":…,"sequence":43,…}    the snapshot of everything
//
// A reader that is ahead of a server, because it comes from another one that is
// faster, waits a little until the server has caught up.
//
// A heartbeat is an event, so that scripts see it, and has no id, so that the last
// one stays. It says what the id of the last event is, or would be: whoever has read
// something later, or has another mark, has read another record, and reads the feed
// again. Whoever sees nothing at all for two intervals has a dead connection,
// as after a sleep of the machine, and opens another one.
//
// A reader that stops reading is disconnected, so that nobody else waits for it. It may
// come back.
//
// # Dated copies
//
// A page states an address of its own numbers, which has their day and sequence, and
// where they stay as they were. A copy is counted anew, from the pledges and what the
// history says has changed since; that takes as long as to count all pledges. So it is
// there, in each view, language and selection, for as long as the history goes back:
// [Options].History revisions, and no further than to what the server began with. After
// that it is 410.
//
// # Limits
//
// [Options] bound readers, history, caches and time. Parameters take four
// kilobytes at most. A request that states a length of content is refused; content
// of an unknown length, which HTTP/2 and HTTP/3 have where there is none, isn't
// read. What comes before a request
// has arrived is for [http.Server]: set ReadHeaderTimeout, IdleTimeout and
// MaxHeaderBytes. Its ReadTimeout and WriteTimeout don't end streams. Each reader
// is an open connection, so the system has to allow as many open files.
package feed
