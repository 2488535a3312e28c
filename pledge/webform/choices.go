package webform

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// verdict is what became of a value of a list.
type verdict uint8

const (
	unread  verdict = iota
	taken           // into the pledge
	nothing         // is in the list, and means nothing that a pledge has
)

// take reads one value of a list into p.
func (f field) take(p *pledge.Pledge, s string) (v verdict) {
	switch f {
	case kind:
		p.Type, v = value("type", s, gcm.TypeFromCode, gcm.ParseType)
	case natures:
		var n gcm.Nature
		if n, v = value("natures", s, gcm.NatureFromCode, gcm.ParseNature); v == taken {
			p.Natures = p.Natures.With(n)
		}
	case principles:
		var n gcm.Principle
		if n, v = value("principles", s, gcm.PrincipleFromCode, gcm.ParsePrinciple); v == taken {
			p.Principles = p.Principles.With(n)
		}
	case objectivesField:
		o, sure, ok := objective(s)
		switch {
		case ok && sure:
			p.Objectives = p.Objectives.With(o)
			return taken
		case !ok && isNone("objectives", s):
			return nothing
		}
	case countries, otherCountries, country:
		if isGlobal(s) {
			p.Implementation.Global = true
			return taken
		}
		if where, ok := state(s); ok {
			if !slices.Contains(p.Implementation.States, where) {
				p.Implementation.States = append(p.Implementation.States, where)
			}
			return taken
		}
	}
	return v
}

// choices reads what was chosen from a list.
func (r *reader) choices(p *pledge.Pledge) {
	p.Champion = r.answer(champion)
	p.Mirror = r.answer(mirror)
	r.chosen(kind, p)
	r.chosen(natures, p)
	r.chosen(principles, p)
	r.objectives(p)
}

func (r *reader) answer(f field) gcm.Answer {
	s := r.text(f)
	if s == "" {
		return 0
	}
	a, ok := answer(s)
	if !ok {
		r.unknown(f, s)
	}
	return a
}

// chosen reads the values of a cell that may hold several.
func (r *reader) chosen(f field, p *pledge.Pledge) {
	if f == kind { // holds one
		if s := r.text(f); s != "" && f.take(p, s) == unread {
			r.unknown(f, s)
		}
		return
	}
	each(r.text(f), func(s string) bool { return r.took(f, p, s) }, func(s string) { r.unknown(f, s) })
}

// took takes a value, and says so where it means nothing.
func (r *reader) took(f field, p *pledge.Pledge, s string) bool {
	v := f.take(p, s)
	if v == nothing {
		r.none(f, s)
	}
	return v != unread
}

func (r *reader) objectives(p *pledge.Pledge) {
	f := objectivesField
	each(r.text(f), func(s string) bool { return r.took(f, p, s) }, func(s string) {
		o, _, ok := objective(s)
		if !ok {
			r.unknown(f, s)
			return
		}
		p.Objectives = p.Objectives.With(o)
		r.problem(f, Problem{Rule: RuleTitle, Value: s, Severity: Warning})
	})
}

// places reads where the pledge is implemented.
func (r *reader) places(p *pledge.Pledge) {
	for _, f := range [...]field{countries, otherCountries} {
		r.chosen(f, p)
	}
}
