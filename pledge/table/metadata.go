package table

import (
	"encoding/json"
	"net/url"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Metadata describes a table in the terms of CSV on the Web (W3C,
// https://www.w3.org/TR/tabular-metadata/) and of Dublin Core. It is a value, but for
// its slices; the zero Metadata is of a table without columns.
type Metadata struct {
	URL        string // of the table, relative to its description
	Header     tally.Header
	Latest     gcm.Instant // the newest revision, where the header states no date
	Query      tally.Query
	Language   gcm.Language // of the table's labels
	About      string       // what the rows are
	Columns    []Column
	PrimaryKey []string
}

// AppendJSON appends the description as JSON.
func (m *Metadata) AppendJSON(b []byte) []byte {
	type text = map[string]any
	type column struct {
		Name        string `json:"name"`
		Titles      string `json:"titles"`
		Datatype    string `json:"datatype"`
		Separator   string `json:"separator,omitempty"`
		Description string `json:"dc:description"`
	}
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
		Context:     [2]any{"http://www.w3.org/ns/csvw", map[string]string{"@language": m.language().String()}},
		Type:        "Table",
		URL:         m.URL,
		Title:       m.Header.Title,
		Description: m.About,
		Publisher:   m.Header.Publisher,
		Source:      identified(m.Header.Feed),
		License:     identified(m.Header.License),
		Dialect:     text{"encoding": "utf-8", "header": true, "lineTerminators": []string{"\r\n"}},
	}
	asOf, offset := m.Header.AsOf, m.Header.AsOfOffset
	if !asOf.IsValid() { // then as of what it is known of
		asOf, offset = m.Latest, 0
	}
	if asOf.IsValid() {
		doc.Modified = text{"@value": asOf.StringAt(offset), "@type": "xsd:dateTime"}
	}
	all := []column{}
	for _, c := range m.Columns {
		col := column{Name: c.Name, Titles: c.Name, Datatype: c.Kind, Description: c.Text}
		if c.List {
			col.Separator = Divider
		}
		all = append(all, col)
	}
	doc.Schema = text{"columns": all, "primaryKey": m.PrimaryKey}
	doc.Notes = []any{text{"sequence": m.Header.Sequence, "illustrative": m.Header.Illustrative, "query": m.Query}}
	body, _ := json.MarshalIndent(doc, "", " ") // strings and numbers only
	return append(append(b, body...), '\n')
}

func (m *Metadata) language() gcm.Language {
	if m.Language.IsValid() {
		return m.Language
	}
	return gcm.English
}

// About says what the rows of a table of pledges are.
const About = "Pledges, a row each, in their latest revision. Values of a list are divided by a semicolon and a blank; a semicolon within a value is written as a comma. " +
	"A text that a spreadsheet would take for a formula has an apostrophe in front of it. Labels and names stand beside the codes that they are of."

// PledgesMetadata returns the description of the table of pledges that a query
// selects from a feed, whose newest revision is of an instant.
func PledgesMetadata(url string, h tally.Header, latest gcm.Instant, q tally.Query, l gcm.Language) *Metadata {
	m := &Metadata{URL: url, Header: h, Latest: latest, Query: q, Language: l, About: About, PrimaryKey: []string{"id"}}
	for c := range Columns() {
		m.Columns = append(m.Columns, c)
	}
	return m
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
