package pledge

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// Pledge is one revision of a pledge: a measurable commitment to advance the
// implementation of one or more guiding principles, objectives or actions of
// the Compact. What is not stated is the zero value; no field holds personal
// data. The tags are rules of [Pledge.Validate]. Assigning a Pledge shares its
// slices; [Pledge.Clone] doesn't.
type Pledge struct {
	// ID is the same in all revisions of a pledge: see [NewID], [IDFromRef].
	ID uuid.UUID `validate:"required,uuid"`
	// Ref is the number that the source gave the pledge (Submission Number).
	Ref string `validate:"line"`
	// Updated is the instant of this revision (Changed). The latest counts.
	Updated gcm.Instant `validate:"-"`

	Title       string `validate:"required,line,text-capitals"`     // Name of the pledge
	Description string `validate:"required,lines,min=300,max=3000"` // 300 to 3,000 characters on submission
	Language    string `validate:"language"`                        // of title and description, BCP 47

	Type gcm.Type `validate:"required,unknown"`
	// Matches is the pledge that a matching pledge matches.
	Matches Match
	// Mirror says whether the pledge is relevant to the Global Compact on
	// Refugees as well.
	Mirror  gcm.Answer    `validate:"unknown"`
	Natures gcm.NatureSet `validate:"-"`

	// Pledgers are all who pledge; the first recorded the pledge. A joint
	// pledge is recorded by one of them, and counts once.
	Pledgers []Pledger `validate:"dive"`

	Objectives objectives.Set   `validate:"-"` // the form asks for the main three
	Principles gcm.PrincipleSet `validate:"-"`
	Themes     []string         `validate:"dive,theme-slug"` // slugs of the source's own, such as "climate"

	Implementation Implementation
	Announced      gcm.Date `validate:"-"`
	Deadline       gcm.Date `validate:"-"`
	// Status is how far the pledge is. Withdrawing a pledge is a revision
	// with the status [gcm.Withdrawn], never a deletion.
	Status        gcm.Status     `validate:"unknown"`
	Contributions []Contribution `validate:"dive"`
	// Reports say what became of the pledge, the earliest first.
	Reports []ProgressReport `validate:"dive"`

	// Champion says whether the pledging entity is of a champion country of
	// the Compact, as submitted.
	Champion gcm.Answer `validate:"unknown"`
	Links    []string   `validate:"dive,link-https"` // https only
	Source   string     `validate:"line"`            // where the record comes from
}

// Pledger is one who pledges.
type Pledger struct {
	Name     string       `validate:"required,line"` // Name of entity submitting the pledge, or of a participating actor
	Category gcm.Category `validate:"required,unknown"`
	State    gcm.State    `validate:"unknown"` // the State that pledges, or in which the pledger is based
	Via      string       `validate:"line"`    // through whom: "Environment Protection Agency"
}

// Match names the pledge that a matching pledge matches, by the ID where it is
// known and by the source's own number or title otherwise.
type Match struct {
	ID    uuid.UUID `validate:"uuid"`
	Ref   string    `validate:"line"`
	Title string    `validate:"line"`
}

// Implementation is where a pledge is implemented, and on what level.
type Implementation struct {
	States []gcm.State `validate:"dive,unknown"`
	Global bool        // "Global" where the form asks for a country
	Level  gcm.Level   `validate:"unknown"`
}

// Contribution is an amount of money. It is never converted.
type Contribution struct {
	Money gcm.Money `validate:"-"`
	Stage gcm.Stage `validate:"unknown"`
	To    string    `validate:"line"` // who receives it: "Migration MPTF"
}

// Clone returns a copy that shares nothing with p.
func (p Pledge) Clone() Pledge {
	p.Pledgers = slices.Clone(p.Pledgers)
	p.Themes = slices.Clone(p.Themes)
	p.Implementation.States = slices.Clone(p.Implementation.States)
	p.Contributions = slices.Clone(p.Contributions)
	p.Reports = cloneReports(p.Reports)
	p.Links = slices.Clone(p.Links)
	return p
}

// Facets returns what is counted of the pledge, sharing nothing with it. What a
// list repeats is there once.
func (p *Pledge) Facets() (f tally.Facets) {
	p.facets(&f)
	f.Themes, f.Implementing = once(p.Themes), once(p.Implementation.States)
	for i := range p.Pledgers {
		f.Pledgers = append(f.Pledgers, p.Pledgers[i].facets())
	}
	f.Pledgers = once(f.Pledgers)
	return f
}

// facets sets what is counted of the pledge, but for the lists that may repeat
// something.
func (p *Pledge) facets(f *tally.Facets) {
	f.ID, f.Updated, f.Announced = tally.ID(p.ID), p.Updated, p.Announced
	f.Type, f.Status, f.Mirror, f.Natures = p.Type, p.Status, p.Mirror, p.Natures
	f.Objectives, f.Principles, f.Global = p.Objectives, p.Principles, p.Implementation.Global
	f.Contributions = f.Contributions[:0]
	for _, c := range p.Contributions {
		f.Contributions = append(f.Contributions, tally.Contribution{Money: c.Money, Stage: c.Stage})
	}
	f.Deadline = p.Deadline
	f.Progress = tally.ProgressOf(p.Updated, p.Deadline, p.Status, countedReports(p.Reports))
}

// facets returns what is counted of a pledger.
func (p *Pledger) facets() tally.Pledger {
	return tally.Pledger{Key: tally.PledgerKey(p.Name, p.Category, p.State), Category: p.Category, State: p.State}
}

// once returns the first of those values of a list that are alike.
func once[T comparable](list []T) (kept []T) {
	seen := make(map[T]bool, len(list))
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			kept = append(kept, v)
		}
	}
	return kept
}
