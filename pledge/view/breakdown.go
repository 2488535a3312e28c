package view

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// A breakdown is a view of the pledges by what they state of one kind.
type breakdown struct {
	named           node // how much of what there could be has a pledge
	caption, column locale.Message
	rows            []row
	why             locale.Message // the rows add up to the total, or don't
	more            string         // what else must be said
}

func (r *renderer) breakdown(b breakdown) []node {
	t := table{caption: b.caption, columns: []locale.Message{b.column, locale.PledgesColumn}, rows: b.rows, bars: true}
	return []node{b.named, r.table(t), notes(b.more, string(b.why.In(r.lang)))}
}

// rows returns a row for each value that [tally.Counts] has in an array, also
// for those without a pledge, and one for the pledges that state none, if there
// are any.
func (r *renderer) rows(counts []int, none locale.Message, heading func(i int) []node) (rows []row) {
	for i := 1; i < len(counts); i++ {
		rows = append(rows, row{heading: heading(i), n: counts[i]})
	}
	if n := counts[0]; n > 0 {
		rows = append(rows, r.none(none, n))
	}
	return rows
}

// none returns the row of pledges that state nothing of the kind.
func (r *renderer) none(heading locale.Message, n int) row {
	return row{heading: []node{r.words(heading)}, n: n, none: true}
}

// named returns how many of the values in an array have a pledge.
func (r *renderer) named(m locale.Message, counts []int) node {
	n := 0
	for _, count := range counts[1:] {
		if count > 0 {
			n++
		}
	}
	return r.share(m, n, len(counts)-1)
}

// share returns "At least one pledge for 19 of 23 objectives".
func (r *renderer) share(m locale.Message, n, all int) node {
	return part("p", "named", say(m.In(r.lang), place{"n", r.number(n)}, place{"all", r.number(all)})...)
}

// notes returns what must be known to read a table or a picture right. It is
// one element however many there are, so that nothing else on the page changes
// where one comes or goes.
func notes(all ...string) node {
	var paragraphs []node
	for _, s := range all {
		if s != "" {
			paragraphs = append(paragraphs, part("p", "note", text(s)))
		}
	}
	return part("div", "notes", paragraphs...)
}

// objectives returns what is in a view of the 23 objectives: the short title of
// each, and the official one.
func (r *renderer) objectives() []node {
	counts := r.s.Counts.Objectives[:]
	return r.breakdown(breakdown{
		named:   r.named(locale.ObjectivesNamed, counts),
		caption: locale.ByObjective,
		column:  locale.ObjectiveColumn,
		rows: r.rows(counts, locale.NoObjective, func(i int) []node {
			o := objectives.Objective(i)
			return append(r.numbered(o), text(" "), r.officialTitle(o))
		}),
		why: locale.NotAdditive,
	})
}

// principles returns what is in a view of the guiding principles.
func (r *renderer) principles() []node {
	counts := r.s.Counts.Principles[:]
	return r.breakdown(breakdown{
		named:   r.named(locale.PrinciplesNamed, counts),
		caption: locale.ByPrinciple,
		column:  locale.PrincipleColumn,
		rows: r.rows(counts, locale.NotStated, func(i int) []node {
			title, given := gcm.Principle(i).Title(r.lang)
			return []node{r.given(title, given)}
		}),
		why: locale.SeveralPrinciples,
	})
}

// regions returns what is in a view of the regions of pledgers.
func (r *renderer) regions() []node {
	counts := r.s.Counts.Regions[:]
	return r.breakdown(breakdown{
		named:   r.named(locale.RegionsNamed, counts),
		caption: locale.ByRegion,
		column:  locale.RegionColumn,
		rows: r.rows(counts, locale.NotStated, func(i int) []node {
			return []node{text(gcm.Region(i).Name(r.lang))}
		}),
		why: locale.SeveralRegions,
	})
}

// categories returns what is in a view of the categories of pledgers.
func (r *renderer) categories() []node {
	counts := r.s.Counts.Categories[:]
	return r.breakdown(breakdown{
		named:   r.named(locale.CategoriesNamed, counts),
		caption: locale.ByCategory,
		column:  locale.CategoryColumn,
		rows: r.rows(counts, locale.NotStated, func(i int) []node {
			return []node{text(gcm.Category(i).Label(r.lang))}
		}),
		why: locale.SeveralCategories,
	})
}

// natures returns what is in a view of the natures of pledges.
func (r *renderer) natures() []node {
	counts := r.s.Counts.Natures[:]
	return r.breakdown(breakdown{
		named:   r.named(locale.NaturesNamed, counts),
		caption: locale.ByNature,
		column:  locale.NatureColumn,
		rows: r.rows(counts, locale.NotStated, func(i int) []node {
			return []node{text(gcm.Nature(i).Label(r.lang))}
		}),
		why: locale.SeveralNatures,
	})
}

// status returns what is in a view of how far pledges have come. What matters
// there is how many pledges say so, and not how many of the statuses occur.
func (r *renderer) status() []node {
	counts := r.s.Counts.Statuses[:]
	if counts[gcm.Withdrawn] == 0 { // they aren't counted unless asked for
		counts = counts[:gcm.Withdrawn]
	}
	stated := 0
	for _, n := range counts[1:] {
		stated += n
	}
	return r.breakdown(breakdown{
		named:   r.share(locale.StatusNamed, stated, r.s.Counts.Total),
		caption: locale.ByStatus,
		column:  locale.StatusColumn,
		rows: r.rows(counts, locale.NotStated, func(i int) []node {
			return []node{text(gcm.Status(i).Label(r.lang))}
		}),
		why: locale.OneStatus,
	})
}
