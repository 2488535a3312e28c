package feed

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gcmkit/gcmkit/pledge/feed/conditional"
)

// What is the same for all answers.
const (
	methods = "GET, HEAD, OPTIONS"
	// Nothing here has credentials, so scripts may send whatever they like, such
	// as traceparent. Browsers that don't know "*" go by the names; it doesn't
	// stand for Authorization.
	requestHeaders = "*, Authorization, Accept, Cache-Control, If-Match, If-None-Match, If-Range, Last-Event-ID, Range"
	exposedHeaders = "Accept-Ranges, Allow, Content-Encoding, Content-Length, Content-Range, ETag, Link, Retry-After"

	// A picture that is opened by itself can do nothing.
	picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
)

// public lets everybody read, from any origin, whatever the answer is; it answers
// all methods but GET and HEAD, and counts.
func (s *Server) public(serve http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := &countedWriter{ResponseWriter: w, counters: &s.stats}
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", exposedHeaders)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			serve(counted, r)
		case http.MethodOptions:
			h.Set("Allow", methods)
			h.Set("Access-Control-Allow-Methods", methods)
			h.Set("Access-Control-Allow-Headers", requestHeaders)
			h.Set("Access-Control-Max-Age", "86400")
			counted.WriteHeader(http.StatusNoContent)
		default:
			h.Set("Allow", methods)
			problemOf(http.StatusMethodNotAllowed, "what is here can only be read").write(counted, r)
		}
	})
}

// check answers what can't be served, and reports whether it can be.
func (s *Server) check(w http.ResponseWriter, r *http.Request, route *route) (request, bool) {
	key, wrong := route.parse(s, r)
	if wrong == nil && !accepts(r.Header.Values("Accept"), route.types...) {
		wrong = problemOf(http.StatusNotAcceptable, "this is "+route.types[0]+", and nothing else")
	}
	if wrong != nil {
		if r.ContentLength > 0 && r.ProtoMajor == 1 { // which nobody is going to read
			w.Header().Set("Connection", "close")
		}
		wrong.write(w, r)
	}
	return key, wrong == nil
}

// serve answers with a rendering.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, route *route) {
	key, ok := s.check(w, r, route)
	if !ok {
		return
	}
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	coding, ok := codingFor(r.Header.Values("Accept-Encoding"))
	if !ok {
		problemOf(http.StatusNotAcceptable, "this comes as it is, or in gzip or br").write(w, r)
		return
	}
	h.Set("Cache-Control", s.cacheControl())
	if wrong := s.absent(key); wrong != nil {
		wrong.write(w, r)
		return
	}
	// A reader who has what there is costs no rendering.
	if tag := entityTag(s.state.Load(), coding); !key.at.marked && conditional.Check(r, tag) == http.StatusNotModified {
		h.Set("ETag", tag.String())
		w.WriteHeader(http.StatusNotModified)
		return
	}
	rendering, err := s.rendered(r, route, key)
	if err != nil {
		return // whoever has asked is gone
	}
	body := rendering.body
	if body == nil {
		wrong := s.absent(key)
		switch {
		case wrong == nil && key.resource == CardPNG:
			wrong = problemOf(http.StatusNotFound, "the server has no font for all letters on the card; there is "+string(Card))
		case wrong == nil:
			wrong = problemOf(http.StatusNotFound, "the pledges have no date yet, and a number without one isn't shown")
		}
		wrong.write(w, r)
		return
	}
	if coding != identity && len(body) >= leastToCompress {
		body = rendering.coded(coding)
		h.Set("Content-Encoding", codingNames[coding])
	}
	h.Set("Content-Type", contentType(route.types[0]))
	if policy := policyOf(route.resource); policy != "" {
		h.Set("Content-Security-Policy", policy)
	}
	if about, ok := metadataOf[route.resource]; ok {
		h.Set("Link", "<"+address(about, key)+`>; rel="describedby"; type="application/csvm+json"`)
	}
	conditional.Serve(w, r, entityTag(rendering.state, coding), body, func(status int) { conditionProblem(status).write(w, r) })
}

// rendered returns the rendering that a request gets.
func (s *Server) rendered(r *http.Request, route *route, key request) (*rendering, error) {
	good := func(old *rendering) bool {
		return key.at.marked || old.tag == s.state.Load().tag || time.Since(old.built) < s.options.Rebuild
	}
	return s.cache.get(r.Context(), key, good, func() *rendering { return s.render(route, key) })
}

func (s *Server) cacheControl() string {
	if s.options.MaxAge < 0 {
		return "public, no-cache"
	}
	age := int(s.options.MaxAge / time.Second)
	return "public, max-age=" + strconv.Itoa(age) + ", stale-while-revalidate=" + strconv.Itoa(age) + ", stale-if-error=86400"
}

// entityTag returns the entity tag of what is rendered at a state and coded. It
// is the same for all resources, each of which has an address of its own.
func entityTag(at *state, c coding) conditional.Tag {
	if c == identity {
		return conditional.Tag{Opaque: at.tag}
	}
	return conditional.Tag{Opaque: at.tag + "." + codingNames[c]} // no hyphen, see [conditional.Tags.MatchWeakly]
}

func contentType(t string) string {
	switch t {
	case "text/csv":
		return "text/csv; charset=utf-8; header=present"
	case "text/html", "text/css":
		return t + "; charset=utf-8"
	}
	return t
}
