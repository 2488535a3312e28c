package feed

import (
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
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
	if shown.Link != "" {
		c.Links = []string{shown.Link}
	}
	return c
}
