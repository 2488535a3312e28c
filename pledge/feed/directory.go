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

// directory is what lists and links of pages need to know of all pledges. It is made
// once for each state that somebody asks for, and never changes.
type directory struct {
	*state
	all      []*pledge.Pledge             // what is countable of them, the newest first
	dated    []page.Dated                 // by ID
	byRef    map[string]uuid.UUID         // of numbers that only one has
	byTitle  map[string]uuid.UUID         // of titles that only one has
	matching map[uuid.UUID][]page.Related // those that match a pledge
	byID     map[uuid.UUID]*pledge.Pledge //
}

// directories keeps the last directory.
type directories struct {
	mu   sync.Mutex
	last *directory
}

// directory returns that of the present state, or of one that is hardly older: see
// [Options.Rebuild].
func (s *Server) directory() *directory {
	s.directories.mu.Lock()
	defer s.directories.mu.Unlock()
	if d := s.directories.last; d != nil && d.tag == s.state.Load().tag {
		return d
	}
	s.mu.RLock()
	at, book := s.state.Load(), s.book.All()
	s.mu.RUnlock()
	d := &directory{state: at, byRef: map[string]uuid.UUID{}, byTitle: map[string]uuid.UUID{}, matching: map[uuid.UUID][]page.Related{}, byID: map[uuid.UUID]*pledge.Pledge{}}
	matches := map[uuid.UUID]pledge.Match{}
	for p := range book {
		c := countable(&p)
		d.all = append(d.all, &c)
		d.dated = append(d.dated, page.Dated{ID: p.ID, Updated: p.Updated.Date()})
		d.byID[p.ID] = &c
		alone(d.byRef, p.Ref, p.ID)
		alone(d.byTitle, p.Title, p.ID)
		if p.Matches != (pledge.Match{}) {
			matches[p.ID] = p.Matches
		}
	}
	slices.SortFunc(d.all, page.Newer)
	for _, p := range d.all {
		if m, ok := matches[p.ID]; ok {
			if of, ok := d.matched(m); ok && of != p.ID {
				d.matching[of] = append(d.matching[of], page.RelatedOf(p))
			}
		}
	}
	s.directories.last = d
	return d
}

// alone notes by which name a pledge can be found: none that several have.
func alone(by map[string]uuid.UUID, name string, id uuid.UUID) {
	if name == "" {
		return
	}
	if _, taken := by[name]; taken {
		id = uuid.Nil
	}
	by[name] = id
}

// matched returns the pledge that is named as the one that another matches: by its
// ID, or else by a number or a title that no other has.
func (d *directory) matched(m pledge.Match) (uuid.UUID, bool) {
	for _, id := range []uuid.UUID{m.ID, d.byRef[m.Ref], d.byTitle[m.Title]} {
		if _, ok := d.byID[id]; ok && id != uuid.Nil {
			return id, true
		}
	}
	return uuid.Nil, false
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
	o := page.PledgePage{Language: key.language, Matching: s.directory().matching[p.ID], Revisions: s.history.revisions(p.ID)}
	d := s.directory()
	if id, ok := d.matched(p.Matches); ok {
		r := page.RelatedOf(d.byID[id])
		o.Matched = &r
	}
	return at, must(o.AppendHTML(nil, s.site(nil), &at.header, &p))
}

// pledgeJSON writes a pledge with what else is known of it, for a page that opens it.
func (s *Server) pledgeJSON(key request) (*state, []byte) {
	at := s.state.Load()
	p, ok := s.book.Get(key.id)
	if !ok {
		return at, nil
	}
	d := s.directory()
	b := at.header.AppendJSON([]byte("{"))
	if len(b) > 1 {
		b = append(b, ',')
	}
	b = p.AppendJSON(append(b, `"pledge":`...))
	criteria, _ := p.Criteria().MarshalJSON() // of codes
	b = append(append(b, `,"criteria":`...), criteria...)
	if id, ok := d.matched(p.Matches); ok {
		b = appendRelated(append(b, `,"matched":`...), page.RelatedOf(d.byID[id]))
	}
	if all := d.matching[p.ID]; all != nil {
		b = append(b, `,"matching":[`...)
		for i, r := range all {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendRelated(b, r)
		}
		b = append(b, ']')
	}
	return at, append(b, '}')
}

func appendRelated(b []byte, r page.Related) []byte {
	b = tally.AppendText(append(b, `{"id":`...), r.ID.String())
	b = tally.AppendText(append(b, `,"title":`...), r.Title)
	if r.Language != "" {
		b = tally.AppendText(append(b, `,"language":`...), r.Language)
	}
	return append(b, '}')
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
