// Package engine is the widget without its browser: it answers the calls of
// the shell. It runs, and is tested, on any platform; wasm/widget binds it to
// JavaScript.
//
// A source is a feed that the shell reads for one or more widgets: "feed"
// begins a reading, chunks follow, "done" ends it. Until then, and where it
// fails, the source stays as it was. "revise" puts revisions of pledges into a
// source that holds pledges, and a later snapshot in the place of one that is a
// snapshot. A widget asks with "view" for what has
// changed since it asked last.
//
// An engine in a page has the words of English only; "words" brings those of another
// language, before the first view in it. A view in a language of which there are no
// words is in English, and says so.
//
// # Options of "view"
//
// They are a JSON object of strings; what is absent or empty isn't asked for.
//
//	source   ids of sources, with blanks between them; of several each pledge
//	         counts once, in its later revision. A snapshot can only be alone.
//	live     "true" if the sources say at once what changes
//	missing  how many further sources couldn't be read
//	view     the kind of view
//	lang     the language, as in the attribute of HTML
//	size     how large a counter is
//	sort     in which order the rows of a table are
//	read     when the source was read, RFC 3339
//	now      when the view is looked at, RFC 3339
//	order    in which order a dashboard lists the pledges
//	page     which ten of them it shows, from 1
//	choices  names of those filters, with blanks between them, that a reader has
//	         chosen and can take back; the others are the page's own
//	shown    the HTML of a view that is on the page, and that the engine may not
//	         know: if it is that of the view that is asked for, nothing changes
//
// and the filters of [tally.ParseQuery].
package engine

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// The operations of the shell.
const (
	Feed   = "feed"   // begin a reading of the source id
	Chunk  = "chunk"  // the next bytes of it, see [Engine.Chunk]
	Done   = "done"   // it is complete
	Revise = "revise" // the source id has changed: pledges, or a snapshot, as JSON
	Drop   = "drop"   // forget the source id
	View   = "view"   // what to change in the widget id, options as JSON
	Forget = "forget" // forget the widget id
	Take   = "take"   // the pledges that a dashboard of these options counts, in the form id: csv, json
	Ready  = "ready"  // fold texts for searches of the sources id: whether all are folded
	Words  = "words"  // the words of the language id: see [WordsFile]
)

// Codes of errors that the engine finds. They are part of the widget's API.
const (
	CodePanic  = "engine-panic"
	CodeSyntax = "feed-syntax"
	CodeOption = "option"
	CodeFilter = "filter"
	CodeWords  = "words-load"
	CodeSource = "source" // the engine has no such source: the shell starts anew
)

// maxSize is more than the shell reads of a feed; the engine doesn't rely on it.
const maxSize = 64 << 20

// Engine holds the sources and widgets of a page. The zero value is ready. It
// must not be copied, and isn't safe for concurrent use: a page has one thread.
type Engine struct {
	sources map[string]*source
	widgets map[string]widget
	merged  map[string]*merged // by ids, with blanks between them
}

// widget is what a widget shows, and of which sources.
type widget struct {
	view   *view.View
	source string
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
		s.reading = &tally.Reader{Limits: tally.Limits{Total: maxSize}, Items: true}
		return empty()
	case Done:
		return e.done(id)
	case Revise:
		return e.revise(id, arg)
	case Drop:
		delete(e.sources, id)
		e.tidy()
		return empty()
	case View:
		return e.view(id, arg)
	case Take:
		return e.take(id, arg)
	case Ready:
		return e.ready(id)
	case Words:
		return e.words(id, arg)
	case Forget:
		delete(e.widgets, id)
		e.tidy()
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
	e.tidy()
	return report(feed)
}

// asked returns what options ask for, or the answer that says why it can't be had.
func (e *Engine) asked(arg string) (get func(string) string, f *tally.Feed, s *tally.Snapshot, o view.Options, failed []byte) {
	values, err := tally.ParseTexts(arg)
	if err != nil {
		return nil, nil, nil, o, failure(CodeOption, err.Error())
	}
	get = func(name string) string { return values[name] }
	f, known, err := e.feed(get("source"))
	if !known {
		return nil, nil, nil, o, failure(CodeSource, "no source "+get("source"))
	}
	if err == nil {
		f, s, o, err = look(f, get)
	}
	if err != nil {
		failed = failure(CodeFilter, err.Error())
	}
	return get, f, s, o, failed
}

// take returns all pledges that are selected, in the order of the list, with what must
// be known of them: as text of a form.
func (e *Engine) take(form, arg string) []byte {
	get, f, s, o, failed := e.asked(arg)
	if failed != nil {
		return failed
	}
	if f.IsSnapshot() {
		return failure(CodeOption, "a snapshot doesn't list all pledges")
	}
	_, key := order(get, s, o.Language)
	items := f.Listed(s.Query, key, 0, s.Counts.Total)
	var text []byte
	switch form {
	case "csv":
		text = f.Index.AppendCSV(nil, items)
	case "json":
		all := *s
		all.Items = items
		text = all.AppendJSON(nil)
	default:
		return failure(CodeOption, "no form "+form)
	}
	return append(tally.AppendText([]byte(`{"text":`), string(text)), '}')
}

// ready folds some texts of sources, for searches.
func (e *Engine) ready(ids string) []byte {
	if f, known, err := e.feed(ids); known && err == nil && !f.IsSnapshot() && !f.Index.PrepareSearch() {
		return []byte(`{"more":true}`)
	}
	return empty()
}

