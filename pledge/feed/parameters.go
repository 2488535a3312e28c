package feed

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gcmkit/gcmkit/gcm"
)

// parameters returns the parameters that a route has. What others append to
// addresses, such as fbclid, utm_source or _, is passed over as if it weren't
// there. A name that another route has, or that looks like one misspelt, is an
// error: nobody is to get the number of everything for that of a region.
func (route *route) parameters(query string) (url.Values, *problem) {
	values := url.Values{}
	for pair := range strings.SplitSeq(query, "&") {
		// Whether a semicolon divides pairs as well is a matter of who reads them.
		parts := strings.Split(pair, ";")
		for _, part := range parts {
			name, value, _ := strings.Cut(part, "=")
			name, err := url.QueryUnescape(name)
			if err != nil || !isMeant(name) && !slices.Contains(route.names, name) {
				continue
			}
			if len(parts) > 1 {
				return nil, badParameter(name, "a semicolon divides no parameters")
			}
			if !slices.Contains(route.names, name) {
				return nil, badParameter(name, "there is no parameter "+gcm.Quote(name)+" here; there "+there(route.names))
			}
			if values.Has(name) {
				return nil, badParameter(name, "the parameter "+name+" stands there twice")
			}
			if value, err = url.QueryUnescape(value); err != nil || !utf8.ValidString(value) {
				return nil, badParameter(name, "the value of "+name+" isn't UTF-8, or isn't well-formed")
			}
			values.Set(name, value)
		}
	}
	return values, nil
}

// there says which parameters there are.
func there(names []string) string {
	if len(names) == 0 {
		return "is none"
	}
	return "are " + strings.Join(names, ", ")
}

// isMeant reports whether a name is one of ours, or one of ours misspelt.
func isMeant(name string) bool {
	return slices.ContainsFunc(allNames, func(ours string) bool {
		return strings.EqualFold(name, ours) || len(name) >= 4 && nearly(name, ours)
	})
}

// allNames are those of all routes.
var allNames = append(slices.Clone(queryNames), nameLang, nameView, nameTheme, nameAfter, nameSize, nameSort)

// nearly reports whether one letter more, less, other, or in its neighbour's place
// makes b of a.
func nearly(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(a) <= 1 && len(b) <= 1 || len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}
