package view

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// An Element is the element gcm-pledges as a server writes it, with its view inside as
// a declarative shadow root: a browser shows the numbers without any script, and the
// engine takes over where they change. It is a value; the zero Element is a [Counter]
// in English. It names no source, so the numbers stay those of the snapshot that it is
// written with.
type Element struct {
	// Sources are the addresses of the feeds that the element reads once it is
	// on the page: https, or relative to the page. Several are merged.
	Sources []string

	// Options are those of the view. The element on the page knows the time by itself,
	// and has no attributes for the fields after Now. So the view stays as the server
	// has rendered it if Now is set and the fields after it aren't. The exception is
	// Tools: a [Dashboard] has them where the sources are feeds.
	Options Options

	// Stylesheet is the address of gcm-pledges.css, https or relative to the
	// page; of a [Dashboard] that of gcm-pledges-dashboard.css. Without it the view has the looks of plain HTML until the script
	// has come.
	Stylesheet string

	// Refresh is after how many seconds the sources are read again. 0 means the default
	// of the element.
	Refresh int

	// Theme is light or dark, or that of the page.
	Theme Theme

	// Hash keeps what a reader chooses in the address of the page.
	Hash bool
}

// ErrAttribute says that an attribute can't be written so that it means the
// same when it is read.
var ErrAttribute = errors.New("the element can't have that value")

// An ElementError says which attribute of an [Element] can't be written.
type ElementError struct {
	Name, Value string
	Err         error // ErrAttribute
}

// Error gives the message, with the value in quotes.
func (e *ElementError) Error() string {
	return "view: " + e.Name + "=" + gcm.Quote(e.Value) + ": " + e.Err.Error()
}

// Unwrap returns e.Err.
func (e *ElementError) Unwrap() error { return e.Err }

// AppendHTML appends the element with a view of a snapshot in it, and as its
// text [View.Text] for browsers without declarative shadow roots and for search
// engines. The element's filter is the snapshot's query, so the numbers and the
// attributes agree. The HTML is for a parser that makes a page of it: what is
// put in by innerHTML has no shadow root.
//
// On an error, which is an [*ElementError] or that of [Render], b is returned as
// it was.
func (e Element) AppendHTML(b []byte, s *tally.Snapshot) ([]byte, error) {
	v, err := Render(s, e.Options)
	if err != nil {
		return b, err
	}
	host := element("gcm-pledges")
	for _, source := range e.Sources {
		if !isAddress(source) {
			return b, &ElementError{Name: "src", Value: source, Err: ErrAttribute}
		}
	}
	if len(e.Sources) > 0 {
		host = host.with("src", strings.Join(e.Sources, " "))
	}
	if e.Stylesheet != "" && !isAddress(e.Stylesheet) {
		return b, &ElementError{Name: "href", Value: e.Stylesheet, Err: ErrAttribute}
	}
	if host, err = withQuery(host.with("view", e.Options.View.String()), s); err != nil {
		return b, err
	}
	direction := "ltr"
	if v.lang.RightToLeft() {
		direction = "rtl"
	}
	if e.Options.View == Counter && e.Options.Size.IsValid() && e.Options.Size != Standard {
		host = host.with("size", e.Options.Size.String())
	}
	if e.Options.Sort.IsValid() && e.Options.Sort != Usual {
		host = host.with("sort", e.Options.Sort.String())
	}
	host = host.with("lang", v.lang.String()).with("dir", direction)
	if e.Refresh > 0 {
		host = host.with("refresh", strconv.Itoa(e.Refresh))
	}
	if e.Theme == Light || e.Theme == Dark {
		host = host.with("theme", e.Theme.String())
	}
	if e.Hash {
		host = host.with("hash", "")
	}
	b = appendStart(b, host)
	b = append(b, `<template shadowrootmode="open">`...)
	if e.Stylesheet != "" { // which has no end tag, unlike the elements of a view
		b = appendStart(b, element("link").with("rel", "stylesheet").with("href", e.Stylesheet))
	}
	b = append(v.AppendHTML(b), "</template>"...)
	return append(appendEscaped(b, v.text, false), "</gcm-pledges>"...), nil
}

// appendStart appends the start tag of an element as HTML.
func appendStart(b []byte, n node) []byte {
	b = append(append(b, '<'), n.tag...)
	for _, a := range n.attrs {
		b = append(append(append(b, ' '), a.name...), `="`...)
		b = append(appendEscaped(b, a.value, true), '"')
	}
	return append(b, '>')
}

// withQuery returns an element with the attributes of a snapshot's query, which a page
// reads back as that query. There is none of a search.
func withQuery(n node, s *tally.Snapshot) (node, error) {
	q := s.Query
	if s.Search != "" {
		return n, &ElementError{Name: "search", Value: s.Search, Err: ErrAttribute}
	}
	values := map[string]string{}
	for name, value := range q.All() {
		if !utf8.ValidString(value) || strings.ContainsFunc(value, unprintable) { // parsers of HTML change them
			return n, &ElementError{Name: name, Value: value, Err: ErrAttribute}
		}
		values[name] = value
		n = n.with(name, value)
	}
	read, err := tally.ParseQuery(func(name string) string { return values[name] })
	if e, ok := err.(*tally.QueryError); ok {
		return n, &ElementError{Name: e.Name, Value: e.Value, Err: ErrAttribute}
	}
	if read != q {
		return n, &ElementError{Name: "query", Value: q.String(), Err: ErrAttribute}
	}
	return n, nil
}

func unprintable(r rune) bool { return r < ' ' || r == 0x7f }

// isAddress reports whether an element may name an address: one of https, or
// one that is relative to the page and so at the page's own host. It must be in
// ASCII as browsers send it, without the characters that they would change.
func isAddress(s string) bool {
	if href, ok := httpsLink(s); ok {
		return href[len("https://"):] == s[len("https://"):]
	}
	const most = 2000
	if s == "" || len(s) > most || strings.HasPrefix(s, "//") {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	end := strings.IndexAny(s, ":/?#") // what is before a colon would be a scheme
	return end < 0 || s[end] != ':'
}
