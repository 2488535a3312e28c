package feed

import (
	"slices"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// countable returns what of a pledge is counted and listed: its facets and its
// item are those of p. It shares slices with p.
func countable(p *pledge.Pledge) pledge.Pledge {
	shown := tally.ItemOf(&tally.Facets{}, p.Title, p.Language, "", p.Links)
	c := pledge.Pledge{
		ID:         p.ID,
		Updated:    p.Updated,
		Title:      shown.Title,
		Language:   shown.Language,
		Type:       p.Type,
		Mirror:     p.Mirror,
		Natures:    p.Natures,
		Objectives: p.Objectives,
		Principles: p.Principles,
		Themes:     p.Themes,
		Announced:  p.Announced,
		Status:     p.Status,
	}
	c.Implementation.States = p.Implementation.States
	c.Implementation.Global = p.Implementation.Global
	for _, by := range p.Pledgers {
		by.Via = ""
		c.Pledgers = append(c.Pledgers, by)
	}
	for _, give := range p.Contributions {
		give.To = ""
		c.Contributions = append(c.Contributions, give)
	}
	c.Deadline = p.Deadline
	for _, r := range p.Reports { // how it is known, and not by whom or where
		counted := pledge.ProgressReport{Date: r.Date, Status: r.Status}
		switch tally.EvidenceOf(r.By, r.Links) {
		case gcm.Confirmed:
			counted.By = r.By
		case gcm.Linked:
			counted.Links = shownLink(r.Links)
		}
		c.Reports = append(c.Reports, counted)
	}
	if shown.Link != "" {
		c.Links = []string{shown.Link}
	}
	return c
}

// uncounted returns the rest of a pledge of which c is what is countable: no two
// pledges have both alike. A field of which nothing is said here is in the rest. It
// shares slices with p.
func uncounted(p, c *pledge.Pledge) pledge.Pledge {
	rest := *p
	rest.ID, rest.Updated, rest.Announced, rest.Deadline = uuid.Nil, gcm.Instant{}, gcm.Date{}, gcm.Date{}
	rest.Type, rest.Mirror, rest.Status = 0, 0, 0
	rest.Objectives, rest.Principles, rest.Natures, rest.Themes = objectives.Set{}, gcm.PrincipleSet{}, gcm.NatureSet{}, nil
	rest.Implementation.States, rest.Implementation.Global = nil, false
	if c.Title == p.Title {
		rest.Title = ""
	}
	if c.Language == p.Language {
		rest.Language = ""
	}
	if slices.Equal(c.Pledgers, p.Pledgers) {
		rest.Pledgers = nil
	}
	if slices.Equal(c.Contributions, p.Contributions) {
		rest.Contributions = nil
	}
	if slices.Equal(c.Links, p.Links) {
		rest.Links = nil
	}
	return rest
}

// shownLink returns the first of the links that can be shown.
func shownLink(links []string) []string {
	if item := tally.ItemOf(&tally.Facets{}, "", "", "", links); item.Link != "" {
		return []string{item.Link}
	}
	return nil
}
