// Package engine is the widget without its browser: it answers the calls of
// the shell. It runs, and is tested, on any platform; wasm/widget binds it to
// JavaScript.
//
// A source is a feed that the shell reads for one or more widgets: "feed"
// begins a reading, chunks follow, "done" ends it. Until then, and where it
// fails, the source stays as it was. A widget asks with "view" for what has
// changed since it asked last.
package engine

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/wasm"
)

// The operations of the shell.
const (
	Feed   = "feed"   // begin a reading of the source id
	Chunk  = "chunk"  // the next bytes of it, see [Engine.Chunk]
	Done   = "done"   // it is complete
	Drop   = "drop"   // forget the source id
	View   = "view"   // what to change in the widget id, options as JSON
	Forget = "forget" // forget the widget id
)

// Codes of errors that the engine finds. They are part of the widget's API.
const (
	CodePanic  = "engine-panic"
	CodeSyntax = "feed-syntax"
	CodeOption = "option"
	CodeFilter = "filter"
	CodeSource = "source" // the engine has no such source: the shell starts anew
)

// maxSize is more than the shell reads of a feed; the engine doesn't rely on it.
const maxSize = 64 << 20

// Engine holds the sources and widgets of a page. The zero value is ready. It
// must not be copied, and isn't safe for concurrent use: a page has one thread.
type Engine struct {
	sources map[string]*source
	widgets map[string]*wasm.View
}

type source struct {
	reading *tally.Reader // nil between readings
	feed    *tally.Feed   // nil until the first one is complete
}

// Call answers one operation with JSON: an object, with the member "error"
// where it failed.
func (e *Engine) Call(op, id, arg string) []byte {
	switch op {
	case Feed:
		if e.sources == nil {
			e.sources = make(map[string]*source)
		}
		s := e.sources[id]
		if s == nil {
			s = new(source)
			e.sources[id] = s
		}
		s.reading = &tally.Reader{Limits: tally.Limits{Total: maxSize}}
		return empty()
	case Done:
		return e.done(id)
	case Drop:
		delete(e.sources, id)
		return empty()
	case View:
		return e.view(id, arg)
	case Forget:
		delete(e.widgets, id)
		return empty()
	}
	return failure(CodeOption, "no operation "+op)
}

// Chunk takes the next bytes of a reading.
func (e *Engine) Chunk(id string, chunk []byte) []byte {
	s := e.sources[id]
	if s == nil || s.reading == nil {
		return failure(CodeSource, "no reading of "+id)
	}
	if _, err := s.reading.Write(chunk); err != nil {
		s.reading = nil
		return failure(CodeSyntax, err.Error())
	}
	return empty()
}

func (e *Engine) done(id string) []byte {
	s := e.sources[id]
	if s == nil || s.reading == nil {
		return failure(CodeSource, "no reading of "+id)
	}
	feed, err := s.reading.Close()
	if s.reading = nil; err != nil {
		return failure(CodeSyntax, err.Error())
	}
	s.feed = feed
	return report(feed)
}

func (e *Engine) view(id, arg string) []byte {
	values, err := tally.ParseTexts(arg)
	if err != nil {
		return failure(CodeOption, err.Error())
	}
	get := func(name string) string { return values[name] }
	s := e.sources[get("source")]
	if s == nil || s.feed == nil {
		return failure(CodeSource, "no source "+get("source"))
	}
	query, err := tally.ParseQuery(get)
	if err != nil {
		return failure(CodeFilter, err.Error())
	}
	snapshot, err := s.feed.Snapshot(query)
	if err != nil {
		return failure(CodeFilter, err.Error())
	}
	next, err := wasm.Render(snapshot, options(get))
	if err != nil {
		return failure(CodeFilter, err.Error())
	}
	answer := answerView(e.widgets[id], next, snapshot)
	if e.widgets == nil {
		e.widgets = make(map[string]*wasm.View)
	}
	e.widgets[id] = next
	return answer
}

// options are what a widget says about its looks. What makes no sense means
// the default: a page in a seventh language still shows its number.
func options(get func(string) string) wasm.Options {
	var o wasm.Options
	o.View, _ = wasm.ParseKind(get("view"))
	o.Language, _ = gcm.ParseLanguage(get("lang"))
	o.Read, _ = gcm.ParseInstant(get("read"))
	o.Now, _ = gcm.ParseInstant(get("now"))
	return o
}
