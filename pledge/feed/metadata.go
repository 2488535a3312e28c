package feed

import (
	"net/url"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/table"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// metadata describes the table of the same query in the terms of CSV on the Web
// (W3C, https://www.w3.org/TR/tabular-metadata/) and of Dublin Core.
func (s *Server) metadata(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	m := table.Metadata{URL: address(CountsCSV, key), Header: at.header, Latest: snapshot.Latest, Query: key.query, Language: key.language, About: tally.Definition,
		PrimaryKey: []string{"dimension", "value", "currency"}}
	for _, c := range columns {
		m.Columns = append(m.Columns, table.Column{Name: c.name, Kind: c.kind, Text: c.about})
	}
	return at, m.AppendJSON(nil)
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

// metadataOf is where the metadata of a table is.
var metadataOf = map[Resource]Resource{CountsCSV: CountsAbout, PledgesCSV: PledgesAbout}
