// Package conditional answers conditional requests and requests for ranges as
// RFC 9110 says in its sections 13 and 14, for representations that have an
// entity tag and no date of their last change.
package conditional

import (
	"net/http"
	"strings"
)

// Tag is an entity tag: what stands between its quotation marks, and whether it
// is weak.
type Tag struct {
	Opaque string
	Weak   bool
}

// String returns the tag as a field has it.
func (t Tag) String() string {
	if t.Weak {
		return `W/"` + t.Opaque + `"`
	}
	return `"` + t.Opaque + `"`
}

// Tags is what If-Match or If-None-Match says. The zero value matches nothing.
type Tags struct {
	Any  bool // "*"
	List []Tag
}

// ParseTags reads the lines of a field, which together are a list of entity tags
// or "*". It reports false for anything else.
func ParseTags(lines []string) (tags Tags, ok bool) {
	text := strings.Join(lines, ",")
	if strings.Trim(text, blanks) == "*" {
		return Tags{Any: true}, true
	}
	for {
		if text = strings.TrimLeft(text, blanks); text == "" {
			return tags, len(tags.List) > 0
		}
		if rest, empty := strings.CutPrefix(text, ","); empty { // an element that says nothing
			text = rest
			continue
		}
		tag, rest, ok := cutTag(text)
		if rest = strings.TrimLeft(rest, blanks); !ok || rest != "" && rest[0] != ',' {
			return Tags{}, false
		}
		tags.List = append(tags.List, tag)
		text = rest
	}
}

const blanks = " \t"

// cutTag reads a tag at the beginning of a text. Commas may be in it.
func cutTag(text string) (tag Tag, rest string, ok bool) {
	text, tag.Weak = strings.CutPrefix(text, "W/")
	if text, ok = strings.CutPrefix(text, `"`); !ok {
		return tag, "", false
	}
	if tag.Opaque, rest, ok = strings.Cut(text, `"`); !ok {
		return tag, "", false
	}
	for _, c := range []byte(tag.Opaque) {
		if c <= ' ' || c == 0x7f {
			return tag, "", false
		}
	}
	return tag, rest, true
}

// Match reports whether one of the tags is that of the current representation by
// strong comparison, as If-Match asks. No weak tag is.
func (t Tags) Match(current Tag) bool {
	for _, tag := range t.List {
		if tag == current && !tag.Weak {
			return true
		}
	}
	return t.Any
}

// MatchWeakly is Match by weak comparison, as If-None-Match asks. Apache appends
// "-gzip" or "-br" to the tag of what it compresses, and passes that on when it is
// asked again; it is the same representation.
func (t Tags) MatchWeakly(current Tag) bool {
	for _, tag := range t.List {
		rest, ok := strings.CutPrefix(tag.Opaque, current.Opaque)
		if ok && (rest == "" || rest == "-gzip" || rest == "-br") {
			return true
		}
	}
	return t.Any
}

// Check evaluates the conditions of a request whose target has a representation
// with an entity tag. It returns 0 if the request is to be answered as if it had
// none, or else [http.StatusNotModified] or [http.StatusPreconditionFailed].
//
// A field that can't be read matches nothing. Conditions on dates don't count,
// as the representation has none.
func Check(r *http.Request, current Tag) int {
	match, noneMatch := r.Header.Values("If-Match"), r.Header.Values("If-None-Match")
	if len(match) > 0 {
		if tags, _ := ParseTags(match); !tags.Match(current) {
			return http.StatusPreconditionFailed
		}
	}
	if len(noneMatch) > 0 {
		if tags, _ := ParseTags(noneMatch); tags.MatchWeakly(current) {
			if r.Method == http.MethodGet || r.Method == http.MethodHead {
				return http.StatusNotModified
			}
			return http.StatusPreconditionFailed
		}
	}
	return 0
}

// CheckNone is Check where the target has no representation at all.
func CheckNone(r *http.Request) int {
	if len(r.Header.Values("If-Match")) > 0 {
		return http.StatusPreconditionFailed
	}
	return 0
}
