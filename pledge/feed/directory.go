package feed

import (
	"slices"
	"sync"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/page"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// directory is what lists and links of pages need to know of all pledges. It never
// changes.
type directory struct {
	*state
	all       []*pledge.Pledge // what is countable of them, the newest first
	dated     []page.Dated     // by ID
	relations *page.Relations
}

// directories keeps the last directory, which is made once for each state that
// somebody asks for.
type directories struct {
	mu   sync.Mutex
	last *directory
}

// directory returns that of the present state.
func (s *Server) directory() *directory {
	s.directories.mu.Lock()
	defer s.directories.mu.Unlock()
	if d := s.directories.last; d != nil && d.tag == s.state.Load().tag {
		return d
	}
	s.mu.RLock()
	at, book := s.state.Load(), s.book.All()
	s.mu.RUnlock()
	d := &directory{state: at}
	for p := range book {
		c := countable(&p)
		c.Ref, c.Matches = p.Ref, p.Matches
		d.all = append(d.all, &c)
		d.dated = append(d.dated, page.Dated{ID: p.ID, Updated: p.Updated.Date()})
	}
	slices.SortFunc(d.all, page.Newer)
	d.relations = page.RelationsOf(d.all)
	s.directories.last = d
	return d
}

// selected returns the pledges that a query selects, the newest first.
func (d *directory) selected(q tally.Query) (all []*pledge.Pledge) {
	for _, p := range d.all {
		if f := p.Facets(); q.Matches(&f) {
			all = append(all, p)
		}
	}
	return all
}

func (s *Server) list(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	l := page.ListPage{Language: key.language, Number: key.number}
	return at, must(l.AppendHTML(nil, s.site(snapshot), snapshot, s.directory().selected(key.query)))
}

func (s *Server) siteMap(key request) (*state, []byte) {
	d := s.directory()
	number := key.number
	if number == 0 && page.SiteMaps(len(d.dated)) == 1 {
		number = 1
	}
	return d.state, page.AppendSiteMap(nil, s.site(nil), d.dated, number)
}

// pledge writes the page of a pledge. There is none of a pledge that isn't there.
func (s *Server) pledge(key request) (*state, []byte) {
	at := s.state.Load()
	p, ok := s.book.Get(key.id)
	if !ok {
		return at, nil
	}
	o := s.directory().relations.Page(&p)
	o.Language, o.Revisions = key.language, s.history.revisions(p.ID)
	return at, must(o.AppendHTML(nil, s.site(nil), &at.header, &p))
}

// pledgeJSON writes a pledge with what else is known of it, for a page that opens it.
func (s *Server) pledgeJSON(key request) (*state, []byte) {
	at := s.state.Load()
	p, ok := s.book.Get(key.id)
	if !ok {
		return at, nil
	}
	return at, s.directory().relations.Page(&p).AppendJSON(nil, &at.header, &p)
}

// revisions returns the instants of earlier revisions of a pledge that are in the
// history, the newest first.
func (h *history) revisions(id uuid.UUID) (all []gcm.Instant) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for i := len(h.events) - 1; i >= 0; i-- {
		if u := &h.events[i].undo; u.id == id && u.old != nil {
			all = append(all, u.old.Updated)
		}
	}
	return all
}
