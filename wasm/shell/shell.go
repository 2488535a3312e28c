// Package shell holds the sources of the custom element <gcm-pledges>: the few
// kilobytes of TypeScript and CSS that show the engine's view in a page. The
// package has no behaviour of its own; wasm/build bundles what is in it.
//
// The shell owns everything that touches the page (attributes, viewport,
// fetching, timers, DOM, events) and nothing that has to do with pledges: what
// to show and in which words is the engine's business. One file is one concern:
//
//	index.ts     entry: registers the element
//	element.ts   the element: its attributes, its coming and going
//	display.ts   what it shows: view, note, custom states, events
//	source.ts    one feed address with all its widgets: when to read it
//	schedule.ts  intervals, back-off, Retry-After
//	reading.ts   one reading: fetch, limits, stream into the engine
//	engine.ts    the Go program: load, start, call, outlive its crash
//	dom.ts       the engine's tree and changes as DOM
//	viewport.ts  the page's one IntersectionObserver
//	failure.ts   an error with a stable code
//	style.css    the look, by custom properties and parts
//	env.d.ts     what the builder puts in: engine name, integrity, wasm_exec.js
//
// gcm-pledges.d.ts is both the published types and what the sources are checked
// against: npx -p typescript tsc -p wasm/shell.
package shell

import (
	"embed"
	"io/fs"
)

//go:embed *.ts *.css
var sources embed.FS

// Sources returns the shell's files, all in the root. The entry is index.ts;
// gcm-pledges.d.ts is published beside the bundle. Safe for concurrent use.
func Sources() fs.FS { return sources }
