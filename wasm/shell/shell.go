// Package shell holds the sources of the custom elements <gcm-pledges> and
// <gcm-pledge-form>: the few kilobytes of TypeScript and CSS that stand between
// an engine and a page. The package has no behaviour of its own; wasm/build
// bundles what is in it, a module for each element.
//
// The shell owns everything that touches the page (attributes, viewport,
// fetching, timers, DOM, events) and nothing that has to do with pledges: what
// to show and in which words is the engine's business. One file is one concern.
// The widget is in widget, and is four modules. The first one is all that a page
// loads that shows what was counted elsewhere:
//
//	index.ts     entry: registers the element
//	element.ts   the element: its attributes, its coming and going
//	attributes.ts words that attributes can be
//	filters.ts   the attributes that filter: go generate ./wasm/shell
//	display.ts   what it shows: view, note, custom states, events
//	announcer.ts what a screen reader says by itself
//	source.ts    one address with all its widgets: when to read it
//	reading.ts   one reading: fetch, limits, what it turns out to be
//	document.ts  a view document
//	maker.ts     what makes views: documents.ts, or the engine
//	documents.ts views of documents, each day
//	dom.ts       a tree as DOM
//	map.ts       what a square of the map says, and the way to the next one
//	load.ts      two of the other modules, and their integrity
//	later.ts     how a module is loaded
//	style.css    the look, by custom properties and parts
//	dashboard.css that of dashboards, with style.css in it
//	layout.css   what keeps the text of a page out of it
//	map.css      that of the map
//	timeline.css that of the timeline
//	room.css     for the page: room for the views before they come
//
// The second one counts in the page, with the engine:
//
//	counting.ts  entry
//	feed.ts      a feed that the engine has
//	counted.ts   the views that it makes
//	words.ts     what it says in other languages than English
//	changes.ts   what the engine changes in a view
//	turns.ts     large views, in several turns
//	choices.ts   what a reader chooses, and the address that keeps it
//	debug.ts     what is wrong with the element, for whoever builds the page
//
// The third one follows streams:
//
//	following.ts entry: what a source hears, and what becomes of it
//	stream.ts    one stream address with all its sources: when to open it, its heartbeats
//	tabs.ts      the tabs of an origin: which of them reads, and what it tells the others
//
// The fourth one is of dashboards:
//
//	dashboard.ts entry: what a reader does there: search, find a row, share, download
//
// The form is in form:
//
//	form.ts          entry: registers the element
//	form-element.ts  the element: when to check, submit, keep a draft; events
//	form-view.ts     the form on the page: errors, buttons, what it says
//	form-field.ts    its fields: reading, writing, showing problems
//	form-draft.ts    a draft in the browser's own storage
//	form.css         the look
//
// What both consist of is in common, and knows neither:
//
//	engine.ts    the engine: load, start beside the page, call, outlive its crash
//	program.ts   the Go program, in a worker or in the page
//	worker.ts    the module as the script of its own worker
//	schedule.ts  intervals, back-off, Retry-After
//	viewport.ts  when an element is near: the page's one IntersectionObserver
//	look.ts      style sheets, for each document its own
//	tokens.css   colours, sizes and lines of both sheets: go generate ./pledge/view
//	asset.ts     where the files are that a module asks for
//	language.ts  in which language an element speaks
//	define.ts    the names of elements
//	page.ts      what a page can't put an element in the place of
//	trust.ts     addresses of scripts, for pages that ask for Trusted Types
//	failure.ts   an error with a stable code
//	env.d.ts     what the builder puts in: engine name, integrity, wasm_exec.js
//
// gcm-pledges.d.ts and gcm-pledge-form.d.ts are both the published types and what
// the sources are checked against: npx -p typescript tsc -p wasm/shell. What their
// attributes can be is in vocabulary.d.ts, which a test of wasm/build/bundle writes. The tests
// in browsers are in wasm/internal/shelltest.
package shell

//go:generate go run gen.go

import (
	"embed"
	"io/fs"
)

//go:embed widget form common
var sources embed.FS

// Sources returns the shell's files. The entries are widget/index.ts and
// form/form.ts; the types are published beside the bundles. Safe for concurrent
// use.
func Sources() fs.FS { return sources }
