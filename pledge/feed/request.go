package feed

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
	"github.com/google/uuid"
)

// request is what is asked for. Requests that are equal have the same answer.
type request struct {
	resource Resource
	query    tally.Query
	view     view.Kind
	language gcm.Language // of texts and labels
	theme    view.Theme
	size     view.Size
	sort     view.Sort

	id            uuid.UUID // of a pledge
	number        int       // of a page or a part
	at            cursor    // of a dated copy; of the newest numbers none, without a mark
	asOf          gcm.Date  // of a dated copy
	width, height int       // of a frame, at most; 0 for any
}

// everything is the request for the snapshot that new readers of the stream get.
var everything = request{resource: Snapshot, language: gcm.English}

// pinned reports whether the answer is always kept: the feeds because they are
// large, and everything because many ask for it at once.
func (key request) pinned() bool {
	return key.resource == Feed || key.resource == Countable || key == everything
}

// longestQuery is how long the parameters of a request may be, in bytes: enough
// for one of each name, and for what others append to addresses.
const longestQuery = 4096

// parse reads the parameters of a request for a route. Content has no meaning in
// a request for something, so what may or may not be there is passed over.
func (route *route) parse(s *Server, r *http.Request) (request, *problem) {
	key := request{resource: route.resource, language: gcm.English}
	if len(r.URL.RawQuery) > longestQuery {
		return key, problemOf(http.StatusRequestURITooLong, "the parameters take more than "+strconv.Itoa(longestQuery)+" bytes")
	}
	if r.ContentLength > 0 {
		return key, problemOf(http.StatusBadRequest, "a request for something has no content")
	}
	values, p := route.parameters(r.URL.RawQuery)
	if p != nil {
		return key, p
	}
	if p := key.parseLooks(values); p != nil {
		return key, p
	}
	if p := key.parsePage(s, values); p != nil {
		return key, p
	}
	var err error
	key.query, err = tally.ParseQuery(values.Get)
	if wrong := (*tally.QueryError)(nil); errors.As(err, &wrong) {
		return key, badParameter(wrong.Name, strconv.Quote(wrong.Value)+" is no value of "+wrong.Name)
	}
	return key, nil
}

// parseLooks reads what isn't a filter, and takes it out of the values.
func (key *request) parseLooks(values url.Values) *problem {
	take := func(name string) string {
		defer values.Del(name)
		return values.Get(name)
	}
	var err error
	if lang := take(nameLang); lang != "" {
		if key.language, err = gcm.ParseLanguage(lang); err != nil {
			return badParameter(nameLang, strconv.Quote(lang)+" is none of en, fr, es, ar, ru and zh")
		}
	}
	if after := take(nameAfter); after != "" {
		if _, ok := parseCursor(after); !ok {
			return badParameter(nameAfter, strconv.Quote(after)+" is neither a sequence, nor the id of an event, nor an entity tag")
		}
	}
	kind := take(nameView)
	if key.view, err = view.ParseKind(kind); err != nil {
		return badParameter(nameView, strconv.Quote(kind)+" is no view")
	}
	var ok bool
	if size := take(nameSize); size != "" {
		if key.size, ok = view.ParseSize(size); !ok {
			return badParameter(nameSize, strconv.Quote(size)+" is no size of a counter")
		}
	}
	if sort := take(nameSort); sort != "" {
		if key.sort, ok = view.ParseSort(sort); !ok {
			return badParameter(nameSort, strconv.Quote(sort)+" is no order of rows")
		}
	}
	theme := take(nameTheme)
	for key.theme = view.Auto; theme != "" && key.theme.String() != theme; key.theme++ {
		if !key.theme.IsValid() {
			return badParameter(nameTheme, strconv.Quote(theme)+" is none of light, dark and auto")
		}
	}
	return nil
}

func badParameter(name, detail string) *problem {
	p := problemOf(http.StatusBadRequest, detail)
	p.Name = name
	return p
}
