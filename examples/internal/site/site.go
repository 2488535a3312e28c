// Package site makes the pages of the examples: a partner's page that shows
// pledge counts as text at once, and live once the widget has come, and one with
// a pledge form.
package site

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// Policy is the Content Security Policy that the pages work under: no inline
// script or style, nothing from elsewhere, no text that becomes markup.
const Policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
	"img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"

//go:embed style.css
var style []byte

// Style returns the style sheet of the pages.
func Style() []byte { return append([]byte(nil), style...) }

//go:embed icon.svg
var icon []byte

// Icon returns the picture that the pages are listed with.
func Icon() []byte { return append([]byte(nil), icon...) }

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// Page is a partner's page in one language.
type Page struct {
	Language gcm.Language
	// Refresh is how many seconds the widgets wait between two readings.
	Refresh int
	// Feeds are shown one below the other.
	Feeds []Feed
	// Path returns the address of the page in a language.
	Path func(gcm.Language) string
	// FormPath returns that of the page with the form.
	FormPath func(gcm.Language) string
	// Meta adds the policy to the page, for hosts that can't send headers.
	Meta bool
}

// Feed is a feed, or several that count as one, with what is shown of it.
type Feed struct {
	Heading string
	Note    string
	MadeUp  bool     // whether nobody has made these pledges
	Sources []string // addresses, relative to the page, of what is counted as one
	Read    *tally.Feed
	Widgets []Widget
	Records []Record
	Badge   Picture   // shown below the widgets if it has a name
	Cards   []Picture // shown where there are no scripts
}

// Picture is a file that says in a picture what Text says.
type Picture struct {
	Name, Text string
}

// Widget is one widget: a view and a filter by name and value.
type Widget struct {
	View   view.Kind
	Filter map[string]string
}

// Source is the attribute src of the feed's widgets. Package template would take
// several addresses for one.
func (f Feed) Source() template.HTMLAttr {
	return template.HTMLAttr(`src="` + template.HTMLEscapeString(strings.Join(f.Sources, " ")) + `"`)
}

// Read reads a feed for the text that a page comes with.
func Read(in io.Reader) (*tally.Feed, error) {
	var r tally.Reader
	if _, err := io.Copy(&r, in); err != nil {
		return nil, err
	}
	return r.Close()
}

// Write writes the page.
func (p Page) Write(w io.Writer) error { return pageTemplate.Execute(w, p) }

// Dir is the direction of writing.
func (p Page) Dir() string {
	if p.Language.RightToLeft() {
		return "rtl"
	}
	return "ltr"
}

// Policy is [Policy] where the page is to state it itself.
func (p Page) Policy() string {
	if p.Meta {
		return Policy
	}
	return ""
}

// Languages yields the six languages with the address of the page in each.
func (p Page) Languages() (links []Link) {
	for l := range gcm.Languages() {
		links = append(links, Link{Language: l, Name: names[l], Path: p.Path(l), Here: l == p.Language})
	}
	return links
}

// Link leads to the page in another language.
type Link struct {
	Language gcm.Language
	Name     string
	Path     string
	Here     bool
}

var names = [...]string{
	gcm.English: "English", gcm.French: "Français", gcm.Spanish: "Español",
	gcm.Arabic: "العربية", gcm.Russian: "Русский", gcm.Chinese: "中文",
}

// Text is what a visitor reads until the widget has come, or if it never
// does: the number as the server counts it, by the same code as the widget.
func (p Page) Text(f Feed, w Widget) string {
	if f.Read == nil {
		return "—"
	}
	query, err := tally.ParseQuery(func(name string) string { return w.Filter[name] })
	if err != nil {
		return "—"
	}
	s, err := f.Read.Snapshot(query)
	if err != nil {
		return "—"
	}
	counter, err := view.Render(s, view.Options{Language: p.Language})
	if err != nil {
		return "—"
	}
	return counter.Text()
}
