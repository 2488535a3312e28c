package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A dimension is what views say of one of package tally.
type dimension struct {
	caption, column locale.Message // of its table
	none            locale.Message // heads the row of what isn't stated
	named           locale.Message // how many of its values have a pledge
	why             locale.Message // the rows add up to the total, or don't
	selected        locale.Message // what a selection says of a value
	place           string         // of its name in that; "" if it says the name alone
	view            Kind           // of its own
}

var dimensions = [...]dimension{
	tally.ByObjective: {
		view: Objectives, caption: locale.ByObjective, column: locale.ObjectiveColumn, none: locale.NoObjective,
		named: locale.ObjectivesNamed, why: locale.NotAdditive,
	},
	tally.ByPrinciple: {
		view: Principles, caption: locale.ByPrinciple, column: locale.PrincipleColumn, none: locale.NotStated,
		named: locale.PrinciplesNamed, why: locale.SeveralPrinciples, selected: locale.Principle, place: "title",
	},
	tally.ByType: {
		view: noView, caption: locale.ByType, column: locale.TypeColumn, none: locale.NotStated, selected: locale.Type, place: "type",
	},
	tally.ByNature: {
		view: Natures, caption: locale.ByNature, column: locale.NatureColumn, none: locale.NotStated,
		named: locale.NaturesNamed, why: locale.SeveralNatures, selected: locale.Nature, place: "nature",
	},
	tally.ByStatus: {
		view: Status, caption: locale.ByStatus, column: locale.StatusColumn, none: locale.NotStated,
		named: locale.StatusNamed, why: locale.OneStatus, selected: locale.Status, place: "status",
	},
	tally.ByCategory: {
		view: Categories, caption: locale.ByCategory, column: locale.CategoryColumn, none: locale.NotStated,
		named: locale.CategoriesNamed, why: locale.SeveralCategories,
	},
	tally.ByRegion: {
		view: Regions, caption: locale.ByRegion, column: locale.RegionColumn, none: locale.NotStated,
		named: locale.RegionsNamed, why: locale.SeveralRegions,
	},
	tally.ByReported:     {view: noView, selected: locale.Reported, place: "status"},
	tally.ByEvidence:     {view: noView},
	tally.ByMirror:       {view: noView},
	tally.ByTheme:        {view: noView, selected: locale.Theme, place: "theme"},
	tally.ByState:        {view: noView},
	tally.ByImplementing: {view: noView, selected: locale.Implementation, place: "state"},
}

// explored are the dimensions in the order in which the dashboard shows them, with rows
// that can be chosen.
var explored = [...]tally.Dimension{
	tally.ByObjective, tally.ByPrinciple, tally.ByRegion, tally.ByCategory, tally.ByStatus, tally.ByNature, tally.ByType,
}

// selected are those in the order in which a selection names them.
var selected = [...]tally.Dimension{
	tally.ByObjective, tally.ByPrinciple, tally.ByRegion, tally.ByState, tally.ByCategory, tally.ByImplementing,
	tally.ByType, tally.ByNature, tally.ByStatus, tally.ByReported, tally.ByEvidence, tally.ByTheme, tally.ByMirror,
}

// noView is the view of what has none of its own.
const noView Kind = 255

// dimensionOf returns the dimension of which there is a view, if it is one of one.
func dimensionOf(view Kind) (tally.Dimension, bool) {
	for d := range dimensions {
		if dimensions[d].view == view {
			return tally.Dimension(d), true
		}
	}
	return 0, false
}

// value returns the name of a value; nothing for one that has none.
func (r *renderer) value(d tally.Dimension, v int) phrase {
	switch {
	case d == tally.ByObjective:
		return r.shortTitle(objectives.Objective(v))
	case d == tally.ByMirror && gcm.Answer(v) == gcm.Yes:
		return words(r.say(locale.Mirror))
	case d == tally.ByMirror && gcm.Answer(v) == gcm.No:
		return words(r.say(locale.NoMirror))
	}
	label, lang := d.Label(v, r.lang)
	if label == "" {
		return nil
	}
	return r.given(label, lang)
}
