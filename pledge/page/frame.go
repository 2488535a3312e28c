package page

import (
	"bytes"
	"embed"
	"html/template"
	"net/url"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// Content Security Policies. Cards have a style sheet in them, for dark pages.
const (
	// Policy is that of pages.
	Policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	// FramePolicy is that of frames, which any page may show.
	FramePolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)

//go:embed page.css
var style []byte

// AppendStyle appends the style sheet of all pages.
func AppendStyle(b []byte) []byte { return append(b, style...) }

//go:embed *.html
var files embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"lang": attribute}).ParseFS(files, "*.html"))

// A link leads somewhere. Without an address it is text only.
type link struct {
	Text, Lang, Href string
	Here             bool
}

// head is what all pages have in common.
type head struct {
	Language    gcm.Language
	Dir         string
	Title       string
	Description string
	Feed        string // the title of the feed, for the line at the top
	FeedHref    string
	Canonical   string
	OEmbed      string
	Picture     *picture
	Kind        string // of Open Graph
	Robots      string
	Style       string
	Languages   []link
	License     string // if it is an address
	LicenseText string
	Foot        []string
	Illustrates string // that the numbers are made up
	NotStated   string
	Words       func(name string) string
}

type picture struct {
	Href, Type, Text string
	Width, Height    int
}

// head returns what a page at a place has in common with others.
func (s *Site) head(h *tally.Header, p Place) head {
	l := p.Language
	out := head{
		Language:  l,
		Dir:       "ltr",
		Feed:      plain(named(h)),
		FeedHref:  https(h.Feed),
		Canonical: s.Absolute(p),
		Kind:      "website",
		Style:     s.at(Place{What: Stylesheet}),
		License:   https(h.License),
		NotStated: string(locale.NotStated.In(l)),
		Words:     func(name string) string { return say(l, name) },
	}
	if l.RightToLeft() {
		out.Dir = "rtl"
	}
	if h.Illustrative {
		out.Illustrates = string(locale.Illustrative.In(l))
	}
	if h.License != "" {
		out.LicenseText = say(l, "licence", locale.Value{Name: "licence", Text: plain(h.License)})
	}
	for other := range gcm.Languages() {
		there := p
		there.Language = other
		if at := s.best(there); at != "" {
			out.Languages = append(out.Languages, link{languageNames[other], other.String(), at, other == l})
		}
	}
	return out
}

// A download is something beside a page, by its name in words.tsv.
type download struct {
	name string
	what What
}

// downloads returns links to those that are there of what a query selects.
func (s *Site) downloads(q tally.Query, l gcm.Language, all ...download) (links []link) {
	for _, d := range all {
		if href := s.at(Place{What: d.what, Query: q, Language: l, Number: 1}); href != "" {
			links = append(links, link{Text: say(l, d.name), Href: href})
		}
	}
	return links
}

var languageNames = [...]string{
	gcm.English: "English", gcm.French: "Français", gcm.Spanish: "Español",
	gcm.Arabic: "العربية", gcm.Russian: "Русский", gcm.Chinese: "中文",
}

// named returns the title of a feed, or what else it is called by.
func named(h *tally.Header) string {
	for _, name := range []string{h.Title, h.Publisher, h.Feed} {
		if name != "" {
			return name
		}
	}
	return ""
}

// plain returns foreign text on one line, without what could change the text around
// it.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f:
			return ' '
		case 0x80 <= r && r < 0xa0, r == 0x061c, r == 0x200e, r == 0x200f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069, r == 0x2028, r == 0x2029, r == 0xfeff:
			return -1
		}
		return r
	}, s)), " ")
}

// https returns an address of the feed's that may be a link, "" if it may not.
func https(s string) string {
	u, err := url.Parse(s)
	if err != nil || !strings.EqualFold(u.Scheme, "https") || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// attribute returns the tag of a language for an attribute, "" if it looks like none.
func attribute(tag string) string {
	if len(tag) > 35 {
		return ""
	}
	for _, r := range tag {
		if (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) && (r < '0' || '9' < r) && r != '-' {
			return ""
		}
	}
	return tag
}

// cite returns how to cite what stands in a feed. Where it is comes last.
func cite(h *tally.Header, l gcm.Language, what, address string) string {
	var parts []string
	last := ""
	for _, part := range []string{what, plain(h.Title), plain(h.Publisher), address} {
		if part == "" || part == last {
			continue
		}
		last = part
		if l.RightToLeft() { // the parts are in whatever language
			part = "\u2068" + part + "\u2069"
		}
		parts = append(parts, part)
	}
	return locale.Cite.In(l).Fill(locale.Value{Name: "cite", Text: strings.Join(parts, ". ")})
}

// execute writes a page by its template.
func execute(b []byte, name string, data any) ([]byte, error) {
	out := bytes.NewBuffer(b)
	err := templates.ExecuteTemplate(out, name, data)
	return out.Bytes(), err
}

// viewNames are what views are called that have a caption in package locale.
var viewNames = map[view.Kind]locale.Message{
	view.Objectives: locale.ByObjective, view.Principles: locale.ByPrinciple, view.Regions: locale.ByRegion, view.States: locale.ByState,
	view.Map: locale.MapCaption, view.Categories: locale.ByCategory, view.Status: locale.ByStatus, view.Natures: locale.ByNature,
	view.Timeline: locale.Cumulative, view.Money: locale.ByCurrency,
}

// viewName returns what a view is called.
func viewName(k view.Kind, l gcm.Language) string {
	if m, ok := viewNames[k]; ok {
		return string(m.In(l))
	}
	switch k {
	case view.List:
		return say(l, "newest")
	case view.Counter:
		return say(l, "counter")
	}
	return say(l, "breakdowns")
}
