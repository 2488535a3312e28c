package page

import (
	"bytes"
	"encoding/xml"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/google/uuid"
)

// PerSiteMap is how many pledges a site map has (https://www.sitemaps.org): in six
// languages that is less than the 50,000 addresses and 50 MB that one may have.
const PerSiteMap = 5000

// SiteMaps returns how many site maps there are of so many pledges.
func SiteMaps(pledges int) int { return max(1, (pledges+PerSiteMap-1)/PerSiteMap) }

// A Dated pledge is one that a site map names, and the day of its revision.
type Dated struct {
	ID      uuid.UUID
	Updated gcm.Date
}

// AppendSiteMap appends the site map of a number, from 1, of pledges in the order of
// their IDs: of each page in each language where it is, and which others are the same
// in other languages. The first one has the pages of views and the list as well.
// Number 0 is the index of all site maps. Without the address of the site nothing is
// appended.
func AppendSiteMap(b []byte, site *Site, pledges []Dated, number int) []byte {
	if site.Base == "" {
		return b
	}
	b = append(b, xml.Header...)
	if number == 0 {
		b = append(b, "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"...)
		for n := range SiteMaps(len(pledges)) {
			if at := site.Absolute(Place{What: SiteMap, Number: n + 1}); at != "" {
				b = append(appendXML(append(b, "<sitemap><loc>"...), at), "</loc></sitemap>\n"...)
			}
		}
		return append(b, "</sitemapindex>\n"...)
	}
	b = append(b, "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"...)
	if number == 1 {
		for kind := range view.Kinds() {
			b = site.appendURLs(b, Place{What: View, View: kind}, gcm.Date{})
		}
		b = site.appendURLs(b, Place{What: List, Number: 1}, gcm.Date{}) // which leads to the others
	}
	first := min((number-1)*PerSiteMap, len(pledges))
	for _, p := range pledges[first:min(first+PerSiteMap, len(pledges))] {
		b = site.appendURLs(b, Place{What: Pledge, ID: p.ID}, p.Updated)
	}
	return append(b, "</urlset>\n"...)
}

// appendURLs appends a place in all languages.
func (s *Site) appendURLs(b []byte, p Place, updated gcm.Date) []byte {
	var others []byte
	for l := range gcm.Languages() {
		p.Language = l
		at := s.Absolute(p)
		if at == "" {
			return b
		}
		others = append(others, `<xhtml:link rel="alternate" hreflang=`+strconv.Quote(l.String())+` href="`...)
		others = append(appendXML(others, at), `"/>`...)
	}
	for l := range gcm.Languages() {
		p.Language = l
		b = appendXML(append(b, "<url><loc>"...), s.Absolute(p))
		b = append(b, "</loc>"...)
		if updated.IsValid() {
			b = append(b, "<lastmod>"+updated.String()+"</lastmod>"...)
		}
		b = append(append(b, others...), "</url>\n"...)
	}
	return b
}

// appendXML appends text as XML.
func appendXML(b []byte, text string) []byte {
	out := bytes.NewBuffer(b)
	xml.EscapeText(out, []byte(text)) // writes to memory
	return out.Bytes()
}
