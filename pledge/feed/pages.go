package feed

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/page"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// Pages for people, and what leads to them.
const (
	Page         Resource = "page"
	Frame        Resource = "frame"
	OEmbed       Resource = "oembed.json"
	CardPNG      Resource = "card.png"
	Stylesheet   Resource = "page.css"
	List         Resource = "list"
	Pledge       Resource = "pledge"
	PledgeJSON   Resource = "pledge.json"
	SiteMap      Resource = "sitemap.xml"
	PledgesCSV   Resource = "pledges.csv"
	PledgesAbout Resource = "pledges.csv-metadata.json"
	PledgesXLSX  Resource = "pledges.xlsx"
)

const (
	nameAsOf, nameSequence                         = "as_of", "sequence"
	nameURL, nameMaxWidth, nameMaxHeight, nameForm = "url", "maxwidth", "maxheight", "format"
	nameID, nameNumber                             = "id", "part"
)

// Plain reports whether a request without parameters gets an answer, on every server
// that has pledges.
func (r Resource) Plain() bool {
	return !slices.Contains([]Resource{Events, OEmbed, CardPNG, Pledge, PledgeJSON, SiteMap}, r)
}

// pageRoutes lists the resources of this file. labelled are the names of filters and
// of the language.
func pageRoutes(labelled []string) []route {
	html, json := []string{"text/html"}, []string{"application/json"}
	viewed := append(slices.Clone(labelled), nameView)
	dated := append(slices.Clone(viewed), nameAsOf, nameSequence)
	return []route{
		{Page, "a view as a page, with how to cite it", html, dated, (*Server).page},
		{Frame, "a view for a frame of another page", html, viewed, (*Server).frame},
		{OEmbed, "how to embed a page (https://oembed.com)", json, []string{nameURL, nameMaxWidth, nameMaxHeight, nameForm}, (*Server).oembed},
		{CardPNG, "a view as a picture for social networks", []string{"image/png"}, dated, (*Server).cardPNG},
		{Stylesheet, "the style sheet of the pages", []string{"text/css"}, nil, (*Server).stylesheet},
		{List, "the pledges one by one", html, append(slices.Clone(labelled), nameNumber), (*Server).list},
		{Pledge, "a pledge as a page", html, []string{nameID, nameLang}, (*Server).pledge},
		{PledgeJSON, "a pledge with all of its facts", json, []string{nameID}, (*Server).pledgeJSON},
		{SiteMap, "all pages, for search engines", []string{"application/xml"}, []string{nameNumber}, (*Server).siteMap},
	}
}

// policyOf returns the policy that browsers keep to who show a resource by itself.
func policyOf(r Resource) string {
	switch r {
	case BadgePicture, Card:
		return picturePolicy
	case Page, List, Pledge:
		return page.Policy
	case Frame:
		return page.FramePolicy
	}
	return ""
}

// parsePage reads what pages have beside the looks, and takes it out of the values.
func (key *request) parsePage(s *Server, values url.Values) *problem {
	take := func(name string) string {
		defer values.Del(name)
		return values.Get(name)
	}
	if id := take(nameID); id != "" || key.resource == Pledge || key.resource == PledgeJSON {
		var err error
		if key.id, err = uuid.Parse(id); err != nil || len(id) != 36 {
			return badParameter(nameID, strconv.Quote(id)+" is no identifier of a pledge")
		}
	}
	if number := take(nameNumber); number != "" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return badParameter(nameNumber, strconv.Quote(number)+" is no number from 1")
		}
		key.number = n
	}
	if p := key.parseEdition(take(nameAsOf), take(nameSequence)); p != nil {
		return p
	}
	if key.resource == OEmbed {
		return key.parseOEmbed(s, take)
	}
	return nil
}

