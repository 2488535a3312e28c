package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// render makes an answer of the book as it is.
func (s *Server) render(route *route, key request) *rendering {
	s.stats.rendered.Add(1)
	at, body := route.render(s, key)
	return newRendering(at, body, &s.compressors)
}

// look returns the counts of a query at one state, which nobody changes
// meanwhile.
func (s *Server) look(q tally.Query) (*state, *tally.Snapshot) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	at := s.state.Load()
	snapshot := s.book.Snapshot(at.header, q)
	snapshot.Header = at.header // the book has a count of its own where the header has none
	return at, snapshot
}

func (s *Server) feed(request) (*state, []byte) {
	return s.pledges(func(p pledge.Pledge) pledge.Pledge { return p })
}

func (s *Server) countable(request) (*state, []byte) {
	return s.pledges(func(p pledge.Pledge) pledge.Pledge { return countable(&p) })
}

// pledges writes the feed, with what each pledge becomes. Nobody who writes to
// the book waits for that.
func (s *Server) pledges(become func(pledge.Pledge) pledge.Pledge) (*state, []byte) {
	s.mu.RLock()
	at, all := s.state.Load(), s.book.All()
	s.mu.RUnlock()
	var b bytes.Buffer
	e := pledge.NewEncoder(&b)
	e.Header = at.header
	for p := range all {
		p = become(p)
		e.Encode(&p) // a buffer takes everything
	}
	e.Close()
	return at, b.Bytes()
}

func (s *Server) snapshot(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	return at, snapshot.AppendJSON(nil)
}

func (s *Server) counts(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	return at, snapshot.Counts.AppendJSON(nil)
}

// view returns a view of the counts. The clock isn't in it: how fresh the
// numbers are would grow untrue while caches keep it.
func (s *Server) view(key request) (*state, *view.View) {
	at, snapshot := s.look(key.query)
	v, err := view.Render(snapshot, view.Options{View: key.view, Language: key.language})
	if err != nil { // of a kind that there is, and of counts that are whole
		panic(err)
	}
	return at, v
}

func (s *Server) badgePicture(key request) (*state, []byte) {
	at, v := s.view(key)
	return at, view.BadgeOf(v).AppendSVG(nil)
}

func (s *Server) badgeEndpoint(key request) (*state, []byte) {
	at, v := s.view(key)
	return at, view.BadgeOf(v).AppendJSON(nil, max(0, int(s.options.MaxAge/time.Second)))
}

func (s *Server) card(key request) (*state, []byte) {
	at, v := s.view(key)
	return at, view.AppendCard(nil, v, key.theme)
}

// document returns a view document, which names the feed to count from: the page
// reads it only once a reader chooses something. There is none of pledges without
// a date.
func (s *Server) document(key request) (*state, []byte) {
	at, snapshot := s.look(key.query)
	d := view.Document{View: key.view, Language: key.language, Size: key.size, Sort: key.sort, Feed: string(Countable), Spread: s.options.spread()}
	body, err := d.AppendJSON(nil, snapshot)
	if err != nil && !errors.Is(err, view.ErrUndated) { // of a kind that there is, and of counts that are whole
		panic(err)
	}
	return at, body
}

// index lists what there is, for programs and for people who look around.
func (s *Server) index(request) (*state, []byte) {
	type link struct {
		Href       Resource `json:"href"`
		Type       string   `json:"type"`
		Title      string   `json:"title"`
		Parameters []string `json:"parameters,omitempty"`
	}
	at := s.state.Load()
	var links []link
	for _, route := range routes()[1:] {
		links = append(links, link{route.resource, route.types[0], route.about, route.names})
	}
	list, _ := json.MarshalIndent(links, " ", " ") // strings only
	body := at.header.AppendJSON([]byte("{"))
	if len(body) > 1 {
		body = append(body, ",\n "...)
	}
	body = append(body, `"links": `...)
	return at, append(append(body, list...), "}\n"...)
}
