package tally

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Query selects pledges. Every field that isn't zero narrows the selection, and a field
// with several values asks for any of them; the zero value selects all pledges that
// aren't withdrawn. It is comparable.
type Query struct {
	Objective    Any[objectives.Objective]
	Principle    Any[gcm.Principle]
	Region       Any[gcm.Region]   // in which a pledger is based
	State        Any[gcm.State]    // that pledges as a State
	Implementing Any[gcm.State]    // in which the pledge is implemented
	Category     Any[gcm.Category] // of a pledger
	Type         Any[gcm.Type]
	Nature       Any[gcm.Nature]
	Status       Any[gcm.Status]   // Withdrawn selects withdrawn pledges
	Reported     Any[gcm.Status]   // by the latest report that says one
	Evidence     Any[gcm.Evidence] // of what is reported, or that nothing is
	Mirror       Any[gcm.Answer]
	Theme        AnyTheme // written as topic

	// Since and Until select pledges that were announced from the first day of
	// Since to the last one of Until. A pledge of which only the month or the year is
	// known is among them if all its days are, one without a date never. A zero Date
	// is no bound.
	Since, Until gcm.Date

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
		if asked := q.asked(Dimension(d)); *asked != (numberSet{}) && uint64(values)&asked[0] == 0 {
			return false
		}
	}
	return q.announced(f.Announced) &&
		(q.Theme.IsZero() || slices.ContainsFunc(f.Themes, q.Theme.Has)) &&
		(q.Implementing.IsZero() || slices.ContainsFunc(f.Implementing, q.Implementing.Has)) &&
		(q.State.IsZero() || slices.ContainsFunc(f.Pledgers, func(p Pledger) bool { return p.pledgesAsState() && q.State.Has(p.State) }))
}

// announced reports whether a date lies between the bounds.
func (q *Query) announced(d gcm.Date) bool {
	return !q.dated() || d.IsValid() &&
		(!q.Since.IsValid() || d.First().Compare(q.Since.First()) >= 0) &&
		(!q.Until.IsValid() || d.Last().Compare(q.Until.Last()) <= 0)
}

// touches reports whether some day of a date lies between the bounds.
func (q *Query) touches(d gcm.Date) bool {
	return (!q.Since.IsValid() || d.Last().Compare(q.Since.First()) >= 0) &&
		(!q.Until.IsValid() || d.First().Compare(q.Until.Last()) <= 0)
}

// dated reports whether there are bounds.
func (q *Query) dated() bool { return q.Since.IsValid() || q.Until.IsValid() }

// withdrawn reports whether withdrawn pledges can be selected.
func (q Query) withdrawn() bool { return q.IncludeWithdrawn || q.Status.Has(gcm.Withdrawn) }

// pledgesAsState reports whether p is a State that pledges, and not a city or
// an organization based in one.
func (p *Pledger) pledgesAsState() bool { return pledgesAsState(p.Category, p.State) }

func (k *kind) pledgesAsState() bool { return pledgesAsState(k.category, k.state) }

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
// category, type, nature, status, reported (a status) and evidence (their codes), state and implementing
// (alpha-3), topic (a theme), mirror (true or false), each of which may be several
// with commas between them; since and until (a date, such as 2022-05), or forum for
// both: the year of a review forum for what was announced from the day after the
// forum before it to its last day; and withdrawn (true or false). A comma within a topic
// is written as \, and a backslash in front of one as \\. An empty value doesn't filter.
// The error is a [*QueryError].
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
	wrong := &QueryError{Name: name, Value: value}
	switch name {
	case nameSince, nameUntil:
		date, err := gcm.ParseDate(value)
		if err != nil {
			return wrong
		}
		if name == nameSince {
			q.Since = date
		} else {
			q.Until = date
		}
		return nil
	case nameForum:
		since, until, ok := forum(value)
		if !ok || q.dated() && (q.Since != since || q.Until != until) {
			return wrong
		}
		q.Since, q.Until = since, until
		return nil
	case nameWithdrawn:
		v, ok := ByMirror.find(value)
		if !ok {
			return wrong
		}
		q.IncludeWithdrawn = gcm.Answer(v) == gcm.Yes
		return nil
	}
	d := filteredBy(name)
	var themes []string
	for word := range wordsOf(value) {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		if d == ByTheme {
			themes = append(themes, word)
			continue
		}
		v, ok := d.find(word)
		if !ok {
			wrong.Value = word
			return wrong
		}
		q.asked(d).add(v)
	}
	if d == ByTheme {
		q.Theme = AnyThemeOf(themes...)
	}
	return nil
}

// All yields the names and values of what the query filters by, in the order
// of the fields. [ParseQuery] reads them back.
func (q Query) All() iter.Seq2[string, string] { return q.all }

func (q Query) all(yield func(name, value string) bool) {
	for _, d := range filters {
		value := ""
		if d == ByTheme {
			value = q.Theme.list
		}
		for i, v := range q.Asked(d) {
			if i > 0 {
				value += ","
			}
			value += d.Code(v)
		}
		if value != "" && !yield(d.Filter(), value) {
			return
		}
	}
	_ = (!q.Since.IsValid() || yield(nameSince, q.Since.String())) &&
		(!q.Until.IsValid() || yield(nameUntil, q.Until.String())) &&
		(q.forum() == "" || yield(nameForum, q.forum())) &&
		(!q.IncludeWithdrawn || yield(nameWithdrawn, "true"))
}

// Asked returns the values of a dimension that the query asks for, in the order of
// their numbers; nil if it asks for none, and for themes, which have no numbers.
func (q *Query) Asked(d Dimension) []int {
	if d == ByTheme || !d.IsValid() {
		return nil
	}
	return q.asked(d).list()
}

// Asks reports whether the query asks for a value of a dimension, or of themes.
func (q *Query) Asks(d Dimension) bool {
	if d == ByTheme {
		return !q.Theme.IsZero()
	}
	return d.IsValid() && *q.asked(d) != numberSet{}
}

// forum returns when pledges were announced that are of a review forum: since the day
// after the one before it, until its last day; of the next one, as long as its days
// aren't known, until whenever.
func forum(year string) (since, until gcm.Date, ok bool) {
	for f := range gcm.Forums(9999) {
		if strconv.Itoa(f.Year) == year {
			return since, f.End, true
		}
		if !f.End.IsValid() {
			break
		}
		since = nextDay(f.End)
	}
	return gcm.Date{}, gcm.Date{}, false
}

// forum returns the year of the review forum that the bounds are those of, "" if they
// are no forum's.
func (q *Query) forum() string {
	for year := range forums {
		if since, until, _ := forum(year); q.dated() && q.Since == since && q.Until == until {
			return year
		}
	}
	return ""
}

// forums yields the years of those that are known, and of the next one.
func forums(yield func(year string) bool) {
	for f := range gcm.Forums(9999) {
		if !yield(strconv.Itoa(f.Year)) || !f.End.IsValid() {
			return
		}
	}
}

// nextDay returns the day after one that is not the last of its month.
func nextDay(d gcm.Date) gcm.Date { return gcm.DateOf(d.Year(), d.Month(), d.Day()+1) }

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