// parseEdition reads which copy of the numbers is meant.
func (key *request) parseEdition(asOf, sequence string) *problem {
	if asOf == "" && sequence == "" {
		return nil
	}
	var ok bool
	if key.at, ok = parseCursor(sequence); !ok || !key.at.marked {
		return badParameter(nameSequence, strconv.Quote(sequence)+" is no sequence of a dated copy: such as 43-00c0ffee00c0ffee, beside as_of")
	}
	if err := key.asOf.UnmarshalText([]byte(asOf)); err != nil || key.asOf.Day() == 0 {
		return badParameter(nameAsOf, strconv.Quote(asOf)+" is no day, such as 2022-05-20, beside sequence")
	}
	return nil
}

// parseOEmbed reads of which page somebody asks how to embed it. It must be a page of
// this server.
func (key *request) parseOEmbed(s *Server, take func(string) string) *problem {
	if form := take(nameForm); form != "" && form != "json" {
		return problemOf(http.StatusNotImplemented, "this is JSON, and nothing else")
	}
	for name, at := range map[string]*int{nameMaxWidth: &key.width, nameMaxHeight: &key.height} {
		text := take(name)
		n, err := strconv.Atoi(text)
		if text != "" && (err != nil || n < 1) {
			return badParameter(name, strconv.Quote(text)+" is no number of pixels")
		}
		*at = min(n, mostPixels)
	}
	asked := take(nameURL)
	if s.options.URL == "" {
		return problemOf(http.StatusNotFound, "the server doesn't know its own address, so that there is nothing to embed")
	}
	rest, ours := strings.CutPrefix(asked, s.options.URL)
	resource, query, _ := strings.Cut(rest, "?")
	if !ours || Resource(resource) != Page {
		p := problemOf(http.StatusNotFound, "that is no page of this server; they begin with "+s.options.URL+string(Page))
		p.Name = nameURL
		return p
	}
	query, _, _ = strings.Cut(query, "#")
	inner, p := s.routes[Page].parse(s, &http.Request{URL: &url.URL{RawQuery: query}})
	if p != nil {
		return p
	}
	inner.resource, inner.width, inner.height, inner.at, inner.asOf = OEmbed, key.width, key.height, cursor{}, gcm.Date{}
	*key = inner
	return nil
}

// mostPixels bounds what a frame is asked to be, and with it how many answers differ.
const mostPixels = 2000

// absent says why there is no answer, nil if there is one.
func (s *Server) absent(key request) *problem {
	switch {
	case key.at.marked:
		if p := s.gone(key); p != nil {
			return p
		}
	case key.resource == SiteMap && s.options.URL == "":
		return problemOf(http.StatusNotFound, "the server doesn't know its own address, which a site map consists of")
	}
	switch key.resource {
	case CardPNG:
		if s.options.Drawer == nil {
			return problemOf(http.StatusNotFound, "this server draws no PNG; there is "+string(Card))
		}
	case Pledge, PledgeJSON:
		if _, ok := s.book.Get(key.id); !ok {
			return problemOf(http.StatusNotFound, "there is no pledge with that identifier here")
		}
	}
	return nil
}

// site says where the pages of the server are, to a page of a snapshot, or of none.
func (s *Server) site(snapshot *tally.Snapshot) *page.Site {
	return &page.Site{Base: s.options.URL, Address: func(p page.Place) string {
		if p.What == page.Picture && !s.draws(snapshot, p) {
			return ""
		}
		return s.place(p)
	}}
}

// draws reports whether there is a picture.
func (s *Server) draws(snapshot *tally.Snapshot, p page.Place) bool {
	if s.options.Drawer == nil || snapshot == nil {
		return false
	}
	card, err := page.PictureCard(snapshot, p.View, p.Language)
	return err == nil && s.options.Drawer.Check(card) == nil
}