func (e *Engine) view(id, arg string) []byte {
	get, _, snapshot, o, failed := e.asked(arg)
	if failed != nil {
		return failed
	}
	next, err := view.Render(snapshot, o)
	if err != nil {
		return failure(CodeFilter, err.Error())
	}
	old := e.widgets[id].view
	if shows(get("shown"), next) {
		old = next
	}
	answer := answerView(old, next, snapshot)
	if e.widgets == nil {
		e.widgets = make(map[string]widget)
	}
	e.widgets[id] = widget{next, get("source")}
	e.tidy()
	return answer
}

// shows reports whether this is the HTML of a view, whatever a reader has unfolded
// in it.
func shows(html string, v *view.View) bool {
	if html == "" {
		return false
	}
	return unfolded(html) == unfolded(v.HTML())
}

func unfolded(html string) string { return strings.ReplaceAll(html, ` open=""`, "") }

// look returns what a widget wants to see of a feed, which is less of it where a reader
// searches, and how.
func look(all *tally.Feed, get func(string) string) (f *tally.Feed, s *tally.Snapshot, o view.Options, err error) {
	o = options(get)
	query, err := tally.ParseQuery(get)
	if err != nil {
		return nil, nil, o, err
	}
	if f, err = all.Search(get("search")); err != nil {
		return nil, nil, o, err
	}
	if s, err = f.Snapshot(query); err != nil {
		return nil, nil, o, err
	}
	chosen, err := tally.ParseQuery(func(name string) string {
		for choice := range strings.FieldsSeq(get("choices")) {
			if choice == name {
				return get(name)
			}
		}
		return ""
	})
	if err != nil {
		return nil, nil, o, err
	}
	// A choice may have come with a link, from anybody, and a theme can be any text.
	for theme := range chosen.Theme.All() {
		one := tally.AnyThemeOf(theme)
		if one == chosen.Theme && s.Counts.Total > 0 {
			break
		}
		known, err := all.Snapshot(tally.Query{Theme: one, IncludeWithdrawn: true})
		if err != nil || known.Counts.Total == 0 {
			return nil, nil, o, &tally.QueryError{Name: "topic", Value: theme}
		}
	}
	if o.View != view.Dashboard {
		return f, s, o, nil
	}
	o.Tools = !f.IsSnapshot()
	if chosen != (tally.Query{}) {
		if o.Choices, err = f.Choices(s, chosen); err != nil {
			return nil, nil, o, err
		}
	}
	if s.Counts.Total == 0 && (chosen != (tally.Query{}) || s.Search != "") {
		if o.Without, err = without(all, get, chosen); err != nil {
			return nil, nil, o, err
		}
	}
	if order, key := order(get, s, o.Language); o.Tools {
		page := min(count(get("page")), (s.Counts.Total+tally.MaxItems-1)/tally.MaxItems)
		if from := max(page-1, 0) * tally.MaxItems; key != nil || from > 0 {
			o.Part = &view.Part{Order: order, From: from, Items: f.Listed(query, key, from, tally.MaxItems)}
		}
	}
	return f, s, o, nil
}

// order returns in which order a widget wants the list of a snapshot, and the key of that,
// which is nil for the usual order.
func order(get func(string) string, s *tally.Snapshot, lang gcm.Language) (view.Order, func(*tally.Item) string) {
	usual := view.OrderNewest
	if s.Search != "" {
		usual = view.OrderBest
	}
	if order, ok := view.ParseOrder(get("order")); ok && order != usual && order != view.OrderBest {
		return order, order.Key(lang)
	}
	return usual, nil
}

// without returns how many pledges there are without each of the choices, and without
// what is searched for. The dates of a review forum are chosen together.
func without(all *tally.Feed, get func(string) string, chosen tally.Query) (numbers []view.Without, err error) {
	var names []string
	forum := false
	for name := range chosen.All() {
		names = append(names, name)
		forum = forum || name == "forum"
	}
	for _, left := range append(names, "search") {
		if forum && (left == "since" || left == "until") {
			continue
		}
		if left == "forum" {
			left = "since until forum"
		}
		get := func(asked string) string {
			for name := range strings.FieldsSeq(left) {
				if name == asked {
					return ""
				}
			}
			return get(asked)
		}
		query, err := tally.ParseQuery(get)
		if err != nil {
			return nil, err
		}
		f, err := all.Search(get("search"))
		if err != nil {
			return nil, err
		}
		s, err := f.Snapshot(query)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, view.Without{Name: left, Number: s.Counts.Total})
	}
	return numbers, nil
}

// count reads digits; what isn't some is 0. The errors of package strconv would cost
// a page 2 KB.
func count(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		if c -= '0'; c > 9 || n > 1e6 {
			return 0
		}
		n = 10*n + int(c)
	}
	return n
}

// options are what a widget says about its looks. What makes no sense means
// the default: a page in a seventh language still shows its number.
func options(get func(string) string) view.Options {
	var o view.Options
	o.View, _ = view.ParseKind(get("view"))
	if o.Language, _ = gcm.ParseLanguage(get("lang")); !locale.Has(o.Language) {
		o.Language = gcm.English
	}
	o.Read, _ = gcm.ParseInstant(get("read"))
	o.Now, _ = gcm.ParseInstant(get("now"))
	o.Size, _ = view.ParseSize(get("size"))
	o.Sort, _ = view.ParseSort(get("sort"))
	o.Live = get("live") == "true"
	o.Missing = count(get("missing"))
	return o
}
