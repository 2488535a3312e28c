package pledge

import (
	"errors"
	"iter"
	"math/bits"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Criterion is one of the pledging initiative's own criteria, as far as a
// program can see that it is met. Whether a pledge is concrete and measurable
// can't be judged by code: an indicator would be somewhere in the text. The
// zero Criterion is none.
type Criterion uint8

// The criteria, numbered from 1 so that the zero value is none.
const (
	Linked        Criterion = 1 + iota // to an objective or a guiding principle
	TimeBound                          // a deadline is stated
	InPartnership                      // joint, or of two or more pledgers
	Resourced                          // an amount is named, or the nature is financial or human resources
	ScopeStated                        // where or on what level it is implemented is stated
)

// CriterionCount is the number of criteria.
const CriterionCount = 5

var criterionCodes = [...]string{Linked: "linked", TimeBound: "time-bound", InPartnership: "in-partnership", Resourced: "resourced", ScopeStated: "scope-stated"}

// Criteria yields every Criterion, in the order of the constants.
func Criteria() iter.Seq[Criterion] {
	return func(yield func(Criterion) bool) {
		for c := Linked; c <= CriterionCount; c++ {
			if !yield(c) {
				return
			}
		}
	}
}

// CriterionFromCode returns the Criterion that has exactly this code.
func CriterionFromCode(code string) (Criterion, bool) {
	for c := range Criteria() {
		if criterionCodes[c] == code {
			return c, true
		}
	}
	return 0, false
}

// IsValid reports whether c is one of the constants.
func (c Criterion) IsValid() bool { return Linked <= c && c <= CriterionCount }

// Label returns the name of c to show to people, in English if lang is not
// stated; "" if c is not valid.
func (c Criterion) Label(lang gcm.Language) string {
	if !c.IsValid() {
		return ""
	}
	return textOf(lang, "criterion "+criterionCodes[c])
}

// String returns the code, "" for zero and "Criterion(77)" for what is out of
// range.
func (c Criterion) String() string {
	if int(c) < len(criterionCodes) {
		return criterionCodes[c]
	}
	return "Criterion(" + strconv.Itoa(int(c)) + ")"
}

// errCriterion is what a code or value that is no criterion is.
var errCriterion = errors.New("pledge: no such criterion")

// MarshalText returns the code; it fails if c is out of range.
func (c Criterion) MarshalText() ([]byte, error) {
	if c > CriterionCount {
		return nil, errCriterion
	}
	return []byte(c.String()), nil
}

// UnmarshalText accepts codes only; empty text gives the zero Criterion.
func (c *Criterion) UnmarshalText(text []byte) error {
	v, ok := CriterionFromCode(string(text))
	if !ok && len(text) > 0 {
		return errCriterion
	}
	*c = v
	return nil
}

// CriterionSet is a set of criteria. The zero CriterionSet is the empty set. Sets can
// be compared with == and copied.
type CriterionSet struct{ bits uint8 }

// CriterionSetOf returns the set of the criteria given; what isn't valid is left
// out.
func CriterionSetOf(all ...Criterion) (s CriterionSet) {
	for _, c := range all {
		if c.IsValid() {
			s.bits |= 1 << c
		}
	}
	return s
}

// Has reports whether c is in the set.
func (s CriterionSet) Has(c Criterion) bool { return c.IsValid() && s.bits&(1<<c) != 0 }

// Len returns how many criteria there are in the set.
func (s CriterionSet) Len() int { return bits.OnesCount8(s.bits) }

// All yields the criteria of the set, in the order of the constants.
func (s CriterionSet) All() iter.Seq[Criterion] {
	return func(yield func(Criterion) bool) {
		for c := range Criteria() {
			if s.Has(c) && !yield(c) {
				return
			}
		}
	}
}

// String returns the codes with a blank between them.
func (s CriterionSet) String() string {
	text := ""
	for c := range s.All() {
		if text != "" {
			text += " "
		}
		text += c.String()
	}
	return text
}

// MarshalJSON returns an array of codes, in the order of the constants.
func (s CriterionSet) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for c := range s.All() {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = wire.AppendText(b, c.String())
	}
	return append(b, ']'), nil
}

// Criteria returns the criteria that the pledge visibly meets.
func (p *Pledge) Criteria() (s CriterionSet) {
	meets := func(c Criterion, ok bool) {
		if ok {
			s.bits |= 1 << c
		}
	}
	meets(Linked, !p.Objectives.IsEmpty() || !p.Principles.IsEmpty())
	meets(TimeBound, p.Deadline.IsValid())
	meets(InPartnership, p.Type.Joint() || len(p.Pledgers) > 1)
	meets(Resourced, len(p.Contributions) > 0 || p.Natures.Has(gcm.Financial) || p.Natures.Has(gcm.HumanResources))
	meets(ScopeStated, len(p.Implementation.States) > 0 || p.Implementation.Global || p.Implementation.Level.IsValid())
	return s
}
