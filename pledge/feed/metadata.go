package feed

import (
	"encoding/json"
	"net/url"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// metadata describes the table of the same query in the terms of CSV on the Web
// (W3C, https://www.w3.org/TR/tabular-metadata/) and of Dublin Core.
func (s *Server) metadata(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	type (
		text   = map[string]any
		column struct {
			Name        string `json:"name"`
			Titles      string `json:"titles"`
			Datatype    string `json:"datatype"`
			Description string `json:"dc:description"`
		}
	)
	doc := struct {
		Context     [2]any         `json:"@context"`
		Type        string         `json:"@type"`
		URL         string         `json:"url"`
		Title       string         `json:"dc:title,omitempty"`
		Description string         `json:"dc:description"`
		Publisher   string         `json:"dc:publisher,omitempty"`
		Source      any            `json:"dc:source,omitempty"`
		License     any            `json:"dc:license,omitempty"`
		Modified    any            `json:"dc:modified,omitempty"`
		Dialect     map[string]any `json:"dialect"`
		Schema      map[string]any `json:"tableSchema"`
		Notes       []any          `json:"notes"`
	}{
		Context:     [2]any{"http://www.w3.org/ns/csvw", map[string]string{"@language": key.language.String()}},
		Type:        "Table",
		URL:         address(CountsCSV, key),
		Title:       at.header.Title,
		Description: tally.Definition,
		Publisher:   at.header.Publisher,
		Source:      identified(at.header.Feed),
		License:     identified(at.header.License),
		Dialect:     text{"encoding": "utf-8", "header": true, "lineTerminators": []string{"\r\n"}},
	}
	asOf, offset := at.header.AsOf, at.header.AsOfOffset
	if !asOf.IsValid() { // then as of what it is known of
		asOf, offset = snapshot.Latest, 0
	}
	if asOf.IsValid() {
		doc.Modified = text{"@value": asOf.StringAt(offset), "@type": "xsd:dateTime"}
	}
	var all []column
	for _, c := range columns {
		all = append(all, column{c.name, c.name, c.kind, c.about})
	}
	doc.Schema = text{"columns": all, "primaryKey": []string{"dimension", "value", "currency"}}
	doc.Notes = []any{text{"sequence": at.header.Sequence, "illustrative": at.header.Illustrative, "query": key.query}}
	body, _ := json.MarshalIndent(doc, "", " ") // strings and numbers only
	return at, append(body, '\n')
}

// identified is an address as one, any other text as text, and nothing as nothing.
func identified(s string) any {
	if s == "" {
		return nil
	}
	if u, err := url.Parse(s); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return map[string]string{"@id": s}
	}
	return s
}

// address returns that of a resource with the filters of a request, relative to
// another resource.
func address(r Resource, key request) string {
	values := url.Values{}
	for name, value := range key.query.All() {
		values.Set(name, value)
	}
	if key.language != gcm.English {
		values.Set(nameLang, key.language.String())
	}
	if len(values) == 0 {
		return string(r)
	}
	return string(r) + "?" + values.Encode()
}

// about is where the metadata of a table is.
func about(key request) string { return address(CountsAbout, key) }
