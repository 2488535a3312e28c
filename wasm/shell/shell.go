// Package shell holds the sources of the custom elements <gcm-pledges> and
// <gcm-pledge-form>: the few kilobytes of TypeScript and CSS that stand between
// an engine and a page. The package has no behaviour of its own; wasm/build
// bundles what is in it, a module for each element.
//
// The shell owns everything that touches the page (attributes, viewport,
// fetching, timers, DOM, events) and nothing that has to do with pledges: what
// to show and in which words is the engine's business. One file is one concern:
//
//	index.ts     entry: registers the element
//	element.ts   the element: its attributes, choices, its coming and going
//	display.ts   what it shows: view, note, custom states, events
//	announcer.ts what a screen reader says by itself
//	look.ts      style sheets, for each document its own
//	define.ts    the names of elements
//	page.ts      what a page can't put an element in the place of
//	source.ts    one feed address with all its widgets: when to read it, what its stream says
//	stream.ts    one stream address with all its sources: when to open it, its heartbeats
//	schedule.ts  intervals, back-off, Retry-After
//	reading.ts   one reading: fetch, limits, stream into the engine
//	engine.ts    the engine: load, start beside the page, call, outlive its crash
//	program.ts   the Go program, in a worker or in the page
//	worker.ts    the module as the script of its own worker
//	dom.ts       the engine's tree and changes as DOM
//	viewport.ts  when an element is near: the page's one IntersectionObserver
//	language.ts  in which language an element speaks
//	failure.ts   an error with a stable code
//	style.css    the look, by custom properties and parts
//	room.css     for the page: room for the views before they come
//	env.d.ts     what the builder puts in: engine name, integrity, wasm_exec.js
//
// The form has these for itself, and engine.ts, program.ts, worker.ts, define.ts,
// page.ts, look.ts, viewport.ts, language.ts and failure.ts in common with the widget:
//
//	form.ts          entry: registers the element
//	form-element.ts  the element: when to check, submit, keep a draft; events
//	form-view.ts     the form on the page: errors, buttons, what it says
//	form-field.ts    its fields: reading, writing, showing problems
//	form-draft.ts    a draft in the browser's own storage
//	form.css         the look
//
// gcm-pledges.d.ts and gcm-pledge-form.d.ts are both the published types and what
// the sources are checked against: npx -p typescript tsc -p wasm/shell.
package shell

import (
	"embed"
	"io/fs"
)

//go:embed *.ts *.css
var sources embed.FS

// Sources returns the shell's files, all in the root. The entries are index.ts
// and form.ts; the types are published beside the bundles. Safe for concurrent
// use.
func Sources() fs.FS { return sources }
