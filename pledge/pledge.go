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
// data. Assigning a Pledge shares its slices; [Pledge.Clone] doesn't.
type Pledge struct {
	// ID is the same in all revisions of a pledge: see [NewID], [IDFromRef].
	ID uuid.UUID
	// Ref is the number that the source gave the pledge (Submission Number).
	Ref string
	// Updated is the instant of this revision (Changed). The latest counts.
	Updated gcm.Instant

	Title       string // Name of the pledge
	Description string // 300 to 3,000 characters on submission
	Language    string // of title and description, BCP 47

	Type gcm.Type
	// Matches is the pledge that a matching pledge matches.
	Matches Match
	// Mirror says whether the pledge is relevant to the Global Compact on
	// Refugees as well.
	Mirror  gcm.Answer
	Natures gcm.Natures

	// Pledgers are all who pledge; the first recorded the pledge. A joint
	// pledge is recorded by one of them, and counts once.
	Pledgers []Pledger

	Objectives objectives.Set // the form asks for the main three
	Principles gcm.Principles
	Themes     []string // slugs of the source's own, such as "climate"

	Implementation Implementation
	Announced      gcm.Date
	Deadline       gcm.Date
	// Status is how far the pledge is. Withdrawing a pledge is a revision
	// with the status [gcm.Withdrawn], never a deletion.
	Status        gcm.Status
	Contributions []Contribution

	// Champion says whether the pledging entity is of a champion country of
	// the Compact, as submitted.
	Champion gcm.Answer
	Links    []string // https only
	Source   string   // where the record comes from
}

// Pledger is one who pledges.
type Pledger struct {
	Name     string // Name of entity submitting the pledge, or of a participating actor
	Category gcm.Category
	State    gcm.State // the State that pledges, or in which the pledger is based
	Via      string    // through whom: "Environment Protection Agency"
}

// Match names the pledge that a matching pledge matches, by the ID where it is
// known and by the source's own number or title otherwise.
type Match struct {
	ID    uuid.UUID
	Ref   string
	Title string
}

// Implementation is where a pledge is implemented, and on what level.
type Implementation struct {
	States []gcm.State
	Global bool // "Global" where the form asks for a country
	Level  gcm.Level
}

// Contribution is an amount of money. It is never converted.
type Contribution struct {
	Money gcm.Money
	Stage gcm.Stage
	To    string // who receives it: "Migration MPTF"
}

// Clone returns a copy that shares nothing with p.
func (p Pledge) Clone() Pledge {
	p.Pledgers = slices.Clone(p.Pledgers)
	p.Themes = slices.Clone(p.Themes)
	p.Implementation.States = slices.Clone(p.Implementation.States)
	p.Contributions = slices.Clone(p.Contributions)
	p.Links = slices.Clone(p.Links)
	return p
}

// Facets returns what is counted of the pledge, sharing nothing with it.
func (p *Pledge) Facets() tally.Facets {
	f := tally.Facets{
		ID:           tally.ID(p.ID),
		Updated:      p.Updated,
		Type:         p.Type,
		Status:       p.Status,
		Mirror:       p.Mirror,
		Natures:      p.Natures,
		Objectives:   p.Objectives,
		Principles:   p.Principles,
		Themes:       slices.Clone(p.Themes),
		Implementing: slices.Clone(p.Implementation.States),
		Global:       p.Implementation.Global,
		Announced:    p.Announced,
	}
	for _, by := range p.Pledgers {
		f.Pledgers = append(f.Pledgers, tally.Pledger{
			Key:      tally.PledgerKey(by.Name, by.Category, by.State),
			Category: by.Category,
			State:    by.State,
		})
	}
	for _, c := range p.Contributions {
		f.Contributions = append(f.Contributions, tally.Contribution{Money: c.Money, Stage: c.Stage})
	}
	return f
}
