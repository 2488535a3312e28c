package webform

import (
	"slices"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// countryOf reads the form's country. It is, as a rule, that of who pledges, and
// now and then that of somebody who filled the form in for them: what the
// entity's own text names wins. Several are none's own, nor has an organization
// of States one: then they are where the pledge is implemented, as the form's
// English label says.
func (r *reader) countryOf(p *pledge.Pledge, by *pledge.Pledger) {
	var said pledge.Pledge
	r.chosen(country, &said)
	where, states := &p.Implementation, said.Implementation.States
	where.Global = where.Global || said.Implementation.Global
	if len(states) == 0 {
		return
	}
	s := states[0]
	switch {
	case len(states) > 1 || by.Category == gcm.UNSystem || by.Category == gcm.InternationalOrganization:
		where.States = append(where.States, states...)
		r.problem(country, Problem{Rule: RulePlaces, Found: len(states), Severity: Note})
	case by.State == 0:
		by.State = s
	case by.State != s:
		r.problem(country, Problem{Rule: RuleOtherState, Value: s.Name(gcm.English), Severity: Warning})
	}
}

// cutState splits the State that stands behind a name from it: "City of
// Gaziantep, Turkey", "City of Gaziantep (Turkey)". Where the name is that of
// another place as well, it is a State's only if the form doesn't name another.
func (r *reader) cutState(name string) (rest string, s gcm.State) {
	rest, behind := behindName(name, 1)
	if longer, both := behindName(name, 2); stateSpelled(both) != 0 { // "City of Sample, Congo, Rep."
		rest, behind = longer, both
	}
	if s = stateSpelled(behind); s == 0 {
		return name, 0
	}
	if meaning("places", behind) != "" {
		var said pledge.Pledge
		each(r.text(country), func(s string) bool { return country.take(&said, s) == taken }, func(string) {})
		if states := said.Implementation.States; len(states) > 0 && !slices.Contains(states, s) {
			return name, 0
		}
	}
	if rest = trimName(rest); rest == "" {
		return name, 0
	}
	return rest, s
}

// behindName splits what stands in brackets behind a name, or behind one of its
// commas, the nth from the end.
func behindName(name string, n int) (rest, behind string) {
	if open := strings.LastIndexByte(name, '('); open > 0 && strings.HasSuffix(name, ")") {
		return name[:open], name[open+1 : len(name)-1]
	}
	at := len(name)
	for range n {
		if at = strings.LastIndexByte(name[:max(at, 0)], ','); at <= 0 {
			return name, ""
		}
	}
	return name[:at], strings.TrimSpace(name[at+1:])
}

// bodies returns the bodies and States that share a name, "IOM and UNICEF", if
// each part of it is known to be one, else nil.
func bodies(name string) (all []pledge.Pledger) {
	if _, known := body(name); known {
		return nil
	}
	unknown := false
	each(name, func(s string) bool {
		by, known := body(s)
		if known {
			all = append(all, by)
		}
		return known
	}, func(string) { unknown = true })
	if unknown || len(all) < 2 {
		return nil
	}
	return all
}

// body returns who a name is if it is that of a body in values.tsv or of a State.
func body(name string) (pledge.Pledger, bool) {
	if c, ok := gcm.CategoryFromCode(meaning("bodies", name)); ok {
		return pledge.Pledger{Name: name, Category: c}, true
	}
	if stateSpelled(name) != 0 {
		return actor(name), true
	}
	return pledge.Pledger{}, false
}