// resources are those of places.
var resources = [...]Resource{
	page.View: Page, page.Frame: Frame, page.OEmbed: OEmbed, page.Picture: CardPNG, page.Pledge: Pledge, page.PledgeJSON: PledgeJSON, page.List: List,
	page.CountsCSV: CountsCSV, page.PledgesCSV: PledgesCSV, page.Workbook: PledgesXLSX, page.Stylesheet: Stylesheet, page.SiteMap: SiteMap,
}

// place returns the address of a place, relative to the server's.
func (s *Server) place(p page.Place) string {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	switch p.What {
	case page.OEmbed:
		p.What = page.View
		set(nameURL, s.options.URL+s.place(p))
		return string(OEmbed) + "?" + values.Encode()
	case page.View, page.Frame, page.Picture:
		set(nameView, p.View.String())
		if p.Edition != (page.Edition{}) {
			set(nameAsOf, p.Edition.AsOf.String())
			set(nameSequence, p.Edition.ID)
		}
	case page.Pledge, page.PledgeJSON:
		set(nameID, p.ID.String())
	case page.List, page.SiteMap:
		if p.Number > 1 || p.What == page.SiteMap && p.Number > 0 {
			set(nameNumber, strconv.Itoa(p.Number))
		}
	}
	if p.Language.IsValid() && p.Language != gcm.English {
		set(nameLang, p.Language.String())
	}
	for name, value := range p.Query.All() {
		set(name, value)
	}
	if len(values) == 0 {
		return string(resources[p.What])
	}
	return string(resources[p.What]) + "?" + values.Encode()
}

// snapshotOf returns the counts that a request asks for: the newest, or those of a
// dated copy, which is nil once that isn't kept any more.
func (s *Server) snapshotOf(key request) (*state, *tally.Snapshot) {
	if key.at.marked {
		return s.lookBack(key)
	}
	return s.look(key.query)
}

func (s *Server) page(key request) (*state, []byte) {
	at, snapshot := s.snapshotOf(key)
	if snapshot == nil {
		return s.state.Load(), nil
	}
	p := page.ViewPage{View: key.view, Language: key.language, Edition: s.edition(at, snapshot), Copy: key.at.marked}
	return at, must(p.AppendHTML(nil, s.site(snapshot), snapshot))
}

// edition returns what tells the numbers of a state apart from all others; none of
// numbers without a date, which nobody is to cite.
func (s *Server) edition(at *state, snapshot *tally.Snapshot) page.Edition {
	c := at.cursor()
	c.sequence = snapshot.Sequence
	if day := dayOf(at); day.IsValid() {
		return page.Edition{AsOf: day, ID: string(c.append(nil))}
	}
	return page.Edition{}
}

// dayOf returns of when the numbers of a state are, by the clocks of the feed.
func dayOf(at *state) gcm.Date {
	if at.header.AsOf.IsValid() {
		return at.header.Day()
	}
	return at.latest.Date()
}

func (s *Server) frame(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	return at, must(page.ViewPage{View: key.view, Language: key.language}.AppendFrame(nil, s.site(snapshot), snapshot))
}

func (s *Server) oembed(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	o := page.Embed{MaxWidth: key.width, MaxHeight: key.height, CacheAge: s.options.maxAge()}
	return at, must(o.AppendJSON(nil, s.site(snapshot), snapshot, page.ViewPage{View: key.view, Language: key.language}))
}

func (s *Server) cardPNG(key request) (*state, []byte) {
	at, snapshot := s.snapshotOf(key)
	if snapshot == nil {
		return s.state.Load(), nil
	}
	png, err := s.options.Drawer.Draw(must(page.PictureCard(snapshot, key.view, key.language)), page.PictureWidth, page.PictureHeight)
	if err != nil {
		s.options.Logger.Warn("a card can't be drawn", "error", err)
		return at, nil
	}
	return at, png
}

func (s *Server) stylesheet(request) (*state, []byte) { return s.state.Load(), page.AppendStyle(nil) }

// must returns what was made of a view of a kind that there is, and of counts that are
// whole, so that there is no error.
func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}
