package view

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A dimension is how pledges are told apart: a number for each of its values,
// and one for the pledges that state none, which comes first. A view of its own
// shows it, and a table of the explorer, of which each row can be chosen.
type dimension struct {
	view            Kind
	name            string // of its filter
	caption, column locale.Message
	none            locale.Message // heads the row of what isn't stated
	named           locale.Message // how many of its values have a pledge
	why             locale.Message // the rows add up to the total, or don't
	counts          func(*tally.Counts) []int
	asked           func(*tally.Query) int // the value that a query selects, 0 for none
	code            func(value int) string // as in a filter
	heading         func(r *renderer, value int) phrase
}

// dimensions are in the order in which the explorer shows them. The explorer
// alone shows the last one.
var dimensions = [...]dimension{
	{
		Objectives, "objective", locale.ByObjective, locale.ObjectiveColumn, locale.NoObjective, locale.ObjectivesNamed, locale.NotAdditive,
		func(c *tally.Counts) []int { return c.Objectives[:] },
		func(q *tally.Query) int { return int(q.Objective) },
		strconv.Itoa,
		func(r *renderer, v int) phrase { return r.shortTitle(objectives.Objective(v)) },
	},
	{
		Principles, "principle", locale.ByPrinciple, locale.PrincipleColumn, locale.NotStated, locale.PrinciplesNamed, locale.SeveralPrinciples,
		func(c *tally.Counts) []int { return c.Principles[:] },
		func(q *tally.Query) int { return int(q.Principle) },
		func(v int) string { return gcm.Principle(v).String() },
		func(r *renderer, v int) phrase { return r.given(gcm.Principle(v).Title(r.lang)) },
	},
	{
		Regions, "region", locale.ByRegion, locale.RegionColumn, locale.NotStated, locale.RegionsNamed, locale.SeveralRegions,
		func(c *tally.Counts) []int { return c.Regions[:] },
		func(q *tally.Query) int { return int(q.Region) },
		func(v int) string { return gcm.Region(v).String() },
		func(r *renderer, v int) phrase { return words(gcm.Region(v).Name(r.lang)) },
	},
	{
		Categories, "category", locale.ByCategory, locale.CategoryColumn, locale.NotStated, locale.CategoriesNamed, locale.SeveralCategories,
		func(c *tally.Counts) []int { return c.Categories[:] },
		func(q *tally.Query) int { return int(q.Category) },
		func(v int) string { return gcm.Category(v).String() },
		func(r *renderer, v int) phrase { return words(gcm.Category(v).Label(r.lang)) },
	},
	{
		Status, "status", locale.ByStatus, locale.StatusColumn, locale.NotStated, locale.StatusNamed, locale.OneStatus,
		func(c *tally.Counts) []int { return c.Statuses[:] },
		func(q *tally.Query) int { return int(q.Status) },
		func(v int) string { return gcm.Status(v).String() },
		func(r *renderer, v int) phrase { return words(gcm.Status(v).Label(r.lang)) },
	},
	{
		Natures, "nature", locale.ByNature, locale.NatureColumn, locale.NotStated, locale.NaturesNamed, locale.SeveralNatures,
		func(c *tally.Counts) []int { return c.Natures[:] },
		func(q *tally.Query) int { return int(q.Nature) },
		func(v int) string { return gcm.Nature(v).String() },
		func(r *renderer, v int) phrase { return words(gcm.Nature(v).Label(r.lang)) },
	},
	{
		noView, "type", locale.ByType, locale.TypeColumn, locale.NotStated, 0, 0,
		func(c *tally.Counts) []int { return c.Types[:] },
		func(q *tally.Query) int { return int(q.Type) },
		func(v int) string { return gcm.Type(v).String() },
		func(r *renderer, v int) phrase { return words(gcm.Type(v).Label(r.lang)) },
	},
}

// noView is the view of what has none of its own.
const noView Kind = 255

// dimensionOf returns the dimension of which there is a view, nil if it is none
// of one.
func dimensionOf(view Kind) *dimension {
	for i := range dimensions {
		if dimensions[i].view == view {
			return &dimensions[i]
		}
	}
	return nil
}
