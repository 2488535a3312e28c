package feed

import (
	"bytes"
	"slices"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/page"
	"github.com/gcmkit/gcmkit/pledge/table"
)

// tableRoutes lists the resources of this file. labelled are the names of filters and
// of the language.
func tableRoutes(labelled []string) []route {
	return []route{
		{PledgesCSV, "the pledges as a table", []string{"text/csv"}, labelled, (*Server).pledgesCSV},
		{PledgesAbout, "what the table of pledges means, whose it is, and as of when", slices.Clone(metadataTypes), labelled, (*Server).pledgesMetadata},
		{PledgesXLSX, "the pledges as a workbook", []string{page.WorkbookType}, labelled, (*Server).pledgesXLSX},
	}
}

// metadataTypes are the media types of what describes a table.
var metadataTypes = []string{"application/csvm+json", "application/ld+json", "application/json"}

// tabulate writes the pledges that a request selects, by ID.
func (s *Server) tabulate(key request, write func(*pledge.Pledge) error) *state {
	s.mu.RLock()
	at, all := s.state.Load(), s.book.All()
	s.mu.RUnlock()
	for p := range all {
		if f := p.Facets(); key.query.Matches(&f) {
			write(&p) // a buffer takes everything
		}
	}
	return at
}

func (s *Server) tableOptions(key request) table.Options {
	site := s.site(nil)
	return table.Options{Language: key.language, Page: func(p *pledge.Pledge) string {
		return site.Absolute(page.Place{What: page.Pledge, ID: p.ID, Language: key.language})
	}}
}

func (s *Server) pledgesCSV(key request) (*state, []byte) {
	var b bytes.Buffer
	w := table.NewCSV(&b, s.tableOptions(key))
	at := s.tabulate(key, w.Write)
	w.Close()
	return at, b.Bytes()
}

func (s *Server) pledgesXLSX(key request) (*state, []byte) {
	var b bytes.Buffer
	w := table.NewWorkbook(&b, s.tableOptions(key))
	at := s.tabulate(key, w.Write)
	w.Header, w.Query = at.header, key.query
	w.Close()
	return at, b.Bytes()
}

func (s *Server) pledgesMetadata(key request) (*state, []byte) {
	at := s.state.Load()
	return at, table.PledgesMetadata(address(PledgesCSV, key), at.header, at.latest, key.query, key.language).AppendJSON(nil)
}
