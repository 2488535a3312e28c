// Package site makes the pages of the examples: a partner's page that shows
// pledge counts as text at once, and live once the widget has come, and one with
// a pledge form.
package site

import (
	"embed"
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

//go:embed *.html
var pages embed.FS

var templates = template.Must(template.ParseFS(pages, "*.html"))

// Page is a partner's page in one language.
type Page struct {
	Language gcm.Language
	// Refresh is how many seconds the widgets wait between two readings.
	Refresh int
	// Feeds are shown one below the other.
	Feeds []Feed
	// Path returns the address of the page in a language.
	Path func(gcm.Language) string
	// ExplorePath and FormPath return those of the pages where readers choose, and of
	// the form.
	ExplorePath, FormPath func(gcm.Language) string
	// Ways is the address of a page with ways to embed, "" if there is none.
	Ways string
	// Listed is the address of the list of pledges, each of which has a page of its
	// own; "" if there is none.
	Listed string
	// Method is the address of a page that says what is counted, and Table that of all
	// pledges as CSV; "" if there is none.
	Method, Table string
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
	Listed  string    // what the list of records is called
	Badge   Picture   // shown below the widgets if it has a name
	Cards   []Picture // shown where there are no scripts
}

// Picture is a file that says in a picture what Text says.
type Picture struct {
	Name, Text string
}

// Widget is one widget: a view by name, of a size if it isn't the usual one, and a
// filter by name and value.
type Widget struct {
	View, Size string
	Filter     map[string]string
}

// Class is how the style sheet knows it.
func (w Widget) Class() string {
	switch {
	case w.Size != "":
		return w.Size + " wide"
	case w.View != "counter":
		return w.View + " wide"
	}
	return w.View
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
func (p Page) Write(w io.Writer) error { return templates.ExecuteTemplate(w, "page.html", p) }

// WriteExplore writes the page on which readers choose what is counted.
func (p Page) WriteExplore(w io.Writer) error { return p.at(p.ExplorePath, "explore.html", w) }

// WriteForm writes the page with the pledge form.
func (p Page) WriteForm(w io.Writer) error { return p.at(p.FormPath, "form.html", w) }

// A part is a page beside the first one, with addresses of its own in each language.
type part struct {
	Page
	path func(gcm.Language) string
}

func (p Page) at(path func(gcm.Language) string, name string, w io.Writer) error {
	return templates.ExecuteTemplate(w, name, part{p, path})
}

// Languages shadows that of the first page.
func (p part) Languages() []Link { return p.languages(p.path) }

// Pages yields the pages of the site.
func (p part) Pages() []Link { return p.pages(p.path(p.Language)) }

// Pages yields the pages of the site.
func (p Page) Pages() []Link { return p.pages(p.Home()) }

func (p Page) pages(here string) (links []Link) {
	add := func(name, path string) {
		links = append(links, Link{Name: name, Path: path, Here: path == here})
	}
	add("Pledges", p.Home())
	add("Explore", p.Explore())
	if p.Listed != "" {
		add("One by one", p.Listed)
	}
	add("Pledge form", p.FormPath(p.Language))
	if p.Ways != "" {
		add("Ways to embed", p.Ways)
	}
	add("Builder", "builder.html?src="+PledgesName)
	return links
}

// Home is the address of the page in its language.
func (p Page) Home() string { return p.Path(p.Language) }

// Explore is the address of the page on which readers choose, in this page's language.
func (p Page) Explore() string { return p.ExplorePath(p.Language) }

// Total is what a page of one feed says until the widget has come.
func (p Page) Total(f Feed) string { return p.Text(f, Widget{}) }

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
func (p Page) Languages() []Link { return p.languages(p.Path) }

func (p Page) languages(path func(gcm.Language) string) (links []Link) {
	for l := range gcm.Languages() {
		links = append(links, Link{Language: l, Name: names[l], Path: path(l), Here: l == p.Language})
	}
	return links
}

// Link leads to the page in another language, or to another page.
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
