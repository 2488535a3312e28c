package tally

import (
	"iter"
	"slices"
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
	if f.Status == gcm.Withdrawn && !q.withdrawn() {
		return false
	}
	var own facts
	f.facts(&own)
	all := own.values()
	for i := range f.Pledgers {
		all.add(kindOf(&f.Pledgers[i]))
	}
	for d, values := range all {
		if value := *q.asked(Dimension(d)); value != 0 && values>>value&1 == 0 {
			return false
		}
	}
	return (q.Theme == "" || slices.Contains(f.Themes, q.Theme)) &&
		(q.Implementing == 0 || slices.Contains(f.Implementing, q.Implementing)) &&
		(q.State == 0 || slices.ContainsFunc(f.Pledgers, func(p Pledger) bool { return p.pledgesAsState() && p.State == q.State }))
}

// withdrawn reports whether withdrawn pledges can be selected.
func (q Query) withdrawn() bool { return q.IncludeWithdrawn || q.Status == gcm.Withdrawn }

// pledgesAsState reports whether p is a State that pledges, and not a city or
// an organization based in one.
func (p *Pledger) pledgesAsState() bool { return pledgesAsState(p.Category, p.State) }

func pledgesAsState(c gcm.Category, s gcm.State) bool { return c == gcm.MemberState && s.IsValid() }

// ErrQuery is what every [*QueryError] wraps.
var ErrQuery = queryError("tally: not a value to filter by")

type queryError string

func (e queryError) Error() string { return string(e) }

// QueryError says which part of a query has no meaning. Its text says which values
// there are, see [FilterValues].
type QueryError struct {
	Name, Value string
}

func (e *QueryError) Error() string {
	return "tally: " + gcm.Quote(e.Value) + " is not a value of " + e.Name + explainValues(e.Name)
}

// Unwrap returns [ErrQuery].
func (e *QueryError) Unwrap() error { return ErrQuery }

// ParseQuery reads a query from named values, such as the attributes of an
// element or (*url.Values).Get: objective (its number), principle, region,
// category, type, nature and status (their codes), state and implementing
// (alpha-3), topic (a theme), mirror and withdrawn (true or false). An empty value
// doesn't filter. The error is a [*QueryError].
func ParseQuery(value func(name string) string) (q Query, err error) {
	for name := range Filters() {
		if err := q.set(name, strings.TrimSpace(value(name))); err != nil {
			return Query{}, err
		}
	}
	return q, nil
}

// set sets what a query asks for by a name.
func (q *Query) set(name, value string) error {
	if value == "" {
		return nil
	}
	for d := range Dimensions() {
		if d.Filter() != name {
			continue
		}
		if d == ByTheme {
			q.Theme = value
			return nil
		}
		v, ok := d.find(value)
		if !ok {
			return &QueryError{Name: name, Value: value}
		}
		*q.asked(d) = uint8(v)
		return nil
	}
	v, ok := ByMirror.find(value)
	if !ok {
		return &QueryError{Name: name, Value: value}
	}
	q.IncludeWithdrawn = gcm.Answer(v) == gcm.Yes
	return nil
}

// All yields the names and values of what the query filters by, in the order
// of the fields. [ParseQuery] reads them back.
func (q Query) All() iter.Seq2[string, string] { return q.all }

func (q Query) all(yield func(name, value string) bool) {
	for _, d := range filters {
		value := q.Theme
		if d != ByTheme {
			value = d.Code(int(*q.asked(d)))
		}
		if value != "" && !yield(d.Filter(), value) {
			return
		}
	}
	if q.IncludeWithdrawn {
		yield(nameWithdrawn, "true")
	}
}

// Asked returns the value of a dimension that the query asks for; 0 if it asks for
// none, and for themes, which have no numbers.
func (q *Query) Asked(d Dimension) int {
	if at := q.asked(d); at != nil {
		return int(*at)
	}
	return 0
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
