package feed

import (
	"iter"
	"net/http"
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Resource is something that a [Server] serves: its address relative to where
// the server is mounted.
type Resource string

// The resources; see the package for what they are.
const (
	Index         Resource = ""
	Feed          Resource = "pledges.json"
	Countable     Resource = "countable.json"
	Snapshot      Resource = "snapshot.json"
	Counts        Resource = "counts.json"
	CountsCSV     Resource = "counts.csv"
	CountsAbout   Resource = "counts.metadata.json"
	ViewDocument  Resource = "view.json"
	Events        Resource = "events"
	BadgePicture  Resource = "badge.svg"
	BadgeEndpoint Resource = "badge.json"
	Card          Resource = "card.svg"
)

// route is what there is to know of a resource.
type route struct {
	resource Resource
	about    string
	types    []string // media types; the first one is what is sent
	names    []string // of parameters
	render   func(s *Server, key request) (*state, []byte)
}

// queryNames are what [tally.ParseQuery] asks for.
var queryNames = slices.Collect(tally.Filters())

const (
	nameLang, nameView, nameTheme, nameAfter = "lang", "view", "theme", "after"
	nameSize, nameSort                       = "size", "sort"
)

// routes lists the resources in the order of the index.
func routes() []route {
	labelled := append(slices.Clone(queryNames), nameLang)
	json := []string{"application/json"}
	svg := []string{"image/svg+xml"}
	return append([]route{
		{Index, "this index", json, nil, (*Server).index},
		{Feed, "the feed", json, nil, (*Server).feed},
		{Countable, "the feed with what is counted and listed only", json, nil, (*Server).countable},
		{Snapshot, "counts with source, date and definition", json, queryNames, (*Server).snapshot},
		{Counts, "the numbers alone", json, queryNames, (*Server).counts},
		{CountsCSV, "the numbers as a table", []string{"text/csv"}, labelled, (*Server).csv},
		{CountsAbout, "what the numbers mean, whose they are, and as of when", []string{"application/csvm+json", "application/ld+json", "application/json"}, labelled, (*Server).metadata},
		{ViewDocument, "a view for the widget, which counts nothing then", json, append(slices.Clone(labelled), nameView, nameSize, nameSort), (*Server).document},
		{Events, "what changes, as it changes", []string{"text/event-stream"}, []string{nameAfter}, nil},
		{BadgePicture, "the number of pledges as a picture", svg, labelled, (*Server).badgePicture},
		{BadgeEndpoint, "the number of pledges for badge services", json, labelled, (*Server).badgeEndpoint},
		{Card, "a view as a picture", svg, append(slices.Clone(labelled), nameView, nameTheme), (*Server).card},
	}, slices.Concat(pageRoutes(labelled), tableRoutes(labelled))...)
}

// Resources yields all resources, the index first.
func Resources() iter.Seq[Resource] {
	return func(yield func(Resource) bool) {
		for _, r := range routes() {
			if !yield(r.resource) {
				return
			}
		}
	}
}

func (s *Server) mount() {
	s.routes, s.handlers = map[Resource]*route{}, map[Resource]http.Handler{}
	for _, route := range routes() {
		serve := func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, &route) }
		if route.resource == Events {
			serve = func(w http.ResponseWriter, r *http.Request) { s.serveEvents(w, r, &route) }
		}
		s.routes[route.resource], s.handlers[route.resource] = &route, s.public(serve)
	}
}

// Handler returns the handler of one resource, whatever the path of the request;
// one that finds nothing if there is no such resource.
func (s *Server) Handler(r Resource) http.Handler {
	if h, ok := s.handlers[r]; ok {
		return h
	}
	return s.public(func(w http.ResponseWriter, r *http.Request) {
		problemOf(http.StatusNotFound, "there is nothing of that name; the index has what there is").write(w, r)
	})
}

// ServeHTTP serves the resource whose address is the whole path of the request;
// mount it with [Server.Register] or [http.StripPrefix].
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Handler(Resource(strings.TrimPrefix(r.URL.Path, "/"))).ServeHTTP(w, r)
}

// Register mounts the server on a mux below a path, such as "/pledges/".
func (s *Server) Register(mux *http.ServeMux, path string) {
	path = "/" + strings.Trim(path, "/")
	if path != "/" {
		mux.Handle(path+"/", http.StripPrefix(path, s))
		return
	}
	mux.Handle(path, s)
}
