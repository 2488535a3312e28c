package feed

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

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
		p := badParameter(wrong.Name, strings.TrimPrefix(wrong.Error(), "tally: "))
		p.Values = slices.Collect(tally.FilterValues(wrong.Name))
		return key, p
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
			return badValue(nameLang, lang, enumerated(gcm.English))
		}
	}
	if after := take(nameAfter); after != "" {
		if _, ok := parseCursor(after); !ok {
			return badParameter(nameAfter, strconv.Quote(after)+" is neither a sequence, nor the id of an event, nor an entity tag")
		}
	}
	kind := take(nameView)
	if key.view, err = view.ParseKind(kind); err != nil {
		return badValue(nameView, kind, enumerated(view.Counter))
	}
	var ok bool
	if size := take(nameSize); size != "" {
		if key.size, ok = view.ParseSize(size); !ok {
			return badValue(nameSize, size, enumerated(view.Standard))
		}
	}
	if sort := take(nameSort); sort != "" {
		if key.sort, ok = view.ParseSort(sort); !ok {
			return badValue(nameSort, sort, enumerated(view.Usual))
		}
	}
	theme := take(nameTheme)
	for key.theme = view.Auto; theme != "" && key.theme.String() != theme; key.theme++ {
		if !key.theme.IsValid() {
			return badValue(nameTheme, theme, enumerated(view.Auto))
		}
	}
	return nil
}

func badParameter(name, detail string) *problem {
	p := problemOf(http.StatusBadRequest, detail)
	p.Name = name
	return p
}

// badValue says which values a parameter has.
func badValue(name, value string, values []string) *problem {
	p := badParameter(name, gcm.Quote(value)+" is not a value of "+name+"; there are "+strings.Join(values, ", "))
	p.Values = values
	return p
}

// enumerated returns the names of an enumeration's values, from this one on.
func enumerated[E interface {
	~uint8
	IsValid() bool
	String() string
}](e E) (names []string) {
	for ; e.IsValid(); e++ {
		names = append(names, e.String())
	}
	return names
}
