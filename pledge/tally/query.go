package tally

import (
	"iter"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Query selects pledges. Every field that isn't zero narrows the selection;
// the zero value selects all that aren't withdrawn. It is comparable.
type Query struct {
	Objective    objectives.Objective
	Principle    gcm.Principle
	Region       gcm.Region   // in which a pledger is based
	State        gcm.State    // that pledges as a State
	Implementing gcm.State    // in which the pledge is implemented
	Category     gcm.Category // of a pledger
	Type         gcm.Type
	Nature       gcm.Nature
	Status       gcm.Status // Withdrawn selects withdrawn pledges
	Mirror       gcm.Answer
	Theme        string // written as topic

	// IncludeWithdrawn counts withdrawn pledges as well.
	IncludeWithdrawn bool
}

// Matches reports whether the query selects a pledge with these facets. It is
// what an [Index] does for all its pledges at once.
func (q Query) Matches(f *Facets) bool {
	if f.Status == gcm.Withdrawn && !q.withdrawn() ||
		q.Objective != 0 && !f.Objectives.Has(q.Objective) ||
		q.Principle != 0 && !f.Principles.Has(q.Principle) ||
		q.Type != 0 && f.Type != q.Type ||
		q.Nature != 0 && !f.Natures.Has(q.Nature) ||
		q.Status != 0 && f.Status != q.Status ||
		q.Mirror != 0 && f.Mirror != q.Mirror {
		return false
	}
	return (q.Theme == "" || has(f.Themes, func(t string) bool { return t == q.Theme })) &&
		(q.Implementing == 0 || has(f.Implementing, func(s gcm.State) bool { return s == q.Implementing })) &&
		(q.Region == 0 || has(f.Pledgers, func(p Pledger) bool { return p.State.Region() == q.Region })) &&
		(q.State == 0 || has(f.Pledgers, func(p Pledger) bool { return p.pledgesAsState() && p.State == q.State })) &&
		(q.Category == 0 || has(f.Pledgers, func(p Pledger) bool { return p.Category == q.Category }))
}

// withdrawn reports whether withdrawn pledges can be selected.
func (q Query) withdrawn() bool { return q.IncludeWithdrawn || q.Status == gcm.Withdrawn }

// pledgesAsState reports whether p is a State that pledges, and not a city or
// an organization based in one.
func (p *Pledger) pledgesAsState() bool { return pledgesAsState(p.Category, p.State) }

func pledgesAsState(c gcm.Category, s gcm.State) bool { return c == gcm.MemberState && s.IsValid() }

func has[T any](all []T, ok func(T) bool) bool {
	for _, v := range all {
		if ok(v) {
			return true
		}
	}
	return false
}

// A query is written as name=value pairs everywhere: attributes of the widget,
// URL parameters, the members of a JSON object.
const (
	nameObjective    = "objective"
	namePrinciple    = "principle"
	nameRegion       = "region"
	nameState        = "state"
	nameImplementing = "implementing"
	nameCategory     = "category"
	nameType         = "type"
	nameNature       = "nature"
	nameStatus       = "status"
	nameMirror       = "mirror"
	nameTopic        = "topic" // a theme: the theme of a widget is its colours
	nameWithdrawn    = "withdrawn"
)

// ErrQuery is what every [*QueryError] wraps.
var ErrQuery = queryError("tally: not a value to filter by")

type queryError string

func (e queryError) Error() string { return string(e) }

// QueryError says which part of a query has no meaning.
type QueryError struct {
	Name, Value string
}

func (e *QueryError) Error() string {
	return "tally: " + gcm.Quote(e.Value) + " is not a value of " + e.Name
}

// Unwrap returns [ErrQuery].
func (e *QueryError) Unwrap() error { return ErrQuery }

// ParseQuery reads a query from named values, such as the attributes of an
// element or (*url.Values).Get: objective (its number), principle, region,
// category, type, nature and status (their codes), state and implementing
// (alpha-3), topic (a theme), mirror and withdrawn (true or false). An empty value
// doesn't filter. The error is a [*QueryError].
func ParseQuery(value func(name string) string) (q Query, err error) {
	p := queryParser{value: value}
	q.Objective = parse(&p, nameObjective, objectives.FromCode)
	q.Principle = parse(&p, namePrinciple, gcm.PrincipleFromCode)
	q.Region = parse(&p, nameRegion, gcm.RegionFromCode)
	q.State = parse(&p, nameState, gcm.StateFromAlpha3)
	q.Implementing = parse(&p, nameImplementing, gcm.StateFromAlpha3)
	q.Category = parse(&p, nameCategory, gcm.CategoryFromCode)
	q.Type = parse(&p, nameType, gcm.TypeFromCode)
	q.Nature = parse(&p, nameNature, gcm.NatureFromCode)
	q.Status = parse(&p, nameStatus, gcm.StatusFromCode)
	q.Mirror = parse(&p, nameMirror, answerFromText)
	q.Theme = parse(&p, nameTopic, func(s string) (string, bool) { return s, true })
	q.IncludeWithdrawn = parse(&p, nameWithdrawn, answerFromText) == gcm.Yes
	if p.err != nil {
		return Query{}, p.err
	}
	return q, nil
}

type queryParser struct {
	value func(string) string
	err   error
}

func parse[T any](p *queryParser, name string, from func(string) (T, bool)) (v T) {
	s := strings.TrimSpace(p.value(name))
	if s == "" || p.err != nil {
		return v
	}
	v, ok := from(s)
	if !ok {
		p.err = &QueryError{Name: name, Value: s}
	}
	return v
}

func answerFromText(s string) (gcm.Answer, bool) {
	switch s {
	case "true":
		return gcm.Yes, true
	case "false":
		return gcm.No, true
	}
	return 0, false
}

// All yields the names and values of what the query filters by, in the order
// of the fields. [ParseQuery] reads them back.
func (q Query) All() iter.Seq2[string, string] { return q.all }

func (q Query) all(yield func(name, value string) bool) {
	_ = (q.Objective == 0 || yield(nameObjective, q.Objective.String())) &&
		(q.Principle == 0 || yield(namePrinciple, q.Principle.String())) &&
		(q.Region == 0 || yield(nameRegion, q.Region.String())) &&
		(q.State == 0 || yield(nameState, q.State.Alpha3())) &&
		(q.Implementing == 0 || yield(nameImplementing, q.Implementing.Alpha3())) &&
		(q.Category == 0 || yield(nameCategory, q.Category.String())) &&
		(q.Type == 0 || yield(nameType, q.Type.String())) &&
		(q.Nature == 0 || yield(nameNature, q.Nature.String())) &&
		(q.Status == 0 || yield(nameStatus, q.Status.String())) &&
		(q.Mirror == 0 || yield(nameMirror, strconv.FormatBool(q.Mirror == gcm.Yes))) &&
		(q.Theme == "" || yield(nameTopic, q.Theme)) &&
		(!q.IncludeWithdrawn || yield(nameWithdrawn, "true"))
}

// String returns the query as pairs with blanks between them, "all" for the
// zero value. It is for people; use [Query.All] to send a query.
func (q Query) String() string {
	var b strings.Builder
	for name, value := range q.All() {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(name + "=" + value)
	}
	if b.Len() == 0 {
		return "all"
	}
	return b.String()
}

// MarshalJSON returns an object of the pairs of [Query.All], values as strings.
func (q Query) MarshalJSON() ([]byte, error) { return q.appendJSON(nil), nil }

func (q Query) appendJSON(b []byte) []byte {
	o := wire.Begin(b)
	for name, value := range q.All() {
		o.Text(name, value)
	}
	return o.End()
}

// readQuery reads what appendJSON writes.
func readQuery(r *wire.Reader) Query {
	values := map[string]string{}
	r.Object(func(name string) { values[name] = r.Text() })
	q, err := ParseQuery(func(name string) string { return values[name] })
	if e, ok := err.(*QueryError); ok {
		r.Report(wire.Unknown, e.Name+"="+e.Value)
	}
	return q
}
