package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
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
