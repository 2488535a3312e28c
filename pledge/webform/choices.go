package webform

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

// choices reads what was chosen from a list.
func (r *reader) choices(p *pledge.Pledge) {
	p.Champion = r.answer(champion)
	p.Mirror = r.answer(mirror)
	if s := r.text(kind); s != "" {
		var err error
		if p.Type, err = gcm.ParseType(s); err != nil {
			r.unknown(kind, s)
		}
	}
	r.chosen(natures, "natures", func(s string) bool {
		n, err := gcm.ParseNature(s)
		p.Natures = p.Natures.With(n)
		return err == nil
	})
	r.chosen(principles, "principles", func(s string) bool {
		v, err := gcm.ParsePrinciple(s)
		p.Principles = p.Principles.With(v)
		return err == nil
	})
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

// chosen reads the values of a cell that holds several.
func (r *reader) chosen(f field, name string, read func(string) bool) {
	each(r.text(f), func(s string) bool {
		if read(s) {
			return true
		}
		if isNone(name, s) {
			r.none(f, s)
			return true
		}
		return false
	}, func(s string) { r.unknown(f, s) })
}

func (r *reader) objectives(p *pledge.Pledge) {
	each(r.text(objectivesField), func(s string) bool {
		o, sure, ok := objective(s)
		if ok && sure {
			p.Objectives = p.Objectives.With(o)
			return true
		}
		if !ok && isNone("objectives", s) {
			r.none(objectivesField, s)
			return true
		}
		return false
	}, func(s string) {
		o, _, ok := objective(s)
		if !ok {
			r.unknown(objectivesField, s)
			return
		}
		p.Objectives = p.Objectives.With(o)
		r.problem(objectivesField, Problem{Rule: RuleTitle, Value: s, Severity: Warning})
	})
}

// places reads where the pledge is implemented.
func (r *reader) places(p *pledge.Pledge) {
	where := &p.Implementation
	for _, f := range [...]field{countries, otherCountries} {
		each(r.text(f), func(s string) bool {
			if isGlobal(s) {
				where.Global = true
				return true
			}
			state, err := gcm.ParseState(s)
			if err == nil && !slices.Contains(where.States, state) {
				where.States = append(where.States, state)
			}
			return err == nil
		}, func(s string) { r.unknown(f, s) })
	}
}
